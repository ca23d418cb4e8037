//! `isReservedIP(f)`: whether an address is kept for a special purpose.

use std::net::IpAddr;

use super::class::Class;
use super::predicate;
use crate::prelude::*;

pub static IS_RESERVED_IP: Function = Function {
    name: "isReservedIP",
    aliases: &[],
    params: &[once("f", Kind::Text)],
    returns: Returns::Is(Type::Bool),
    doc: "Whether `f` is an address that IANA keeps for a special purpose, such as loopback, link-local, shared, multicast or documentation; private ones do not count. What is no address is none.",
    examples: &[
        ("isReservedIP('127.0.0.1')", "1"),
        ("isReservedIP('169.254.169.254')", "1"),
        ("isReservedIP('2001:db8::1')", "1"),
        ("isReservedIP('10.0.0.1')", "0"),
    ],
    row: |args| predicate::row(args, is_reserved),
    column: Some(|args| predicate::column(args, is_reserved)),
};

fn is_reserved(address: IpAddr) -> bool {
    Class::of(address) == Class::Reserved
}
