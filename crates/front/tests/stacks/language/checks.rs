// What has to hold of the deployed stack.

#[stack(name = "orders")]
pub mod orders {
    /// The load balancer in front answers, and with a certificate that is valid for a while.
    #[check(
        data(aws_lb, name = "orders"),
        assert(condition = Front.internal == false, error_message = "${Front.dns_name} is not on the internet."),
        assert(condition = length(Front.security_groups) > 0, error_message = "The load balancer is open to everything.")
    )]
    pub struct Front;

    #[sns(encrypted)]
    pub struct Alerts;

    /// Without a data source of its own.
    #[check(assert(condition = terraform.workspace != "default" || Alerts.fifo_topic == false, error_message = "Use a workspace."))]
    pub struct Workspace;
}
