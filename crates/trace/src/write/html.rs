//! A story as one HTML page that needs nothing else: no script, no font, no network.

use std::fmt::Write as _;
use std::io::{self, Write};

use output::markup::escaped;

use crate::entry::{Entry, Level};
use crate::span::Span;
use crate::story::Story;
use crate::telling::{counted, duration};
use crate::timeline::Timeline;
use crate::write::text::invocation;
use crate::{Format, Look};

/// `<!doctype html>…`
pub static HTML: Format = Format {
    name: "html",
    doc: "One page that needs nothing else: the entries over a line of time, each opens and shows its fields.",
    write,
};

const STYLE: &str = include_str!("page.css");

fn write(story: &Story, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let id = story.ids.first().map(|it| escaped(&it.id)).unwrap_or_default();
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Request {id}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>Request {id}</h1>\n"
    )?;
    out.write_all(facts(story, look).as_bytes())?;
    out.write_all(ids(story).as_bytes())?;
    if let Some(line) = Timeline::of(story) {
        let middle = duration(story.duration().unwrap_or_default() / 2.0);
        let end = duration(story.duration().unwrap_or_default());
        writeln!(
            out,
            "<h2>Entries</h2>\n<div class=\"entries\">\n<div class=\"row\"><span>time, {}</span><span class=\"gap\">after</span>\
             <span>service</span><span>level</span><span>entry</span>\
             <span><span>0</span><span>{middle}</span><span>{end}</span></span></div>",
            escaped(look.zone.name())
        )?;
        for (entry, gap) in story.entries.iter().zip(story.gaps()) {
            out.write_all(of_entry(entry, gap, line, look).as_bytes())?;
        }
        out.write_all(b"</div>\n")?;
    }
    out.write_all(ends(story, look).as_bytes())?;
    out.write_all(b"</main>\n</body>\n</html>\n")
}

/// What is known of the request as a whole.
fn facts(story: &Story, look: &Look) -> String {
    let Some((start, took)) = story.start().zip(story.duration()) else {
        return String::from("<p>No entry with a time was found.</p>\n");
    };
    let mut facts = String::new();
    let mut fact = |told: String, of: &str, class: &str| {
        let _ = writeln!(facts, "<div class=\"{class}\"><b>{}</b>{of}</div>", escaped(&told));
    };
    let one_or = |count: usize, one: &'static str, many: &'static str| if count == 1 { one } else { many };
    let (entries, groups, errors) = (story.entries.len(), story.groups().len(), story.failures().len());
    fact(duration(took), "from first to last", "");
    if let Some(status) = story.status() {
        fact(status.to_owned(), "status", if status.starts_with('5') { "bad" } else { "" });
    }
    fact(entries.to_string(), one_or(entries, "entry", "entries"), "");
    fact(groups.to_string(), one_or(groups, "log group", "log groups"), "");
    fact(errors.to_string(), one_or(errors, "error", "errors"), if errors > 0 { "bad" } else { "" });
    if let Some(billed) = story.invocations.iter().filter_map(|it| it.billed).reduce(|a, b| a + b) {
        fact(duration(billed), "billed", "");
    }
    if let Some(cold) = story.invocations.iter().filter_map(|it| it.cold_start).reduce(f64::max) {
        fact(duration(cold), "cold start", "");
    }
    let (begin, zone) = (look.zone.print(start as i64), escaped(look.zone.name()));
    format!("<div class=\"soft\">{begin} {zone}</div>\n<div class=\"facts\">\n{facts}</div>\n")
}

fn ids(story: &Story) -> String {
    let mut text = String::from("<h2>Ids</h2>\n<ul class=\"ids\">\n");
    for it in &story.ids {
        let through = it.link.as_ref().map(|it| format!("{} of {}", it.field, it.group)).unwrap_or_default();
        let _ = writeln!(
            text,
            "<li><code>{}</code> <span class=\"soft\">{}</span></li>",
            escaped(&it.id),
            escaped(&through)
        );
    }
    text + "</ul>\n"
}

fn of_entry(entry: &Entry, gap: Option<i64>, line: Timeline, look: &Look) -> String {
    let class = match entry.level {
        _ if entry.is_failed() => " class=\"bad\"",
        Some(Level::Warn) => " class=\"warn\"",
        _ => "",
    };
    let mut text = format!(
        "<details{class}><summary><time>{}</time><span class=\"gap number\">{}</span><span>{}</span>\
         <span class=\"level\">{}</span><span class=\"told\">{}</span><span class=\"tracks\">{}</span></summary>\n\
         <div class=\"inside\">\n<table>\n",
        entry.time.map(|it| look.zone.clock(it)).unwrap_or_default(),
        gap.map(|it| duration(it as f64)).unwrap_or_default(),
        escaped(&entry.service),
        entry.level.map(Level::name).unwrap_or_default(),
        escaped(&entry.told()),
        tracks(entry, line),
    );
    let home = [("@log", Some(&entry.group)), ("@logStream", entry.stream.as_ref())];
    let home = home.into_iter().filter_map(|(name, text)| Some((name, text?)));
    for (name, value) in home.chain(entry.fields.iter().map(|(name, text)| (name.as_str(), text))) {
        let _ = writeln!(text, "<tr><td>{}</td><td>{}</td></tr>", escaped(name), escaped(value));
    }
    let _ = writeln!(text, "</table>\n<pre>{}</pre>\n</div>\n</details>", escaped(entry.message.trim_end()));
    text
}

/// The spans of an entry, each on a line of time; without any, a mark where it was written.
fn tracks(entry: &Entry, line: Timeline) -> String {
    let Some(time) = entry.time else { return String::new() };
    if entry.spans.is_empty() {
        let left = line.at(time as f64) * 100.0;
        return format!("<span class=\"track\"><u style=\"left:min({left:.2}%, 100% - 2px)\"></u></span>");
    }
    entry.spans.iter().map(|it| track(it, line)).collect()
}

fn track(span: &Span, line: Timeline) -> String {
    let (left, right) = (line.at(span.start()) * 100.0, line.at(span.end) * 100.0);
    let told = format!("{} {}", duration(span.milliseconds), escaped(&span.name));
    // What it is stands behind the bar where there is room, else before it, else upon it.
    let place = match () {
        () if right < 60.0 => format!("left:{right:.2}%"),
        () if left > 40.0 => format!("right:{:.2}%", 100.0 - left),
        () => format!("left:{left:.2}%;color:#fff"),
    };
    let class = if span.name == "@initDuration" { "track start" } else { "track" };
    format!(
        "<span class=\"{class}\"><i style=\"left:min({left:.2}%, 100% - 2px);width:{:.2}%\"></i><b style=\"{place}\">{told}</b></span>",
        right - left
    )
}

/// Invocations and errors.
fn ends(story: &Story, look: &Look) -> String {
    let mut text = String::new();
    if !story.invocations.is_empty() {
        text.push_str("<h2>Invocations</h2>\n<ul>\n");
    }
    for it in &story.invocations {
        let _ = writeln!(text, "<li>{}</li>", escaped(&invocation(it)));
    }
    if !story.invocations.is_empty() {
        text.push_str("</ul>\n");
    }
    let failures = story.failures();
    if !failures.is_empty() {
        let _ = writeln!(text, "<h2>{}</h2>", counted(failures.len(), "error", "errors"));
    }
    for entry in failures {
        let Some(failure) = &entry.failure else { continue };
        let when = entry.time.map(|it| look.zone.clock(it)).unwrap_or_default();
        let _ = writeln!(
            text,
            "<div class=\"error\"><b>{}</b> <span class=\"soft\">{} {when}</span>",
            escaped(&failure.error),
            escaped(&entry.service)
        );
        if let Some(stack) = &failure.stack {
            let _ = writeln!(text, "<pre>{}</pre>", escaped(stack.trim_end()));
        }
        text.push_str("</div>\n");
    }
    text
}
