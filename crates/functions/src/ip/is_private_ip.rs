//! `isPrivateIP(f)`: whether an address is one of a private network.

use std::net::IpAddr;

use super::class::Class;
use super::predicate;
use crate::prelude::*;

pub static IS_PRIVATE_IP: Function = Function {
    name: "isPrivateIP",
    aliases: &[],
    params: &[once("f", Kind::Text)],
    returns: Returns::Is(Type::Bool),
    doc: "Whether `f` is an address of a private network: RFC 1918, or RFC 4193 for IPv6. What is no address is none.",
    examples: &[
        ("isPrivateIP('10.1.2.3')", "1"),
        ("isPrivateIP('172.32.0.1')", "0"),
        ("isPrivateIP('fd00::1')", "1"),
        ("isPrivateIP('localhost')", "0"),
    ],
    row: |args| predicate::row(args, is_private),
    column: Some(|args| predicate::column(args, is_private)),
};

fn is_private(address: IpAddr) -> bool {
    Class::of(address) == Class::Private
}
