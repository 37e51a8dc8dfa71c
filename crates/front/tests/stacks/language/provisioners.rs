// What runs when a resource is made and when it is destroyed.

#[stack(name = "orders")]
pub mod orders {
    #[resource(
        aws_instance,
        ami = "ami-12345678",
        instance_type = "t4g.small",
        connection(type = "ssh", user = "ec2-user", host = self.public_ip, private_key = file("${path.module}/main.tf.json")),
        provisioner(file, content = "port=8080", destination = "/etc/orders.conf"),
        provisioner(remote_exec, inline = ["systemctl restart orders", "systemctl is-active orders"]),
        provisioner(local_exec, command = "echo ${self.private_ip}", environment = { "STAGE" = "live" }, on_failure = continue),
        provisioner(
            local_exec,
            when = destroy,
            command = "drain ${self.id}",
            interpreter = ["bash", "-c"],
            quiet = true
        )
    )]
    pub struct Machine;

    /// Runs again when the machine is another one.
    #[resource(terraform_data, triggers_replace = [Machine.id], provisioner(local_exec, command = "smoke-test ${self.triggers_replace[0]}"))]
    pub struct SmokeTest;
}
