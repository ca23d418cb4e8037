//! One file a verb of the command line.

pub mod check;
pub mod demo;
pub mod explain;
pub mod fields;
pub mod fmt;
pub mod groups;
pub mod help;
pub mod query;
pub mod trace;
pub mod verify;
