//! Text to Query: the parser of the Logs Insights query language.
//!
//! [`parse`] makes a [`Query`] of a text, or says with [`Diagnostic`]s everything that is wrong with it; [`print`] makes
//! the text of a query again. What a field or a function means is not known here.
//!
//! ```
//! use syntax::Command;
//!
//! let query = syntax::parse("FILTER level = 'ERROR' | stats count(*) as n by bin(5m)").unwrap();
//! assert!(matches!(&query.stages[1].command, Command::Stats(it) if it.by[0].text == "bin(5m)"));
//! assert_eq!(syntax::print(&query), "filter level = \"ERROR\"\n| stats count(*) as n by bin(5m)");
//!
//! let faults = syntax::parse("feilds x | limit ten").unwrap_err();
//! assert_eq!(faults[0].message, "there is no command `feilds`");
//! assert_eq!(faults[1].message, "`limit` takes a whole number, found `ten`");
//! ```

mod code;
pub mod command;
mod diagnostic;
mod fields;
mod fix;
mod parse;
mod print;
mod query;
mod render;
mod service;
mod span;

pub use code::{ALL as ALL_CODES, Code};
pub use diagnostic::{Diagnostic, Label, Severity, nearest};
pub use fields::fields;
pub use fix::{Fix, fix};
pub use parse::{RESERVED, parse, read, strings};
pub use print::{format, print, quoted_name, quoted_text};
pub use query::{Command, Duration, Expr, ExprKind, Literal, Name, Named, Part, Path, Query, Stage, Unit};
pub use render::render;
pub use service::{CompileError, compile_error, missing_log_group};
pub use span::Span;
