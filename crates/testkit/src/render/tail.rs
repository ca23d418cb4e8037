//! A log as `aws logs tail` prints it.

use super::Rendered;
use crate::events::Event;
use crate::time;

/// The detailed format: time, stream and message; a message may go on over lines.
pub(super) fn detailed(events: &[&Event]) -> Rendered {
    let mut text = String::new();
    for event in events {
        let stream = event.stream.as_deref().unwrap_or("default");
        text.push_str(&format!("{} {stream} {}\n", head(event.time), event.message));
    }
    let events = events.iter().map(|it| printed(it, it.message.clone())).collect();
    Rendered { files: vec![("tail.txt".to_string(), text.into_bytes())], events, log: None }
}

/// `2026-01-01T00:00:00.123000+00:00`
fn head(time: Option<i64>) -> String {
    time::iso(time.unwrap_or_default()).replace('Z', "000+00:00")
}

/// What can be known of an event that was printed: line ends at its end are not told from those that were put there.
fn printed(event: &Event, message: String) -> Event {
    let message = message.trim_end_matches(['\n', '\r']).to_string();
    Event { ingested: None, message, ..event.clone() }
}
