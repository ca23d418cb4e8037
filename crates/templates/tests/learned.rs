//! What is learned of messages hangs on the messages alone: not on their order, nor on how they were parted.

#![allow(clippy::unwrap_used)]

use regex::Regex;
use templates::{Learned, Part, Templates};

/// A sequence of numbers that is always the same.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// Messages of so many words, with places that vary little, much, and without end.
fn messages(count: u64, vocabulary: u64, shapes: u64) -> Vec<(String, i64)> {
    let mut numbers = Numbers(count ^ vocabulary ^ shapes);
    (0..count as i64)
        .map(|time| {
            let word = |number: u64| -> String {
                (0..5).map(|at| char::from(b'a' + ((number * 2_654_435_761) >> (at * 5)) as u8 % 26)).collect()
            };
            let shape = numbers.next(shapes);
            let mut text = format!("{} request of", word(shape));
            for place in 0..shape % 5 {
                let few = if place == 0 { vocabulary } else { 1 + vocabulary / 50 };
                text.push_str(&format!(" {}", word(numbers.next(few))));
            }
            text.push_str(&" [x]".repeat((shape / 5) as usize));
            (format!("{text} took {} ms", numbers.next(1000)), time * 700)
        })
        .collect()
}

/// Events with ids of letters alone, of which there is no end, and a few statements.
fn events(count: u64) -> Vec<(String, i64)> {
    let mut numbers = Numbers(count);
    let letters =
        |numbers: &mut Numbers| -> String { (0..8).map(|_| char::from(b'a' + numbers.next(26) as u8)).collect() };
    (0..count as i64)
        .map(|time| {
            let (id, path) = (letters(&mut numbers), numbers.next(300));
            let statement =
                ["order stored for good", "cache of orders filled", "order refused"][numbers.next(3) as usize];
            (
                format!(r#"{{"message":"{statement}","id":"{id}","path":"/p{path}","n":{}}}"#, numbers.next(90)),
                time * 700,
            )
        })
        .collect()
}

/// Everything that is told of them.
fn told(learned: &Learned) -> Vec<String> {
    let of = |(place, it): (usize, &templates::Template)| {
        let told = [it.samples_json(), it.places_json(), it.timeline_json(), learned.related_json(place)];
        format!("{} {} {} {}", it.count, it.earlier, it.text, told.join(" "))
    };
    learned.templates.iter().enumerate().map(of).collect()
}

fn part(time: i64) -> Part {
    [Part::Current, Part::Earlier, Part::Both][(time % 3) as usize]
}

#[test]
fn neither_order_nor_parts_show() {
    let sizes = [(300, 10, 3), (20_000, 300, 20), (30_000, 20_000, 400), (9_000, 50, 9_000)];
    let made = sizes.into_iter().map(|(count, vocabulary, shapes)| messages(count, vocabulary, shapes));
    for messages in made.chain([events(500), events(40_000)]) {
        let count = messages.len();
        let whole = learn(messages.iter());
        assert_eq!(whole.templates.iter().map(|it| it.count).sum::<u64>(), whole.count);
        let backwards = learn(messages.iter().rev());
        assert_eq!(told(&backwards), told(&whole));
        for size in [count / 2 + 1, count / 7] {
            let mut merged = Templates::default();
            for chunk in messages.chunks(size).rev() {
                let mut it = Templates::default();
                chunk.iter().for_each(|(text, time)| it.add(text, Some(*time), part(*time)));
                merged.merge(it);
            }
            assert_eq!(told(&merged.finish()), told(&whole), "{count} messages by {size}");
        }
    }
}

#[test]
fn statements_are_told_apart_however_many_ids_there_are() {
    let texts: Vec<String> = learn(events(60_000).iter()).templates.into_iter().map(|it| it.text).collect();
    let expected = ["cache of orders filled", "order refused", "order stored for good"];
    let of = |it: &&str| format!(r#"{{"message":"{it}","id":"<Token-1>","path":"<Token-2>","n":<Number-3>}}"#);
    let mut sorted = texts.clone();
    sorted.sort();
    assert_eq!(sorted, expected.iter().map(of).collect::<Vec<_>>());
}

fn learn<'a>(messages: impl Iterator<Item = &'a (String, i64)>) -> Learned {
    let mut it = Templates::default();
    messages.for_each(|(text, time)| it.add(text, Some(*time), part(*time)));
    it.finish()
}

#[test]
fn the_expression_of_a_template_matches_its_messages() {
    let odd = [
        "",
        " ",
        "a\u{1}b",
        "tab\there",
        "a\nb\n\n c",
        "(x) [y] {z} \\ ^$.|?*+",
        "é ü 5 日本 7",
        "\"k\":\"v=\"",
        "=5",
        ":::",
        "5,5,5",
    ];
    let made = messages(2_000, 40, 12);
    let all: Vec<&str> = odd.into_iter().chain(made.iter().map(|it| &*it.0)).collect();
    let mut it = Templates::default();
    all.iter().for_each(|text| it.add(text, None, Part::Current));
    let learned = it.finish();
    assert_eq!(learned.count, all.len() as u64);
    for template in &learned.templates {
        let regex = Regex::new(&template.regex).unwrap();
        for sample in &template.samples {
            assert!(regex.is_match(&sample.text), "{} of {:?}", template.regex, sample.text);
        }
    }
}

#[test]
fn room_is_bounded_whatever_the_messages() {
    // Words that are never seen again, in forms that are never seen again.
    let mut it = Templates::default();
    let mut numbers = Numbers(5);
    for _ in 0..20_000 {
        let word =
            |numbers: &mut Numbers| -> String { (0..6).map(|_| char::from(b'a' + numbers.next(26) as u8)).collect() };
        let words: Vec<String> = (0..3 + numbers.next(9)).map(|_| word(&mut numbers)).collect();
        it.add(&words.join(["; ", " (", " ", "=", "\"", " | "][numbers.next(6) as usize]), None, Part::Current);
    }
    let learned = it.finish();
    assert_eq!(learned.count, 20_000);
    assert!(learned.templates.len() < 5_000, "{}", learned.templates.len());
}

#[test]
fn one_message_of_a_hundred_megabytes_is_a_message() {
    let mut it = Templates::default();
    it.add(&"word 5 ".repeat(15_000_000), None, Part::Current);
    it.add(&"x".repeat(100_000_000), None, Part::Current);
    let learned = it.finish();
    assert_eq!(learned.count, 2);
    assert!(learned.templates.iter().all(|it| it.text.len() < 10_000 && it.places_json().len() < 100_000));
}
