//! Random columns of every kind.

use functions::{Kind, Need, Notation, Param};
use testkit::random::Random;
use value::{Column, Json, Pattern, Period, Unit, Value};

const JSON: &[&str] = &["{}", "[]", r#"{"a":1,"b":{"c":"x"},"1":true}"#, r#"[10,"é",null,{"a":2}]"#, r#"{"a":null}"#];
const PATTERNS: &[&str] = &["a", "^[0-9]+$", "(?i)É", "", r"\d\d", "in"];
const UNITS: &[Unit] =
    &[Unit::Millisecond, Unit::Second, Unit::Minute, Unit::Hour, Unit::Day, Unit::Week, Unit::Month, Unit::Year];

/// An argument for each parameter of a call, some optional ones left out, repeated ones repeated.
pub fn arguments(random: &mut Random, params: &[Param], height: usize) -> Vec<Column> {
    let repeated: Vec<&Param> = params.iter().filter(|it| it.need == Need::Repeated).collect();
    let mut columns = Vec::new();
    let mut has_repeated = false;
    for param in params {
        match param.need {
            Need::Repeated if has_repeated => {}
            Need::Repeated => {
                has_repeated = true;
                for _ in 0..random.between(1, 3) {
                    columns.extend(repeated.iter().map(|it| column(random, it.kind, height)));
                }
            }
            // What is behind a parameter that was left out is left out, too.
            Need::Optional if random.one_in(2) => break,
            Need::Optional | Need::Once | Need::Hidden(_) => columns.push(column(random, param.kind, height)),
        }
    }
    columns
}

/// A column of a kind: the same value in all rows, values in all rows, or in some.
pub fn column(random: &mut Random, kind: Kind, height: usize) -> Column {
    if matches!(kind, Kind::Period | Kind::List | Kind::Constant) || random.one_in(4) {
        return Column::Same(value(random, kind), height);
    }
    if random.one_in(12) {
        return Column::absent(height);
    }
    let is_full = random.one_in(3);
    // Any values are mostly of one type, as a field's are.
    let kind = match kind {
        Kind::Any | Kind::Result if !random.one_in(4) => one_type(random),
        Kind::Measure if !random.one_in(4) => *random.pick(&[Kind::Number, Kind::Time]),
        kind => kind,
    };
    let cell = |random: &mut Random| if is_full || !random.one_in(4) { value(random, kind) } else { None };
    let cells: Vec<Option<Value>> = (0..height).map(|_| cell(random)).collect();
    match kind {
        Kind::Place => Column::from_places(cells.iter().map(place).collect()),
        _ => Column::from_values(cells),
    }
}

fn place(cell: &Option<Value>) -> u64 {
    if let Some(Value::Place(it)) = cell { *it } else { 0 }
}

fn one_type(random: &mut Random) -> Kind {
    *random.pick(&[Kind::Text, Kind::Text, Kind::Text, Kind::Number, Kind::Bool, Kind::Time, Kind::Json])
}

/// A value of a kind.
pub fn value(random: &mut Random, kind: Kind) -> Option<Value> {
    Some(match kind {
        Kind::Any | Kind::Result => {
            let kind = one_type(random);
            return value(random, kind);
        }
        Kind::Measure => {
            let kind = *random.pick(&[Kind::Number, Kind::Time]);
            return value(random, kind);
        }
        Kind::Number => Value::Number(random.number()),
        Kind::Text => text(random),
        Kind::Notation(it) if !random.one_in(8) => Value::text(random.word(notation(it))),
        Kind::Notation(_) => text(random),
        Kind::Bool => Value::Bool(random.one_in(2)),
        Kind::Time if random.one_in(20) => Value::Time(*random.pick(&[i64::MIN, i64::MAX, 0, -1])),
        Kind::Time => Value::Time(random.between(1_767_225_600_000, 1_767_225_600_000 + 10_000)),
        Kind::Json => Value::Json(Json::parse(random.word(JSON)).unwrap()),
        Kind::Period => Value::Period(Period { count: random.between(1, 90) as u64, unit: *random.pick(UNITS) }),
        Kind::Pattern if random.one_in(2) => Value::Pattern(Pattern::new(random.word(PATTERNS)).unwrap()),
        Kind::Pattern => text(random),
        Kind::List => Value::List((0..random.below(5)).filter_map(|_| value(random, Kind::Any)).collect()),
        Kind::Constant => Value::Number(*random.pick(&[0.0, 1.0, 50.0, 90.0, 99.9, 100.0])),
        Kind::Place => Value::Place(random.bits()),
    })
}

/// Texts that keep to a notation.
fn notation(of: Notation) -> &'static [&'static str] {
    match of {
        Notation::DatePattern => &["yyyy", "yyyy-MM-dd", "[yy]HHmm", "y[-M[-d]]", "yyyyMMdd' 'h:mma z"],
        Notation::TimeFormat => &["%Y-%m-%d", "%H:%M:%S.%3f", "", "%c %Z", "é%%", "%y"],
        Notation::Zone => &["UTC", "+02:00", "Europe/Berlin", "America/New_York"],
        Notation::Subnet => &["10.0.0.0/8", "2001:db8::/32", "0.0.0.0/0"],
        Notation::SubnetV4 => &["10.0.0.0/8", "192.168.0.0/16", "0.0.0.0/0"],
        Notation::SubnetV6 => &["2001:db8::/32", "::/0", "fe80::/10"],
    }
}

/// Neighbours that are one and the same double.
const IDS: &[&str] =
    &["9007199254740992", "9007199254740993", "9007199254740993.0", "12345678901234567890", "012345678901234567891"];

/// Texts that some function takes for what they are.
const ODD: &[&str] = &[
    "10.1.2.3",
    "2001:db8::1",
    "192.168.256.1",
    "2026",
    "2026-02-31",
    "20260131 11:05PM Europe/Berlin",
    "0xff",
    "-0X1A",
    "48656c6c6f",
    "aGVsbG8=",
    "a%2Fb+c%",
    "a/b,c",
    "[1,\"a\",null]",
    "[]",
    "{\"a\":[1]}",
    "$1 ${a}",
    "1,2,,3",
];

/// Texts of a small vocabulary, so that some are equal, and some are parts of others.
fn text(random: &mut Random) -> Value {
    match random.below(6) {
        5 => Value::text(random.word(ODD)),
        4 => Value::text(random.word(IDS)),
        0 => Value::text(random.text()),
        1 => Value::text(random.number().to_string()),
        2 => Value::text(random.below(20).to_string()),
        _ => Value::text(*random.pick(&["", "a", "ab", "B", "in", "true", "false", "1", "0", "1.0", "01", " é ", "É"])),
    }
}
