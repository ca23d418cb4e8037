//! Records: each tells what it is, and no two have one name.

use std::collections::HashMap;

use functions::{aggregates, all, find, find_aggregate};

#[test]
fn every_function_has_prose_and_examples() {
    for it in all() {
        assert!(it.doc.ends_with('.'), "{}: {:?} is no prose", it.name, it.doc);
        assert!(!it.examples.is_empty(), "{} has no example", it.name);
    }
    for it in aggregates() {
        assert!(it.doc.ends_with('.'), "{}: {:?} is no prose", it.name, it.doc);
        assert!(it.doc.contains("Memory:"), "{} does not say how its memory grows", it.name);
        assert!(!it.examples.is_empty(), "{} has no example", it.name);
    }
}

#[test]
fn names_are_unique_in_any_case() {
    let functions = all().map(|it| (it.name, it.aliases));
    let aggregates = aggregates().map(|it| (it.name, it.aliases));
    let mut owners = HashMap::new();
    for (name, aliases) in functions.chain(aggregates) {
        for each in aliases.iter().chain([&name]) {
            if let Some(owner) = owners.insert(each.to_lowercase(), name) {
                panic!("{each} is both {owner} and {name}");
            }
        }
    }
}

#[test]
fn names_are_found_in_any_case() {
    assert_eq!(find("ISPRESENT").unwrap().name, "ispresent");
    assert_eq!(find("=").unwrap().name, "=");
    assert_eq!(find_aggregate("countdistinct").unwrap().name, "count_distinct");
    assert_eq!(find_aggregate("Percentile").unwrap().name, "pct");
    assert!(find("count").is_none() && find_aggregate("abs").is_none());
}

#[test]
fn operators_and_coercions_are_not_called_by_name() {
    assert!(find("abs").unwrap().is_listed());
    assert!(!find("+").unwrap().is_listed());
    assert!(!find("truth").unwrap().is_listed());
}
