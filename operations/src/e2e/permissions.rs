//! Each permission of the functions' roles is needed: without it, what it is for fails.

use std::time::Duration;

use serde_json::{Value, json};

use super::lambda_calls;
use super::report::{Report, ensure, passed};
use super::senders::Webhook;
use super::storm::end;
use super::world::{PATIENCE, VISIBILITY, World, eventually, text_of};
use crate::emulator::is_running;
use crate::error::{Context, Error};

/// A policy of a function's role.
#[derive(Debug)]
struct Policy {
    function: String,
    role: String,
    role_arn: String,
    name: String,
    document: Value,
}

/// What fails without a permission.
#[derive(Debug, Clone, Copy)]
enum Probe {
    /// A webhook is not accepted.
    Accept,
    /// One that is too large for the queue is not accepted.
    AcceptLarge,
    /// An accepted webhook is not stored until the permission is back.
    Store,
    /// An accepted one that is too large for the queue is not stored until the permission is back.
    StoreLarge,
    /// The same event with another body is not noted until the permission is back.
    Conflict,
    /// The status cannot be read.
    Read,
}

pub(super) async fn run(world: &World, report: &mut Report) {
    let policies = match policies(world) {
        Ok(policies) => policies,
        Err(error) => {
            report
                .check("permissions: the roles' policies are read", async {
                    Err(error)
                })
                .await;
            return;
        }
    };
    let mut number = 0;
    for policy in &policies {
        for (place, action) in actions(&policy.document) {
            let name = format!("permissions: {} needs {action}", policy.function);
            number += 1;
            if let Some(call) = lambda_calls::find(&action) {
                report
                    .check(&name, lambda_needs(world, policy, place, &action, call))
                    .await;
                continue;
            }
            report
                .check(&name, async {
                    let probe = probe(&policy.function, &action)?;
                    let less = without(&policy.document, place, &action);
                    world
                        .control
                        .put_role_policy(&policy.role, &policy.name, &less)
                        .await?;
                    let outcome = fails(world, &policy.function, probe, number).await;
                    world
                        .control
                        .put_role_policy(&policy.role, &policy.name, &policy.document)
                        .await?;
                    let waits = outcome?;
                    restart(world, &policy.function).await?;
                    works(world, probe, number, waits).await?;
                    passed()
                })
                .await;
        }
    }
}

/// What Lambda does in the function's name, without which it gets no event and leaves no log. The emulator does it
/// as the account's owner, so it is done here, as the role.
async fn lambda_needs(
    world: &World,
    policy: &Policy,
    place: usize,
    action: &str,
    call: &lambda_calls::Call,
) -> Result<String, Error> {
    let resource = list(&policy.document["Statement"][place]["Resource"]);
    let resource = resource.first().map_or("", String::as_str);
    let input = (call.input)(world, resource)?;
    let role = world.control.assume_role(&policy.role_arn).await?;
    let put = |document| {
        world
            .control
            .put_role_policy(&policy.role, &policy.name, document)
    };
    let is_allowed = || {
        world
            .control
            .is_allowed(&role, call.service, call.target, &input)
    };
    let whole = lambda_calls::for_the_emulator(&policy.document, place);
    put(&whole).await?;
    let with = is_allowed().await;
    let less = without(&whole, place, action);
    let reduced = put(&less).await;
    let without = is_allowed().await;
    put(&policy.document).await?;
    reduced?;
    ensure(with?, || {
        "the role may not do it, with its whole policy".to_owned()
    })?;
    ensure(!without?, || {
        "the role may do it without the permission".to_owned()
    })?;
    passed()
}

/// The policies that Terraform has given to the functions' roles.
fn policies(world: &World) -> Result<Vec<Policy>, Error> {
    let functions = world.stack.terraform.resources("aws_lambda_function")?;
    let mut found = Vec::new();
    for (_, policy) in world.stack.terraform.resources("aws_iam_role_policy")? {
        let role = policy["role"].as_str().unwrap_or_default();
        let Some((function, role_arn)) = functions.iter().find_map(|(name, function)| {
            let arn = function["role"].as_str()?;
            (arn.rsplit('/').next() == Some(role)).then_some((name, arn))
        }) else {
            continue;
        };
        let document = policy["policy"].as_str().unwrap_or_default();
        found.push(Policy {
            function: function.clone(),
            role: role.to_owned(),
            role_arn: role_arn.to_owned(),
            name: policy["name"].as_str().unwrap_or_default().to_owned(),
            document: serde_json::from_str(document).context(|| format!("the policy of {role}"))?,
        });
    }
    ensure(found.len() == functions.len(), || {
        format!(
            "{} functions have {} policies",
            functions.len(),
            found.len()
        )
    })?;
    Ok(found)
}

/// Each action, with the number of its statement.
fn actions(document: &Value) -> Vec<(usize, String)> {
    let statements = document["Statement"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    statements
        .iter()
        .enumerate()
        .flat_map(|(place, statement)| {
            list(&statement["Action"])
                .into_iter()
                .map(move |action| (place, action))
        })
        .collect()
}

/// One text or several: policies have both.
fn list(value: &Value) -> Vec<String> {
    match value {
        Value::String(one) => vec![one.clone()],
        Value::Array(several) => several
            .iter()
            .filter_map(|one| one.as_str().map(ToOwned::to_owned))
            .collect(),
        _ => Vec::new(),
    }
}

/// The policy without one action of one statement.
fn without(document: &Value, place: usize, action: &str) -> Value {
    let mut document = document.clone();
    let rest = list(&document["Statement"][place]["Action"])
        .into_iter()
        .filter(|other| other != action)
        .collect::<Vec<_>>();
    if rest.is_empty() {
        if let Some(statements) = document["Statement"].as_array_mut() {
            statements.remove(place);
            if statements.is_empty() {
                // IAM takes no policy without statements.
                statements.push(
                    json!({ "Effect": "Deny", "Action": "s3:ListAllMyBuckets", "Resource": "*" }),
                );
            }
        }
    } else {
        document["Statement"][place]["Action"] = json!(rest);
    }
    document
}

/// What an action of a function is for.
fn probe(function: &str, action: &str) -> Result<Probe, Error> {
    Ok(match (function, action) {
        ("ingestion", "sqs:SendMessage" | "secretsmanager:GetSecretValue" | "kms:Decrypt") => {
            Probe::Accept
        }
        ("ingestion", "s3:PutObject") => Probe::AcceptLarge,
        ("processing", "s3:PutObject" | "dynamodb:PutItem") => Probe::Store,
        ("processing", "s3:GetObject") => Probe::StoreLarge,
        ("processing", "dynamodb:GetItem" | "dynamodb:Query") => Probe::Conflict,
        ("status", "dynamodb:Query" | "dynamodb:GetItem") => Probe::Read,
        _ => {
            return Err(Error::new(format!(
                "nothing is known to fail without it: take it from the stack, or say in {} what it is for",
                file!()
            )));
        }
    })
}

/// Does what must fail; returns whether it waits and must happen afterwards.
async fn fails(world: &World, function: &str, probe: Probe, number: usize) -> Result<bool, Error> {
    // A function that has already used a permission may keep what it got by it.
    restart(world, function).await?;
    let webhook = webhook(world, probe, number);
    match probe {
        Probe::Accept | Probe::AcceptLarge => {
            let answer = world.post(&webhook).await?;
            ensure(answer.status().as_u16() == 503, || {
                format!("{} instead of 503: {}", answer.status(), text_of(&answer))
            })?;
            ensure(world.items(&transaction(number)).await?.is_empty(), || {
                "it was refused, and stored".to_owned()
            })?;
            Ok(false)
        }
        Probe::Store | Probe::StoreLarge => {
            world.accepted(&webhook).await?;
            // The first receive is at once; the next one is when it is visible again.
            tokio::time::sleep(VISIBILITY / 3).await;
            ensure(world.items(&transaction(number)).await?.is_empty(), || {
                "it was stored".to_owned()
            })?;
            Ok(true)
        }
        Probe::Conflict => {
            let first = Webhook::generic(&world.body(&transaction(number), &transaction(number)));
            world.accepted(&first).await?;
            world.stored(&transaction(number), 1).await?;
            let before = world.items(&transaction(number)).await?.len();
            world.accepted(&webhook).await?;
            tokio::time::sleep(VISIBILITY / 3).await;
            ensure(
                world.items(&transaction(number)).await?.len() == before,
                || "it was noted".to_owned(),
            )?;
            Ok(true)
        }
        Probe::Read => {
            let answer = world.status("happy-1").await?;
            ensure(answer.status().is_server_error(), || {
                format!("{}: {}", answer.status(), text_of(&answer))
            })?;
            Ok(false)
        }
    }
}

/// What failed works with the permission, and what waited happens.
async fn works(world: &World, probe: Probe, number: usize, waits: bool) -> Result<(), Error> {
    match probe {
        Probe::Accept | Probe::AcceptLarge => {
            world.accepted(&webhook(world, probe, number)).await?;
        }
        Probe::Store | Probe::StoreLarge | Probe::Conflict => {}
        Probe::Read => {
            let answer = world.status("happy-1").await?;
            ensure(answer.status().as_u16() == 200, || {
                format!("{}: {}", answer.status(), text_of(&answer))
            })?;
        }
    }
    if waits {
        world.stored(&transaction(number), 1).await?;
    }
    world.drained(Duration::from_mins(1)).await
}

fn transaction(number: usize) -> String {
    format!("permission-{number}")
}

fn webhook(world: &World, probe: Probe, number: usize) -> Webhook {
    let mut body = world.body(&transaction(number), &transaction(number));
    match probe {
        Probe::AcceptLarge | Probe::StoreLarge => body["padding"] = json!("x".repeat(400_000)),
        Probe::Conflict => body["status"] = json!("another"),
        Probe::Accept | Probe::Store | Probe::Read => {}
    }
    Webhook::generic(&body)
}

/// Ends the function's processes; the next event starts a new one.
async fn restart(world: &World, function: &str) -> Result<(), Error> {
    let processes = world.stack.emulator.functions(world.function(function));
    processes.iter().copied().try_for_each(end)?;
    eventually(PATIENCE, "the function to end", || async {
        Ok((!processes.iter().copied().any(is_running)).then_some(()))
    })
    .await
}
