//! The forms that a story is told in, one file each.

mod html;
mod json;
mod markdown;
pub mod text;

use crate::Format;

/// All forms, the one for people first.
pub static ALL: &[&Format] = &[&text::TEXT, &json::JSON, &markdown::MARKDOWN, &html::HTML];

/// The form of a name.
pub fn find(name: &str) -> Option<&'static Format> {
    ALL.iter().find(|it| it.name == name).copied()
}
