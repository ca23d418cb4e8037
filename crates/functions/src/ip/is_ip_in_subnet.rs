//! `isIpInSubnet(f, subnet)`: whether an address lies in a subnet.

use super::predicate;
use crate::prelude::*;

pub static IS_IP_IN_SUBNET: Function = Function {
    name: "isIpInSubnet",
    aliases: &[],
    params: &[once("f", Kind::Text), once("subnet", Kind::Notation(Notation::Subnet))],
    returns: Returns::Is(Type::Bool),
    doc: "Whether `f` is an IPv4 or IPv6 address in the subnet, which is written as an address, a slash and how many bits its addresses \
          share. What is no such address lies in no subnet.",
    examples: &[
        ("isIpInSubnet('192.0.2.7', '192.0.2.0/24')", "1"),
        ("isIpInSubnet('2001:db8::7', '2001:db8::/32')", "1"),
        ("isIpInSubnet('192.0.3.7', '192.0.2.0/24')", "0"),
        ("isIpInSubnet(missing, '192.0.2.0/24')", ""),
    ],
    row: |args| predicate::row_in_subnet(args, |_| true),
    column: Some(|args| predicate::column_in_subnet(args, |_| true)),
};
