//! `operations local`: the whole stack on this machine, until Ctrl-C.

use serde_json::json;

use crate::deployed::Deployed;
use crate::emulator::{Options, REGION};
use crate::error::{Context, Error};

/// What signs webhooks of the provider `acme` here. It protects nothing.
const SECRET: &str = "a-secret-for-this-machine";

/// What the command takes.
#[derive(clap::Args, Debug)]
pub struct Arguments {}

/// Runs the stack until Ctrl-C.
///
/// # Errors
/// When it cannot be started.
pub async fn run(_arguments: &Arguments) -> Result<(), Error> {
    let mut options = Options::new("local");
    options.permissions = true;
    options.verbose = true;
    let interrupted = tokio::signal::ctrl_c();
    println!("Starting the emulator and applying the stack to it …");
    let starting = async {
        let stack = tokio::task::spawn_blocking(move || Deployed::start(&options))
            .await
            .context(|| "starting the stack".to_owned())??;
        stack
            .set_provider_secrets(&json!({
                "generic": [],
                "acme": { "scheme": "generic", "secrets": [SECRET] },
            }))
            .await?;
        Ok::<_, Error>(stack)
    };
    tokio::pin!(interrupted);
    let stack = tokio::select! {
        stack = starting => stack?,
        _ = &mut interrupted => return Ok(()),
    };
    println!("{}", introduction(&stack)?);
    interrupted
        .await
        .context(|| "cannot wait for Ctrl-C".to_owned())?;
    println!("Ending the emulator …");
    drop(stack);
    Ok(())
}

fn introduction(stack: &Deployed) -> Result<String, Error> {
    let Deployed {
        emulator,
        outputs,
        api,
        terraform,
        ..
    } = stack;
    let endpoint = emulator.endpoint();
    Ok(format!(
        r#"
The stack runs.

  API         {api}
  queue       {queue}
  dead letters {dead}
  table       {table}
  bucket      {bucket}
  AWS         {endpoint}   (AWS_ENDPOINT_URL; access key and secret key are `test`)
  log         {log}
  Terraform   {folder}

A webhook that nobody signed:

  curl -i {api}/webhook/generic -H 'content-type: application/json' -d '{{"transactionId":"tx-1","eventId":"ev-1","type":"payment.settled"}}'

A signed one:

  body='{{"transactionId":"tx-1","eventId":"ev-2","type":"payment.refunded"}}'; at=$(date +%s); curl -i {api}/webhook/acme -H 'content-type: application/json' -H "x-webhook-timestamp: $at" -H "x-webhook-signature: sha256=$(printf '%s.%s' "$at" "$body" | openssl dgst -sha256 -hmac {SECRET} -r | cut -d' ' -f1)" -d "$body"

What became of the transaction:

  curl -i '{api}/status/tx-1?history=true' --user test:test --aws-sigv4 aws:amz:{REGION}:execute-api

Ctrl-C ends it.
"#,
        queue = outputs.text("queue_url")?,
        dead = outputs.text("dead_letter_queue_url")?,
        table = outputs.text("table_name")?,
        bucket = outputs.text("bucket_name")?,
        log = emulator.log().display(),
        folder = terraform.folder().display(),
    ))
}
