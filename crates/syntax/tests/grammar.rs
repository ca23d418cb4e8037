//! The grammar and the parser are the same language: by name, on the corpus, and on invention.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

use testkit::corpus::{Fate, corpus};
use testkit::grammar::Grammar;
use testkit::query::{QuerySizes, query};
use testkit::random::Random;

/// How deep a sentence nests productions: an expression within another is some fifteen deeper.
const DEPTH: usize = 45;

#[test]
fn every_production_has_a_parser_and_every_parser_a_production() {
    let grammar = grammar();
    let productions: Vec<&str> =
        grammar.productions().iter().filter(|it| !it.is_token()).map(|it| it.name.as_str()).collect();
    let parsers = parsers();
    let commands: Vec<&str> = syntax::command::ALL.iter().filter(|it| it.runs()).map(|it| it.name).collect();
    for name in &productions {
        let known = parsers.iter().any(|it| it == name) || commands.iter().any(|it| it.eq_ignore_ascii_case(name));
        assert!(known, "the production `{name}` has neither a parser nor a command of that name");
    }
    for name in parsers.iter().map(String::as_str).chain(commands) {
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

fn grammar() -> Grammar {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../grammar/insights.ebnf");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Grammar::read(&text).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}

/// A text that the grammar refuses, with a mark at the place up to which it went.
fn refused(text: &str, place: usize) -> String {
    format!("the grammar refuses it at the mark:\n{}⟨here⟩{}", &text[..place], &text[place..])
}

/// The names of the functions that read what a production says: those with the plain signature of a parser.
fn parsers() -> Vec<String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files: Vec<PathBuf> = vec![source.join("parse/expr.rs"), source.join("parse/list.rs")];
    files.extend(std::fs::read_dir(source.join("command")).unwrap().map(|it| it.unwrap().path()));
    let mut names = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for line in text.lines() {
            let line = line.strip_prefix("pub(crate) ").unwrap_or(line);
            if let Some((name, rest)) = line.strip_prefix("fn ").and_then(|it| it.split_once('('))
                && rest.starts_with("input: Input) -> Parsed<")
            {
                names.push(name.to_owned());
            }
        }
    }
    assert!(names.len() > 10, "the sources of the parser were not found: {names:?}");
    names
}
