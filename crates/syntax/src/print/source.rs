//! `source` commands as text.

use super::expr;
use crate::command::{LogGroups, Moment, Source, SourceKind, Tag};
use crate::query::Name;

/// What stands behind the word `source`.
pub(super) fn source(it: &Source) -> String {
    let mut parts = Vec::new();
    if !it.data_sources.is_empty() {
        parts.push(format!("dataSource({})", list(&it.data_sources)));
    }
    match &it.kind {
        SourceKind::Group(name) => parts.push(expr::string(&name.text)),
        SourceKind::Groups(groups) if *groups != LogGroups::default() => parts.push(log_groups(groups)),
        SourceKind::Groups(_) => {}
    }
    if !it.tags.is_empty() {
        let tags: Vec<String> = it.tags.iter().map(tag).collect();
        parts.push(format!("logGroupTags([{}])", tags.join(", ")));
    }
    if parts.is_empty() {
        parts.push("logGroups()".to_owned());
    }
    let mut text = parts.join(" ");
    for (word, moment) in [("start", it.start), ("end", it.end)] {
        match moment {
            Some(Moment::Now) => text.push_str(&format!(" {word}=now")),
            Some(Moment::Before(duration)) => text.push_str(&format!(" {word}=-{}", expr::duration(duration))),
            Some(Moment::At(millis)) => text.push_str(&format!(" {word}={millis}")),
            None => {}
        }
    }
    text
}

fn log_groups(it: &LogGroups) -> String {
    let option = |(key, values): (&str, &Vec<Name>)| format!("{key}: {}", list(values));
    let options = [("namePrefix", &it.prefixes), ("accountIdentifiers", &it.accounts), ("class", &it.classes)];
    let options: Vec<String> = options.into_iter().filter(|(_, values)| !values.is_empty()).map(option).collect();
    format!("logGroups({})", options.join(", "))
}

fn tag(it: &Tag) -> String {
    let values = if it.values.is_empty() { String::new() } else { format!(", \"values\": {}", list(&it.values)) };
    format!("{{\"key\": {}{values}}}", expr::string(&it.key.text))
}

fn list(names: &[Name]) -> String {
    let texts: Vec<String> = names.iter().map(|it| expr::string(&it.text)).collect();
    format!("[{}]", texts.join(", "))
}
