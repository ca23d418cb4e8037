//! `isValidIpV6(f)`: whether a text is an IPv6 address.

use super::predicate;
use crate::prelude::*;

pub static IS_VALID_IPV6: Function = Function {
    name: "isValidIpV6",
    aliases: &[],
    params: &[once("f", Kind::Text)],
    returns: Returns::Is(Type::Bool),
    doc: "Whether `f` is an IPv6 address.",
    examples: &[
        ("isValidIpV6('2001:db8::1')", "1"),
        ("isValidIpV6('::ffff:192.0.2.1')", "1"),
        ("isValidIpV6('192.0.2.1')", "0"),
    ],
    row: |args| predicate::row(args, |it| it.is_ipv6()),
    column: Some(|args| predicate::column(args, |it| it.is_ipv6())),
};
