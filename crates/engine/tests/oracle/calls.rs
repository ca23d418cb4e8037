//! Random queries call whatever there is to call: no name of a function or an aggregate is left out.

use testkit::query::{QuerySizes, query};
use testkit::random::Random;

/// So many queries call everything.
const QUERIES: usize = 10_000;

#[test]
fn random_queries_call_every_function_by_each_of_its_names() {
    let mut random = Random::new(1);
    let queries: Vec<String> = (0..QUERIES).map(|_| query(&mut random, &QuerySizes::default())).collect();
    let text = queries.join("\n").to_lowercase();
    let functions = functions::all().filter(|it| it.is_listed()).map(|it| (it.name, it.aliases));
    let aggregates = functions::aggregates().map(|it| (it.name, it.aliases));
    let names =
        functions.chain(aggregates).flat_map(|(name, aliases)| [name].into_iter().chain(aliases.iter().copied()));
    let missing: Vec<&str> = names.filter(|it| !calls(&text, &it.to_lowercase())).collect();
    assert!(missing.is_empty(), "{missing:?}: add them to the calls of random queries");
}

/// Whether a text calls this name: no other whose end it is.
fn calls(text: &str, name: &str) -> bool {
    let is_part = |it: char| it.is_alphanumeric() || it == '_';
    text.match_indices(&format!("{name}(")).any(|(at, _)| !text[..at].ends_with(is_part))
}
