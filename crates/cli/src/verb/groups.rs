//! `gw groups`: which log groups the files belong to.

use output::{Results, TABLE};
use source::Source;
use value::{Batch, Column};

use crate::archive;
use crate::args::GroupsArgs;
use crate::exit::{Exit, Fault};
use crate::writing::{Place, write};

/// Prints each log group with its streams, files and bytes.
pub fn run(args: &GroupsArgs) -> Result<Exit, Fault> {
    let files = archive::open(&args.paths, &args.archive)?;
    let watch = archive::watch()?;
    let groups = files.groups();
    let mut rows = Batch::of_height(groups.len());
    rows.set("log group", Column::from_texts(groups.iter().map(|it| Some(&it.name))));
    rows.set("streams", Column::from_numbers(groups.iter().map(|it| Some(it.streams as f64))));
    rows.set("files", Column::from_numbers(groups.iter().map(|it| Some(it.files as f64))));
    rows.set("bytes", Column::from_numbers(groups.iter().map(|it| Some(it.bytes as f64))));
    rows.set("format", Column::from_texts(groups.iter().map(|it| Some(it.formats.join(", ")))));
    write(Results::of(&rows), &TABLE, &Place { file: None, wide: false }, &watch)?;
    Ok(Exit::Answered)
}
