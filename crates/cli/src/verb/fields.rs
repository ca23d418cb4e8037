//! `gw fields`: which fields the events have.

use output::{Results, TABLE};
use plan::Scan;
use value::{Batch, Column};

use crate::archive;
use crate::args::{FieldsArgs, WarningForm};
use crate::exit::{Exit, Fault};
use crate::notes;
use crate::writing::{Place, write};

/// Prints each field with the share of events that have it, and a value it has.
pub fn run(args: &FieldsArgs) -> Result<Exit, Fault> {
    let watch = archive::watch()?;
    let files = archive::open(&args.paths, &args.archive)?;
    let found = source::fields(&files, &Scan::default(), &watch, None);
    if let Some(interrupted) = archive::interrupted(&watch) {
        return Err(interrupted);
    }
    let found = found.map_err(Fault::trouble)?;
    let mut rows = Batch::of_height(found.fields.len());
    rows.set("field", Column::from_texts(found.fields.iter().map(|it| Some(&it.name))));
    let share = |events: u64| events as f64 / found.events.max(1) as f64 * 100.0;
    rows.set("percent", Column::from_texts(found.fields.iter().map(|it| Some(format!("{:.1}", share(it.events))))));
    rows.set("sample", Column::from_texts(found.fields.iter().map(|it| Some(&it.sample))));
    write(Results::of(&rows), &TABLE, &Place::TERMINAL, &watch)?;
    notes::unread(&found.report, WarningForm::Text);
    Ok(if found.report.faults.is_empty() { Exit::Answered } else { Exit::Unread })
}
