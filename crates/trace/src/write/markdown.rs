//! A story as Markdown: for issues, wikis and post-mortems.

use std::io::{self, Write};

use output::{fence, push_markdown};

use crate::entry::Level;
use crate::story::Story;
use crate::telling::duration;
use crate::timeline::Timeline;
use crate::write::text::invocation;
use crate::{Format, Look};

/// `| 14:30:00.145 | 45 ms | lambda api | INFO | DynamoDB read completed · GetItem | 42 ms |`
pub static MARKDOWN: Format = Format {
    name: "markdown",
    doc: "A page with the ids, a table of the entries, and the errors with their stacks as blocks.",
    write,
};

/// How many characters a bar may take.
const BAR: usize = 16;

fn write(story: &Story, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let Some(first) = story.ids.first().filter(|_| !story.entries.is_empty()) else { return Ok(()) };
    writeln!(out, "# Request {}\n", escaped(&first.id))?;
    if let (Some(start), Some(took)) = (story.start(), story.duration()) {
        let (begin, zone) = (look.zone.print(start as i64), look.zone.name());
        let status = story.status().map(|it| format!(", status {it}")).unwrap_or_default();
        writeln!(out, "{begin} {zone}, {} long{status}.\n", duration(took))?;
    }
    for it in &story.ids {
        let through = it.link.as_ref().map(|it| format!(", `{}` of `{}`", code(&it.field), code(&it.group)));
        writeln!(out, "* `{}`{}", code(&it.id), through.unwrap_or_default())?;
    }
    writeln!(out, "\n| time | after | service | level | entry | took | |\n|---|---:|---|---|---|---:|---|")?;
    let line = Timeline::of(story);
    for (entry, gap) in story.entries.iter().zip(story.gaps()) {
        let longest = entry.spans.iter().max_by(|a, b| a.milliseconds.total_cmp(&b.milliseconds));
        let bar = match (line, longest, entry.time) {
            (Some(line), Some(span), _) => line.bar(span, BAR),
            (Some(line), None, Some(time)) => line.mark(time as f64, BAR),
            _ => String::new(),
        };
        let cells = [
            entry.time.map(|it| look.zone.clock(it)).unwrap_or_default(),
            gap.map(|it| duration(it as f64)).unwrap_or_default(),
            escaped(&entry.service),
            entry.level.map(Level::name).unwrap_or_default().to_owned(),
            escaped(&entry.told()),
            longest.map(|it| duration(it.milliseconds)).unwrap_or_default(),
            // Blanks that no browser takes for one.
            if bar.is_empty() { bar } else { format!("`{}`", bar.replace(' ', "\u{a0}")) },
        ];
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    if !story.invocations.is_empty() {
        writeln!(out)?;
    }
    for it in &story.invocations {
        writeln!(out, "* {}", escaped(&invocation(it)))?;
    }
    for entry in story.failures() {
        let Some(failure) = &entry.failure else { continue };
        writeln!(out, "\n**{}** in {}", escaped(&failure.error), escaped(&entry.service))?;
        if let Some(stack) = &failure.stack {
            writeln!(out, "\n{0}\n{1}\n{0}", fence(stack), stack.trim_end())?;
        }
    }
    Ok(())
}

/// A text that reads as it is.
fn escaped(text: &str) -> String {
    let mut cell = String::new();
    push_markdown(text, &mut cell);
    cell
}

/// A text within backticks: one that holds some cannot.
fn code(text: &str) -> String {
    text.replace(['`', '|', '\n', '\r'], " ")
}
