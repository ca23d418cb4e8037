//! `a and b`: whether two conditions hold.

use crate::prelude::*;

pub static AND: Function =
    Function {
        name: "and",
        aliases: &[],
        params: &[once("a", Kind::Bool), once("b", Kind::Bool)],
        returns: Returns::Is(Type::Bool),
        doc: "Whether both conditions hold. One that compares a missing value is neither true nor false; then this is \
          false if the other is, and else has no value.",
        examples: &[("1 = 1 and 2 = 2", "1"), ("1 = 2 and missing = 1", "0"), ("1 = 1 and missing = 1", "")],
        row: |args| match (args.bool(0), args.bool(1)) {
            (Some(false), _) | (_, Some(false)) => Some(Value::Bool(false)),
            (Some(true), Some(true)) => Some(Value::Bool(true)),
            _ => None,
        },
        column: Some(|args| match args.columns {
            [Column::Bool(left), Column::Bool(right)] => Column::Bool(left & right),
            [Column::Same(Some(Value::Bool(it)), _), other] | [other, Column::Same(Some(Value::Bool(it)), _)] => {
                if *it { other.clone() } else { Column::Same(Some(Value::Bool(false)), args.height) }
            }
            _ => {
                let (left, right) = (args.bools(0), args.bools(1));
                args.make_bools(|row| match (left.get(row), right.get(row)) {
                    (Some(false), _) | (_, Some(false)) => Some(false),
                    (Some(true), Some(true)) => Some(true),
                    _ => None,
                })
            }
        }),
    };
