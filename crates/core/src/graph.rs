//! Reading a document: what is in it, what refers to what, and how to name it in a message.

use std::collections::{BTreeMap, HashMap};

use crate::document::{Block, BlockKind, Document, Origin, Owner};
use crate::schema::{BlockSchema, Schemas};
use crate::value::{Target, Value, ValueKind};
use crate::versions::Targets;

/// A document with an index over it.
pub struct Graph<'d> {
    /// The blocks.
    pub blocks: &'d [Block],
    /// The declarations they belong to.
    pub owners: &'d [Owner],
    /// What is referred to in other stacks: addresses, with the name of the stack's module.
    pub borrowed: &'d BTreeMap<String, String>,
    /// The versions that the document is written for.
    pub targets: Targets,
    /// The providers' schemas.
    pub schemas: &'d Schemas,
    by_target: HashMap<Target, usize>,
    by_type: HashMap<&'d str, Vec<usize>>,
    /// For each block, the blocks that refer to it and the argument in which they do.
    incoming: Vec<Vec<(usize, &'d str)>>,
}

/// A block of a graph: a resource, or a data source.
#[derive(Clone, Copy)]
pub struct Resource<'g> {
    /// The graph it is in.
    pub graph: &'g Graph<'g>,
    /// The block itself.
    pub block: &'g Block,
    index: usize,
}

impl<'d> Graph<'d> {
    /// Indexes a document.
    pub fn new<P>(document: &'d Document<P>) -> Self {
        let graph = Self {
            blocks: &[],
            owners: &document.owners,
            borrowed: &document.borrowed,
            targets: document.targets,
            schemas: &document.schemas,
            by_target: HashMap::new(),
            by_type: HashMap::new(),
            incoming: Vec::new(),
        };
        graph.over(&document.blocks)
    }

    /// Indexes other blocks in place of its own: the same ones, with something in them worked out.
    pub(crate) fn over<'n>(&self, blocks: &'n [Block]) -> Graph<'n>
    where
        'd: 'n,
    {
        let mut graph = Graph {
            blocks,
            owners: self.owners,
            borrowed: self.borrowed,
            targets: self.targets,
            schemas: self.schemas,
            by_target: HashMap::new(),
            by_type: HashMap::new(),
            incoming: vec![Vec::new(); blocks.len()],
        };
        for (index, block) in blocks.iter().enumerate() {
            if let Some(target) = block.target() {
                graph.by_target.entry(target).or_insert(index);
            }
            if block.kind == BlockKind::Resource {
                if let Some(type_name) = block.labels.first() {
                    graph.by_type.entry(type_name).or_default().push(index);
                }
            }
        }
        for (index, block) in blocks.iter().enumerate() {
            for (key, value) in block.body.iter() {
                value.each_reference(Origin::UNKNOWN, &mut |reference, _| {
                    if let Some(&target) = graph.by_target.get(&reference.target) {
                        graph.incoming[target].push((index, &key.name));
                    }
                });
            }
        }
        graph
    }

    pub(crate) fn at(&self, index: usize) -> Resource<'_> {
        Resource {
            graph: self,
            block: &self.blocks[index],
            index,
        }
    }

    /// The resources of one type, in the order they were declared.
    pub fn resources(&self, type_name: &str) -> impl Iterator<Item = Resource<'_>> {
        self.by_type
            .get(type_name)
            .into_iter()
            .flatten()
            .map(|&index| self.at(index))
    }

    /// All resources.
    pub fn all_resources(&self) -> impl Iterator<Item = Resource<'_>> {
        self.all()
            .filter(|resource| resource.block.kind == BlockKind::Resource)
    }

    /// All blocks.
    pub fn all(&self) -> impl Iterator<Item = Resource<'_>> {
        (0..self.blocks.len()).map(|index| self.at(index))
    }

    /// The block that a reference starts from.
    pub fn target(&self, target: &Target) -> Option<Resource<'_>> {
        self.by_target.get(target).map(|&index| self.at(index))
    }

    /// The block that the first reference in a value starts from.
    pub fn resolve(&self, value: &Value) -> Option<Resource<'_>> {
        let mut found = None;
        value.each_reference(Origin::UNKNOWN, &mut |reference, _| {
            if found.is_none() {
                found = self.target(&reference.target);
            }
        });
        found
    }
}

impl<'g> Resource<'g> {
    /// The type, such as `aws_sqs_queue`.
    pub fn type_name(self) -> &'g str {
        self.block.labels.first().map_or("", String::as_str)
    }

    /// What its provider accepts and gives; `None` where no provider has a part in it, or nothing is
    /// known of the provider.
    pub fn schema(self) -> Option<BlockSchema<'static>> {
        self.graph.schemas.block(self.block)
    }

    /// Where it was declared.
    pub fn origin(self) -> Origin {
        self.block.origin
    }

    /// The value at a dotted path; `None` when it is absent or `null`.
    pub fn get(self, path: &str) -> Option<&'g Value> {
        let (first, rest) = path.split_once('.').unwrap_or((path, ""));
        let value = self.block.body.get(first)?;
        let value = if rest.is_empty() {
            value
        } else {
            value.get(rest)?
        };
        (value.kind != ValueKind::Null).then_some(value)
    }

    /// The number at a path, when it is literal.
    pub fn number(self, path: &str) -> Option<f64> {
        self.get(path)?.as_f64()
    }

    /// The text at a path, when it is literal.
    pub fn text(self, path: &str) -> Option<&'g str> {
        self.get(path)?.as_str()
    }

    /// The truth value at a path, when it is literal.
    pub fn flag(self, path: &str) -> Option<bool> {
        self.get(path)?.as_bool()
    }

    /// The token to change for what is, or should be, at a path: the value, else the nearest thing
    /// around it that was written.
    pub fn origin_of(self, path: &str) -> Origin {
        let mut origin = self.block.origin;
        let mut object = Some(&self.block.body);
        for name in path.split('.') {
            let Some((key, value)) = object.and_then(|object| object.entry(name)) else {
                break;
            };
            origin = value.origin.or(key.origin).or(origin);
            object = value.as_object();
        }
        origin
    }

    /// The block that the value at a path refers to.
    pub fn referred(self, path: &str) -> Option<Resource<'g>> {
        self.graph.resolve(self.get(path)?)
    }

    /// The resources of one type that refer to this one in `argument`.
    pub fn referrers(
        self,
        type_name: &'g str,
        argument: &'g str,
    ) -> impl Iterator<Item = Resource<'g>> + 'g {
        let mut last = usize::MAX;
        self.graph.incoming[self.index]
            .iter()
            .filter(move |(_, name)| *name == argument)
            .filter(move |(index, _)| std::mem::replace(&mut last, *index) != *index)
            .map(|&(index, _)| self.graph.at(index))
            .filter(move |resource| {
                resource.block.kind == BlockKind::Resource && resource.type_name() == type_name
            })
    }

    /// Whether anything refers to this block.
    pub fn is_referred_to(self) -> bool {
        !self.graph.incoming[self.index].is_empty()
    }

    /// What this block refers to, and where.
    pub fn references(self) -> Vec<(Target, Origin)> {
        let mut references = Vec::new();
        for (key, value) in self.block.body.iter() {
            value.each_reference(value.origin.or(key.origin), &mut |reference, origin| {
                references.push((reference.target.clone(), origin));
            });
        }
        references
    }

    /// Whether two resources are the same block.
    pub fn is(self, other: Resource<'_>) -> bool {
        self.index == other.index
    }

    /// The name for a message: "queue `Events`", or with its address where it is a helper of a
    /// declaration or no declaration's.
    pub fn describe(self) -> String {
        let noun = noun(self.type_name());
        let address = self.block.address();
        if self.block.kind != BlockKind::Resource {
            return format!("`{address}`");
        }
        let Some(owner) = self.owner() else {
            return format!("{noun} `{address}`");
        };
        if owner.main == address.as_str() {
            return format!("{noun} `{}`", owner.name);
        }
        // `aws_sqs_queue.events_dlq` beside `aws_sqs_queue.events` is written `Events.dlq`.
        match address.as_str().strip_prefix(&format!("{}_", owner.main)) {
            Some(part) => format!("{noun} `{}.{part}`", owner.name),
            None if noun == "resource" => format!("`{}` of `{}`", self.type_name(), owner.name),
            None => format!("{noun} of `{}`", owner.name),
        }
    }

    /// The declaration it belongs to.
    pub fn owner(self) -> Option<&'g Owner> {
        self.graph.owners.get(self.block.owner?.0 as usize)
    }

    /// Whether a declaration has it as a helper, and not as what it stands for.
    pub fn is_helper(self) -> bool {
        self.owner()
            .is_some_and(|owner| owner.main != self.block.address().as_str())
    }
}

/// AWS's word for a resource of this type.
pub fn noun(type_name: &str) -> &'static str {
    match type_name {
        "aws_sqs_queue" => "queue",
        "aws_lambda_function" => "function",
        "aws_dynamodb_table" => "table",
        "aws_s3_bucket" => "bucket",
        "aws_sns_topic" => "topic",
        "aws_kinesis_stream" => "stream",
        "aws_kinesis_stream_consumer" => "stream consumer",
        "aws_lambda_function_event_invoke_config" => "asynchronous invocation",
        "aws_cloudwatch_metric_alarm" => "alarm",
        "aws_cloudwatch_log_group" => "log group",
        "aws_api_gateway_rest_api" => "REST API",
        "aws_apigatewayv2_api" => "HTTP API",
        "aws_api_gateway_stage" | "aws_apigatewayv2_stage" => "stage",
        "aws_apigatewayv2_route" => "route",
        "aws_apigatewayv2_authorizer" => "authorizer",
        "aws_api_gateway_method" => "method",
        "aws_lambda_event_source_mapping" => "event source mapping",
        "aws_lambda_permission" => "permission",
        "aws_iam_role" => "role",
        "aws_security_group" | "aws_default_security_group" => "security group",
        "aws_security_group_rule" | "aws_vpc_security_group_ingress_rule" => "security group rule",
        "aws_s3_bucket_lifecycle_configuration" => "lifecycle configuration",
        "aws_s3_bucket_server_side_encryption_configuration" => "encryption",
        "aws_s3_bucket_versioning" => "versioning",
        "aws_iam_role_policy"
        | "aws_kms_key_policy"
        | "aws_s3_bucket_policy"
        | "aws_sqs_queue_policy"
        | "aws_sns_topic_policy" => "policy",
        "aws_api_gateway_method_settings" => "method settings",
        "aws_api_gateway_integration" | "aws_apigatewayv2_integration" => "integration",
        "aws_api_gateway_deployment" => "deployment",
        "aws_api_gateway_model" => "model",
        "aws_cloudwatch_event_bus" => "event bus",
        "aws_cloudwatch_event_rule" => "rule",
        "aws_cloudwatch_event_target" => "target",
        "aws_scheduler_schedule" => "schedule",
        "aws_scheduler_schedule_group" => "schedule group",
        "aws_lambda_function_url" => "function URL",
        "aws_lambda_layer_version" => "layer",
        "aws_lambda_provisioned_concurrency_config" => "provisioned concurrency",
        "aws_kms_alias" | "aws_lambda_alias" => "alias",
        "aws_sfn_state_machine" => "state machine",
        "aws_cloudwatch_dashboard" => "dashboard",
        "aws_cloudfront_distribution" => "distribution",
        "aws_acm_certificate" => "certificate",
        "aws_kms_key" => "key",
        "aws_cloudwatch_log_metric_filter" => "metric filter",
        "aws_s3_bucket_notification" => "notification",
        "aws_secretsmanager_secret" => "secret",
        "aws_secretsmanager_secret_rotation" => "rotation",
        "aws_secretsmanager_secret_version" => "secret version",
        "aws_sns_topic_subscription" => "subscription",
        "aws_ssm_parameter" => "parameter",
        _ => "resource",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[test]
    fn the_graph_answers_what_rules_ask() {
        let document = json::parse(
            r#"{"resource": {
                "aws_sqs_queue": {
                    "dlq": {"name": "dlq"},
                    "events": {"redrive_policy":
                        "${jsonencode({deadLetterTargetArn = aws_sqs_queue.dlq.arn, maxReceiveCount = 3})}"}
                },
                "aws_lambda_event_source_mapping": {
                    "m": {"event_source_arn": "${aws_sqs_queue.events.arn}", "scaling_config": [{"maximum_concurrency": 5}]}
                }
            }}"#,
        )
        .unwrap();
        let graph = Graph::new(&document);
        let queue = graph
            .resources("aws_sqs_queue")
            .find(|queue| queue.get("redrive_policy").is_some())
            .unwrap();
        assert_eq!(queue.number("redrive_policy.maxReceiveCount"), Some(3.0));
        let dlq = queue
            .referred("redrive_policy.deadLetterTargetArn")
            .unwrap();
        assert_eq!(dlq.describe(), "queue `aws_sqs_queue.dlq`");
        assert!(
            dlq.referrers("aws_sqs_queue", "redrive_policy")
                .next()
                .unwrap()
                .is(queue)
        );
        let mapping = queue
            .referrers("aws_lambda_event_source_mapping", "event_source_arn")
            .next()
            .unwrap();
        assert_eq!(
            mapping.number("scaling_config.maximum_concurrency"),
            Some(5.0)
        );
        assert_eq!(
            queue
                .referrers("aws_lambda_function", "event_source_arn")
                .count(),
            0
        );
    }
}
