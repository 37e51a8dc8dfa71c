//! The types of resource that hold what no `terraform apply` can make again.

/// A type of resource that is more than its configuration.
#[derive(Debug, PartialEq, Eq)]
pub struct Stateful {
    /// Terraform's name of the type.
    pub type_name: &'static str,
    /// What is gone when it is destroyed, for "and with it …".
    pub lost: &'static str,
}

/// What the provider says of a type, if it is stateful.
pub fn find(type_name: &str) -> Option<&'static Stateful> {
    let place = STATEFUL
        .binary_search_by(|known| known.type_name.cmp(type_name))
        .ok()?;
    STATEFUL.get(place)
}

macro_rules! stateful {
    ($($type_name:ident: $lost:literal,)*) => {
        /// The stateful types, sorted by name.
        ///
        /// A type is in here when its destruction loses data that others have put there, keys without which
        /// data cannot be read, or an identity that others know and AWS does not give out twice. Not in here:
        /// what can be made again from its configuration, such as functions, roles, alarms, certificates and SES
        /// identities (a new one has to be verified again, but nothing is lost).
        ///
        /// Source: Terraform Registry, hashicorp/aws, the page of each resource; and of the AWS documentation
        /// what each service says of deletion (such as Amazon SQS, `DeleteQueue`: "regardless of the queue's
        /// contents").
        pub static STATEFUL: &[Stateful] = &[$(Stateful {
            type_name: stringify!($type_name),
            lost: $lost,
        },)*];
    };
}

stateful! {
    aws_acmpca_certificate_authority: "the key that its certificates are signed with",
    aws_backup_logically_air_gapped_vault: "its recovery points",
    aws_backup_vault: "its recovery points",
    aws_cloudhsm_v2_cluster: "the keys in it",
    aws_cloudtrail_event_data_store: "its events",
    aws_cloudwatch_event_archive: "its events",
    aws_cloudwatch_log_group: "its log events",
    aws_codeartifact_domain: "the packages in it",
    aws_codeartifact_repository: "the packages in it",
    aws_codecommit_repository: "the code in it",
    aws_cognito_identity_pool: "the identities of its users",
    aws_cognito_user_pool: "the accounts of its users",
    aws_connect_instance: "its phone numbers, users and recordings",
    aws_db_cluster_snapshot: "the backup",
    aws_db_instance: "its databases",
    aws_db_snapshot: "the backup",
    aws_directory_service_directory: "the accounts of its users",
    aws_docdb_cluster: "its databases",
    aws_docdbelastic_cluster: "its databases",
    aws_dsql_cluster: "its data",
    aws_dynamodb_global_table: "its items",
    aws_dynamodb_table: "its items",
    aws_ebs_snapshot: "the backup",
    aws_ebs_volume: "its data",
    aws_ecr_repository: "its images",
    aws_ecrpublic_repository: "its images",
    aws_efs_file_system: "its files",
    aws_eip: "the address, which AWS gives to somebody else",
    aws_elasticache_cluster: "what is in its memory",
    aws_elasticache_replication_group: "what is in its memory",
    aws_elasticache_serverless_cache: "what is in its memory",
    aws_elasticsearch_domain: "its indexes",
    aws_fsx_lustre_file_system: "its files",
    aws_fsx_ontap_file_system: "its files",
    aws_fsx_ontap_volume: "its files",
    aws_fsx_openzfs_file_system: "its files",
    aws_fsx_openzfs_volume: "its files",
    aws_fsx_windows_file_system: "its files",
    aws_glacier_vault: "its archives",
    aws_grafana_workspace: "its dashboards",
    aws_keyspaces_keyspace: "its tables",
    aws_keyspaces_table: "its rows",
    aws_kinesis_stream: "its records",
    aws_kinesis_video_stream: "its recordings",
    aws_kms_external_key: "everything that is encrypted with it",
    aws_kms_key: "everything that is encrypted with it",
    aws_kms_replica_external_key: "everything that is encrypted with it in this region",
    aws_kms_replica_key: "everything that is encrypted with it in this region",
    aws_lightsail_bucket: "its objects",
    aws_lightsail_database: "its databases",
    aws_lightsail_disk: "its data",
    aws_memorydb_cluster: "its data",
    aws_mq_broker: "its messages",
    aws_msk_cluster: "its records",
    aws_msk_serverless_cluster: "its records",
    aws_neptune_cluster: "its graphs",
    aws_neptunegraph_graph: "its graph",
    aws_opensearch_domain: "its indexes",
    aws_opensearchserverless_collection: "its indexes",
    aws_prometheus_workspace: "its metrics",
    aws_qldb_ledger: "its documents and their history",
    aws_rds_cluster: "its databases",
    aws_redshift_cluster: "its databases",
    aws_redshiftserverless_namespace: "its databases",
    aws_rekognition_collection: "the faces in it",
    aws_route53_zone: "its name servers, which the domain is delegated to",
    aws_route53domains_domain: "the registration of the domain",
    aws_s3_bucket: "its objects",
    aws_s3_directory_bucket: "its objects",
    aws_s3tables_namespace: "its tables",
    aws_s3tables_table: "its rows",
    aws_s3tables_table_bucket: "its tables",
    aws_s3vectors_index: "its vectors",
    aws_s3vectors_vector_bucket: "its vectors",
    aws_secretsmanager_secret: "its values",
    aws_sqs_queue: "its messages",
    aws_ssm_parameter: "its value and history",
    aws_timestreaminfluxdb_db_cluster: "its databases",
    aws_timestreaminfluxdb_db_instance: "its databases",
    aws_timestreamwrite_database: "its tables",
    aws_timestreamwrite_table: "its records",
    aws_workspaces_workspace: "the files of its user",
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema;

    #[test]
    fn the_types_are_the_providers_and_sorted() {
        assert!(
            STATEFUL
                .windows(2)
                .all(|pair| pair[0].type_name < pair[1].type_name)
        );
        for stateful in STATEFUL {
            assert!(
                schema::aws().resource(stateful.type_name).is_some(),
                "{}",
                stateful.type_name
            );
            assert_eq!(find(stateful.type_name), Some(stateful));
        }
        assert_eq!(find("aws_iam_role"), None);
    }
}
