//! The program as a user meets it: arguments in, text and exit codes out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod actions;
mod charts;
mod checks;
mod containers;
mod damage;
mod definitions;
mod desk;
mod exit_codes;
mod formats;
mod hosts;
mod inputs;
mod interrupt;
mod limits;
mod output_file;
mod pipes;
mod readme;
mod served;
mod setup;
mod sources;
mod suites;
mod tables;
mod terminal;
mod times;
mod trace;
mod verbs;
mod verify;
mod warnings;
mod watching;
