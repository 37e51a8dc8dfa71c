//! The few calls to IAM, CloudWatch Logs and API Gateway that checks need. Their SDK crates would take longer to
//! build than all the rest.

use bytes::Bytes;
use http::{Method, Request, Response, header};
use serde_json::{Value, json};

use crate::error::{Context, Error};
use crate::http_client::{HttpClient, Signer};

/// Calls as the account's owner.
#[derive(Debug, Clone)]
pub struct Control {
    endpoint: String,
    client: HttpClient,
    signer: Signer,
}

impl Control {
    /// Calls the emulator at this address.
    pub fn new(endpoint: &str, client: HttpClient) -> Self {
        Self {
            endpoint: endpoint.to_owned(),
            client,
            signer: Signer::owner(),
        }
    }

    /// Replaces a policy of a role.
    ///
    /// # Errors
    /// When IAM refuses.
    pub async fn put_role_policy(
        &self,
        role: &str,
        name: &str,
        policy: &Value,
    ) -> Result<(), Error> {
        let policy = policy.to_string();
        self.iam(
            "PutRolePolicy",
            &[
                ("RoleName", role),
                ("PolicyName", name),
                ("PolicyDocument", &policy),
            ],
        )
        .await?;
        Ok(())
    }

    /// A new user who is allowed what the policy says.
    ///
    /// # Errors
    /// When IAM refuses.
    pub async fn create_user(&self, name: &str, policy: &Value) -> Result<Signer, Error> {
        self.iam("CreateUser", &[("UserName", name)]).await?;
        let policy = policy.to_string();
        self.iam(
            "PutUserPolicy",
            &[
                ("UserName", name),
                ("PolicyName", "all"),
                ("PolicyDocument", &policy),
            ],
        )
        .await?;
        let answer = self.iam("CreateAccessKey", &[("UserName", name)]).await?;
        let text = |name| text_of("CreateAccessKey", &answer, name);
        Ok(Signer::new(
            &text("AccessKeyId")?,
            &text("SecretAccessKey")?,
        ))
    }

    /// Signs as a role, as Lambda does for a function.
    ///
    /// # Errors
    /// When there is no such role.
    pub async fn assume_role(&self, arn: &str) -> Result<Signer, Error> {
        let parameters = [("RoleArn", arn), ("RoleSessionName", "checks")];
        let answer = self
            .query("sts", "2011-06-15", "AssumeRole", &parameters)
            .await?;
        let text = |name| text_of("AssumeRole", &answer, name);
        Ok(Signer::temporary(
            &text("AccessKeyId")?,
            &text("SecretAccessKey")?,
            &text("SessionToken")?,
        ))
    }

    /// Whether somebody else may do this: `target` is the operation, as in the header `x-amz-target`. That it fails
    /// for another reason means that it is allowed.
    ///
    /// # Errors
    /// When there is no answer.
    pub async fn is_allowed(
        &self,
        signer: &Signer,
        service: &str,
        target: &str,
        input: &Value,
    ) -> Result<bool, Error> {
        let request = signer.sign(service, self.json(target, input)?)?;
        let answer = self.client.send(request).await?;
        let text = String::from_utf8_lossy(answer.body());
        Ok(answer.status().is_success()
            || !["AccessDenied", "not authorized"]
                .iter()
                .any(|denied| text.contains(denied)))
    }

    /// All lines of a log group.
    ///
    /// The emulator gives the first 10,000 and no token for the others, so this goes on by time.
    ///
    /// # Errors
    /// When there is no such group.
    pub async fn log_lines(&self, group: &str) -> Result<Vec<String>, Error> {
        const PAGE: usize = 10_000;
        let mut lines = Vec::new();
        let mut start = 0;
        loop {
            let wanted = json!({ "logGroupName": group, "startTime": start, "limit": PAGE });
            let request = self.json("Logs_20140328.FilterLogEvents", &wanted)?;
            let answer = self.call("logs", request).await?;
            let page: Value = serde_json::from_slice(answer.body())
                .context(|| format!("the log group {group}"))?;
            let events = page["events"].as_array().map_or(&[][..], Vec::as_slice);
            let time = |event: &Value| event["timestamp"].as_u64().unwrap_or_default();
            let last = events.last().map_or(0, time);
            let is_whole = events.len() < PAGE;
            if !is_whole && last == start {
                return Err(Error::new(format!(
                    "the log group {group} has too many lines of one millisecond to read them"
                )));
            }
            // There may be more lines of the page's last millisecond: they are read with the next page.
            lines.extend(
                events
                    .iter()
                    .filter(|event| is_whole || time(event) < last)
                    .filter_map(|event| event["message"].as_str().map(ToOwned::to_owned)),
            );
            if is_whole {
                return Ok(lines);
            }
            start = last;
        }
    }

    /// Sets the throttle of a stage's methods.
    ///
    /// # Errors
    /// When there is no such stage.
    pub async fn throttle(
        &self,
        api: &str,
        stage: &str,
        rate: f64,
        burst: u32,
    ) -> Result<(), Error> {
        let operation = |what: &str, value: String| json!({ "op": "replace", "path": format!("/*/*/throttling/{what}"), "value": value });
        let changes = json!({ "patchOperations": [
            operation("rateLimit", rate.to_string()),
            operation("burstLimit", burst.to_string()),
        ] });
        let request = Request::builder()
            .method(Method::PATCH)
            .uri(format!("{}/restapis/{api}/stages/{stage}", self.endpoint))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Bytes::from(changes.to_string()))
            .context(|| "a request".to_owned())?;
        self.call("apigateway", request).await?;
        Ok(())
    }

    async fn iam(&self, action: &str, parameters: &[(&str, &str)]) -> Result<String, Error> {
        self.query("iam", "2010-05-08", action, parameters).await
    }

    /// A request of the protocol that AWS calls JSON.
    fn json(&self, target: &str, input: &Value) -> Result<Request<Bytes>, Error> {
        let version = if target.starts_with("AmazonSQS.") {
            "1.0"
        } else {
            "1.1"
        };
        Request::builder()
            .method(Method::POST)
            .uri(format!("{}/", self.endpoint))
            .header(
                header::CONTENT_TYPE,
                format!("application/x-amz-json-{version}"),
            )
            .header("x-amz-target", target)
            .body(Bytes::from(input.to_string()))
            .context(|| "a request".to_owned())
    }

    /// A call of the protocol that AWS calls Query.
    async fn query(
        &self,
        service: &str,
        version: &str,
        action: &str,
        parameters: &[(&str, &str)],
    ) -> Result<String, Error> {
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("Action", action)
            .append_pair("Version", version)
            .extend_pairs(parameters)
            .finish();
        let request = Request::builder()
            .method(Method::POST)
            .uri(format!("{}/", self.endpoint))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Bytes::from(form))
            .context(|| "a request".to_owned())?;
        let answer = self.call(service, request).await?;
        String::from_utf8(answer.into_body().into()).context(|| format!("the answer to {action}"))
    }

    async fn call(&self, service: &str, request: Request<Bytes>) -> Result<Response<Bytes>, Error> {
        let answer = self
            .client
            .send(self.signer.sign(service, request)?)
            .await?;
        if answer.status().is_success() {
            return Ok(answer);
        }
        Err(Error::new(format!(
            "{service}: {}: {}",
            answer.status(),
            String::from_utf8_lossy(answer.body())
        )))
    }
}

/// The text of an element in an answer.
fn text_of(action: &str, answer: &str, name: &str) -> Result<String, Error> {
    let document = roxmltree::Document::parse(answer)
        .map_err(|error| Error::new(format!("the answer to {action}: {error}")))?;
    document
        .descendants()
        .find(|node| node.tag_name().name() == name)
        .and_then(|node| node.text())
        .map(ToOwned::to_owned)
        .ok_or_else(|| Error::new(format!("the answer to {action} has no {name}")))
}
