//! `isPublicIP(f)`: whether an address is routed in the internet.

use std::net::IpAddr;

use super::class::Class;
use super::predicate;
use crate::prelude::*;

pub static IS_PUBLIC_IP: Function = Function {
    name: "isPublicIP",
    aliases: &[],
    params: &[once("f", Kind::Text)],
    returns: Returns::Is(Type::Bool),
    doc: "Whether `f` is an address that is routed in the internet: neither private nor reserved. What is no address is not.",
    examples: &[
        ("isPublicIP('8.8.8.8')", "1"),
        ("isPublicIP('2606:4700::1111')", "1"),
        ("isPublicIP('192.168.0.1')", "0"),
        ("isPublicIP('127.0.0.1')", "0"),
    ],
    row: |args| predicate::row(args, is_public),
    column: Some(|args| predicate::column(args, is_public)),
};

fn is_public(address: IpAddr) -> bool {
    Class::of(address) == Class::Public
}
