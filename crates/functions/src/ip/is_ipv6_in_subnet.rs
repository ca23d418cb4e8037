//! `isIpv6InSubnet(f, subnet)`: whether an address lies in a subnet of IPv6.

use super::predicate;
use crate::prelude::*;

pub static IS_IPV6_IN_SUBNET: Function = Function {
    name: "isIpv6InSubnet",
    aliases: &[],
    params: &[once("f", Kind::Text), once("subnet", Kind::Notation(Notation::SubnetV6))],
    returns: Returns::Is(Type::Bool),
    doc: "Whether `f` is an IPv6 address in the subnet, which is written as an address, a slash and how many bits its addresses \
          share. What is no such address lies in no subnet.",
    examples: &[
        ("isIpv6InSubnet('2001:db8::7', '2001:db8::/32')", "1"),
        ("isIpv6InSubnet('192.0.2.7', '2001:db8::/32')", "0"),
    ],
    row: |args| predicate::row_in_subnet(args, |it| !it.is_v4()),
    column: Some(|args| predicate::column_in_subnet(args, |it| !it.is_v4())),
};
