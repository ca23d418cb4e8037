//! `parseDate(s, pattern [, zone])`: the time that a text tells.

use jiff::tz::TimeZone;

use super::pattern::DatePattern;
use super::zone;
use crate::prelude::*;

pub static PARSE_DATE: Function = Function {
    name: "parseDate",
    aliases: &[],
    params: &[
        once("s", Kind::Text),
        once("pattern", Kind::Notation(Notation::DatePattern)),
        optional("zone", Kind::Notation(Notation::Zone)),
    ],
    returns: Returns::Is(Type::Number),
    doc: "The time that `s` tells, in milliseconds since 1970-01-01 00:00:00 UTC. The pattern has the letters of Java's \
          `DateTimeFormatter`: `y`, `M`, `d`, `H`, `m`, `s`, `S` and their like, `X`, `Z` and `z` for zones, `'T'` for plain \
          text, `[…]` for what may be missing. A month, a day or a time of day that it leaves out is the first. Names are \
          English, in any case. A zone in the text counts before the argument, which counts before UTC. A text that does not \
          fit as a whole has no value.",
    examples: &[
        ("parseDate('2026-01-31', 'yyyy-MM-dd', 'UTC')", "1769817600000"),
        ("parseDate('31/Jan/2026:13:55:36 -0700', 'dd/MMM/yyyy:HH:mm:ss Z')", "1769892936000"),
        ("parseDate('2026-07-01 12:00', 'yyyy-MM-dd HH:mm', 'Europe/Berlin')", "1782900000000"),
        ("fromMillis(parseDate('20260131T235959123Z', \"yyyyMMdd'T'HHmmssSSSX\"))", "2026-01-31 23:59:59.123"),
        ("parseDate('2026-01-31 12:00', 'yyyy-MM-dd')", ""),
    ],
    row: |args| {
        let zone = if args.count() > 2 { zone::read(args.text(2)?)? } else { TimeZone::UTC };
        let pattern = DatePattern::read(args.text(1)?).ok()?;
        finite(pattern.time(args.text(0)?, &zone)? as f64)
    },
    column: Some(|args| {
        let texts = args.texts(0);
        let zone = match (args.columns.len() > 2, args.literal(2)) {
            (false, _) => Some(TimeZone::UTC),
            (true, Some(Value::Text(name))) => zone::read(name),
            _ => return crate::lift(&PARSE_DATE, args.columns, args.height),
        };
        let pattern = match args.literal(1) {
            Some(Value::Text(pattern)) => DatePattern::read(pattern).ok(),
            _ => return crate::lift(&PARSE_DATE, args.columns, args.height),
        };
        match (zone, pattern) {
            (Some(zone), Some(pattern)) => args.make_numbers(|row| Some(pattern.time(texts.get(row)?, &zone)? as f64)),
            _ => Column::absent(args.height),
        }
    }),
};
