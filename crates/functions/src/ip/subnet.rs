//! Subnets: a range of addresses that share their first bits.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// `192.0.2.0/24`, `2001:db8::/32`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subnet {
    address: IpAddr,
    /// How many bits all its addresses share.
    length: u32,
}

impl Subnet {
    /// The subnet that a text in CIDR notation stands for; bits behind its length do not count.
    pub fn read(text: &str) -> Option<Subnet> {
        let (address, length) = text.trim_ascii().split_once('/')?;
        let address: IpAddr = address.parse().ok()?;
        let is_number = !length.is_empty() && length.bytes().all(|it| it.is_ascii_digit());
        let length = length.parse().ok().filter(|it| is_number && *it <= bits(address))?;
        Some(Subnet { address, length })
    }

    /// Whether it is a subnet of IPv4 addresses.
    pub fn is_v4(&self) -> bool {
        self.address.is_ipv4()
    }

    /// Whether an address lies in it; one of the other family does not.
    pub fn holds(&self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(from), IpAddr::V4(it)) => (from.to_bits() ^ it.to_bits()).leading_zeros() >= self.length,
            (IpAddr::V6(from), IpAddr::V6(it)) => (from.to_bits() ^ it.to_bits()).leading_zeros() >= self.length,
            _ => false,
        }
    }
}

fn bits(address: IpAddr) -> u32 {
    match address {
        IpAddr::V4(_) => Ipv4Addr::BITS,
        IpAddr::V6(_) => Ipv6Addr::BITS,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn holds(subnet: &str, address: &str) -> bool {
        Subnet::read(subnet).unwrap().holds(address.parse().unwrap())
    }

    #[test]
    fn addresses_share_the_bits_of_the_length() {
        assert!(holds("192.0.2.0/24", "192.0.2.255"));
        assert!(!holds("192.0.2.0/24", "192.0.3.0"));
        assert!(holds("192.0.2.7/24", "192.0.2.9"));
        assert!(holds("10.0.0.0/9", "10.127.0.1"));
        assert!(!holds("10.0.0.0/9", "10.128.0.1"));
        assert!(holds("192.0.2.1/32", "192.0.2.1"));
        assert!(!holds("192.0.2.1/32", "192.0.2.0"));
        assert!(holds("0.0.0.0/0", "255.255.255.255"));
        assert!(holds("2001:db8::/32", "2001:db8:ffff::1"));
        assert!(!holds("2001:db8::/32", "2001:db9::"));
        assert!(holds("::/0", "ffff::"));
        assert!(!holds("::/0", "192.0.2.1"));
        assert!(!holds("0.0.0.0/0", "::1"));
    }

    #[test]
    fn other_texts_are_no_subnets() {
        for text in
            ["", "/", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0/8", "10.0.0.0/+8", "10.0.0.0/8/8"]
        {
            assert_eq!(Subnet::read(text), None, "{text}");
        }
    }
}
