//! A story for a terminal: what is known of the request, a line for each entry with its time as a bar, and what failed.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use output::visible;

use crate::entry::{Entry, Level};
use crate::invocation::Invocation;
use crate::story::Story;
use crate::telling::{counted, duration};
use crate::timeline::Timeline;
use crate::{Colours, Format, Look};

/// `14:30:00.145  45 ms  lambda api  INFO  DynamoDB read completed · GetItem  ████ 42 ms dynamoDuration`
pub static TEXT: Format = Format {
    name: "text",
    doc: "For a terminal: a line for each entry, with the time since the one before it and its durations as bars.",
    write,
};

/// How many characters a bar may take.
const BAR: usize = 24;
/// What an entry tells is cut no shorter, and not longer either where nothing else cuts it.
const TOLD: [usize; 2] = [20, 72];
/// The name of a service is cut behind so many characters.
const SERVICE: usize = 32;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const RED: Style = AnsiColor::Red.on_default();
const YELLOW: Style = AnsiColor::Yellow.on_default();
const BLUE: Style = AnsiColor::Cyan.on_default();

fn write(story: &Story, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    if story.entries.is_empty() {
        return Ok(());
    }
    head(story, look, out)?;
    entries(story, look, out)?;
    for it in &story.invocations {
        writeln!(out, "\n{}  {}", painted("invocation", BOLD, look), invocation(it))?;
    }
    for it in story.failures() {
        failure(it, look, out)?;
    }
    Ok(())
}

/// A text in a style, where there are colours.
fn painted(text: &str, style: Style, look: &Look) -> String {
    match look.colours {
        Colours::Plain => text.to_owned(),
        Colours::Terminal => format!("{style}{text}{style:#}"),
    }
}

/// A text on one line, nothing in it that commands a terminal.
fn shown(text: &str) -> String {
    let mut shown = String::new();
    visible::push(text, &mut shown);
    shown
}

/// A text that is cut to so many columns, and blanks up to there.
fn cell(text: &str, width: usize) -> String {
    let text = shown(text);
    if visible::width(&text) <= width {
        return format!("{text}{}", " ".repeat(width - visible::width(&text)));
    }
    let (head, taken) = visible::head(&text, width.saturating_sub(1));
    format!("{head}…{}", " ".repeat(width.saturating_sub(taken + 1)))
}

fn head(story: &Story, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let label = |text: &str| painted(&format!("{text:10}"), BOLD, look);
    for (number, it) in story.ids.iter().enumerate() {
        let label = if number == 0 { label("request") } else { " ".repeat(10) };
        let through = it.link.as_ref().map(|it| format!("  {} of {}", it.field, it.group)).unwrap_or_default();
        writeln!(out, "{label}  {}{}", shown(&it.id), painted(&shown(&through), DIM, look))?;
    }
    if let (Some(start), Some(took)) = (story.start(), story.duration()) {
        let (begin, zone) = (look.zone.print(start as i64), look.zone.name());
        writeln!(out, "{}  {begin} {zone}, {} long", label("time"), duration(took))?;
    }
    for (number, group) in story.groups().into_iter().enumerate() {
        let label = if number == 0 { label("log groups") } else { " ".repeat(10) };
        let entries = story.entries.iter().filter(|it| it.group == group).count();
        writeln!(out, "{label}  {}, {}", shown(group), counted(entries, "entry", "entries"))?;
    }
    let failed = !story.failures().is_empty();
    let result = match (story.status(), failed) {
        (Some(status), true) => format!("status {status}, with errors"),
        (Some(status), false) => format!("status {status}"),
        (None, true) => String::from("errors"),
        (None, false) => return Ok(()),
    };
    let style = if failed || story.status().is_some_and(|it| it.starts_with('5')) { RED } else { Style::new() };
    writeln!(out, "{}  {}", label("result"), painted(&result, style, look))
}

/// The widths of the columns that hang on what stands in them.
struct Layout {
    gap: usize,
    service: usize,
    level: usize,
    told: usize,
}

/// Time and blanks between the columns.
const FIXED: usize = 12 + 5 * 2;
/// What stands behind a bar: `1.24 s integrationLatency`.
const BEHIND: usize = 26;

fn layout(story: &Story, look: &Look, gaps: &[String]) -> Layout {
    let widest = |cells: &mut dyn Iterator<Item = usize>| cells.max().unwrap_or_default();
    let gap = widest(&mut gaps.iter().map(|it| it.len()));
    let service = widest(&mut story.entries.iter().map(|it| visible::width(&shown(&it.service)))).min(SERVICE);
    let level = widest(&mut story.entries.iter().filter_map(|it| it.level).map(|it| it.name().len()));
    let told = widest(&mut story.entries.iter().map(|it| visible::width(&shown(&it.told()))));
    let most = match look.width {
        None => TOLD[1],
        Some(width) => width.saturating_sub(FIXED + gap + service + level + BAR + BEHIND).clamp(TOLD[0], TOLD[1]),
    };
    Layout { gap, service, level, told: told.min(most) }
}

fn entries(story: &Story, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let gaps: Vec<String> =
        story.gaps().into_iter().map(|it| it.map(|it| duration(it as f64)).unwrap_or_default()).collect();
    let layout = layout(story, look, &gaps);
    let line = Timeline::of(story);
    let mut today = String::new();
    writeln!(out)?;
    for (entry, gap) in story.entries.iter().zip(&gaps) {
        if let Some(day) = entry.time.map(|it| look.zone.day(it)).filter(|it| *it != today) {
            if !today.is_empty() {
                writeln!(out, "{}", painted(&day, BOLD, look))?;
            }
            today = day;
        }
        let clock = entry.time.map_or_else(|| format!("{:12}", "no time"), |it| look.zone.clock(it));
        let level = format!("{:1$}", entry.level.map(Level::name).unwrap_or_default(), layout.level);
        let mut text = format!(
            "{clock}  {}  {}  ",
            painted(&format!("{gap:>0$}", layout.gap), DIM, look),
            painted(&cell(&entry.service, layout.service), BLUE, look),
        );
        if layout.level > 0 {
            text.push_str(&painted(&level, level_style(entry), look));
            text.push_str("  ");
        }
        text.push_str(&cell(&entry.told(), layout.told));
        let before =
            FIXED - 4 + layout.gap + layout.service + layout.told + layout.level - if layout.level > 0 { 0 } else { 2 };
        draw(entry, line, &text, before, look, out)?;
    }
    Ok(())
}

/// Writes the line of an entry with its bars; beyond the first, each has a line of its own.
fn draw(
    entry: &Entry,
    line: Option<Timeline>,
    text: &str,
    before: usize,
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Some((line, time)) = line.zip(entry.time) else { return writeln!(out, "{}", text.trim_end()) };
    if entry.spans.is_empty() {
        return writeln!(out, "{text}  {}", painted(&line.mark(time as f64, BAR), DIM, look));
    }
    for (number, span) in entry.spans.iter().enumerate() {
        let bar = line.bar(span, BAR);
        let padding = " ".repeat(BAR.saturating_sub(visible::width(&bar)));
        let style = if entry.is_failed() { RED } else { AnsiColor::Green.on_default() };
        let head = if number == 0 { text.to_owned() } else { " ".repeat(before) };
        let told =
            format!("{}{padding}  {} {}", painted(&bar, style, look), duration(span.milliseconds), shown(&span.name));
        writeln!(out, "{head}  {told}")?;
    }
    Ok(())
}

fn level_style(entry: &Entry) -> Style {
    match entry.level {
        Some(it) if it >= Level::Error => RED.bold(),
        Some(Level::Warn) => YELLOW,
        _ => Style::new(),
    }
}

/// `lambda api: ran 52.1 ms, billed 53 ms, 81 of 128 MB, cold start 190 ms`
pub fn invocation(it: &Invocation) -> String {
    let time = |told: &str, it: Option<f64>| it.map(|it| format!("{told} {}", duration(it)));
    let memory = it.used.zip(it.memory).map(|(used, most)| format!("{} of {} MB", used / 1e6, most / 1e6));
    let parts = [
        time("ran", it.duration),
        time("billed", it.billed),
        memory,
        time("cold start", it.cold_start),
        it.status.as_ref().map(|it| format!("status {it}")),
    ];
    format!("{}: {}", shown(&it.service), parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

fn failure(entry: &Entry, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let Some(failure) = &entry.failure else { return Ok(()) };
    let error = painted(&shown(&failure.error), RED.bold(), look);
    let when = entry.time.map(|it| look.zone.clock(it)).unwrap_or_default();
    let place = painted(&format!("{} {when}", shown(&entry.service)), DIM, look);
    writeln!(out, "\n{}  {error}  {place}", painted("error", RED.bold(), look))?;
    for line in failure.stack.iter().flat_map(|it| it.lines()) {
        // The first line of a stack is mostly the error again.
        if !line.trim().is_empty() && !line.ends_with(failure.error.as_str()) {
            writeln!(out, "  {}", shown(line))?;
        }
    }
    Ok(())
}
