//! The commands: what each step makes of the rows before it.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use functions::Args;
use plan::step::{Computed, Dedup, Direction, Expand, Key, Stats, Unnest};
use plan::{Expr, Field, Step};
use value::{Json, Value, order};

use crate::{Row, cut, eval, patterns, subquery, table, whole};

/// The rows behind a step.
pub(crate) fn run<'a>(mut rows: Vec<Row<'a>>, step: &Step) -> Vec<Row<'a>> {
    match step {
        // A later column sees those before it.
        Step::Fields(it) => rows.iter_mut().for_each(|row| {
            it.items.iter().for_each(|(field, expr)| row.set(field, eval(expr, row)));
        }),
        Step::Filter(it) => rows.retain(|row| eval(&it.condition, row) == Some(Value::Bool(true))),
        Step::Parse(it) => return rows.into_iter().flat_map(|row| cut::parse(it, row)).collect(),
        Step::Unnest(it) => return rows.into_iter().flat_map(|row| unnest(it, row)).collect(),
        Step::Expand(it) => return rows.into_iter().flat_map(|row| expand(it, row)).collect(),
        Step::Join(it) => return rows.into_iter().flat_map(|row| subquery::join(it, row)).collect(),
        Step::AppendCols(it) => subquery::appendcols(it, &mut rows),
        Step::AddTotals(it) => rows.iter_mut().for_each(|row| {
            let total = whole::sum(it.numbers.iter().filter_map(|number| eval(number, row)));
            row.set(&it.into, total);
        }),
        Step::Lookup(it) => rows.iter_mut().for_each(|row| table::lookup(it, row)),
        Step::CidrLookup(it) => rows.iter_mut().for_each(|row| table::cidrlookup(it, row)),
        Step::Accum(it) => whole::accum(it, &mut rows),
        Step::Autoregress(it) => whole::autoregress(it, &mut rows),
        Step::Filldown(it) => whole::filldown(it, &mut rows),
        Step::FillMissing(it) => {
            whole::fillmissing(it, &mut rows);
            sort(&it.order, None, &mut rows);
        }
        Step::Sessionize(it) => whole::sessionize(it, &mut rows),
        Step::Outlier(it) => whole::outlier(it, &mut rows),
        Step::Summary(it) => whole::summary(it, &mut rows),
        Step::Stats(it) => return stats(it, &rows),
        Step::Pattern(it) => return patterns::pattern(it, &rows),
        Step::RelevantFields(it) => return patterns::relevantfields(it, &rows),
        Step::Sort(it) => sort(&it.keys, it.time.as_ref(), &mut rows),
        Step::Dedup(it) => dedup(it, &mut rows),
        Step::Limit(it) => rows.truncate(usize::try_from(it.count).unwrap_or(usize::MAX)),
        Step::Tail(it) => _ = rows.drain(..rows.len().saturating_sub(usize::try_from(it.count).unwrap_or(usize::MAX))),
    }
    rows
}

/// A row for each item of a list; anything else is a list of one.
fn unnest<'a>(it: &Unnest, row: Row<'a>) -> Vec<Row<'a>> {
    let items = match eval(&it.list, &row) {
        Some(Value::Json(list)) if list.is_list() => list.values().collect(),
        Some(other) => vec![Some(other)],
        None => Vec::new(),
    };
    items.into_iter().map(|item| row.with(&it.into, item)).collect()
}

/// A row for each item of an array, which may still be text; anything else stays one row.
fn expand<'a>(it: &Expand, row: Row<'a>) -> Vec<Row<'a>> {
    let value = eval(&it.array, &row);
    let array = match &value {
        Some(Value::Json(array)) => Some(array.clone()),
        Some(Value::Text(text)) => Json::parse(text),
        _ => None,
    };
    let items: Vec<Option<Value>> = match array.filter(Json::is_list) {
        Some(array) => array.values().collect(),
        None => value.into_iter().map(Some).collect(),
    };
    items.into_iter().map(|item| row.with(&it.into, item)).collect()
}

/// A row for each group of rows with the same keys; without keys one, even if there are no rows.
fn stats<'a>(it: &Stats, rows: &[Row]) -> Vec<Row<'a>> {
    let keys: Vec<Vec<Option<Value>>> = it.keys.iter().map(|(_, expr)| key(expr, rows)).collect();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut known: HashMap<Vec<Option<String>>, usize> = HashMap::new();
    if it.keys.is_empty() {
        groups.push((0..rows.len()).collect());
    } else {
        for row in 0..rows.len() {
            let key: Vec<Option<Value>> = keys.iter().map(|it| it[row].clone()).collect();
            let group = *known.entry(printed(&key)).or_insert(groups.len());
            if group == groups.len() {
                groups.push(Vec::new());
            }
            groups[group].push(row);
        }
    }
    let mut made: Vec<Row> = Vec::new();
    for group in groups {
        let mut row = Row::made();
        let members: Vec<&Row> = group.iter().map(|it| &rows[*it]).collect();
        it.keys.iter().zip(&keys).for_each(|((field, _), key)| row.set(field, key[group[0]].clone()));
        it.computed.iter().for_each(|it| row.set(&it.field, aggregate(it, &members)));
        made.push(row);
    }
    sort(&it.order, None, &mut made);
    (0..).zip(&mut made).for_each(|(place, row)| row.place = place);
    made
}

/// The values of a key: those that print the same are one value, the first of them in order.
fn key(expr: &Expr, rows: &[Row]) -> Vec<Option<Value>> {
    let values: Vec<Option<Value>> = rows.iter().map(|row| eval(expr, row)).collect();
    let mut firsts: HashMap<String, &Value> = HashMap::new();
    for value in values.iter().flatten() {
        let first = firsts.entry(value.to_text()).or_insert(value);
        if stands_before(value, first) {
            *first = value;
        }
    }
    values.iter().map(|it| it.as_ref().map(|it| firsts[&it.to_text()].clone())).collect()
}

/// Of equal values a text is first, then a number.
fn stands_before(value: &Value, other: &Value) -> bool {
    let rank = |it: &Value| match it {
        Value::Text(_) => 0,
        Value::Number(it) if it.is_sign_negative() => 1,
        Value::Number(_) => 2,
        _ => 3,
    };
    order::compare(Some(value), Some(other)).then(rank(value).cmp(&rank(other))).is_lt()
}

/// The value of a group: `avg(seconds)`
fn aggregate(it: &Computed, rows: &[&Row]) -> Option<Value> {
    if rows.is_empty()
        && let Some(value) = it.aggregate.of_no_rows(it.args.len())
    {
        return Some(value);
    }
    let args: Vec<Vec<Option<Value>>> =
        rows.iter().map(|row| it.args.iter().map(|arg| eval(arg, row)).collect()).collect();
    let args: Vec<Args> = args.iter().map(|it| Args(it)).collect();
    (it.aggregate.rows)(&args)
}

/// The first key that differs decides; rows that are equal in all of them stay as they are, or are newest first if they
/// have no value of any.
fn sort(keys: &[Key], time: Option<&Field>, rows: &mut Vec<Row>) {
    let values = |row: &Row| -> Vec<Option<Value>> { keys.iter().map(|it| eval(&it.expr, row)).collect() };
    let time = |values: &[Option<Value>], row: &Row| {
        let time = time.filter(|_| values.iter().all(Option::is_none))?;
        eval(&Expr::Field(time.clone()), row)
    };
    let mut sorted: Vec<(Option<Value>, Vec<Option<Value>>, Row)> = Vec::with_capacity(rows.len());
    for row in rows.drain(..) {
        let values = values(&row);
        sorted.push((time(&values, &row), values, row));
    }
    sorted.sort_by(|(left_time, left, _), (right_time, right, _)| {
        let orders = keys.iter().zip(left.iter().zip(right)).map(|(key, (left, right))| {
            let order = order::compare(left.as_ref(), right.as_ref());
            if key.direction == Direction::Descending { order.reverse() } else { order }
        });
        let newer = order::compare(right_time.as_ref(), left_time.as_ref());
        orders.fold(Ordering::Equal, Ordering::then).then(newer)
    });
    rows.extend(sorted.into_iter().map(|(_, _, row)| row));
}

/// The first row of each set of values stays, and every row that lacks one of them.
fn dedup(it: &Dedup, rows: &mut Vec<Row>) {
    let mut seen = HashSet::new();
    rows.retain(|row| {
        let values: Vec<Option<Value>> = it.by.iter().map(|expr| eval(expr, row)).collect();
        values.contains(&None) || seen.insert(printed(&values))
    });
}

/// Values as they print.
fn printed(values: &[Option<Value>]) -> Vec<Option<String>> {
    values.iter().map(|it| it.as_ref().map(Value::to_text)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use crate::Event;

    /// The rows of a query over messages a second apart, cells joined by blanks; what is missing is a dash.
    fn rows(query: &str, messages: &[&str]) -> Vec<String> {
        let query = syntax::parse(query).unwrap();
        let plan = plan::build(&query, &plan::Context::default()).unwrap();
        let event = |(place, it): (u64, &&str)| Event { time: Some(place as i64 * 1000), ..Event::new(place, it) };
        let events: Vec<Event> = (0..).zip(messages).map(event).collect();
        let cell = |it: &Option<String>| it.clone().unwrap_or(String::from("-"));
        let line = |row: &Vec<Option<String>>| row.iter().map(cell).collect::<Vec<_>>().join(" ");
        crate::run(&plan, &events).texts().iter().map(line).collect()
    }

    const MESSAGES: &[&str] = &[r#"{"a": 10, "b": "x"}"#, r#"{"a": 9, "b": "y"}"#, r#"{"b": "x"}"#, r#"{"a": "9"}"#];

    #[test]
    fn without_a_sort_the_newest_is_first() {
        assert_eq!(rows("fields a, b", MESSAGES), ["9 -", "- x", "9 y", "10 x"]);
        assert_eq!(rows("fields a, b | limit 1", MESSAGES), ["9 -"]);
    }

    #[test]
    fn a_filter_keeps_what_is_true() {
        assert_eq!(rows("fields a | filter a != 10", MESSAGES), ["9", "9"]);
        assert_eq!(rows("fields a | filter not (a = 10)", MESSAGES), ["9", "9"]);
    }

    #[test]
    fn rows_sort_by_each_key_in_turn() {
        assert_eq!(rows("fields a, b | sort a, b desc", MESSAGES), ["- x", "9 y", "9 -", "10 x"]);
    }

    #[test]
    fn groups_are_rows_with_equal_keys() {
        assert_eq!(rows("stats count(*) as n, sum(a) by b", MESSAGES), ["- 1 9", "x 2 10", "y 1 9"]);
        assert_eq!(
            rows("stats max(a) by bin(2s)", MESSAGES),
            ["1970-01-01 00:00:02.000 9", "1970-01-01 00:00:00.000 10"]
        );
        assert_eq!(rows("stats count(*) by b | stats count(*)", MESSAGES), ["3"]);
        assert_eq!(rows("filter a = 0 | stats count(*), count(a), sum(a), pct(a, 50)", MESSAGES), ["0 - - 0"]);
        assert_eq!(rows("filter a = 0 | stats sum(a) by b", MESSAGES), [""; 0]);
    }

    #[test]
    fn the_first_of_each_set_of_values_stays() {
        assert_eq!(rows("fields a, b | sort a | dedup b", MESSAGES), ["- x", "9 y", "9 -"]);
    }

    #[test]
    fn what_does_not_match_stays() {
        assert_eq!(rows("parse b 'x*' as rest | fields a", MESSAGES), ["- 9", " -", "- 9", " 10"]);
        assert_eq!(rows(r"parse b /(?<c>y)|x/ | fields c", MESSAGES), ["-", "-", "y", "-"]);
    }
}
