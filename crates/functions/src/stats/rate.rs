//! `rate(x, period)`: how fast a number changes.

use value::Period;

use crate::prelude::*;
use crate::state::{Partial, per_group};

pub static RATE: Aggregate = Aggregate {
    name: "rate",
    aliases: &[],
    params: &[
        once("x", Kind::Number),
        once("period", Kind::Period),
        hidden("time", Kind::Time, Fact::Timestamp),
        hidden("place", Kind::Place, Fact::Place),
    ],
    returns: Returns::Is(Type::Number),
    doc: "By how much `x` changes in a period, on average: from the first event of the group that has a number and a time to \
          the last one, the change by the time that passed, times the period. None if all of them have one time. The period \
          has a fixed length: months, quarters and years do not. The events of the examples are a millisecond apart. \
          Memory: the same for any number of rows.",
    examples: &[
        ("rate(x, 1ms)", &["100", "130", "190"], "45"),
        ("rate(x, 1s)", &["100", "130", "190"], "45000"),
        ("rate(x, 1m)", &["7", "7"], "0"),
        ("rate(x, 1m)", &["7"], ""),
    ],
    rows: |rows| {
        let points = rows.iter().filter_map(|it| {
            Some(Point { time: it.time(2)?, place: it.place(3).unwrap_or_default(), number: it.number(0)? })
        });
        let course = points.fold(Course::default(), Course::with);
        course.change(rows.first()?.period(1)?)
    },
    state: per_group::<Rate>,
};

/// A number, and when it was told.
#[derive(Clone, Copy)]
struct Point {
    time: i64,
    place: u64,
    number: f64,
}

impl Point {
    /// What puts it ahead of later ones.
    fn key(&self) -> (i64, u64) {
        (self.time, self.place)
    }
}

/// The first and the last point so far.
#[derive(Clone, Copy, Default)]
struct Course(Option<(Point, Point)>);

impl Course {
    fn with(self, point: Point) -> Course {
        let (first, last) = self.0.unwrap_or((point, point));
        let first = if point.key() < first.key() { point } else { first };
        let last = if point.key() > last.key() { point } else { last };
        Course(Some((first, last)))
    }

    /// The change in a period.
    fn change(self, period: Period) -> Option<Value> {
        let (first, last) = self.0?;
        // Without any time between, this is no finite number.
        let passed = last.time as f64 - first.time as f64;
        finite((last.number - first.number) / passed * period.milliseconds()? as f64)
    }
}

#[derive(Clone, Default)]
struct Rate {
    course: Course,
    period: Option<Period>,
}

impl Partial for Rate {
    fn add(partials: &mut [Rate], groups: &[u32], args: &Columns) {
        let (numbers, times) = (args.numbers(0), args.times(2));
        let period = match args.literal(1) {
            Some(Value::Period(it)) => Some(*it),
            _ => None,
        };
        for (row, group) in groups.iter().enumerate() {
            if let (Some(number), Some(time)) = (numbers.get(row), times.get(row)) {
                let rate = &mut partials[*group as usize];
                rate.period = period;
                rate.course = rate.course.with(Point { time, place: args.place(3, row), number });
            }
        }
    }

    fn merge(&mut self, other: Rate) {
        self.period = self.period.or(other.period);
        if let Some((first, last)) = other.course.0 {
            self.course = self.course.with(first).with(last);
        }
    }

    fn finish(self) -> Option<Value> {
        self.course.change(self.period?)
    }
}
