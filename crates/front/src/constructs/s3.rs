//! `#[s3]`: a private bucket and everything around it that a bucket should have.

use webhook_infra_core::{Object, Part, Reference, Target, Value, ValueKind};

use super::notification::{self, Notification};
use super::{
    Construct, Key, Settings, Shape, encryption, failures, policy_statements, tls_only, trigger,
};
use crate::context::{Context, Declaration, attribute, suffixed};

const KEYS: &[Key] = &[
    Key::sets(
        "bucket",
        "name",
        Shape::Text,
        "The bucket's name, which is unique in the world. 3 to 63 lower-case letters, digits, hyphens and dots. Default: the stack's name and the struct's with a random ending (`bucket_prefix`).",
    ),
    Key::new(
        "versioned",
        Shape::Switch,
        "Keeps what is overwritten or deleted as older versions.",
    ),
    Key::new(
        "encrypted",
        Shape::FlagOrText,
        "Encryption at rest: `\"AES256\"` for keys that S3 manages, `\"aws:kms\"` for KMS. Alone it means `\"AES256\"`.",
    ),
    Key::new(
        "key",
        Shape::Raw,
        "The `#[kms_key]` struct, or the ARN of a key, to encrypt with; it implies `\"aws:kms\"` and a bucket key, which keeps KMS requests few.",
    ),
    Key::new("kms_key", Shape::Text, "The same as `key`, as an ARN."),
    Key::new(
        "archive",
        Shape::Block(ARCHIVE),
        "Moves objects to a cheaper storage class after a time.",
    ),
    Key::new(
        "expire",
        Shape::Block(EXPIRE),
        "Deletes objects after a time.",
    ),
    Key::new(
        "expire_versions",
        Shape::Block(EXPIRE),
        "Deletes older versions after a time.",
    ),
    Key::new(
        "abort_incomplete_uploads",
        Shape::Days,
        "When parts of an unfinished upload are deleted. Default: 7 days.",
    ),
    Key::new(
        "tls_only",
        Shape::Switch,
        "Refuses requests that do not come over TLS. On when absent.",
    ),
    Key::new(
        "notify",
        Shape::Block(trigger::event_keys()),
        "A queue or topic that is told of objects: `notify(Uploads, events = [\"s3:ObjectCreated:*\"], prefix = \"in/\")`. For a function write `trigger(…)` there.",
    ),
    Key::new(
        "eventbridge",
        Shape::Switch,
        "All events of the bucket go to EventBridge, too, where rules can pick them.",
    ),
];

const ARCHIVE: &[Key] = &[
    Key::new("after", Shape::Days, "The age at which an object moves."),
    Key::new(
        "to",
        Shape::Text,
        "The storage class, such as `\"GLACIER\"`, `\"GLACIER_IR\"`, `\"DEEP_ARCHIVE\"` or `\"STANDARD_IA\"`.",
    ),
    Key::new(
        "prefix",
        Shape::Text,
        "Only objects whose keys start with this.",
    ),
];

const EXPIRE: &[Key] = &[
    Key::new("after", Shape::Days, "The age at which it is deleted."),
    Key::new(
        "prefix",
        Shape::Text,
        "Only objects whose keys start with this.",
    ),
];

pub(super) static S3: Construct = Construct {
    name: "s3",
    summary: "A private S3 bucket: no public access, no ACLs, TLS only, unfinished uploads cleaned up",
    main: "aws_s3_bucket",
    keys: KEYS,
    fields: &[],
    parts: &[],
    aliases: &[("name", "bucket")],
    marker: "Bucket",
    target: |declaration| declaration.resource(),
    lower,
};

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let settings = context.declared(declaration);
    let id = declaration.id;
    let bucket = declaration.target();
    let name = context.physical_name(&settings, declaration);
    let mut body = settings.arguments();
    Context::comment(&mut body, &declaration.item.docs);
    if settings.value("name").is_some() {
        body.set("bucket", name);
    } else if body.get("bucket").is_none() {
        body.set_default("bucket_prefix", suffixed(&name, "-"));
    }
    context.resource("aws_s3_bucket", id, body);

    let this = || Object::new().with("bucket", attribute(&bucket, "id"));
    context.resource(
        "aws_s3_bucket_public_access_block",
        id,
        this()
            .with("block_public_acls", true)
            .with("block_public_policy", true)
            .with("ignore_public_acls", true)
            .with("restrict_public_buckets", true),
    );
    let owner = Object::new().with("object_ownership", "BucketOwnerEnforced");
    context.resource(
        "aws_s3_bucket_ownership_controls",
        id,
        this().with("rule", vec![owner.into()]),
    );
    if settings.flag("versioned") {
        let versioning = Object::new().with("status", "Enabled");
        context.resource(
            "aws_s3_bucket_versioning",
            id,
            this().with("versioning_configuration", vec![versioning.into()]),
        );
    }
    if let Some(rule) = encrypted(context, declaration, &settings) {
        context.resource(
            "aws_s3_bucket_server_side_encryption_configuration",
            id,
            this().with("rule", vec![rule.into()]),
        );
    }
    lifecycle(context, declaration, &settings, &bucket);
    notification::notify(context, declaration, &settings);
    let eventbridge = settings
        .find("eventbridge")
        .filter(|_| settings.flag("eventbridge"));
    if let Some(setting) =
        eventbridge.filter(|setting| failures::is_single(context, declaration, setting.span))
    {
        let entry = context.notifications.entry(declaration.name());
        entry.or_default().push(Notification {
            block: "eventbridge",
            body: Object::new(),
            origin: setting.origin,
            after: None,
        });
    }
    bucket_policy(context, declaration, &settings);
}

/// The bucket's policy: what others want in it, and TLS.
fn bucket_policy(context: &mut Context<'_>, declaration: &Declaration<'_>, settings: &Settings) {
    let id = declaration.id;
    let bucket = declaration.target();
    let arn = attribute(&bucket, "arn");
    let objects = suffixed(&arn, "/*");
    let mut statements = policy_statements::of_service(
        context,
        declaration,
        "cloudfront.amazonaws.com",
        "s3:GetObject",
        &objects,
    );
    statements.extend(log_delivery(context, declaration, &arn));
    if settings.flag_or_default("tls_only") {
        statements.push(tls_only::statement("s3:*", vec![arn, objects]));
    }
    if statements.is_empty() {
        return;
    }
    let policy = context.policy(&format!("{id}_bucket"), statements);
    // AWS refuses concurrent changes of a bucket's policy and of what may be public about it.
    let wait = webhook_infra_core::Address::new(format!("aws_s3_bucket_public_access_block.{id}"));
    context.resource(
        "aws_s3_bucket_policy",
        id,
        Object::new()
            .with("bucket", attribute(&bucket, "id"))
            .with("policy", policy)
            .with("depends_on", vec![wait.into()]),
    );
}

/// What lets the delivery of logs write its files, and give them to the bucket's owner.
fn log_delivery(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    arn: &Value,
) -> Vec<Object> {
    let service = "delivery.logs.amazonaws.com";
    let account = Reference::data("aws_caller_identity", "current", "account_id");
    let files = Value::template(vec![
        Part::Interpolation(arn.clone()),
        Part::Text("/AWSLogs/".to_owned()),
        Part::Interpolation(account.into()),
        Part::Text("/*".to_owned()),
    ]);
    let mut statements =
        policy_statements::of_service(context, declaration, service, "s3:PutObject", &files);
    for statement in &mut statements {
        if let Some(Value {
            kind: ValueKind::String(sid),
            ..
        }) = statement.get_mut("sid")
        {
            sid.push_str("Logs");
        }
        statement.push_block(
            "condition",
            tls_only::condition(
                "StringEquals",
                "s3:x-amz-acl",
                vec!["bucket-owner-full-control".into()],
            ),
        );
    }
    statements
}

fn encrypted(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    settings: &Settings,
) -> Option<Object> {
    let own = encryption::key(context, settings, "key");
    let key = match (&own, settings.value("kms_key")) {
        (Some(_), Some(_)) => {
            let span = settings.find("kms_key").map(|setting| setting.span);
            context.errors.add(
                span.unwrap_or_else(|| declaration.span()),
                "`kms_key` is `key`, which is given already",
                "remove one of the two",
            );
            own.as_ref()
        }
        (own, written) => own.as_ref().or(written),
    };
    let algorithm = match (settings.value("encrypted"), key) {
        (_, Some(_)) => "aws:kms".into(),
        (Some(value), None) => match value.as_bool() {
            Some(true) => ValueKind::String("AES256".to_owned()).at(value.origin),
            Some(false) => return None,
            None => value.clone(),
        },
        (None, None) => return None,
    };
    let mut default = Object::new().with("sse_algorithm", algorithm);
    let mut rule = Object::new();
    if let Some(key) = key {
        default.set("kms_master_key_id", key.clone());
        rule.set("bucket_key_enabled", true);
    }
    rule.set(
        "apply_server_side_encryption_by_default",
        vec![default.into()],
    );
    Some(rule)
}

fn lifecycle(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    settings: &Settings,
    bucket: &Target,
) {
    let id = declaration.id;
    let abort = Object::new().with(
        "days_after_initiation",
        settings.value_or("abort_incomplete_uploads", 7_u64),
    );
    let mut rules: Vec<Value> = vec![
        rule("abort-incomplete-uploads", None)
            .with("abort_incomplete_multipart_upload", vec![abort.into()])
            .into(),
    ];
    for (key, base) in [
        ("archive", "archive"),
        ("expire", "expire"),
        ("expire_versions", "expire-versions"),
    ] {
        for (place, (setting, block)) in settings.blocks(key).enumerate() {
            let Some(after) = block.value("after").cloned() else {
                if block.is_faulty {
                    continue;
                }
                context.errors.add(
                    setting.span,
                    format!("`{key}(…)` does not say after how long"),
                    format!(
                        "write `{}`",
                        if key == "archive" {
                            "archive(after = \"30d\", to = \"GLACIER\")"
                        } else {
                            "expire(after = \"365d\")"
                        }
                    ),
                );
                continue;
            };
            let name = if place == 0 {
                base.to_owned()
            } else {
                format!("{base}-{}", place + 1)
            };
            let mut rule = rule(&name, block.value("prefix"));
            let days = Object::new().with("days", after.clone());
            let noncurrent = Object::new().with("noncurrent_days", after);
            match key {
                "archive" => {
                    let class = block.value_or("to", "GLACIER");
                    rule.push_block(
                        "transition",
                        days.with("storage_class", class.clone()).into(),
                    );
                    if settings.flag("versioned") {
                        rule.push_block(
                            "noncurrent_version_transition",
                            noncurrent.with("storage_class", class).into(),
                        );
                    }
                }
                "expire" => rule.push_block("expiration", days.into()),
                _ => rule.push_block("noncurrent_version_expiration", noncurrent.into()),
            }
            rules.push(ValueKind::Object(rule).at(setting.origin));
        }
    }
    let mut body = Object::new()
        .with("bucket", attribute(bucket, "id"))
        .with("rule", rules);
    if settings.flag("versioned") {
        // Rules about older versions are refused while versioning is not on yet.
        let wait = webhook_infra_core::Address::new(format!("aws_s3_bucket_versioning.{id}"));
        body.set("depends_on", vec![wait.into()]);
    }
    context.resource("aws_s3_bucket_lifecycle_configuration", id, body);
}

fn rule(id: &str, prefix: Option<&Value>) -> Object {
    let mut filter = Object::new();
    if let Some(prefix) = prefix {
        filter.set("prefix", prefix.clone());
    }
    Object::new()
        .with("id", id)
        .with("status", "Enabled")
        .with("filter", vec![filter.into()])
}
