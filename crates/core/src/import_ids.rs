//! The form of the id by which the provider imports a resource, for the types where the wrong form is a
//! common mistake.
//!
//! Source: Terraform AWS provider, the section "Import" of each resource's page.

/// How an id looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdForm {
    /// An ARN of this service.
    Arn(&'static str),
    /// A URL of SQS: the host of a region, an account and a name.
    QueueUrl,
    /// The resource's own name in AWS, which is neither an ARN nor a URL.
    Name,
    /// Something with this in front: `vpc-`.
    Prefixed(&'static str),
    /// Two parts with this between them: `function/statement`.
    Pair(char),
    /// A UUID, or the id of a multi-Region key.
    KeyId,
    /// A UUID.
    Uuid,
}

/// A type, the form of its ids, what they are, and one.
#[derive(Clone, Copy, Debug)]
pub struct ImportId {
    /// The resource type.
    pub type_name: &'static str,
    /// How the id looks.
    pub form: IdForm,
    /// What the id is.
    pub what: &'static str,
    /// One that is well-formed.
    pub example: &'static str,
}

const fn id(
    type_name: &'static str,
    form: IdForm,
    what: &'static str,
    example: &'static str,
) -> ImportId {
    ImportId {
        type_name,
        form,
        what,
        example,
    }
}

/// All types whose ids are known, by name.
pub static IMPORT_IDS: &[ImportId] = &[
    id(
        "aws_acm_certificate",
        IdForm::Arn("acm"),
        "the certificate's ARN",
        "arn:aws:acm:eu-central-1:123456789012:certificate/7e7a28d2-163f-4b8f-b9cd-822f96c08d6a",
    ),
    id(
        "aws_cloudwatch_log_group",
        IdForm::Name,
        "the log group's name",
        "/aws/lambda/orders-worker",
    ),
    id(
        "aws_cloudwatch_metric_alarm",
        IdForm::Name,
        "the alarm's name",
        "orders-worker-errors",
    ),
    id(
        "aws_dynamodb_table",
        IdForm::Name,
        "the table's name",
        "orders-invoices",
    ),
    id(
        "aws_iam_policy",
        IdForm::Arn("iam"),
        "the policy's ARN",
        "arn:aws:iam::123456789012:policy/orders",
    ),
    id(
        "aws_iam_role",
        IdForm::Name,
        "the role's name",
        "orders-worker",
    ),
    id(
        "aws_iam_role_policy",
        IdForm::Pair(':'),
        "the role's name, a colon, and the policy's",
        "orders-worker:send",
    ),
    id(
        "aws_iam_role_policy_attachment",
        IdForm::Pair('/'),
        "the role's name, a slash, and the policy's ARN",
        "orders-worker/arn:aws:iam::123456789012:policy/orders",
    ),
    id(
        "aws_kms_alias",
        IdForm::Prefixed("alias/"),
        "the alias's name",
        "alias/orders",
    ),
    id(
        "aws_kms_key",
        IdForm::KeyId,
        "the key's id",
        "1234abcd-12ab-34cd-56ef-1234567890ab",
    ),
    id(
        "aws_lambda_event_source_mapping",
        IdForm::Uuid,
        "the mapping's UUID",
        "12345678-1234-1234-1234-123456789012",
    ),
    id(
        "aws_lambda_function",
        IdForm::Name,
        "the function's name",
        "orders-worker",
    ),
    id(
        "aws_lambda_permission",
        IdForm::Pair('/'),
        "the function's name, a slash, and the statement's id",
        "orders-worker/AllowEvents",
    ),
    id(
        "aws_s3_bucket",
        IdForm::Name,
        "the bucket's name",
        "orders-uploads",
    ),
    id(
        "aws_secretsmanager_secret",
        IdForm::Arn("secretsmanager"),
        "the secret's ARN",
        "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders-AbCdEf",
    ),
    id(
        "aws_security_group",
        IdForm::Prefixed("sg-"),
        "the security group's id",
        "sg-903004f8",
    ),
    id(
        "aws_sfn_state_machine",
        IdForm::Arn("states"),
        "the state machine's ARN",
        "arn:aws:states:eu-central-1:123456789012:stateMachine:orders",
    ),
    id(
        "aws_sns_topic",
        IdForm::Arn("sns"),
        "the topic's ARN",
        "arn:aws:sns:eu-central-1:123456789012:orders-alerts",
    ),
    id(
        "aws_sns_topic_subscription",
        IdForm::Arn("sns"),
        "the subscription's ARN",
        "arn:aws:sns:eu-central-1:123456789012:orders-alerts:8a21d249-4329-4871-acc6-7be709c6ea7f",
    ),
    id(
        "aws_sqs_queue",
        IdForm::QueueUrl,
        "the queue's URL",
        "https://sqs.eu-central-1.amazonaws.com/123456789012/orders-jobs",
    ),
    id(
        "aws_sqs_queue_policy",
        IdForm::QueueUrl,
        "the queue's URL",
        "https://sqs.eu-central-1.amazonaws.com/123456789012/orders-jobs",
    ),
    id(
        "aws_subnet",
        IdForm::Prefixed("subnet-"),
        "the subnet's id",
        "subnet-9d4a7b6c",
    ),
    id(
        "aws_vpc",
        IdForm::Prefixed("vpc-"),
        "the VPC's id",
        "vpc-a01106c2",
    ),
];

/// What is known of the ids of a type.
pub fn import_id(type_name: &str) -> Option<&'static ImportId> {
    IMPORT_IDS.iter().find(|id| id.type_name == type_name)
}

impl IdForm {
    /// Whether a text has this form.
    pub fn fits(self, text: &str) -> bool {
        match self {
            Self::Arn(service) => {
                let parts = text.splitn(6, ':').collect::<Vec<_>>();
                matches!(parts.as_slice(), ["arn", partition, found, _, _, resource]
                    if partition.starts_with("aws") && *found == service && !resource.is_empty())
            }
            Self::QueueUrl => {
                let Some(rest) = text.strip_prefix("https://") else {
                    return false;
                };
                let parts = rest.split('/').collect::<Vec<_>>();
                matches!(parts.as_slice(), [_, account, name]
                    if account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit()) && !name.is_empty())
            }
            Self::Name => !text.is_empty() && !text.starts_with("arn:") && !text.contains("://"),
            Self::Prefixed(prefix) => text.len() > prefix.len() && text.starts_with(prefix),
            Self::Pair(separator) => text.split_once(separator).is_some_and(|(first, second)| {
                !first.is_empty() && !second.is_empty() && !text.starts_with("arn:")
            }),
            Self::KeyId => {
                is_uuid(text)
                    || text
                        .strip_prefix("mrk-")
                        .is_some_and(|rest| rest.len() == 32)
            }
            Self::Uuid => is_uuid(text),
        }
    }
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.chars().all(|c| c == '-' || c.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_example_has_its_own_form() {
        assert!(
            IMPORT_IDS
                .windows(2)
                .all(|pair| pair[0].type_name < pair[1].type_name)
        );
        for known in IMPORT_IDS {
            assert!(known.form.fits(known.example), "{}", known.type_name);
            assert!(
                crate::schema::aws().resource(known.type_name).is_some(),
                "{}",
                known.type_name
            );
        }
    }

    #[test]
    fn other_forms_are_told_apart() {
        for (type_name, wrong) in [
            ("aws_sqs_queue", "orders-jobs"),
            (
                "aws_sqs_queue",
                "arn:aws:sqs:eu-central-1:123456789012:orders-jobs",
            ),
            ("aws_sns_topic", "orders-alerts"),
            (
                "aws_sns_topic",
                "arn:aws:sqs:eu-central-1:123456789012:orders",
            ),
            ("aws_s3_bucket", "arn:aws:s3:::orders-uploads"),
            (
                "aws_kms_key",
                "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            ),
            ("aws_kms_alias", "orders"),
            ("aws_lambda_permission", "orders-worker"),
            (
                "aws_iam_role_policy_attachment",
                "arn:aws:iam::123456789012:policy/orders",
            ),
            ("aws_vpc", "orders"),
        ] {
            let known = import_id(type_name).unwrap();
            assert!(!known.form.fits(wrong), "{type_name}: {wrong}");
        }
    }
}
