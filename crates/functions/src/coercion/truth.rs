//! `truth(x)`: a value as a condition.

use crate::prelude::*;

pub static TRUTH: Function = Function {
    name: "truth",
    aliases: &[],
    params: &[once("x", Kind::Any)],
    returns: Returns::Is(Type::Bool),
    doc: "Whether `x` holds as a condition: a number other than 0, a text that is neither empty nor `false`. What is \
          missing is neither true nor false.",
    examples: &[("if('yes', 'a', 'b')", "a"), ("if('0.0', 'a', 'b')", "b"), ("if('false', 'a', 'b')", "b")],
    row: |args| Some(Value::Bool(args.any(0)?.to_truth())),
    column: Some(|args| match args.columns {
        [Column::Text(_)] => {
            let texts = args.texts(0);
            args.make_bools(|row| Some(value::truth(texts.get(row)?)))
        }
        [Column::Number(_)] => {
            let numbers = args.numbers(0);
            args.make_bools(|row| Some(numbers.get(row)? != 0.0))
        }
        [it] => it.to_bools(),
        _ => Column::absent(args.height),
    }),
};
