//! `isValidIpV4(f)`: whether a text is an IPv4 address.

use super::predicate;
use crate::prelude::*;

pub static IS_VALID_IPV4: Function = Function {
    name: "isValidIpV4",
    aliases: &[],
    params: &[once("f", Kind::Text)],
    returns: Returns::Is(Type::Bool),
    doc: "Whether `f` is an IPv4 address: four numbers without leading zeros.",
    examples: &[
        ("isValidIpV4('192.0.2.1')", "1"),
        ("isValidIpV4('192.0.2')", "0"),
        ("isValidIpV4('2001:db8::1')", "0"),
    ],
    row: |args| predicate::row(args, |it| it.is_ipv4()),
    column: Some(|args| predicate::column(args, |it| it.is_ipv4())),
};
