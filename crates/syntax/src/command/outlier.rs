//! `outlier`: values that lie far from the others.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::opt;

use super::CommandSyntax;
use super::option::{boolean, no_other, option};
use crate::parse::{Expected, Input, Parsed, expected, keyword, path, quantity};
use crate::query::{Command, Literal, Path};

/// `outlier action=remove param=3.0 cpu memory`
#[derive(Clone, PartialEq, Debug)]
pub struct Outlier {
    /// What happens to outliers, where the query says so.
    pub action: Option<OutlierAction>,
    /// How many interquartile ranges from the quartiles the boundaries lie, as it is written, where the query says so.
    pub param: Option<String>,
    /// Whether there is a lower boundary, where the query says so.
    pub uselower: Option<bool>,
    /// Whether a column says which values are outliers, where the query says so.
    pub mark: Option<bool>,
    /// What is looked at, each by itself.
    pub fields: Vec<Path>,
}

/// What happens to outliers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OutlierAction {
    /// `action=remove`: their rows go
    Remove,
    /// `action=transform`: the boundary takes their place
    Transform,
}

pub static OUTLIER: CommandSyntax = CommandSyntax {
    name: "outlier",
    aliases: &[],
    synopsis: "outlier [action=remove | transform] [param=number] [uselower=true | false] [mark=true | false] field …",
    doc: "Finds values far above the others: more than `param` interquartile ranges, 2.5 unless it is given, above the \
          upper quartile, and with `uselower=true` as far below the lower one. The boundary takes their place, or \
          with `action=remove` their rows go. With `mark=true` a column `field_outlier` says which they were.",
    parse: outlier,
};

/// One of the options.
enum Choice {
    Action(OutlierAction),
    Param(String),
    UseLower(bool),
    Mark(bool),
}

fn outlier(input: Input) -> Parsed<Command> {
    let mut it = Outlier { action: None, param: None, uselower: None, mark: None, fields: Vec::new() };
    let mut rest = input;
    while let (behind, Some(choice)) = opt(outlier_option).parse(rest)? {
        rest = behind;
        match choice {
            Choice::Action(action) => it.action = Some(action),
            Choice::Param(param) => it.param = Some(param),
            Choice::UseLower(uselower) => it.uselower = Some(uselower),
            Choice::Mark(mark) => it.mark = Some(mark),
        }
    }
    let (rest, _) = no_other(rest, "outlier", &["action", "param", "uselower", "mark"])?;
    let (mut rest, first) = path(rest)?;
    it.fields.push(first);
    while let (behind, Some(field)) = opt(path).parse(rest)? {
        rest = behind;
        it.fields.push(field);
    }
    Ok((rest, Command::Outlier(it)))
}

/// `action=remove`, `param=3.0`, `uselower=true`, `mark=true`
fn outlier_option(input: Input) -> Parsed<Choice> {
    let action = option("action", action).map(Choice::Action);
    let param = option("param", number).map(Choice::Param);
    let uselower = option("uselower", boolean).map(Choice::UseLower);
    alt((action, param, uselower, option("mark", boolean).map(Choice::Mark))).parse(input)
}

/// `remove`, `transform`
fn action(input: Input) -> Parsed<OutlierAction> {
    let remove = keyword("remove").map(|_| OutlierAction::Remove);
    let values = (remove, keyword("transform").map(|_| OutlierAction::Transform));
    alt(values).parse(input).or_else(|_| expected(input, Expected::Thing("`remove` or `transform`")))
}

/// `2.5`
fn number(input: Input) -> Parsed<String> {
    match quantity(input)? {
        (after, Literal::Number(text)) => Ok((after, text)),
        _ => expected(input, Expected::Thing("a number")),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::Code;

    #[test]
    fn options_and_their_values_are_told() {
        let fault = |text: &str| crate::parse(text).unwrap_err().remove(0);
        let unknown = fault("outlier foo=1 a");
        assert_eq!((unknown.code, unknown.message.as_str()), (Code::UnknownOption, "`outlier` has no option `foo`"));
        assert_eq!(fault("outlier action=drop a").message, "expected `remove` or `transform`, found `drop`");
    }

    #[test]
    fn options_come_in_any_order_before_the_fields() {
        let query = crate::parse("outlier mark=TRUE param = 3 action=Remove mark=false action cpu.x").unwrap();
        let Command::Outlier(it) = &query.stages[0].command else { unreachable!() };
        assert_eq!((it.action, it.uselower, it.mark), (Some(OutlierAction::Remove), None, Some(false)));
        assert_eq!((it.param.as_deref(), it.fields.len()), (Some("3"), 2));
        for wrong in ["outlier", "outlier mark=true", "outlier param=5m a", "outlier param=-1 a", "outlier a mark=true"]
        {
            assert!(crate::parse(wrong).is_err(), "{wrong}");
        }
    }
}
