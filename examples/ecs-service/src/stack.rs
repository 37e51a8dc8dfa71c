//! Fargate in a VPC: what no construct makes, said in the provider's own words.

use webhook_infra::prelude::*;

/// A web service in containers.
#[stack(name = "web", region = "eu-central-1", tags(service = "web"))]
pub mod ecs_service {
    use super::*;

    /// The image to run: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/web:1.4.2`.
    #[variable]
    pub struct Image;

    #[module(
        source = "terraform-aws-modules/vpc/aws", version = "~> 6.0", name = "web", cidr = "10.0.0.0/16",
        azs = ["eu-central-1a", "eu-central-1b"], enable_nat_gateway = true, single_nat_gateway = true,
        private_subnets = ["10.0.1.0/24", "10.0.2.0/24"], public_subnets = ["10.0.101.0/24", "10.0.102.0/24"],
    )]
    pub struct Vpc {
        pub vpc_id: String,
        pub private_subnets: Vec<String>,
    }

    #[resource(aws_cloudwatch_log_group, name = "/ecs/web", retention_in_days = 14)]
    pub struct Logs;

    #[data(
        aws_iam_policy_document,
        statement(actions = ["sts:AssumeRole"], principals(type = "Service", identifiers = ["ecs-tasks.amazonaws.com"]))
    )]
    pub struct AssumedByTasks;

    #[resource(aws_iam_role, name = "web-execution", assume_role_policy = AssumedByTasks.json)]
    pub struct Execution;

    #[data(
        aws_iam_policy_document,
        statement(actions = ["logs:CreateLogStream", "logs:PutLogEvents"], resources = ["${Logs.arn}:*"])
    )]
    pub struct WriteLogs;

    #[resource(aws_iam_role_policy, name = "logs", role = Execution.id, policy = WriteLogs.json)]
    pub struct ExecutionPolicy;

    /// Nobody comes in; everything may go out.
    #[resource(
        aws_security_group, name = "web", description = "Tasks of the web service", vpc_id = Vpc.vpc_id,
        egress(description = "HTTPS", from_port = 443, to_port = 443, protocol = "tcp", cidr_blocks = ["0.0.0.0/0"])
    )]
    pub struct Tasks;

    #[resource(
        aws_ecs_cluster,
        name = "web",
        setting(name = "containerInsights", value = "enabled")
    )]
    pub struct Cluster;

    #[resource(
        aws_ecs_task_definition, family = "web", network_mode = "awsvpc", cpu = 256, memory = 512,
        requires_compatibilities = ["FARGATE"], execution_role_arn = Execution.arn,
        runtime_platform(cpu_architecture = "ARM64", operating_system_family = "LINUX"),
        container_definitions = json!([{
            "name" = "web", "image" = var.image, "essential" = true, "readonlyRootFilesystem" = true,
            "logConfiguration" = { "logDriver" = "awslogs", "options" = {
                "awslogs-group" = Logs.name, "awslogs-region" = "eu-central-1", "awslogs-stream-prefix" = "web"
            } }
        }])
    )]
    pub struct Web;

    #[resource(
        aws_ecs_service, name = "web", cluster = Cluster.id, task_definition = Web.arn, desired_count = 2,
        launch_type = "FARGATE", network_configuration(subnets = Vpc.private_subnets, security_groups = [Tasks.id]),
        deployment_circuit_breaker(enable = true, rollback = true), depends_on = [ExecutionPolicy]
    )]
    pub struct Service;
}
