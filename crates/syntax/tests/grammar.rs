//! The grammar and the parser are the same language: by name, on the corpus, and on invention.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use testkit::corpus::{Fate, corpus};
use testkit::grammar::Grammar;
use testkit::query::{QuerySizes, query};
use testkit::random::Random;

/// How deep a sentence nests productions: an expression within another is some fifteen deeper.
const DEPTH: usize = 30;

#[test]
fn every_production_has_a_parser_and_every_parser_a_production() {
    let grammar = grammar();
    let productions: Vec<&str> =
        grammar.productions().iter().filter(|it| !it.is_token()).map(|it| it.name.as_str()).collect();
    let functions = functions();
    let commands: Vec<String> = syntax::command::ALL.iter().map(|it| it.room()).collect();
    for name in &productions {
        let known = functions.iter().any(|it| it.name == *name) || commands.iter().any(|it| it == name);
        assert!(
            known || *name == "command",
            "the production `{name}` has neither a function nor a command of that name"
        );
    }
    let parsers: Vec<&str> = functions.iter().filter(|it| it.reads_a_part).map(|it| it.name.as_str()).collect();
    assert!(parsers.len() > 10, "the sources of the parser were not found: {parsers:?}");
    for name in parsers.into_iter().chain(commands.iter().map(String::as_str)) {
        let known = productions.iter().any(|it| it.eq_ignore_ascii_case(name));
        assert!(known, "`{name}` has no production of that name");
    }
}

#[test]
fn the_grammar_takes_what_the_parser_takes() {
    let grammar = grammar();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata");
    for sample in corpus(&root).unwrap_or_else(|faults| panic!("{}", faults[0])) {
        match (grammar.recognise(&sample.text), sample.fate) {
            // The grammar knows no limits.
            (Ok(()), Fate::RefusedBySyntax) if nests_too_deep(&sample.text) => {}
            (Ok(()), Fate::RefusedBySyntax) => panic!("{}: the grammar takes what the parser refuses", sample.place),
            (Err(place), Fate::Runs | Fate::RefusedByMeaning) => {
                panic!("{}: {}", sample.place, refused(&sample.text, place))
            }
            _ => {}
        }
    }
}

#[test]
fn the_grammar_takes_random_queries() {
    let grammar = grammar();
    let sizes = QuerySizes::default();
    for seed in 0..300 {
        let text = query(&mut Random::new(seed), &sizes);
        if let Err(place) = grammar.recognise(&text) {
            panic!("seed {seed}: {}", refused(&text, place));
        }
    }
}

#[test]
fn a_damaged_query_is_taken_by_both_or_by_neither() {
    let grammar = grammar();
    let sizes = QuerySizes { commands: 2, items: 2, depth: 2, ..QuerySizes::default() };
    let mut taken = 0;
    for seed in 0..1000 {
        let mut random = Random::new(seed);
        let text = damaged(&query(&mut random, &sizes), &mut random);
        let (parsed, recognised) = (syntax::parse(&text), grammar.recognise(&text));
        taken += usize::from(parsed.is_ok());
        match (parsed, recognised) {
            (Ok(_), Err(place)) => panic!("seed {seed}: {}", refused(&text, place)),
            (Err(faults), Ok(())) => panic!("seed {seed}: {}", syntax::render(&faults[0], &text)),
            _ => {}
        }
    }
    assert!((100..900).contains(&taken), "{taken} of 1000 damaged queries are still queries");
}

#[test]
fn a_thousand_sentences_of_the_grammar_parse() {
    let grammar = grammar();
    let mut wrong = Vec::new();
    for seed in 0..1000 {
        let sentence = grammar.sentence(&mut Random::new(seed), DEPTH);
        if let Err(faults) = syntax::parse(&sentence) {
            let faults: Vec<String> = faults.iter().map(|it| syntax::render(it, &sentence)).collect();
            wrong.push(format!("seed {seed}: {sentence}\n{}", faults.join("\n")));
        }
    }
    wrong.sort_by_key(String::len);
    assert!(wrong.is_empty(), "{} sentences, the shortest:\n{}", wrong.len(), wrong[..wrong.len().min(5)].join("\n\n"));
}

fn nests_too_deep(text: &str) -> bool {
    syntax::parse(text).is_err_and(|faults| faults.iter().all(|it| it.code == syntax::Code::TooDeep))
}

fn grammar() -> Grammar {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../grammar/insights.ebnf");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Grammar::read(&text).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}

/// A text that the grammar refuses, with a mark at the place up to which it went.
fn refused(text: &str, place: usize) -> String {
    format!("the grammar refuses it at the mark:\n{}⟨here⟩{}", &text[..place], &text[place..])
}

/// The text with a character lost, put in or exchanged for another, or with a hole.
fn damaged(text: &str, random: &mut Random) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let (one, other) = (random.below(chars.len()), random.below(chars.len()));
    match random.below(4) {
        0 => _ = chars.remove(one),
        1 => chars.insert(
            one,
            *random.pick(&[
                '|', '(', ')', '[', '"', '\'', '/', '`', ' ', '1', '.', ',', '#', '\\', '=', '-', '*', '@', 'é',
            ]),
        ),
        2 => chars.swap(one, other),
        _ => _ = chars.drain(one.min(other)..one.max(other)),
    }
    chars.into_iter().collect()
}

/// A function of the parser.
struct Function {
    name: String,
    /// Whether it has the plain signature of one that reads what a production says, and stands among these.
    reads_a_part: bool,
}

fn functions() -> Vec<Function> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut functions = Vec::new();
    for folder in ["parse", "command"] {
        for entry in std::fs::read_dir(source.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let of_grammar = folder == "command" || path.ends_with("parse/expr.rs") || path.ends_with("parse/list.rs");
            for line in std::fs::read_to_string(&path).unwrap().lines() {
                let line = line.strip_prefix("pub(crate) ").unwrap_or(line);
                let Some((name, rest)) = line.strip_prefix("fn ").and_then(|it| it.split_once('(')) else { continue };
                let reads_a_part = of_grammar && rest.starts_with("input: Input) -> Parsed<");
                functions.push(Function { name: name.to_owned(), reads_a_part });
            }
        }
    }
    functions
}
