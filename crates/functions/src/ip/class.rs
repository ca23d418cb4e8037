//! Who may use an address: everyone, a private network, or a protocol. An address is of exactly one class.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Who may use an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A network of its own: RFC 1918, and RFC 4193 for IPv6.
    Private,
    /// Some protocol or purpose: loopback, link-local, multicast, documentation and their like.
    Reserved,
    /// Anyone: it is routed in the internet.
    Public,
}

impl Class {
    /// The class of an address; an IPv4 address within IPv6 is taken for itself.
    pub fn of(address: IpAddr) -> Class {
        let (is_private, is_reserved) = match address.to_canonical() {
            IpAddr::V4(it) => (it.is_private(), is_any_of(it.to_bits(), RESERVED_V4)),
            IpAddr::V6(it) => (it.is_unique_local(), !is_global(it)),
        };
        match (is_private, is_reserved) {
            (true, _) => Class::Private,
            (_, true) => Class::Reserved,
            _ => Class::Public,
        }
    }
}

const fn v4(a: u8, b: u8, c: u8, d: u8) -> u32 {
    Ipv4Addr::new(a, b, c, d).to_bits()
}

/// What IANA keeps for special purposes, but for private networks: the first address, and how many bits are shared.
const RESERVED_V4: &[(u32, u32)] = &[
    (v4(0, 0, 0, 0), 8),
    // Between a provider and its customers.
    (v4(100, 64, 0, 0), 10),
    (v4(127, 0, 0, 0), 8),
    (v4(169, 254, 0, 0), 16),
    (v4(192, 0, 0, 0), 24),
    // Documentation.
    (v4(192, 0, 2, 0), 24),
    (v4(198, 51, 100, 0), 24),
    (v4(203, 0, 113, 0), 24),
    // Relays to IPv6.
    (v4(192, 88, 99, 0), 24),
    // Benchmarks.
    (v4(198, 18, 0, 0), 15),
    // Multicast, and what is left over.
    (v4(224, 0, 0, 0), 3),
];

fn is_any_of(address: u32, ranges: &[(u32, u32)]) -> bool {
    ranges.iter().any(|(from, length)| (address ^ from).leading_zeros() >= *length)
}

/// Of IPv6 only an eighth is given out, and of that some is kept back.
fn is_global(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    match (first, second) {
        // Protocols and documentation.
        (0x2001, 0..0x200 | 0xdb8) => false,
        // Addresses made of IPv4 ones.
        (0x2002, _) => false,
        // Documentation.
        (0x3fff, 0..0x1000) => false,
        _ => first >> 13 == 1,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn an_address_is_of_one_class() {
        let classes = [
            (
                Class::Private,
                "10.0.0.1 10.255.255.255 172.16.0.0 172.31.255.255 192.168.1.1 fd00::1 fc00:: ::ffff:10.0.0.1",
            ),
            (Class::Public, "8.8.8.8 9.255.255.255 11.0.0.0 172.15.0.1 172.32.0.0 100.63.0.1 100.128.0.0 192.0.1.0"),
            (
                Class::Public,
                "198.17.255.255 198.20.0.0 223.255.255.255 2001:4860:4860::8888 2606:4700:: ::ffff:8.8.8.8",
            ),
            (Class::Reserved, "0.0.0.0 127.0.0.1 169.254.169.254 100.64.0.0 100.127.255.255 192.0.0.0 192.0.2.1"),
            (Class::Reserved, "198.19.255.255 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255"),
            (Class::Reserved, ":: ::1 fe80::1 ff02::1 2001:db8::1 2001::1 2002:a00:1:: 3fff::1 64:ff9b::1 4000::"),
        ];
        for (class, addresses) in classes {
            for address in addresses.split(' ') {
                assert_eq!(Class::of(address.parse().unwrap()), class, "{address}");
            }
        }
    }
}
