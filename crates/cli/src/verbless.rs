//! A command line that begins with a query, or with the logs: what was meant is told, with the verb it lacks.

use std::path::Path;

use clap::Parser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use syntax::command;

use crate::args::Args;
use crate::shell::quoted;

/// The arguments of the program; where they are none, it says so and ends.
pub fn arguments() -> Args {
    Args::try_parse().unwrap_or_else(|mut error| {
        if let Some(tip) = tip(&error) {
            error.remove(ContextKind::SuggestedSubcommand);
            error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
        }
        error.exit()
    })
}

/// What would do in the place of a word that is no verb, if it is a query or a path.
fn tip(error: &clap::Error) -> Option<String> {
    if error.kind() != ErrorKind::InvalidSubcommand {
        return None;
    }
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) else { return None };
    if Path::new(word).exists() {
        let path = quoted(word);
        return Some(format!("ask of it with `gw query 'QUERY' {path}`, see what it holds with `gw fields {path}`"));
    }
    if is_query(word) {
        return Some(format!("a query is asked by `gw query {} PATH`", quoted(word)));
    }
    let is_command = command::find(word).is_some();
    is_command.then(|| format!("`{word}` begins a query, which stands in quotes: `gw query '{word} …' PATH`"))
}

/// Whether a word of the command line is several words, or a call.
fn is_query(word: &str) -> bool {
    word.contains(|it: char| it.is_whitespace() || it == '|') || syntax::parse(word).is_ok()
}
