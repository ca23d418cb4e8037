//! The fenced blocks of Markdown.

use std::path::Path;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::{Host, Reads};
use crate::Broken;
use crate::form::{Escape, Form};
use crate::query::{Found, Query};
use crate::text::Text;

/// Runbooks.
pub const HOST: Host = Host {
    name: "markdown",
    doc: "A runbook in Markdown: its fenced blocks tagged `insights`, `cwli`, `logs-insights`, `logsinsights`, \
          `cloudwatch-insights` or `cloudwatch-logs-insights`, called after the heading above.",
    marks: &["```", "~~~"],
    reads: Reads::Files { endings: &[".md", ".markdown"], find },
};

const TAGS: [&str; 6] =
    ["insights", "cwli", "logs-insights", "logsinsights", "cloudwatch-insights", "cloudwatch-logs-insights"];

fn find(_: &Path, file: &str) -> Result<Found, Broken> {
    let mut found = Found::default();
    let mut heading = String::new();
    let mut in_heading = false;
    let mut of_heading = 0;
    let mut block: Option<Text> = None;
    for (event, range) in Parser::new_ext(file, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                heading.clear();
                in_heading = true;
                of_heading = 0;
            }
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::Text(text) | Event::Code(text) if in_heading => heading.push_str(&text),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(tag))) if is_query(&tag) => {
                block = Some(Text::written(Form::plain()).from_byte(range.start as u32));
            }
            Event::Text(text) => {
                if let Some(block) = &mut block {
                    line(block, &text, range.start, file);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some(text) = block.take() {
                    of_heading += 1;
                    let name = match (heading.as_str(), of_heading) {
                        ("", count) => format!("block {count}"),
                        (heading, 1) => heading.to_owned(),
                        (heading, count) => format!("{heading} {count}"),
                    };
                    found.queries.push(Query::new(name, &text));
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

fn is_query(tag: &str) -> bool {
    let word = tag.split(|it: char| it.is_whitespace() || it == ',' || it == '{').next().unwrap_or_default();
    TAGS.iter().any(|it| it.eq_ignore_ascii_case(word))
}

/// Adds a part of a block. In a list or a quotation, what stands before a line belongs to those.
fn line(block: &mut Text, part: &str, from: usize, file: &str) {
    if block.as_str().is_empty() {
        let line_start = file[..from].rfind('\n').map_or(0, |it| it + 1);
        *block = Text::written(Form::block(Escape::None, &file[line_start..from]));
    }
    // A line break may be two bytes in the file, and is one in the text.
    match file[from..].starts_with(part) {
        true => block.push(part, from),
        false => {
            let span = syntax::Span { start: from as u32, end: from as u32 };
            block.push_coded(part, span);
        }
    }
}
