//! One file a verb of the command line.

pub mod check;
pub mod completions;
pub mod demo;
pub mod explain;
pub mod fields;
pub mod fmt;
pub mod groups;
pub mod help;
pub mod man;
pub mod query;
pub mod serve;
pub mod test;
pub mod trace;
pub mod verify;
