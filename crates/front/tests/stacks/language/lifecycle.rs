// How Terraform treats a resource, with conditions before and after.

#[stack(name = "orders")]
pub mod orders {
    #[variable(default = 20)]
    pub struct DiskSize;

    #[data(aws_ami, owners = ["amazon"], most_recent, lifecycle(postcondition(condition = self.architecture != "i386", error_message = "It needs 64 bits.")))]
    pub struct Image;

    /// A value becomes something that can trigger.
    #[resource(terraform_data, input = DiskSize)]
    pub struct SizeChange;

    #[resource(aws_iam_instance_profile, name = "orders")]
    pub struct Profile;

    #[resource(
        aws_instance,
        ami = Image.id,
        instance_type = "t4g.small",
        tags = { "team" = "orders" },
        root_block_device(volume_size = DiskSize, encrypted = true),
        timeouts(create = "30m", delete = "1h30m"),
        depends_on = [Profile],
        lifecycle(
            create_before_destroy,
            prevent_destroy = false,
            ignore_changes = [ami, tags["patched.at"], root_block_device[0].volume_size],
            replace_triggered_by = [Profile, Profile.name, SizeChange],
            precondition(condition = DiskSize >= 8, error_message = "The image needs 8 GB."),
            precondition(condition = Image.state != "failed", error_message = "The image is broken."),
            postcondition(condition = self.instance_state != "stopped", error_message = "${self.id} stands still.")
        )
    )]
    pub struct Machine;

    /// Constructs take the same.
    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection, lifecycle(prevent_destroy, ignore_changes = all), timeouts(create = "10m"))]
    pub struct Invoices {
        #[hash_key]
        pub id: String,
    }
}
