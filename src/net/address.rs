//! Which addresses are public, and what the others are.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What kind of non-public address a host turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AddressClass {
    /// 127.0.0.0/8, `::1` (RFC 1122, RFC 4291).
    Loopback,
    /// RFC 1918, unique local (RFC 4193), site local (RFC 3879).
    Private,
    /// 169.254.0.0/16, `fe80::/10` (RFC 3927, RFC 4291).
    LinkLocal,
    /// Shared by carriers, 100.64.0.0/10 (RFC 6598).
    CarrierNat,
    /// Where clouds answer their own machines with secrets.
    Metadata,
    /// Carries an IPv4 address through NAT64 (RFC 6052, RFC 8215).
    Nat64,
    /// 6to4, Teredo, IPv4-compatible: tunnels to another address.
    Tunnel,
    /// `0.0.0.0/8`, `::`.
    Unspecified,
    /// Multicast and broadcast.
    Multicast,
    /// Documentation, benchmarks, discard-only, segment routing, not assigned.
    Reserved,
}

impl AddressClass {
    /// True where `allow_private_networks` opens it.
    pub fn opened_by_allow_private(self) -> bool {
        use AddressClass::{CarrierNat, LinkLocal, Loopback, Nat64, Private};
        matches!(self, Loopback | Private | LinkLocal | CarrierNat | Nat64)
    }

    /// Value of a metric label.
    pub fn label(self) -> &'static str {
        match self {
            AddressClass::Loopback => "loopback",
            AddressClass::Private => "private",
            AddressClass::LinkLocal => "link-local",
            AddressClass::CarrierNat => "carrier-nat",
            AddressClass::Metadata => "metadata",
            AddressClass::Nat64 => "nat64",
            AddressClass::Tunnel => "tunnel",
            AddressClass::Unspecified => "unspecified",
            AddressClass::Multicast => "multicast",
            AddressClass::Reserved => "reserved",
        }
    }
}

impl fmt::Display for AddressClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

/// Returns what kind of non-public address `ip` is; `None` for a public one.
///
/// An IPv4 address mapped into IPv6 (`::ffff:a.b.c.d`) is judged as the IPv4 address.
pub fn class_of(ip: IpAddr) -> Option<AddressClass> {
    match ip.to_canonical() {
        IpAddr::V4(v4) => class_of_v4(v4),
        IpAddr::V6(v6) => class_of_v6(v6),
    }
}

fn class_of_v4(ip: Ipv4Addr) -> Option<AddressClass> {
    use AddressClass::{
        CarrierNat, LinkLocal, Loopback, Metadata, Multicast, Private, Reserved, Unspecified,
    };
    let class = match ip.octets() {
        // AWS, Azure, GCP and most others; ECS tasks; Alibaba; Azure's wire server.
        [169, 254, 169, 254] | [169, 254, 170, 2] | [100, 100, 100, 200] | [168, 63, 129, 16] => {
            Metadata
        }
        [127, ..] => Loopback,
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => Private,
        [169, 254, ..] => LinkLocal,
        [100, 64..=127, ..] => CarrierNat,
        [0, ..] => Unspecified,
        [224..=239, ..] | [255, 255, 255, 255] => Multicast,
        // IETF protocols, 6to4 relays, AS112, benchmarks, the three for documentation, class E.
        [192, 0, 0 | 2, _] | [192, 88, 99, _] | [192, 31, 196, _] | [192, 52, 193, _] => Reserved,
        [192, 175, 48, _] | [198, 18..=19, ..] => Reserved,
        [198, 51, 100, _] | [203, 0, 113, _] | [240..=255, ..] => Reserved,
        _ => return None,
    };
    Some(class)
}

fn class_of_v6(ip: Ipv6Addr) -> Option<AddressClass> {
    use AddressClass::{
        LinkLocal, Loopback, Metadata, Multicast, Nat64, Private, Reserved, Tunnel, Unspecified,
    };
    let class = match ip.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0] => Unspecified,
        [0, 0, 0, 0, 0, 0, 0, 1] => Loopback,
        [0, 0, 0, 0, 0, 0, _, _] => Tunnel,
        // The IPv6 twins of 169.254.169.254 at AWS and Google.
        [0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0x0254] | [0xfd20, 0x00ce, 0, 0, 0, 0, 0, 0x0254] => {
            Metadata
        }
        // 64:ff9b::/96 and the local-use 64:ff9b:1::/48.
        [0x0064, 0xff9b, ..] => Nat64,
        [0x2002, ..] | [0x2001, 0, ..] => Tunnel,
        [0xfc00..=0xfdff, ..] | [0xfec0..=0xfeff, ..] => Private,
        [0xfe80..=0xfebf, ..] => LinkLocal,
        [0xff00..=0xffff, ..] => Multicast,
        // The rest of 2001::/23 (IETF), documentation.
        [0x2001, 0..=0x01ff | 0x0db8, ..] | [0x3fff, 0..=0x0fff, ..] => Reserved,
        // Only 2000::/3 is given out (RFC 4291 §2.4); discard-only, segment routing, 6bone
        // and what has no owner yet lie outside or are named here.
        [0x3ffe, ..] => Reserved,
        [0x2000..=0x3fff, ..] => return None,
        _ => Reserved,
    };
    Some(class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_address_is_judged_as_the_table_says() {
        let table = include_str!("../../tests/data/net/addresses.txt");
        let mut cases = 0;
        for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (address, want) = line.split_once(' ').unwrap();
            let got = class_of(address.parse().unwrap()).map_or("public", AddressClass::label);
            assert_eq!(got, want.trim(), "address {address}");
            cases += 1;
        }
        assert!(cases >= 60, "the table lost cases: {cases}");
    }
}
