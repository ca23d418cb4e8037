//! `isIpv4InSubnet(f, subnet)`: whether an address lies in a subnet of IPv4.

use super::predicate;
use crate::prelude::*;

pub static IS_IPV4_IN_SUBNET: Function = Function {
    name: "isIpv4InSubnet",
    aliases: &[],
    params: &[once("f", Kind::Text), once("subnet", Kind::Notation(Notation::SubnetV4))],
    returns: Returns::Is(Type::Bool),
    doc: "Whether `f` is an IPv4 address in the subnet, which is written as an address, a slash and how many bits its addresses \
          share. What is no such address lies in no subnet.",
    examples: &[("isIpv4InSubnet('192.0.2.7', '192.0.2.0/24')", "1"), ("isIpv4InSubnet('-', '192.0.2.0/24')", "0")],
    row: |args| predicate::row_in_subnet(args, |it| it.is_v4()),
    column: Some(|args| predicate::column_in_subnet(args, |it| it.is_v4())),
};
