//! Filters, as far as the scan can use them: texts that every event that counts must contain.

use value::{Value, number};

use crate::Form;
use crate::expr::{Expr, Field, Origin};
use crate::step::Step;

/// Texts that stand in the message of every event that the plan's filters let through.
pub fn literals(steps: &[Step]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for step in steps.iter().take_while(|it| !it.gathers()) {
        let Step::Filter(filter) = step else { continue };
        for literal in filter.conjuncts().into_iter().filter_map(required) {
            if !found.contains(&literal) {
                found.push(literal);
            }
        }
    }
    found
}

/// The text that a message must contain for this condition to hold, if there is one.
fn required(condition: &Expr) -> Option<String> {
    let Expr::Call(function, args) = condition else { return None };
    let [Expr::Field(field), Expr::Literal(Some(literal))] = args.as_slice() else { return None };
    if !stands_in_message(field) {
        return None;
    }
    let text = match (function.name, literal) {
        // What reads as a number or a truth value may stand in the log in another spelling.
        ("=", Value::Text(text)) if number::read(text).is_none() && !is_truth(text) => text.to_string(),
        ("like" | "strcontains", Value::Text(text)) if &*field.name == "@message" => text.to_string(),
        ("like", Value::Pattern(pattern)) if &*field.name == "@message" => pattern.literal()?.to_owned(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// Whether a field's value is a slice of the event's message, as it stands or unescaped.
fn stands_in_message(field: &Field) -> bool {
    let made_up = ["@type", "@log", "@logStream", "@timestamp", "@ingestionTime", "@ptr"];
    field.origin == Origin::Log(Form::Text)
        && !made_up.contains(&&*field.name)
        && !field.name.starts_with("@aws.")
        && !field.name.starts_with("@data_")
        && !field.name.starts_with("@source.")
        && !field.name.starts_with("@entity.")
}

fn is_truth(text: &str) -> bool {
    text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false")
}
