//! The webhook that is sent: one of Stripe's, in the event that API Gateway makes of it.

use std::time::{SystemTime, UNIX_EPOCH};

use data_encoding::HEXLOWER;
use ring::hmac;
use serde_json::{Value, json};

/// The secret that the functions are told to read.
pub(crate) const SECRET_ARN: &str =
    "arn:aws:secretsmanager:us-east-1:000000000000:secret:provider-secrets-AbCdEf";

/// What the webhook is signed with.
const SIGNING_SECRET: &str = "whsec_only_for_the_bench";

/// The secrets of the providers, as ingestion reads them.
pub(crate) fn secrets() -> Value {
    json!({ "generic": [], "stripe": [SIGNING_SECRET] })
}

/// The event of one invocation: each has another webhook, signed now.
pub(crate) fn event(number: u32) -> Vec<u8> {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    let body = webhook(number, now).to_string();
    let signed = format!("{now}.{body}");
    let key = hmac::Key::new(hmac::HMAC_SHA256, SIGNING_SECRET.as_bytes());
    let signature = HEXLOWER.encode(hmac::sign(&key, signed.as_bytes()).as_ref());
    let signature = format!("t={now},v1={signature}");
    let headers = [
        ("Accept", "*/*"),
        ("Content-Type", "application/json; charset=utf-8"),
        ("Host", "abcdef1234.execute-api.us-east-1.amazonaws.com"),
        ("Stripe-Signature", &signature),
        (
            "User-Agent",
            "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        ),
        (
            "X-Amzn-Trace-Id",
            "Root=1-69d79c40-0123456789abcdef01234567",
        ),
        ("X-Forwarded-For", "203.0.113.7"),
        ("X-Forwarded-Port", "443"),
        ("X-Forwarded-Proto", "https"),
    ];
    let single = headers
        .iter()
        .map(|&(name, value)| (name.to_owned(), json!(value)))
        .collect::<serde_json::Map<_, _>>();
    let multiple = headers
        .iter()
        .map(|&(name, value)| (name.to_owned(), json!([value])))
        .collect::<serde_json::Map<_, _>>();
    json!({
        "resource": "/webhook/{provider}",
        "path": "/webhook/stripe",
        "httpMethod": "POST",
        "headers": single,
        "multiValueHeaders": multiple,
        "queryStringParameters": null,
        "multiValueQueryStringParameters": null,
        "pathParameters": { "provider": "stripe" },
        "stageVariables": null,
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "abcdef1234",
            "domainName": "abcdef1234.execute-api.us-east-1.amazonaws.com",
            "domainPrefix": "abcdef1234",
            "extendedRequestId": "Zx1bnHsEIAMEPuw=",
            "httpMethod": "POST",
            "identity": { "sourceIp": "203.0.113.7", "userAgent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)" },
            "path": "/production/webhook/stripe",
            "protocol": "HTTP/1.1",
            "requestId": format!("9f3b1a52-7c1d-4d0e-8a3f-{number:012x}"),
            "requestTime": "09/Apr/2026:12:34:56 +0000",
            "requestTimeEpoch": now * 1000,
            "resourceId": "a1b2c3",
            "resourcePath": "/webhook/{provider}",
            "stage": "production",
        },
        "body": body,
        "isBase64Encoded": false,
    })
    .to_string()
    .into_bytes()
}

/// What a payment provider tells, of a usual size.
fn webhook(number: u32, now: u64) -> Value {
    json!({
        "id": format!("evt_1RBench{number:012}"),
        "object": "event",
        "api_version": "2026-03-25",
        "created": now,
        "type": "payment_intent.succeeded",
        "livemode": false,
        "pending_webhooks": 1,
        "request": { "id": "req_8Yx0aB3cD4eF5g", "idempotency_key": "5a0c8f0e-1a1d-4b3f-9c5e-6d7e8f901234" },
        "data": { "object": {
            "id": format!("pi_3RBench{number:012}"),
            "object": "payment_intent",
            "amount": 1999,
            "amount_received": 1999,
            "currency": "eur",
            "customer": "cus_Nb3nCh0000001",
            "description": "Order 4711",
            "latest_charge": "ch_3RBench0000000000001",
            "metadata": { "transactionId": format!("tx-{number}"), "order": "4711" },
            "payment_method_types": ["card", "sepa_debit"],
            "status": "succeeded",
        } },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_over_the_body_as_it_stands() {
        let event: Value = serde_json::from_slice(&event(7)).unwrap();
        let header = event["headers"]["Stripe-Signature"].as_str().unwrap();
        let (time, signature) = header.split_once(",v1=").unwrap();
        let signed = format!("{}.{}", &time[2..], event["body"].as_str().unwrap());
        let key = hmac::Key::new(hmac::HMAC_SHA256, SIGNING_SECRET.as_bytes());
        let signature = HEXLOWER.decode(signature.as_bytes()).unwrap();
        assert!(hmac::verify(&key, signed.as_bytes(), &signature).is_ok());
    }
}
