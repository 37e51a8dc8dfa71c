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
    /// There was none, or what there is is kept: what a database was restored from can be taken out again.
    Kept,
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
    aws_acmpca_certificate_authority { certificate_authority_configuration: Chosen, usage_mode: Chosen }
    aws_backup_logically_air_gapped_vault { name: Chosen }
    aws_backup_vault { name: Chosen, kms_key_arn: Chosen }
    aws_cloudhsm_v2_cluster { source_backup_identifier: Kept }
    aws_cloudtrail_event_data_store { kms_key_id: Chosen }
    aws_cloudwatch_event_archive { name: Chosen, event_source_arn: Chosen }
    aws_cloudwatch_log_group { name: Chosen, name_prefix: Chosen, log_group_class: Chosen }
    aws_codeartifact_domain { domain: Chosen, encryption_key: Chosen }
    aws_codeartifact_repository { repository: Chosen, domain: Chosen, domain_owner: Chosen }
    aws_cognito_identity_pool { developer_provider_name: None }
    aws_cognito_user_pool { alias_attributes: None, username_attributes: None }
    aws_connect_instance { instance_alias: None, identity_management_type: Chosen, directory_id: None }
    aws_db_cluster_snapshot { db_cluster_snapshot_identifier: Chosen, db_cluster_identifier: Chosen }
    aws_db_instance {
        engine: Chosen, username: Chosen, db_name: Chosen, storage_encrypted: False, kms_key_id: Chosen,
        availability_zone: Chosen, character_set_name: Chosen, timezone: Chosen, snapshot_identifier: Kept,
    }
    aws_db_snapshot { db_snapshot_identifier: Chosen, db_instance_identifier: Chosen }
    aws_directory_service_directory { name: Chosen, type: Chosen, edition: Chosen }
    aws_docdb_cluster {
        cluster_identifier: Chosen, master_username: Chosen, storage_encrypted: False, kms_key_id: Chosen,
        cluster_identifier_prefix: Chosen, snapshot_identifier: Kept,
    }
    aws_docdbelastic_cluster { name: Chosen, admin_user_name: Chosen, kms_key_id: Chosen }
    aws_dynamodb_global_table { name: Chosen }
    aws_dynamodb_table { name: Chosen, hash_key: Chosen, range_key: None, local_secondary_index: None }
    aws_ebs_snapshot { volume_id: Chosen }
    aws_ebs_volume { availability_zone: Chosen, encrypted: False, kms_key_id: Chosen, snapshot_id: Chosen }
    aws_ecr_repository { name: Chosen, encryption_configuration: None }
    aws_ecrpublic_repository { repository_name: Chosen }
    aws_efs_file_system {
        creation_token: Chosen, encrypted: False, kms_key_id: Chosen, performance_mode: Chosen,
        availability_zone_name: None,
    }
    aws_eip { address: None, public_ipv4_pool: Chosen, network_border_group: Chosen }
    aws_elasticache_cluster { cluster_id: Chosen, replication_group_id: Chosen, subnet_group_name: Chosen }
    aws_elasticache_replication_group {
        replication_group_id: Chosen, subnet_group_name: Chosen, at_rest_encryption_enabled: Chosen, kms_key_id: Chosen,
    }
    aws_elasticache_serverless_cache { name: Chosen, kms_key_id: None }
    aws_elasticsearch_domain { domain_name: Chosen }
    aws_fsx_lustre_file_system {
        backup_id: Kept, deployment_type: Chosen, kms_key_id: Chosen, storage_type: Chosen, subnet_ids: Chosen,
    }
    aws_fsx_ontap_file_system {
        kms_key_id: Chosen, preferred_subnet_id: Chosen, storage_type: Chosen, subnet_ids: Chosen,
    }
    aws_fsx_ontap_volume { name: Chosen, storage_virtual_machine_id: Chosen }
    aws_fsx_openzfs_file_system {
        backup_id: Kept, deployment_type: Chosen, kms_key_id: Chosen, storage_type: Chosen, subnet_ids: Chosen,
    }
    aws_fsx_openzfs_volume { volume_type: Chosen }
    aws_fsx_windows_file_system {
        active_directory_id: None, backup_id: Kept, deployment_type: Chosen, kms_key_id: Chosen,
        preferred_subnet_id: Chosen, subnet_ids: Chosen,
    }
    aws_glacier_vault { name: Chosen }
    aws_keyspaces_keyspace { name: Chosen }
    aws_keyspaces_table { keyspace_name: Chosen, table_name: Chosen }
    aws_kinesis_stream { name: Chosen }
    aws_kinesis_video_stream { name: Chosen }
    aws_kms_key { customer_master_key_spec: Chosen, key_usage: Chosen, multi_region: False, custom_key_store_id: None }
    aws_kms_replica_external_key { primary_key_arn: Chosen }
    aws_kms_replica_key { primary_key_arn: Chosen }
    aws_lightsail_bucket { name: Chosen }
    aws_lightsail_database {
        relational_database_name: Chosen, master_database_name: Chosen, master_username: Chosen,
        availability_zone: Chosen, blueprint_id: Chosen,
    }
    aws_lightsail_disk { name: Chosen, availability_zone: Chosen, size_in_gb: Chosen }
    aws_memorydb_cluster {
        name: Chosen, name_prefix: Chosen, kms_key_arn: None, snapshot_name: None, subnet_group_name: Chosen,
    }
    aws_mq_broker {
        broker_name: Chosen, engine_type: Chosen, deployment_mode: Chosen, data_replication_primary_broker_arn: None,
    }
    aws_msk_cluster { cluster_name: Chosen }
    aws_msk_serverless_cluster { cluster_name: Chosen }
    aws_neptune_cluster {
        cluster_identifier: Chosen, storage_encrypted: False, kms_key_arn: Chosen, cluster_identifier_prefix: Chosen,
        snapshot_identifier: Kept,
    }
    aws_neptunegraph_graph { graph_name: Chosen, graph_name_prefix: Chosen, kms_key_identifier: Chosen }
    aws_opensearch_domain { domain_name: Chosen }
    aws_opensearchserverless_collection { name: Chosen, type: Chosen }
    aws_prometheus_workspace { kms_key_arn: None }
    aws_qldb_ledger { name: Chosen }
    aws_rds_cluster {
        cluster_identifier: Chosen, engine: Chosen, database_name: Chosen, master_username: Chosen,
        storage_encrypted: False, kms_key_id: Chosen, cluster_identifier_prefix: Chosen, snapshot_identifier: Kept,
    }
    aws_redshift_cluster { cluster_identifier: Chosen, master_username: Chosen }
    aws_redshiftserverless_namespace { namespace_name: Chosen, db_name: Chosen }
    aws_rekognition_collection { collection_id: Chosen }
    aws_route53_zone { name: Chosen }
    aws_route53domains_domain { domain_name: Chosen }
    aws_s3_bucket { bucket: Chosen, bucket_prefix: Chosen, object_lock_enabled: False }
    aws_s3_directory_bucket { bucket: Chosen }
    aws_s3tables_namespace { namespace: Chosen, table_bucket_arn: Chosen }
    aws_s3tables_table { table_bucket_arn: Chosen, format: Chosen }
    aws_s3tables_table_bucket { name: Chosen }
    aws_s3vectors_index {
        index_name: Chosen, vector_bucket_name: Chosen, data_type: Chosen, dimension: Chosen, distance_metric: Chosen,
    }
    aws_s3vectors_vector_bucket { vector_bucket_name: Chosen }
    aws_secretsmanager_secret { name: Chosen, name_prefix: Chosen }
    aws_sqs_queue { name: Chosen, name_prefix: Chosen, fifo_queue: False }
    aws_ssm_parameter { name: Chosen }
    aws_timestreaminfluxdb_db_cluster { name: Chosen, bucket: Chosen, organization: Chosen, username: Chosen }
    aws_timestreaminfluxdb_db_instance { name: Chosen, bucket: Chosen, organization: Chosen, username: Chosen }
    aws_timestreamwrite_database { database_name: Chosen }
    aws_timestreamwrite_table { database_name: Chosen, table_name: Chosen }
    aws_workspaces_workspace { directory_id: Chosen, user_name: Chosen, bundle_id: Chosen }
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
