//! `ipv4ToNumber(f)`: an IPv4 address as a number.

use std::net::Ipv4Addr;

use crate::prelude::*;

pub static IPV4_TO_NUMBER: Function = Function {
    name: "ipv4ToNumber",
    aliases: &[],
    params: &[once("f", Kind::Text)],
    returns: Returns::Is(Type::Number),
    doc: "The 32 bits of the IPv4 address `f` as a whole number. What is no such address has no value.",
    examples: &[
        ("ipv4ToNumber('192.0.2.1')", "3221225985"),
        ("ipv4ToNumber('0.0.1.0')", "256"),
        ("ipv4ToNumber('2001:db8::1')", ""),
    ],
    row: |args| finite(number(args.text(0)?)?),
    column: Some(|args| {
        let texts = args.texts(0);
        args.make_numbers(|row| number(texts.get(row)?))
    }),
};

fn number(text: &str) -> Option<f64> {
    text.parse::<Ipv4Addr>().ok().map(|it| f64::from(it.to_bits()))
}
