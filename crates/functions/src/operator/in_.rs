//! `value in [a, b]`: whether a value is one of a list.

use hashbrown::HashSet;
use value::{compare, number};

use super::comparison::Equality;
use crate::prelude::*;

pub static IN: Function = Function {
    name: "in",
    aliases: &[],
    params: &[once("value", Kind::Any), once("list", Kind::List)],
    returns: Returns::Is(Type::Bool),
    doc: "Whether the value equals, in the sense of `=`, one of the list. An empty list holds nothing; a missing value \
          is neither in a list nor not.",
    examples: &[
        ("'GET' in ['GET', 'HEAD']", "1"),
        ("'404' in [400, 404.0]", "1"),
        ("'get' in ['GET']", "0"),
        ("missing in ['GET']", ""),
    ],
    row: |args| Some(Value::Bool(is_in(args.any(0)?, args.list(1)?))),
    column: Some(|args| match args.columns {
        [Column::Text(_), Column::Same(Some(Value::List(items)), _)] => {
            let texts = args.texts(0);
            let set = Set::of(items);
            args.make_bools(|row| Some(set.has(texts.get(row)?)))
        }
        [values, Column::Same(Some(Value::List(items)), _)] => {
            let set = Set::of(items);
            args.make_bools(|row| Some(set.has_value(&values.value(row)?)))
        }
        [values, lists] => args.make_bools(|row| match (values.value(row)?, lists.value(row)?) {
            (value, Value::List(items)) => Some(is_in(&value, &items)),
            _ => None,
        }),
        _ => Column::absent(args.height),
    }),
};

fn is_in(value: &Value, items: &[Value]) -> bool {
    items.iter().any(|it| compare::equals(value, it) == Some(true))
}

/// A list made ready for asking of many texts whether they are in it.
struct Set<'a> {
    texts: HashSet<&'a str, foldhash::fast::FixedState>,
    /// By their bits, zero without its sign.
    numbers: HashSet<u64, foldhash::fast::FixedState>,
    times: HashSet<i64, foldhash::fast::FixedState>,
    others: Vec<&'a Value>,
}

impl<'a> Set<'a> {
    fn of(items: &'a [Value]) -> Set<'a> {
        let mut set = Set {
            texts: HashSet::default(),
            numbers: HashSet::default(),
            times: HashSet::default(),
            others: Vec::new(),
        };
        for item in items {
            match Equality::of(item) {
                Equality::Bytes(it) => drop(set.texts.insert(it)),
                Equality::Number(it) => drop(set.numbers.insert(bits(it))),
                Equality::Truth(_) => set.others.push(item),
                Equality::Other(Value::Time(it)) => drop(set.times.insert(*it)),
                Equality::Other(it) => set.others.push(it),
            }
        }
        set
    }

    fn has(&self, text: &str) -> bool {
        self.texts.contains(text) || self.has_number(text) || self.has_time(text) || self.has_other(text)
    }

    fn has_value(&self, value: &Value) -> bool {
        match value {
            Value::Text(text) => self.has(text),
            Value::Number(it) if self.times.is_empty() => self.numbers.contains(&bits(*it)) || self.is_other(value),
            Value::Time(it) if self.numbers.is_empty() && self.texts.is_empty() => {
                self.times.contains(it) || self.is_other(value)
            }
            // Kinds that are compared as they print, or read: one with each.
            _ => {
                let texts = self.texts.iter().map(|it| Value::text(*it));
                let numbers = self.numbers.iter().map(|it| Value::Number(f64::from_bits(*it)));
                let times = self.times.iter().map(|it| Value::Time(*it));
                let equals = |it: Value| compare::equals(value, &it) == Some(true);
                texts.chain(numbers).chain(times).any(equals) || self.is_other(value)
            }
        }
    }

    fn has_time(&self, text: &str) -> bool {
        !self.times.is_empty() && {
            let value = Value::text(text);
            self.times.iter().any(|it| compare::equals(&value, &Value::Time(*it)) == Some(true))
        }
    }

    fn has_number(&self, text: &str) -> bool {
        !self.numbers.is_empty() && number::read(text).is_some_and(|it| self.numbers.contains(&bits(it)))
    }

    fn has_other(&self, text: &str) -> bool {
        !self.others.is_empty() && self.is_other(&Value::text(text))
    }

    fn is_other(&self, value: &Value) -> bool {
        self.others.iter().any(|it| compare::equals(value, it) == Some(true))
    }
}

fn bits(number: f64) -> u64 {
    (number + 0.0).to_bits()
}
