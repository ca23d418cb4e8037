//! `log(a)`: the natural logarithm.

use crate::prelude::*;

pub static LOG: Function = Function {
    name: "log",
    aliases: &[],
    params: &[once("a", Kind::Number)],
    returns: Returns::Is(Type::Number),
    doc: "The natural logarithm of `a`. Zero and negative numbers have none.",
    examples: &[("log(1)", "0"), ("log(10)", "2.3026"), ("log(0)", "")],
    row: |args| finite(args.number(0)?.ln()),
    column: Some(|args| args.map_numbers(0, f64::ln)),
};
