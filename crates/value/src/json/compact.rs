//! From JSON text as it was written to compact JSON text, without recursion.

use std::collections::HashMap;
use std::ops::Range;

use super::text::{is_valid, normal, quoted_length};

/// The map or list of a text, without blanks and duplicate keys; `None` if the text is none.
pub fn compact(text: &str) -> Option<String> {
    let mut rest = text.trim_matches(BLANKS);
    let mut compact = String::with_capacity(rest.len());
    let mut open: Vec<Open> = Vec::new();
    loop {
        rest = rest.trim_start_matches(BLANKS);
        match rest.as_bytes().first()? {
            b'{' => {
                compact.push('{');
                open.push(Open::Map(Vec::new()));
                rest = rest[1..].trim_start_matches(BLANKS);
                match rest.strip_prefix('}') {
                    Some(behind) => rest = behind,
                    None => {
                        rest = key(rest, &mut compact, open.last_mut()?)?;
                        continue;
                    }
                }
                close(&mut compact, open.pop()?);
            }
            b'[' => {
                compact.push('[');
                open.push(Open::List);
                rest = rest[1..].trim_start_matches(BLANKS);
                match rest.strip_prefix(']') {
                    Some(behind) => rest = behind,
                    None => continue,
                }
                close(&mut compact, open.pop()?);
            }
            _ if open.is_empty() => return None,
            _ => {
                let (scalar, behind) = rest.split_at_checked(scalar_length(rest)?)?;
                compact.push_str(&normal(scalar));
                rest = behind;
            }
        }
        // Behind a value: the next one, or the ends of what is open.
        loop {
            rest = rest.trim_start_matches(BLANKS);
            let Some(innermost) = open.last_mut() else { return rest.is_empty().then_some(compact) };
            match (rest.as_bytes().first()?, &innermost) {
                (b',', _) => {
                    compact.push(',');
                    rest = &rest[1..];
                    if let Open::Map(_) = innermost {
                        rest = key(rest.trim_start_matches(BLANKS), &mut compact, innermost)?;
                    }
                    break;
                }
                (b'}', Open::Map(_)) | (b']', Open::List) => {
                    rest = &rest[1..];
                    close(&mut compact, open.pop()?);
                }
                _ => return None,
            }
        }
    }
}

const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];
/// From so many keys on, duplicates are looked for in a table.
const MANY: usize = 16;

/// What is begun and not ended: a map with the places of its keys in the compact text, or a list.
enum Open {
    Map(Vec<Range<usize>>),
    List,
}

/// Copies a key and its colon; gives what follows.
fn key<'t>(text: &'t str, compact: &mut String, map: &mut Open) -> Option<&'t str> {
    let (key, rest) = text.split_at_checked(quoted_length(text)?)?;
    if !is_valid(key) {
        return None;
    }
    let start = compact.len();
    compact.push_str(&normal(key));
    if let Open::Map(keys) = map {
        keys.push(start..compact.len());
    }
    compact.push(':');
    rest.trim_start_matches(BLANKS).strip_prefix(':')
}

fn close(compact: &mut String, innermost: Open) {
    match innermost {
        Open::List => compact.push(']'),
        Open::Map(keys) => {
            if has_duplicates(compact, &keys) {
                drop_duplicates(compact, &keys);
            }
            compact.push('}');
        }
    }
}

fn has_duplicates(compact: &str, keys: &[Range<usize>]) -> bool {
    let text = |it: &Range<usize>| &compact[it.clone()];
    if keys.len() < MANY {
        return keys.iter().enumerate().any(|(index, it)| keys[..index].iter().any(|before| text(before) == text(it)));
    }
    let distinct: std::collections::HashSet<&str> = keys.iter().map(text).collect();
    distinct.len() < keys.len()
}

/// Writes the entries of the innermost map anew: each key in its first place, with its last value.
fn drop_duplicates(compact: &mut String, keys: &[Range<usize>]) {
    let Some(start) = keys.first().map(|it| it.start) else { return };
    let ends = keys.iter().skip(1).map(|it| it.start - 1).chain([compact.len()]);
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut entries: Vec<&str> = Vec::new();
    for (key, end) in keys.iter().zip(ends) {
        let entry = &compact[key.start..end];
        let place = *places.entry(&compact[key.clone()]).or_insert(entries.len());
        match entries.get_mut(place) {
            Some(it) => *it = entry,
            None => entries.push(entry),
        }
    }
    let entries = entries.join(",");
    compact.truncate(start);
    compact.push_str(&entries);
}

/// How long the string, number, boolean or `null` at the head of a text is.
fn scalar_length(text: &str) -> Option<usize> {
    match text.as_bytes().first()? {
        b'"' => quoted_length(text).filter(|it| is_valid(&text[..*it])),
        b't' => text.starts_with("true").then_some(4),
        b'f' => text.starts_with("false").then_some(5),
        b'n' => text.starts_with("null").then_some(4),
        _ => number_length(text.as_bytes()),
    }
}

fn number_length(text: &[u8]) -> Option<usize> {
    let digits = |from: usize| text.iter().skip(from).take_while(|it| it.is_ascii_digit()).count();
    let mut at = usize::from(text.first() == Some(&b'-'));
    let whole = digits(at);
    if whole == 0 || (whole > 1 && text[at] == b'0') {
        return None;
    }
    at += whole;
    if text.get(at) == Some(&b'.') {
        let decimals = digits(at + 1);
        if decimals == 0 {
            return None;
        }
        at += 1 + decimals;
    }
    if let Some(b'e' | b'E') = text.get(at) {
        let sign = usize::from(matches!(text.get(at + 1), Some(b'+' | b'-')));
        let exponent = digits(at + 1 + sign);
        if exponent == 0 {
            return None;
        }
        at += 1 + sign + exponent;
    }
    Some(at)
}
