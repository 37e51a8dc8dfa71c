//! Stand-ins of the services, behind the SDK's own mocks, that fail where a test says so.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use aws_sdk_dynamodb::operation::put_item::{PutItemError, PutItemInput, PutItemOutput};
use aws_sdk_dynamodb::operation::query::{QueryInput, QueryOutput};
use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_dynamodb::types::error::ConditionalCheckFailedException;
use aws_sdk_s3::operation::put_object::{PutObjectInput, PutObjectOutput};
use aws_sdk_secretsmanager::operation::get_secret_value::{
    GetSecretValueInput, GetSecretValueOutput,
};
use aws_sdk_sqs::operation::send_message::{SendMessageInput, SendMessageOutput};
use aws_smithy_mocks::{MockResponse, RuleMode, mock, mock_client};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::StatusCode;
use time::OffsetDateTime;
use time::macros::datetime;
use webhook_infra::lambda::{Invocation, Request};

/// The time of every test.
pub(crate) fn now() -> OffsetDateTime {
    datetime!(2026-04-09 12:34:56.789 UTC)
}

pub(crate) fn invocation() -> Invocation {
    Invocation {
        request_id: "lambda-1".to_owned(),
        deadline: SystemTime::now() + Duration::from_secs(10),
    }
}

thread_local! {
    static LINES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Where the log of a test goes.
pub(crate) fn keep(line: &str) {
    LINES.with_borrow_mut(|lines| lines.push(line.to_owned()));
}

/// The lines that were written since this was last asked.
pub(crate) fn lines() -> Vec<serde_json::Value> {
    let lines = LINES.with_borrow_mut(std::mem::take);
    lines
        .iter()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect()
}

/// A POST to a provider, as API Gateway hands it on.
pub(crate) fn post(provider: &str, headers: &[(&str, &str)], body: &str) -> Request {
    let mut request = Request {
        http_method: "POST".to_owned(),
        body: Some(body.to_owned()),
        ..Request::default()
    };
    request.request_context.request_id = "gateway-1".to_owned();
    request
        .path_parameters
        .insert("provider".to_owned(), provider.to_owned());
    let json = ("Content-Type", "application/json");
    for (name, value) in [json].iter().chain(headers) {
        request
            .multi_value_headers
            .entry((*name).to_owned())
            .or_default()
            .push((*value).to_owned());
    }
    request
}

/// Which of the calls of a service fail, counted from 0.
#[derive(Clone, Default)]
pub(crate) struct Faults(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    calls: usize,
    /// The service fails before it does anything.
    before: Vec<usize>,
    /// It has done it, and the answer is lost.
    after: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    Before,
    After,
}

impl Faults {
    pub(crate) fn before(calls: impl IntoIterator<Item = usize>) -> Self {
        let faults = Self::default();
        faults.0.lock().unwrap().before = calls.into_iter().collect();
        faults
    }

    pub(crate) fn after(calls: impl IntoIterator<Item = usize>) -> Self {
        let faults = Self::default();
        faults.0.lock().unwrap().after = calls.into_iter().collect();
        faults
    }

    /// From now on it works, or does not.
    pub(crate) fn set(&self, fails: bool) {
        let mut state = self.0.lock().unwrap();
        state.before = if fails {
            (0..10_000).collect()
        } else {
            Vec::new()
        };
    }

    pub(crate) fn calls(&self) -> usize {
        self.0.lock().unwrap().calls
    }

    fn next(&self) -> Fault {
        let mut state = self.0.lock().unwrap();
        let call = state.calls;
        state.calls += 1;
        if state.before.contains(&call) {
            Fault::Before
        } else if state.after.contains(&call) {
            Fault::After
        } else {
            Fault::None
        }
    }
}

/// The answer of a service that is down.
fn failure<O, E>() -> MockResponse<O, E> {
    MockResponse::Http(HttpResponse::new(
        StatusCode::try_from(503).unwrap(),
        "{}".into(),
    ))
}

/// A service that does `$work` unless it fails.
macro_rules! service {
    ($sdk:ident, $operation:expr, $faults:expr, $work:expr) => {{
        let (faults, work) = ($faults.clone(), $work);
        let rule = mock!($operation).then_compute_response(move |input| match faults.next() {
            Fault::Before => failure(),
            Fault::After => {
                let _ = work(input);
                failure()
            }
            Fault::None => work(input),
        });
        // The SDK's own tries would make tests slow.
        mock_client!($sdk, RuleMode::MatchAny, [&rule], |config| config
            .retry_config($sdk::config::retry::RetryConfig::disabled()))
    }};
}

pub(crate) type Messages = Arc<Mutex<Vec<SendMessageInput>>>;

pub(crate) fn queue(faults: &Faults) -> (aws_sdk_sqs::Client, Messages) {
    let messages = Messages::default();
    let sent = Arc::clone(&messages);
    let client = service!(
        aws_sdk_sqs,
        aws_sdk_sqs::Client::send_message,
        faults,
        move |input: &SendMessageInput| {
            sent.lock().unwrap().push(input.clone());
            MockResponse::Output(SendMessageOutput::builder().message_id("m1").build())
        }
    );
    (client, messages)
}

/// What a put says, without its body.
pub(crate) type Objects = Arc<Mutex<BTreeMap<String, PutObjectInput2>>>;

#[derive(Clone, Debug)]
pub(crate) struct PutObjectInput2 {
    pub(crate) checksum: Option<String>,
    pub(crate) metadata: HashMap<String, String>,
    pub(crate) body: Vec<u8>,
    pub(crate) is_conditional: bool,
}

pub(crate) fn bucket(faults: &Faults) -> (aws_sdk_s3::Client, Objects) {
    let objects = Objects::default();
    let stored = Arc::clone(&objects);
    let client = service!(
        aws_sdk_s3,
        aws_sdk_s3::Client::put_object,
        faults,
        move |input: &PutObjectInput| {
            let mut stored = stored.lock().unwrap();
            let key = input.key().unwrap().to_owned();
            if input.if_none_match().is_some() && stored.contains_key(&key) {
                return MockResponse::Http(HttpResponse::new(
                    StatusCode::try_from(412).unwrap(),
                    "<Error><Code>PreconditionFailed</Code></Error>".into(),
                ));
            }
            stored.insert(
                key,
                PutObjectInput2 {
                    checksum: input.checksum_sha256().map(str::to_owned),
                    metadata: input.metadata().cloned().unwrap_or_default(),
                    body: input.body().bytes().unwrap_or_default().to_vec(),
                    is_conditional: input.if_none_match() == Some("*"),
                },
            );
            MockResponse::Output(PutObjectOutput::builder().build())
        }
    );
    (client, objects)
}

pub(crate) type Item = HashMap<String, AttributeValue>;
/// By partition and sort key.
pub(crate) type Items = Arc<Mutex<BTreeMap<(String, String), Item>>>;

fn text(item: &Item, name: &str) -> String {
    item[name].as_s().unwrap().clone()
}

pub(crate) fn table(faults: &Faults) -> (aws_sdk_dynamodb::Client, Items) {
    let items = Items::default();
    let stored = Arc::clone(&items);
    let client = service!(
        aws_sdk_dynamodb,
        aws_sdk_dynamodb::Client::put_item,
        faults,
        move |input: &PutItemInput| {
            let item = input.item().unwrap().clone();
            let key = (text(&item, "transactionId"), text(&item, "timestamp"));
            let mut stored = stored.lock().unwrap();
            if let (Some(_), Some(old)) = (input.condition_expression(), stored.get(&key)) {
                return MockResponse::Error(PutItemError::ConditionalCheckFailedException(
                    ConditionalCheckFailedException::builder()
                        .set_item(Some(old.clone()))
                        .build(),
                ));
            }
            stored.insert(key, item);
            MockResponse::Output(PutItemOutput::builder().build())
        }
    );
    (client, items)
}

pub(crate) type Questions = Arc<Mutex<Vec<QueryInput>>>;

/// A table whose answers are given.
pub(crate) fn answers(
    faults: &Faults,
    output: QueryOutput,
) -> (aws_sdk_dynamodb::Client, Questions) {
    let questions = Questions::default();
    let asked = Arc::clone(&questions);
    let client = service!(
        aws_sdk_dynamodb,
        aws_sdk_dynamodb::Client::query,
        faults,
        move |input: &QueryInput| {
            asked.lock().unwrap().push(input.clone());
            MockResponse::Output(output.clone())
        }
    );
    (client, questions)
}

/// A secret whose value can be changed.
pub(crate) type SecretText = Arc<Mutex<Option<String>>>;

pub(crate) fn secret(faults: &Faults, value: &str) -> (aws_sdk_secretsmanager::Client, SecretText) {
    let text = SecretText::new(Mutex::new(Some(value.to_owned())));
    let shared = Arc::clone(&text);
    let client = service!(
        aws_sdk_secretsmanager,
        aws_sdk_secretsmanager::Client::get_secret_value,
        faults,
        move |_: &GetSecretValueInput| {
            let text = shared.lock().unwrap().clone();
            MockResponse::Output(
                GetSecretValueOutput::builder()
                    .set_secret_string(text)
                    .version_id("v1")
                    .build(),
            )
        }
    );
    (client, text)
}
