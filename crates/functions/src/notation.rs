//! Texts in a notation of their own, which a query may get wrong: date patterns, time zones, subnets.

use crate::datetime::{format, pattern, zone};
use crate::ip::subnet::Subnet;

/// A notation of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// `yyyy-MM-dd HH:mm`: the letters of Java's `DateTimeFormatter`.
    DatePattern,
    /// `%Y-%m-%d`: the directives of `strftime`.
    TimeFormat,
    /// `UTC`, `+02:00`, `Europe/Berlin`
    Zone,
    /// `192.0.2.0/24`, `2001:db8::/32`
    Subnet,
    /// `192.0.2.0/24`
    SubnetV4,
    /// `2001:db8::/32`
    SubnetV6,
}

impl Notation {
    /// Whether a text keeps to the notation; if not, why: lower case, no full stop.
    pub fn check(self, text: &str) -> Result<(), String> {
        match self {
            Notation::DatePattern => pattern::DatePattern::read(text).map(drop),
            Notation::TimeFormat => format::check(text),
            Notation::Zone => match zone::read(text) {
                Some(_) => Ok(()),
                None => Err(format!("there is no time zone `{text}`: `UTC`, `+02:00` and `Europe/Berlin` are some")),
            },
            Notation::Subnet => match Subnet::read(text) {
                Some(_) => Ok(()),
                None => Err(no_subnet(text, "192.0.2.0/24")),
            },
            Notation::SubnetV4 => match Subnet::read(text) {
                Some(it) if it.is_v4() => Ok(()),
                _ => Err(no_subnet(text, "192.0.2.0/24")),
            },
            Notation::SubnetV6 => match Subnet::read(text) {
                Some(it) if !it.is_v4() => Ok(()),
                _ => Err(no_subnet(text, "2001:db8::/32")),
            },
        }
    }
}

fn no_subnet(text: &str, example: &str) -> String {
    format!("`{text}` is no such subnet: one is written as `{example}`")
}
