//! Files that queries live in: templates, dashboards, runbooks, query files.
//!
//! [`find`] gives the queries of a file. Each keeps, for every byte of its text, the bytes of the file it came from, so
//! that a fault is told at the line and column where it was typed, and [`Query::edit`] can write a new text in the same
//! form: through YAML's blocks and folds, JSON's escapes, heredocs, and templates within templates.
//!
//! ```
//! let file = "resource \"aws_cloudwatch_query_definition\" \"slow\" {\n  name         = \"slow\"\n  query_string = \"fields @message\\n| limit ten\"\n}\n";
//! let found = hosts::find("queries.tf".as_ref(), file).unwrap();
//! let query = &found.queries[0];
//! assert_eq!(query.text(), "fields @message\n| limit ten");
//!
//! let faults = syntax::parse(query.text()).unwrap_err();
//! let place = query.place(faults[0].span());
//! assert_eq!(place.text(file), "ten");
//! assert_eq!(hosts::Position::of(place.start, file).to_string(), "3:44");
//! ```

mod choice;
mod fill;
mod form;
mod hcl;
mod host;
mod json;
mod mend;
mod node;
mod parameters;
mod position;
mod query;
pub mod report;
mod rewrite;
mod scalar;
mod text;
mod walk;
mod yaml;

pub use host::{ALL, Host, find, kind, may_hold};
pub use mend::{Mend, Mended, mend};
pub use node::{Node, Value};
pub use parameters::Parameter;
pub use position::Position;
pub use query::{Found, Query, Unread};
pub use rewrite::{Edit, Left, Rewritten, Why, apply, reformat};
pub use text::Text;
pub use walk::{File, files, walk};
pub use yaml::read as read_yaml;

/// A file that cannot be read as what it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Broken {
    /// What is wrong, in the words of the format's own parser.
    pub message: String,
    /// Where, in bytes of the file.
    pub span: syntax::Span,
}
