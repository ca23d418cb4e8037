//! Every query of the test data parses, and prints and parses back to the same tree.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use syntax::Query;
use testkit::corpus::{Fate, Sample, corpus};
use testkit::query::{QuerySizes, query};
use testkit::random::Random;

#[test]
fn the_parser_refuses_what_it_should_and_nothing_else() {
    let wrong: Vec<String> = samples().iter().filter_map(misjudged).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn what_is_printed_is_the_same_query() {
    let texts = samples().into_iter().filter(|it| it.fate != Fate::RefusedBySyntax);
    let wrong: Vec<String> = texts.filter_map(|it| changed_by_print(&it.place, &it.text)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn random_queries_parse_and_print_back() {
    let large = QuerySizes { commands: 6, items: 5, depth: 6, ..QuerySizes::default() };
    for seed in 0..1000 {
        let sizes = if seed % 4 == 0 { &large } else { &QuerySizes::default() };
        let text = query(&mut Random::new(seed), sizes);
        if let Some(wrong) = changed_by_print(&format!("seed {seed}"), &text) {
            panic!("{wrong}");
        }
    }
}

fn samples() -> Vec<Sample> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata");
    corpus(&root).unwrap_or_else(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        panic!("{}", faults.join("\n"))
    })
}

/// What is wrong if the parser takes a query it should refuse, or the other way round.
fn misjudged(sample: &Sample) -> Option<String> {
    match (syntax::parse(&sample.text), sample.fate) {
        (Ok(_), Fate::RefusedBySyntax) => {
            Some(format!("{}: should be refused, as `error syntax` says:\n{}", sample.place, sample.text))
        }
        (Err(_), Fate::RefusedBySyntax) | (Ok(_), _) => None,
        (Err(faults), _) => Some(format!("{}:\n{}", sample.place, rendered(&sample.text, &faults))),
    }
}

/// What is wrong if printing a query changes what it says.
fn changed_by_print(place: &str, text: &str) -> Option<String> {
    let query = match syntax::parse(text) {
        Ok(query) => query,
        Err(faults) => return Some(format!("{place}:\n{}", rendered(text, &faults))),
    };
    let printed = syntax::print(&query);
    let again = match syntax::parse(&printed) {
        Ok(again) => again,
        Err(faults) => return Some(format!("{place}, printed:\n{}", rendered(&printed, &faults))),
    };
    let (before, behind) = (bare(&query), bare(&again));
    let line = before.lines().zip(behind.lines()).position(|(before, behind)| before != behind);
    let line = line.or(if before == behind { None } else { Some(before.lines().count()) })?;
    let near = |tree: &str| tree.lines().skip(line.saturating_sub(6)).take(12).collect::<Vec<_>>().join("\n");
    Some(format!("{place}:\n{text}\nprints as\n{printed}\n{}\nbecomes\n{}", near(&before), near(&behind)))
}

fn rendered(text: &str, faults: &[syntax::Diagnostic]) -> String {
    let faults: Vec<String> = faults.iter().map(|it| syntax::render(it, text)).collect();
    format!("{text}\n{}", faults.join("\n"))
}

/// The tree without places, and without the text of items, which printing may change.
fn bare(query: &Query) -> String {
    let mut kept = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for line in format!("{query:#?}").lines() {
        let trimmed = line.trim();
        let within = |head: &str| open.last().is_some_and(|it| it.ends_with(head));
        let place = trimmed.starts_with("span: Span {") || within("Span {");
        let typed = within("Named {") && trimmed.starts_with("text: ");
        if !place && !typed {
            kept.push(line.to_owned());
        }
        if trimmed.ends_with(['{', '(', '[']) {
            open.push(trimmed.to_owned());
        } else if trimmed.starts_with(['}', ')', ']']) {
            open.pop();
        }
    }
    kept.join("\n")
}

#[test]
fn a_bare_tree_has_no_places_and_keeps_the_rest() {
    let tree = |text: &str| bare(&syntax::parse(text).unwrap());
    assert_eq!(tree("fields a+1 as b|limit 3"), tree("fields  a  +  1 as b | limit 3"));
    for other in
        ["fields a+1 as c|limit 3", "fields a+2 as b|limit 3", "fields a-1 as b|limit 3", "fields a+1 as b|limit 4"]
    {
        assert_ne!(tree("fields a+1 as b|limit 3"), tree(other), "{other}");
    }
    assert!(!tree("sort a desc | stats count(*) by b | parse 'x*' as y").contains("Span"));
}
