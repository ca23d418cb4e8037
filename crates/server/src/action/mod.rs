//! The operations, one file each: what is asked, what is answered.

mod describe_log_groups;
mod get_query_results;
mod start_query;
mod stop_query;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{Error, Kind};
use crate::service::Service;

/// An operation of the service.
pub struct Action {
    /// What the service calls it: `StartQuery`.
    pub name: &'static str,
    /// Answers a call of it.
    pub run: fn(&Call) -> Result<Value, Error>,
}

/// All operations that are served.
pub static ALL: &[&Action] =
    &[&describe_log_groups::ACTION, &get_query_results::ACTION, &start_query::ACTION, &stop_query::ACTION];

/// The operation of this name.
pub fn find(name: &str) -> Option<&'static Action> {
    ALL.iter().find(|it| it.name == name).copied()
}

/// A call of an operation.
pub struct Call<'a> {
    /// The service that is called.
    pub service: &'a Service,
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
    /// One of them is of another type.
    pub fn arguments<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_value(self.input.clone()).map_err(|it| Error::new(Kind::Serialization, it.to_string()))
    }

    /// Now, in epoch milliseconds.
    pub fn now(&self) -> i64 {
        self.service.options.clock.now()
    }
}
