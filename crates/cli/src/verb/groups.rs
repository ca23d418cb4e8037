//! `gw groups`: which log groups the files belong to.

use output::{Results, TABLE};
use source::Source;
use value::{Batch, Column};

use crate::args::{GroupsArgs, WarningForm};
use crate::exit::{Exit, Fault};
use crate::writing::{Place, write};
use crate::{archive, notes};

/// Prints each log group with its streams, files and bytes.
pub fn run(args: &GroupsArgs) -> Result<Exit, Fault> {
    let watch = archive::watch()?;
    let files = archive::open(&args.paths, &args.archive)?;
    let groups = files.groups();
    // What the data names inside the files is not looked at, so some groups' streams are not known.
    let mut rows = Batch::of_height(groups.len());
    rows.set("log group", Column::from_texts(groups.iter().map(|it| Some(&it.name))));
    rows.set("streams", Column::from_numbers(groups.iter().map(|it| (it.streams > 0).then_some(it.streams as f64))));
    rows.set("files", Column::from_numbers(groups.iter().map(|it| Some(it.files as f64))));
    rows.set("bytes", Column::from_numbers(groups.iter().map(|it| Some(it.bytes as f64))));
    rows.set("format", Column::from_texts(groups.iter().map(|it| Some(it.formats.join(", ")))));
    write(Results::of(&rows), &TABLE, &Place::TERMINAL, &watch)?;
    for group in groups.iter().filter(|it| it.unreadable > 0) {
        let message = format!("{}: no log format known in {} of {} files", group.name, group.unreadable, group.files);
        notes::remark(&message, WarningForm::Text);
    }
    Ok(if groups.iter().all(|it| it.unreadable == 0) { Exit::Answered } else { Exit::Unread })
}
