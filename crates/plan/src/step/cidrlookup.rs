//! Adds columns of a table, found by the range that an address lies in.

use std::collections::HashMap;
use std::fmt;
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use crate::expr::{Expr, Field};
use crate::step::TableOutput;
use crate::step::lookup::{column_name, outputs};
use crate::table::Table;

/// `cidrlookup networks srcAddr as range output owner as team`
#[derive(Clone)]
pub struct CidrLookup {
    /// The table.
    pub table: Arc<Table>,
    /// The place of the column of ranges: `10.0.0.0/8`, `2001:db8::/32`, or a single address.
    pub column: usize,
    /// The address, as text.
    pub address: Expr,
    /// What is added.
    pub outputs: Vec<TableOutput>,
    /// Where rows are found.
    pub ranges: Arc<TableRanges>,
}

/// The ranges of a table; they are read when they are first asked.
#[derive(Default)]
pub struct TableRanges(OnceLock<Ranges>);

#[derive(Default)]
struct Ranges {
    /// How many bits the addresses of some range share: the most first.
    lengths: Vec<u32>,
    /// The row of each range, by its length and its first address.
    rows: HashMap<(u32, IpAddr), usize>,
}

impl TableRanges {
    /// The number of the row whose range is the narrowest that an address lies in, the first of equal ones.
    pub fn find(&self, table: &Table, column: usize, address: &str) -> Option<usize> {
        let address: IpAddr = address.parse().ok()?;
        let ranges = self.0.get_or_init(|| Ranges::read(table, column));
        let fitting = ranges.lengths.iter().filter(|it| **it <= bits(address));
        fitting.copied().find_map(|it| ranges.rows.get(&(it, first(address, it))).copied())
    }
}

impl Ranges {
    fn read(table: &Table, column: usize) -> Ranges {
        let mut found = Ranges::default();
        for (place, row) in table.rows.iter().enumerate() {
            let cell = row.get(column).and_then(Option::as_deref);
            if let Some((address, length)) = cell.and_then(range) {
                found.lengths.push(length);
                found.rows.entry((length, first(address, length))).or_insert(place);
            }
        }
        found.lengths.sort_unstable_by(|left, right| right.cmp(left));
        found.lengths.dedup();
        found
    }
}

/// An address of a range, and how many bits all of them share; an address alone shares all.
fn range(text: &str) -> Option<(IpAddr, u32)> {
    let text = text.trim_ascii();
    let (address, length) = text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
    let address: IpAddr = address.parse().ok()?;
    let Some(length) = length else { return Some((address, bits(address))) };
    let is_number = length.bytes().all(|it| it.is_ascii_digit());
    let length = length.parse().ok().filter(|it| is_number && *it <= bits(address))?;
    Some((address, length))
}

/// The first address of the range around an address: the bits that it does not share are 0.
fn first(address: IpAddr, length: u32) -> IpAddr {
    match address {
        IpAddr::V4(it) => {
            let mask = u32::MAX.checked_shl(u32::BITS.saturating_sub(length)).unwrap_or(0);
            IpAddr::V4((it.to_bits() & mask).into())
        }
        IpAddr::V6(it) => {
            let mask = u128::MAX.checked_shl(u128::BITS.saturating_sub(length)).unwrap_or(0);
            IpAddr::V6((it.to_bits() & mask).into())
        }
    }
}

fn bits(address: IpAddr) -> u32 {
    if address.is_ipv4() { u32::BITS } else { u128::BITS }
}

impl CidrLookup {
    pub(crate) fn reads<'a>(&'a self, visit: &mut dyn FnMut(&'a Field)) {
        self.address.fields(visit);
        self.outputs.iter().filter_map(|it| it.own.as_ref()).for_each(|it| it.fields(visit));
    }
}

impl fmt::Display for CidrLookup {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (table, column) = (syntax::quoted_name(&self.table.name), column_name(&self.table, self.column));
        write!(f, "cidrlookup {table} {} as {column}", self.address)?;
        outputs(f, &self.table, &self.outputs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_narrowest_range_counts() {
        let ranges =
            ["10.0.0.0/8", "10.1.2.3/16", "10.1.0.0/16", "x", "10.1.1.1", "::/0", "10.0.0.0/33", "10.0.0.0/+9"];
        let rows = ranges.map(|it| vec![Some(it.to_owned())]).to_vec();
        let table = Table { name: String::from("t"), columns: vec![String::from("c")], rows };
        let held = TableRanges::default();
        for (address, row) in [
            ("10.2.0.0", Some(0)),
            ("10.1.2.3", Some(1)),
            ("10.1.1.1", Some(4)),
            ("11.0.0.0", None),
            ("2001:db8::1", Some(5)),
            ("10.1.1", None),
            ("", None),
        ] {
            assert_eq!(held.find(&table, 0, address), row, "{address}");
        }
    }

    #[test]
    fn a_range_may_hold_all_addresses() {
        assert_eq!(first(IpAddr::from([10, 1, 2, 3]), 0), IpAddr::from([0, 0, 0, 0]));
        assert_eq!(first(IpAddr::from([10, 1, 2, 3]), 32), IpAddr::from([10, 1, 2, 3]));
    }
}
