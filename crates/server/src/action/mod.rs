//! The operations, one file each: what is asked, what is answered.

mod cancel_export_task;
mod create_export_task;
mod create_log_group;
mod create_log_stream;
mod create_lookup_table;
mod delete_log_group;
mod delete_log_stream;
mod delete_lookup_table;
mod delete_query_definition;
mod delete_retention_policy;
mod describe_export_tasks;
mod describe_log_groups;
mod describe_log_streams;
mod describe_lookup_tables;
mod describe_queries;
mod describe_query_definitions;
mod filter_log_events;
mod get_log_events;
mod get_log_fields;
mod get_log_group_fields;
mod get_log_record;
mod get_lookup_table;
mod get_query_results;
mod list_log_groups;
mod list_log_groups_for_query;
mod list_tags_for_resource;
mod list_tags_log_group;
mod put_log_events;
mod put_log_group_deletion_protection;
mod put_query_definition;
mod put_retention_policy;
mod start_live_tail;
mod start_query;
mod stop_query;
mod tag_log_group;
mod tag_resource;
mod untag_log_group;
mod untag_resource;
mod update_lookup_table;

use serde::de::DeserializeOwned;
use serde_json::Value;

pub use get_query_results::job;

use crate::check;
use crate::error::{Error, Kind};
use crate::live::Session;
use crate::service::Service;

/// An operation of the service.
pub struct Action {
    /// What the service calls it: `StartQuery`.
    pub name: &'static str,
    /// Answers a call of it.
    pub run: fn(&Call) -> Result<Value, Error>,
}

/// All operations that are served.
pub static ALL: &[&Action] = &[
    &cancel_export_task::ACTION,
    &create_export_task::ACTION,
    &create_log_group::ACTION,
    &create_log_stream::ACTION,
    &create_lookup_table::ACTION,
    &delete_log_group::ACTION,
    &delete_log_stream::ACTION,
    &delete_lookup_table::ACTION,
    &delete_query_definition::ACTION,
    &delete_retention_policy::ACTION,
    &describe_export_tasks::ACTION,
    &describe_log_groups::ACTION,
    &describe_log_streams::ACTION,
    &describe_lookup_tables::ACTION,
    &describe_queries::ACTION,
    &describe_query_definitions::ACTION,
    &filter_log_events::ACTION,
    &get_log_events::ACTION,
    &get_log_fields::ACTION,
    &get_log_group_fields::ACTION,
    &get_log_record::ACTION,
    &get_lookup_table::ACTION,
    &get_query_results::ACTION,
    &list_log_groups::ACTION,
    &list_log_groups_for_query::ACTION,
    &list_tags_for_resource::ACTION,
    &list_tags_log_group::ACTION,
    &put_log_events::ACTION,
    &put_log_group_deletion_protection::ACTION,
    &put_query_definition::ACTION,
    &put_retention_policy::ACTION,
    &start_query::ACTION,
    &stop_query::ACTION,
    &tag_log_group::ACTION,
    &tag_resource::ACTION,
    &untag_log_group::ACTION,
    &untag_resource::ACTION,
    &update_lookup_table::ACTION,
];

/// An operation whose answer goes on: a stream of events.
pub struct Streaming {
    /// What the service calls it: `StartLiveTail`.
    pub name: &'static str,
    /// Answers a call of it.
    pub start: fn(&Call) -> Result<Session, Error>,
}

/// All of those.
pub static STREAMING: &[&Streaming] = &[&start_live_tail::ACTION];

/// The operation of this name.
pub fn find(name: &str) -> Option<&'static Action> {
    ALL.iter().find(|it| it.name == name).copied()
}

/// A call of an operation.
pub struct Call<'a> {
    /// The service that is called.
    pub service: &'a Service,
    /// What is called: `StartQuery`.
    pub operation: &'static str,
    /// Who calls.
    pub caller: Caller,
    /// The arguments: an object by the service's model, whichever protocol it came by.
    pub input: Value,
}

/// Who calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The access key of the signature, where there is one.
    pub access_key: Option<String>,
    /// The Region that the call is signed for, or the service's own.
    pub region: String,
}

impl Call<'_> {
    /// The arguments, in the form that an operation knows.
    ///
    /// # Errors
    /// One of them is of another type, or longer or shorter than it may be.
    pub fn arguments<T: DeserializeOwned>(&self) -> Result<T, Error> {
        check::lengths(&self.input)?;
        // Which argument is wrong stands in the path.
        serde_path_to_error::deserialize(&self.input).map_err(|it| Error::new(Kind::Serialization, it.to_string()))
    }

    /// Now, in epoch milliseconds.
    pub fn now(&self) -> i64 {
        self.service.options.clock.now()
    }
}
