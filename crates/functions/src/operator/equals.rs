//! `a = b`: whether two values are equal.

use super::comparison;
use crate::prelude::*;

pub static EQUALS: Function = Function {
    name: "=",
    aliases: &["=="],
    params: &[once("a", Kind::Any), once("b", Kind::Any)],
    returns: Returns::Is(Type::Bool),
    doc: "Whether `a` and `b` are equal: as numbers if both read as numbers, else as text, upper and lower case apart. \
          `true` and `false` also equal 1 and 0. Of a missing value, a map or a list nothing holds.",
    examples: &[("'01' = 1", "1"), ("'abc' = 'ABC'", "0"), ("'1' = 'true'", "1"), ("missing = 1", "")],
    row: |args| comparison::equal(args.any(0)?, args.any(1)?, |it| it),
    column: Some(|args| comparison::equals(args, |it| it)),
};
