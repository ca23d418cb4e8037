//! The search in rounds: which entries are of a request, which links lead on, and where they end.

#![allow(clippy::unwrap_used)]

use source::{Memory, Watch};
use trace::{MOST_ENTRIES, MOST_LINKS, Question, Story, search};

fn story(log: &str, question: &Question) -> Story {
    let mut stories = [1 << 20, 100].map(|size| {
        let archive = Memory::new().with_blocks_of(size).file("group/a.jsonl", None, log.as_bytes());
        search(&archive, question, &Watch::default()).unwrap()
    });
    let [whole, cut] = &mut stories;
    assert_eq!((&whole.entries, &whole.ids), (&cut.entries, &cut.ids), "the story depends on the size of blocks");
    std::mem::take(whole)
}

/// A line with a number, of these ids.
fn line(n: usize, ids: &[(&str, &str)]) -> String {
    let ids: Vec<String> = ids.iter().map(|(name, id)| format!("\"{name}\":\"{id}\"")).collect();
    format!("{{\"timestamp\":{},\"n\":{n},{}}}\n", 1_767_225_600_000 + n as u64, ids.join(","))
}

fn numbers(story: &Story) -> Vec<&str> {
    story.entries.iter().filter_map(|it| it.field("n")).collect()
}

#[test]
fn links_lead_on_in_both_directions() {
    let log = [
        line(3, &[("requestId", "first-0001"), ("integrationRequestId", "second-0002")]),
        line(1, &[("@requestId", "second-0002"), ("x-amzn-trace-id", "Root=1-third-0003;Sampled=1")]),
        line(2, &[("traceId", "1-third-0003")]),
        line(4, &[("requestId", "first-0001x")]),
    ]
    .concat();
    for id in ["first-0001", "second-0002", "1-third-0003", "Root=1-third-0003;Parent=1"] {
        let story = story(&log, &Question::of(id));
        assert_eq!(numbers(&story), ["1", "2", "3"], "{id}");
        assert_eq!(story.ids.len(), 3, "{id}");
        assert!(story.unfollowed.is_empty());
    }
    let near = story(&log, &Question { links: 1, ..Question::of("first-0001") });
    assert_eq!((numbers(&near), &near.unfollowed), (vec!["1", "3"], &vec![String::from("1-third-0003")]));
}

#[test]
fn an_id_counts_wherever_it_stands_as_a_word_even_escaped() {
    let log = "{\"n\":1,\"text\":\"see abc-123-def-456, please\"}\n{\"n\":2,\"text\":\"abc-123-def-4567\"}\n\
               {\"n\":3,\"requestId\":\"abc\\u002d123-def-456\"}\n{\"n\":4,\"text\":\"req-abc-123-def-456\"}\n";
    assert_eq!(numbers(&story(log, &Question::of("abc-123-def-456"))), ["1", "3"]);
}

#[test]
fn short_ids_count_in_fields_that_carry_ids() {
    let log = "{\"n\":1,\"orderId\":\"42\"}\n{\"n\":2,\"text\":\"42\"}\n{\"n\":3,\"traceId\":\"42\"}\n{\"n\":4,\"orderId\":42}\n";
    assert_eq!(numbers(&story(log, &Question::of("42"))), ["3"]);
    let named = Question { fields: vec![String::from("orderId")], ..Question::of("42") };
    assert_eq!(numbers(&story(log, &named)), ["1", "3", "4"]);
}

#[test]
fn a_batch_is_not_followed_into_all_its_requests() {
    let mut log = line(0, &[("requestId", "message-0000"), ("@requestId", "the-batch-0")]);
    for n in 1..=MOST_LINKS + 1 {
        log += &line(n, &[("requestId", &format!("message-{n:04}")), ("@requestId", "the-batch-0")]);
    }
    for n in 100..200 {
        log += &line(n, &[("requestId", &format!("message-{:04}", n - 99))]);
    }
    let story = story(&log, &Question::of("message-0000"));
    assert_eq!((story.entries.len(), story.unfollowed.len()), (MOST_LINKS + 2, MOST_LINKS + 1));
}

#[test]
fn of_too_many_entries_the_oldest_are_kept() {
    let log: String = (0..MOST_ENTRIES + 3).rev().map(|n| line(n, &[("requestId", "the-same-id")])).collect();
    let story = story(&log, &Question::of("the-same-id"));
    assert!(story.is_cut);
    assert_eq!((story.entries.len(), numbers(&story)[MOST_ENTRIES - 1]), (MOST_ENTRIES, "9999"));
}

#[test]
fn entries_without_a_time_come_last() {
    let log = "{\"n\":1,\"requestId\":\"no-time-0001\"}\n".to_owned() + &line(2, &[("requestId", "no-time-0001")]);
    let story = story(&log, &Question::of("no-time-0001"));
    assert_eq!(numbers(&story), ["2", "1"]);
    assert_eq!(story.gaps(), [None, None]);
}
