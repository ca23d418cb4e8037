//! A recorded answer of the service against ours: read, compared cell by cell, written as a case.

pub mod case;
pub mod compare;
pub mod recorded;
pub mod telling;
