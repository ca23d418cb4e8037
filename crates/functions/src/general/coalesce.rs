//! `coalesce(f, …)`: the first value there is.

use super::choice;
use crate::prelude::*;

pub static COALESCE: Function = Function {
    name: "coalesce",
    aliases: &[],
    params: &[repeated("f", Kind::Result)],
    returns: Returns::Common,
    doc: "The first of the arguments that has a value, be it the empty text.",
    examples: &[("coalesce(missing, 'none')", "none"), ("coalesce(3, 4)", "3"), ("coalesce(missing)", "")],
    row: |args| (0..args.count()).find_map(|it| args.any(it)).cloned(),
    column: Some(|args| {
        let present: Vec<Column> = (0..args.columns.len()).map(|it| args.present(it)).collect();
        choice::first(args.height, present.iter().zip(args.columns))
    }),
};
