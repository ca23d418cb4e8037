//! `a != b`: whether two values are not equal.

use super::comparison;
use crate::prelude::*;

pub static DIFFERS: Function = Function {
    name: "!=",
    aliases: &[],
    params: &[once("a", Kind::Any), once("b", Kind::Any)],
    returns: Returns::Is(Type::Bool),
    doc: "Whether `a` and `b` are not equal, in the sense of `=`. Of a missing value this does not hold either.",
    examples: &[("'abc' != 'ABC'", "1"), ("'1.0' != 1", "0"), ("missing != 1", "")],
    row: |args| comparison::equal(args.any(0)?, args.any(1)?, |it| !it),
    column: Some(|args| comparison::equals(args, |it| !it)),
};
