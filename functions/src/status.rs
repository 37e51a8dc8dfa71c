//! `GET /status/{transactionId}`: the newest event of a transaction, or with `?history=true` all of them, the
//! newest first.

use std::time::Instant;

use serde::Serialize;
use webhook_infra::client::{Error, ErrorKind, Page};
use webhook_infra::lambda::{Invocation, Request, Response};
use webhook_infra::prelude::Query;
use webhook_processor::stack::webhook::{Status, Transactions};

use crate::log::{Level, Line, Sink};
use crate::problem::Problem;
use crate::providers::is_transaction_id;
use crate::{correlation, log};

/// How many events are on a page when nothing is said, and at most.
const PAGE: u16 = 25;
const LARGEST_PAGE: u16 = 100;
/// After the sort keys of all events, and before those of everything else.
const END_OF_EVENTS: &str = "~";

/// The function: its client.
pub struct Reader {
    transactions: Query<Transactions>,
    sink: Sink,
}

/// An event, as callers see it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_field_names)]
struct Event<'a> {
    transaction_id: &'a str,
    status: &'a str,
    event_type: &'a str,
    event_id: &'a str,
    provider: &'a str,
    /// When it happened, as far as the provider says so, else when it came.
    occurred_at: &'a str,
    received_at: &'a str,
    correlation_id: &'a str,
    payload_sha256: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct History<'a> {
    transaction_id: &'a str,
    events: Vec<Event<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<&'a str>,
}

impl<'a> Event<'a> {
    fn of(item: &'a Transactions) -> Self {
        Self {
            transaction_id: &item.transaction_id,
            status: &item.status,
            event_type: &item.event_type,
            event_id: &item.event_id,
            provider: &item.provider,
            occurred_at: item.timestamp.split('#').next().unwrap_or_default(),
            received_at: &item.received_at,
            correlation_id: &item.correlation_id,
            payload_sha256: &item.payload_sha256,
        }
    }
}

impl Reader {
    /// The function as it runs on Lambda.
    pub fn new(clients: Status) -> Self {
        Self::with(clients, log::stdout)
    }

    /// The function with another place for its log, for tests.
    pub fn with(clients: Status, sink: Sink) -> Self {
        Self {
            transactions: clients.transactions,
            sink,
        }
    }

    /// Answers a request, and writes one line about it.
    pub async fn handle(&self, request: Request, invocation: Invocation) -> Response {
        let start = Instant::now();
        let correlation_id = correlation::id(&request, &invocation);
        let transaction_id = request.path_parameters.get("transactionId");
        let transaction_id = transaction_id
            .map(String::as_str)
            .filter(|id| is_transaction_id(id));
        let mut cause = None;
        let outcome = match transaction_id {
            Some(id) => self.read(id, &request, &mut cause).await,
            None => Err(Problem::invalid_transaction_id(
                "A transaction id has 1 to 128 letters, digits and `._:@-`.",
            )),
        };
        let line = match &outcome {
            Ok(_) => Line::new(Level::Info, "status told").text("outcome", "found"),
            Err(problem) if problem.is_ours() => {
                Line::new(Level::Error, "status not told").text("outcome", problem.name)
            }
            Err(problem) => Line::new(Level::Info, "status not told").text("outcome", problem.name),
        };
        let mut line = line
            .text("correlationId", &correlation_id)
            .text("requestId", &invocation.request_id);
        if let Some(id) = transaction_id {
            line = line.text("transactionId", id);
        }
        if let Some(cause) = &cause {
            line = line.error(cause);
        }
        line.took(start.elapsed()).write(self.sink);
        match outcome {
            Ok(body) => Response::new(200, "application/json", body)
                .header(correlation::HEADER, &correlation_id)
                .header("cache-control", "no-store"),
            Err(problem) => problem.response(&correlation_id),
        }
    }

    async fn read(
        &self,
        id: &str,
        request: &Request,
        cause: &mut Option<Error>,
    ) -> Result<String, Problem> {
        let parameter = |name| {
            request
                .query_string_parameters
                .get(name)
                .map(String::as_str)
        };
        let is_history = match parameter("history") {
            None | Some("false") => false,
            Some("true") => true,
            Some(_) => {
                return Err(Problem::invalid_parameter(
                    "`history` is `true` or `false`.",
                ));
            }
        };
        let limit = match parameter("limit") {
            None => PAGE,
            Some(text) => text
                .parse()
                .ok()
                .filter(|limit| (1..=LARGEST_PAGE).contains(limit))
                .ok_or_else(|| {
                    Problem::invalid_parameter(format!(
                        "`limit` is a number from 1 to {LARGEST_PAGE}."
                    ))
                })?,
        };
        let limit = if is_history { limit } else { 1 };
        let next = parameter("next").filter(|_| is_history);
        let page = self
            .transactions
            .partition(&id.to_owned())
            .before(&END_OF_EVENTS.to_owned())
            .newest_first()
            .consistent()
            .limit(limit)
            .after(next)
            .page()
            .await
            .map_err(|error| {
                let problem = problem(&error);
                *cause = Some(error).filter(|_| problem.name != "invalid-parameter");
                problem
            })?;
        told(id, &page, is_history, next.is_some())
    }
}

fn problem(error: &Error) -> Problem {
    match error.kind() {
        ErrorKind::Invalid => {
            Problem::invalid_parameter("`next` is what the page before this one has said.")
        }
        ErrorKind::Throttled => Problem::too_many_requests("Try again in a second."),
        _ => Problem::storage_unavailable("Try again later."),
    }
}

fn told(
    id: &str,
    page: &Page<Transactions>,
    is_history: bool,
    is_later_page: bool,
) -> Result<String, Problem> {
    let Some(newest) = page.items.first() else {
        if is_later_page {
            return Ok(json(&History {
                transaction_id: id,
                events: Vec::new(),
                next: None,
            }));
        }
        return Err(Problem::unknown_transaction(
            "No event of this transaction is stored. One that was just accepted is stored within seconds.",
        ));
    };
    if !is_history {
        return Ok(json(&Event::of(newest)));
    }
    Ok(json(&History {
        transaction_id: id,
        events: page.items.iter().map(Event::of).collect(),
        next: page.next.as_deref(),
    }))
}

/// Texts can always be written.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests;
