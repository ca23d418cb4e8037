//! Conditions that some event of an archive meets, or just misses: aimed at what the scan may wrongly pass over.

use testkit::random::Random;
use value::number;

/// A condition about a field of some event; `None` where there is no event.
pub fn condition(random: &mut Random, events: &[oracle::Event]) -> Option<String> {
    let event = events.get(random.below(events.len()))?;
    let mut fields: Vec<(&str, &str)> =
        event.fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    fields.sort_unstable();
    fields.extend([("@message", event.message.as_str()), ("@log", event.log.as_str())]);
    fields.extend(event.stream.as_deref().map(|it| ("@logStream", it)));
    let (name, text) = *random.pick(&fields);
    let name = syntax::quoted_name(name);
    let part = syntax::quoted_text(part(random, text));
    let text = syntax::quoted_text(&respelled(random, text));
    Some(match random.below(8) {
        0..=2 => format!("{name} = {text}"),
        3 => format!("{name} in ['other', {text}]"),
        4 => format!("{name} != {text}"),
        5 => format!("{name} like {part}"),
        6 => format!("strcontains({name}, {part})"),
        _ => format!("@message like {part}"),
    })
}

/// A piece of a text.
fn part<'t>(random: &mut Random, text: &'t str) -> &'t str {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let (one, other) = (*random.pick(&places), *random.pick(&places));
    text.get(one.min(other)..one.max(other)).unwrap_or_default()
}

/// A number in another spelling that is equal to it, a truth value as a word, or the text as it is.
fn respelled(random: &mut Random, text: &str) -> String {
    match (text, number::read(text), random.below(4)) {
        ("1", _, 0) => String::from("true"),
        ("0", _, 0) => String::from("false"),
        (_, Some(_), 1) => format!("0{text}"),
        (_, Some(number), 2) => format!("{number:e}"),
        (_, Some(_), 3) => format!(" {text} "),
        _ => text.to_owned(),
    }
}
