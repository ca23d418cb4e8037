//! `unmask(f)`: a value that is shown unmasked.

use crate::prelude::*;

pub static UNMASK: Function = Function {
    name: "unmask",
    aliases: &[],
    params: &[once("f", Kind::Result)],
    returns: Returns::Common,
    doc: "`f` as it is: in exported logs nothing is masked that could be shown.",
    examples: &[("unmask('4111-1111')", "4111-1111"), ("unmask(missing)", "")],
    row: |args| args.any(0).cloned(),
    column: Some(|args| args.columns.first().cloned().unwrap_or(Column::absent(args.height))),
};
