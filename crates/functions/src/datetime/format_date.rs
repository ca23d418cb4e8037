//! `formatDate(t, format [, zone])`: a time as text.

use jiff::tz::TimeZone;

use super::{format, zone};
use crate::prelude::*;

pub static FORMAT_DATE: Function = Function {
    name: "formatDate",
    aliases: &["strftime"],
    params: &[
        once("t", Kind::Time),
        once("format", Kind::Notation(Notation::TimeFormat)),
        optional("zone", Kind::Notation(Notation::Zone)),
    ],
    returns: Returns::Is(Type::Text),
    doc: "The time as text, in UTC or in the time zone. The format has the directives of `strftime`, such as `%Y`, `%m`, `%d`, \
          `%H`, `%M`, `%S`, `%b`, `%a`, `%z`; `%3f` is the milliseconds. A zone is an offset such as `+02:00` or a region \
          such as `Europe/Berlin`.",
    examples: &[
        ("formatDate(fromMillis(1767227712345), '%Y-%m-%d', 'UTC')", "2026-01-01"),
        ("formatDate(1767227712345, '%d %b %Y %H:%M:%S.%3f')", "01 Jan 2026 00:35:12.345"),
        ("strftime(1767227712345, '%H:%M %Z', 'America/New_York')", "19:35 EST"),
        ("formatDate(missing, '%Y')", ""),
    ],
    row: |args| {
        let zone = if args.count() > 2 { zone::read(args.text(2)?)? } else { TimeZone::UTC };
        format::write(args.time(0)?, args.text(1)?, &zone).map(Value::text)
    },
    column: Some(|args| {
        let (times, formats) = (args.times(0), args.texts(1));
        let zone = match (args.columns.len() > 2, args.literal(2)) {
            (false, _) => Some(TimeZone::UTC),
            (true, Some(Value::Text(name))) => zone::read(name),
            _ => return crate::lift(&FORMAT_DATE, args.columns, args.height),
        };
        let Some(zone) = zone else { return Column::absent(args.height) };
        args.make_texts(|row| format::write(times.get(row)?, formats.get(row)?, &zone))
    }),
};
