//! The program `gw`: CloudWatch Logs Insights queries on exported log files.

mod archive;
mod args;
mod checking;
mod definitions;
mod examples;
mod exit;
mod fidelity;
mod flags;
mod formatting;
mod guides;
mod histogram;
mod input;
mod notes;
mod pager;
mod progress;
mod remarks;
mod shell;
mod summary;
mod tables;
mod tree;
mod verb;
mod verbless;
mod watching;
mod when;
mod writing;
mod zone;

use std::process::ExitCode;

use crate::args::Verb;

fn main() -> ExitCode {
    let done = match verbless::arguments().verb {
        Verb::Query(it) => verb::query::run(&it),
        Verb::Check(it) => verb::check::run(&it),
        Verb::Fmt(it) => verb::fmt::run(&it),
        Verb::Test(it) => verb::test::run(&it),
        Verb::Explain(it) => verb::explain::run(&it),
        Verb::Trace(it) => verb::trace::run(&it),
        Verb::Verify(it) => verb::verify::run(&it),
        Verb::Fields(it) => verb::fields::run(&it),
        Verb::Groups(it) => verb::groups::run(&it),
        Verb::Help(it) => verb::help::run(&it),
        Verb::Completions(it) => verb::completions::run(&it),
        Verb::Man(it) => verb::man::run(&it),
        Verb::Serve(it) => verb::serve::run(&it),
        Verb::Demo(it) => verb::demo::run(&it),
    };
    match done {
        Ok(exit) => exit.into(),
        Err(fault) => fault.report(),
    }
}
