//! Asking something of the address that a text is: what the functions of this folder share.

use std::net::IpAddr;

use super::subnet::Subnet;
use crate::prelude::*;

/// Whether the first argument is an address of which something holds; what is no address is none of that.
pub fn row(args: &Args, holds: fn(IpAddr) -> bool) -> Option<Value> {
    Some(Value::Bool(is(args.text(0)?, holds)))
}

/// [`row`], over columns.
pub fn column(args: &Columns, holds: fn(IpAddr) -> bool) -> Column {
    let texts = args.texts(0);
    args.make_bools(|row| Some(is(texts.get(row)?, holds)))
}

/// Whether the first argument is an address in the subnet that the second one stands for.
pub fn row_in_subnet(args: &Args, takes: fn(&Subnet) -> bool) -> Option<Value> {
    let (text, subnet) = (args.text(0)?, Subnet::read(args.text(1)?)?);
    takes(&subnet).then(|| Value::Bool(lies_in(text, &subnet)))
}

/// [`row_in_subnet`], over columns.
pub fn column_in_subnet(args: &Columns, takes: fn(&Subnet) -> bool) -> Column {
    let (texts, subnets) = (args.texts(0), args.texts(1));
    let read = |text: &str| Subnet::read(text).filter(takes);
    match args.literal(1) {
        Some(Value::Text(subnet)) => match read(subnet) {
            Some(subnet) => args.make_bools(|row| Some(lies_in(texts.get(row)?, &subnet))),
            None => Column::absent(args.height),
        },
        _ => args.make_bools(|row| Some(lies_in(texts.get(row)?, &read(subnets.get(row)?)?))),
    }
}

fn is(text: &str, holds: fn(IpAddr) -> bool) -> bool {
    text.parse().is_ok_and(holds)
}

fn lies_in(text: &str, subnet: &Subnet) -> bool {
    text.parse().is_ok_and(|it| subnet.holds(it))
}
