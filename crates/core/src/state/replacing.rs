//! The arguments of stateful resources that cannot be changed: Terraform destroys the resource and makes
//! another.

/// An argument whose change replaces the resource.
pub(super) struct Replacing {
    pub(super) type_name: &'static str,
    pub(super) argument: &'static str,
    pub(super) absent: Absent,
}

/// What it means that the argument is not there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Absent {
    /// Terraform or AWS has chosen a value, which is kept and not known here.
    Chosen,
    /// It is as good as `null`: there is none.
    None,
    /// It is as good as `false`.
    False,
}

macro_rules! replacing {
    ($($type_name:ident { $($argument:ident: $absent:ident),* $(,)? })*) => {
        /// Source: Terraform Registry, hashicorp/aws, what each resource's page marks with "Forces new resource".
        pub(super) const REPLACING: &[Replacing] = &[$($(Replacing {
            type_name: stringify!($type_name),
            argument: stringify!($argument),
            absent: Absent::$absent,
        },)*)*];
    };
}

replacing! {
    aws_backup_vault { name: Chosen, kms_key_arn: Chosen }
    aws_cloudwatch_log_group { name: Chosen, name_prefix: Chosen, log_group_class: Chosen }
    aws_cognito_user_pool { alias_attributes: None, username_attributes: None }
    aws_db_instance {
        engine: Chosen, username: Chosen, db_name: Chosen, storage_encrypted: False, kms_key_id: Chosen,
        availability_zone: Chosen, character_set_name: Chosen, timezone: Chosen,
    }
    aws_docdb_cluster { cluster_identifier: Chosen, master_username: Chosen, storage_encrypted: False, kms_key_id: Chosen }
    aws_dynamodb_table { name: Chosen, hash_key: Chosen, range_key: None, local_secondary_index: None }
    aws_ebs_volume { availability_zone: Chosen, encrypted: False, kms_key_id: Chosen, snapshot_id: Chosen }
    aws_ecr_repository { name: Chosen, encryption_configuration: None }
    aws_efs_file_system { creation_token: Chosen, encrypted: False, kms_key_id: Chosen, performance_mode: Chosen, availability_zone_name: None }
    aws_elasticache_replication_group { replication_group_id: Chosen, subnet_group_name: Chosen, at_rest_encryption_enabled: Chosen, kms_key_id: Chosen }
    aws_keyspaces_table { keyspace_name: Chosen, table_name: Chosen }
    aws_kinesis_stream { name: Chosen }
    aws_kms_key { customer_master_key_spec: Chosen, key_usage: Chosen, multi_region: False, custom_key_store_id: None }
    aws_msk_cluster { cluster_name: Chosen }
    aws_neptune_cluster { cluster_identifier: Chosen, storage_encrypted: False, kms_key_arn: Chosen }
    aws_opensearch_domain { domain_name: Chosen }
    aws_rds_cluster {
        cluster_identifier: Chosen, engine: Chosen, database_name: Chosen, master_username: Chosen, storage_encrypted: False,
        kms_key_id: Chosen,
    }
    aws_redshift_cluster { cluster_identifier: Chosen, master_username: Chosen }
    aws_route53_zone { name: Chosen }
    aws_s3_bucket { bucket: Chosen, bucket_prefix: Chosen, object_lock_enabled: False }
    aws_s3_directory_bucket { bucket: Chosen }
    aws_secretsmanager_secret { name: Chosen, name_prefix: Chosen }
    aws_sqs_queue { name: Chosen, name_prefix: Chosen, fifo_queue: False }
    aws_ssm_parameter { name: Chosen }
    aws_timestreamwrite_table { database_name: Chosen, table_name: Chosen }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema;
    use crate::state::stateful;

    #[test]
    fn the_arguments_are_the_providers() {
        for replacing in REPLACING {
            let (type_name, argument) = (replacing.type_name, replacing.argument);
            assert!(stateful::find(type_name).is_some(), "{type_name}");
            let schema = schema::aws()
                .resource(type_name)
                .expect("the type is known");
            let settable = schema
                .attribute(argument)
                .is_some_and(|attribute| attribute.is_settable());
            assert!(
                settable || schema.block(argument).is_some(),
                "{type_name}.{argument}"
            );
        }
    }
}
