//! Values for the placeholders of a template, so that the query around them can be read.

use syntax::Span;

use crate::text::{Hole, Text};

/// What an unknown value may be: a name or a part of a text, a number, a length of time, a command, a command with the
/// pipe behind or before it, nothing.
const GUESSES: [&str; 7] = ["placeholder", "1", "5m", "fields @message", "fields @message | ", "| limit 1", ""];

/// How many unknown values are guessed; more are taken for names.
const MOST_GUESSED: usize = 40;

/// The text with a value for each placeholder, and where those values stand that are guesses: for each the first guess
/// with which the fewest commands are at fault.
pub fn filled(text: &Text) -> (Text, Vec<Span>) {
    let holes = text.holes();
    let guesses = |it: &Hole, _| match &it.value {
        Some(value) => vec![value.clone()],
        None => GUESSES.map(String::from).to_vec(),
    };
    let filled = fitting(text, &holes, &guesses).0;
    let guessed = holes.iter().zip(filled.holes()).filter(|(it, _)| it.value.is_none()).map(|(_, it)| it.span);
    let guessed = guessed.collect();
    (filled, guessed)
}

/// The text with a token for each placeholder that stands nowhere else in it, and the tokens; None if a placeholder is
/// neither a name, a part of a text, a number, a length of time nor a whole command.
pub fn with_tokens(text: &Text) -> Option<(Text, Vec<String>)> {
    let holes = text.holes();
    let tokens = |_: &Hole, place: usize| {
        let number = 7_001_001 + 1000 * place;
        vec![format!("gw_hole_{number}"), format!("{number}"), format!("{number}m"), format!("fields gw_hole_{number}")]
    };
    let (filled, tokens) = fitting(text, &holes, &tokens);
    let alone = |it: &String| !text.as_str().contains(it.as_str());
    (tokens.iter().all(alone) && syntax::parse(filled.as_str()).is_ok()).then_some((filled, tokens))
}

/// The text with that choice of values with which the fewest commands are at fault, taking one placeholder after the
/// other and the first choice where several do.
fn fitting(text: &Text, holes: &[Hole], choices: &dyn Fn(&Hole, usize) -> Vec<String>) -> (Text, Vec<String>) {
    let choices: Vec<Vec<String>> = holes.iter().enumerate().map(|(place, it)| choices(it, place)).collect();
    let mut values: Vec<String> = choices.iter().map(|it| it.first().cloned().unwrap_or_default()).collect();
    let mut fewest = if holes.is_empty() { 0 } else { faults(text, &values) };
    for (place, choices) in choices.iter().enumerate().take(MOST_GUESSED) {
        for choice in choices.iter().skip(1) {
            if fewest == 0 {
                break;
            }
            let before = std::mem::replace(&mut values[place], choice.clone());
            match faults(text, &values) {
                fewer if fewer < fewest => fewest = fewer,
                _ => values[place] = before,
            }
        }
    }
    (text.filled(&values.iter().map(String::as_str).collect::<Vec<_>>()), values)
}

/// How many commands cannot be read.
fn faults(text: &Text, values: &[String]) -> usize {
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    syntax::read(text.filled(&values).as_str()).1.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(parts: &[&str]) -> String {
        let mut text = Text::default();
        for (place, part) in parts.iter().enumerate() {
            if place > 0 {
                text.push_hole("x", None, Span::default());
            }
            text.push(part, 0);
        }
        filled(&text).0.as_str().to_owned()
    }

    #[test]
    fn a_guess_fits_its_place() {
        assert_eq!(guessed(&["filter a = '", "' | limit 5"]), "filter a = 'placeholder' | limit 5");
        assert_eq!(guessed(&["fields a | limit ", ""]), "fields a | limit 1");
        assert_eq!(guessed(&["fields a | ", " | limit 5"]), "fields a | fields @message | limit 5");
        assert_eq!(guessed(&["", "stats count(*)"]), "fields @message | stats count(*)");
        assert_eq!(guessed(&["fields a ", ""]), "fields a | limit 1");
        assert_eq!(guessed(&["filter a like /x", "/ | limit ", ""]), "filter a like /xplaceholder/ | limit 1");
    }

    #[test]
    fn a_fault_elsewhere_stays() {
        assert_eq!(guessed(&["feilds a | limit ", ""]), "feilds a | limit 1");
    }
}
