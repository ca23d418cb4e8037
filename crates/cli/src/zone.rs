//! Times as they are in a zone: what `--tz` shows.

use functions::datetime::zone;
use output::Zone;
use value::{Batch, Column, Value};

use crate::args::ZoneArgs;
use crate::exit::Fault;

/// The zone that is asked for: a region such as `Europe/Berlin`, an offset such as `+02:00`, `UTC`.
pub fn read(args: &ZoneArgs) -> Result<Option<Zone>, Fault> {
    let Some(name) = &args.tz else { return Ok(None) };
    match zone::read(name) {
        Some(zone) => Ok(Some(Zone::new(name, zone))),
        None => {
            let forms = "Europe/Berlin, America/New_York, +02:00 or UTC";
            Err(Fault::arguments(format!("--tz takes a zone such as {forms}; found `{name}`")))
        }
    }
}

/// The same rows with their times as a clock in the zone shows them.
pub fn shown(batch: &Batch, zone: &Zone) -> Batch {
    let mut shown = Batch::of_height(batch.height);
    for (name, column) in batch.names.iter().zip(&batch.columns) {
        let column = match column {
            Column::Time(_) => {
                let times = column.times();
                Column::from_times((0..batch.height).map(|row| times.get(row).map(|it| zone.moved(it))))
            }
            Column::Same(Some(Value::Time(it)), rows) => Column::Same(Some(Value::Time(zone.moved(*it))), *rows),
            it => it.clone(),
        };
        shown.set(name, column);
    }
    shown
}
