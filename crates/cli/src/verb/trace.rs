//! `gw trace`: the story of one request.

use source::{Files, Watch};
use trace::{Colours, Look, MOST_ENTRIES, Question, Story};

use crate::args::{TraceArgs, WarningForm};
use crate::exit::{Exit, Fault};
use crate::progress::Progress;
use crate::when::Moments;
use crate::writing::{has_colours, send, terminal_width};
use crate::{archive, notes, zone};

/// Searches the entries of a request and tells them in order.
pub fn run(args: &TraceArgs) -> Result<Exit, Fault> {
    if args.id.trim().is_empty() {
        return Err(Fault::arguments(
            "there is no id: it is what a user is shown with an error, or a field `requestId`",
        ));
    }
    if std::path::Path::new(&args.id).exists() {
        let message = format!("`{}` is there as a file or folder: the id comes first, then the files", args.id);
        return Err(Fault::arguments(message));
    }
    let moments = Moments::read(&args.time)?;
    let format =
        trace::find(&args.format).ok_or_else(|| Fault::arguments(format!("there is no format `{}`", args.format)))?;
    let zone = zone::read(&args.zone)?;
    let watch = archive::watch()?;
    let files = archive::open(&args.paths, &args.archive)?;
    let progress = Progress::start(&watch);
    let newest = if moments.hang_on_now() { archive::newest(&files, &watch)? } else { None };
    let question = Question {
        fields: args.field.clone(),
        links: args.links,
        range: moments.range(newest)?,
        ..Question::of(&args.id)
    };
    let story = search(&files, &question, &watch)?;
    drop(progress);
    let to_terminal = args.output.is_none();
    let look = Look {
        width: terminal_width().filter(|_| to_terminal && !args.wide),
        colours: if to_terminal && has_colours() { Colours::Terminal } else { Colours::Plain },
        zone: zone.unwrap_or_default(),
    };
    send(args.output.as_deref(), &watch, |out| (format.write)(&story, &look, out))?;
    remarks(&story, args);
    Ok(if story.report.faults.is_empty() { Exit::Answered } else { Exit::Unread })
}

fn search(files: &Files, question: &Question, watch: &Watch) -> Result<Story, Fault> {
    let story = trace::search(files, question, watch);
    if let Some(interrupted) = archive::interrupted(watch) {
        return Err(interrupted);
    }
    story.map_err(Fault::trouble)
}

/// What is to be said beside the story.
fn remarks(story: &Story, args: &TraceArgs) {
    let form = WarningForm::Text;
    notes::unread(&story.report, form);
    if story.entries.is_empty() {
        let within = if args.time.start.is_some() || args.time.end.is_some() { " in this time range" } else { "" };
        notes::remark(&format!("no entry{within} has the id `{}`", args.id), form);
        if args.id.chars().count() < 8 && args.field.is_empty() {
            notes::remark("so short an id is looked for in fields that carry ids: name others by --field", form);
        }
    }
    if story.is_cut {
        notes::remark(&format!("there are more entries than {MOST_ENTRIES}: the oldest are told"), form);
    }
    if let Some(first) = story.unfollowed.first().filter(|_| args.links > 0) {
        let count = story.unfollowed.len();
        let message = if count > trace::MOST_LINKS {
            format!(
                "entries name {count} other ids, `{first}` and more: too many to be one request, they are not followed"
            )
        } else {
            format!("entries further away name {count} more, `{first}`: `--links {}` follows", args.links + 1)
        };
        notes::remark(&message, form);
    }
}
