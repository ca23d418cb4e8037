//! Times as they are in a zone: what `--tz` shows.

use functions::datetime::zone;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use value::{Batch, Column, Value};

use crate::exit::Fault;

/// The zone of a name: a region such as `Europe/Berlin`, an offset such as `+02:00`, `UTC`.
pub fn read(name: &str) -> Result<TimeZone, Fault> {
    zone::read(name).ok_or_else(|| {
        let message =
            format!("--tz takes a zone such as Europe/Berlin, America/New_York, +02:00 or UTC; found `{name}`");
        Fault::arguments(message)
    })
}

/// The same rows with their times as a clock in the zone shows them. They are for reading alone: a time that is moved
/// is another one.
pub fn shown(batch: &Batch, zone: &TimeZone) -> Batch {
    let mut shown = Batch::of_height(batch.height);
    for (name, column) in batch.names.iter().zip(&batch.columns) {
        let column = match column {
            Column::Time(_) => {
                let times = column.times();
                Column::from_times((0..batch.height).map(|row| times.get(row).map(|it| moved(it, zone))))
            }
            Column::Same(Some(Value::Time(it)), rows) => Column::Same(Some(Value::Time(moved(*it, zone))), *rows),
            it => it.clone(),
        };
        shown.set(name, column);
    }
    shown
}

fn moved(time: i64, zone: &TimeZone) -> i64 {
    // A time beyond the calendar has no zone.
    let offset = Timestamp::from_millisecond(time).map(|it| zone.to_offset(it).seconds());
    time.saturating_add(offset.map_or(0, |it| i64::from(it) * 1_000))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn times_move_with_the_seasons() {
        let zone = read("Europe/Berlin").unwrap();
        let (winter, summer) = (1_767_225_600_000, 1_782_864_000_000);
        assert_eq!(moved(winter, &zone) - winter, 3_600_000);
        assert_eq!(moved(summer, &zone) - summer, 7_200_000);
        assert_eq!(moved(i64::MAX, &zone), i64::MAX);
        assert!(read("Nowhere/City").is_err());
    }
}
