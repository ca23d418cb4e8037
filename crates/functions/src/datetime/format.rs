//! Times as text in a format of `strftime`: what `formatDate` writes.

use jiff::fmt::strtime::{BrokenDownTime, Config, PosixCustom};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Whether a text is a format; if not, why.
pub fn check(format: &str) -> Result<(), String> {
    match written(&Zoned::new(Timestamp::UNIX_EPOCH, TimeZone::UTC), format) {
        Ok(_) => Ok(()),
        Err(error) => {
            let error = error.to_string();
            // What failed is said here already.
            let why = error.split_once(": ").map_or(error.as_str(), |(_, why)| why);
            Err(format!("`{format}` is no time format: {why}"))
        }
    }
}

/// A time in epoch milliseconds as text; `None` beyond the year 9999, and where the format cannot tell it.
pub fn write(time: i64, format: &str, zone: &TimeZone) -> Option<String> {
    let time = Timestamp::from_millisecond(time).ok()?.to_zoned(zone.clone());
    written(&time, format).ok()
}

fn written(time: &Zoned, format: &str) -> Result<String, jiff::Error> {
    // The names and orders of the C locale.
    BrokenDownTime::from(time).to_string_with_config(&Config::new().custom(PosixCustom::new()), format)
}
