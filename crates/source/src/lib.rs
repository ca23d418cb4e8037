//! Log files to blocks of events to columns.
