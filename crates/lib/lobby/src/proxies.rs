//! Whom a request comes from, when there are proxies in between.
//!
//! Anybody can write anything into a header. What a proxy of ours writes stands at the end of it, so it is read from the
//! end: as long as an address is one of our proxies, it is believed what that one said of whom it had the request from.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use http::HeaderMap;
use http::header::{FORWARDED, HeaderName};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// A network, such as `10.0.0.0/8` or a single address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    length: u8,
}

/// A text that is no network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("give a network such as 10.0.0.0/8 or 2001:db8::/32, or one address")]
pub struct NetworkError;

impl FromStr for Network {
    type Err = NetworkError;

    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(length)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| NetworkError)?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let length = length.map_or(Ok(most), str::parse).map_err(|_| NetworkError)?;
        (length <= most)
            .then_some(Self { address, length })
            .ok_or(NetworkError)
    }
}

impl Network {
    fn has(&self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(ours), IpAddr::V4(theirs)) => {
                let beyond = 32 - u32::from(self.length);
                let start = |address: Ipv4Addr| address.to_bits().checked_shr(beyond).unwrap_or(0);
                start(ours) == start(theirs)
            }
            (IpAddr::V6(ours), IpAddr::V6(theirs)) => {
                let beyond = 128 - u32::from(self.length);
                let start = |address: Ipv6Addr| address.to_bits().checked_shr(beyond).unwrap_or(0);
                start(ours) == start(theirs)
            }
            _ => false,
        }
    }
}

/// In which header proxies say whom they had a request from. Only one is read: what the others hold was never looked at
/// by the proxy, and is whatever the sender wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProxyHeader {
    /// `X-Forwarded-For`.
    #[default]
    XForwardedFor,
    /// `Forwarded` (RFC 7239).
    Forwarded,
}

/// The proxies that are believed.
#[derive(Clone, Debug, Default)]
pub struct Proxies {
    /// Where they are.
    pub networks: Vec<Network>,
    /// In which header they say it.
    pub header: ProxyHeader,
}

impl Proxies {
    /// Whom a request comes from that came over a connection from `peer`.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        if !self.are_trusted(client) {
            return client;
        }
        for said in self.said(headers).iter().rev() {
            // Who is not named by an address is not known any further than this.
            let Some(address) = said.as_deref().and_then(address) else {
                return client;
            };
            client = address;
            if !self.are_trusted(client) {
                return client;
            }
        }
        client
    }

    fn are_trusted(&self, address: IpAddr) -> bool {
        self.networks.iter().any(|network| network.has(address))
    }

    /// What was said, hop by hop; the last proxy's word is the last. Nothing stands for what cannot be read.
    fn said(&self, headers: &HeaderMap) -> Vec<Option<String>> {
        let name = match self.header {
            ProxyHeader::XForwardedFor => X_FORWARDED_FOR,
            ProxyHeader::Forwarded => FORWARDED,
        };
        let mut said = Vec::new();
        for line in headers.get_all(name) {
            let Ok(line) = line.to_str() else {
                said.push(None);
                continue;
            };
            for hop in line.split(',') {
                said.push(match self.header {
                    ProxyHeader::XForwardedFor => Some(hop.trim().to_owned()),
                    ProxyHeader::Forwarded => named(hop),
                });
            }
        }
        said
    }
}

/// The `for` of a hop of `Forwarded`.
fn named(hop: &str) -> Option<String> {
    let mut parts = hop.split(';').filter_map(|part| part.split_once('='));
    let (_, name) = parts.find(|(key, _)| key.trim().eq_ignore_ascii_case("for"))?;
    Some(name.trim().trim_matches('"').to_owned())
}

/// An address, with a port or without, in brackets or not.
fn address(text: &str) -> Option<IpAddr> {
    let bracketed = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let parsed = match bracketed {
        Some((inside, _)) => inside.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
        None => text.parse().ok().or_else(|| {
            let (address, _) = text.split_once(':')?;
            address.parse::<Ipv4Addr>().ok().map(IpAddr::V4)
        }),
    };
    parsed.map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxies(header: ProxyHeader) -> Proxies {
        let networks = ["10.0.0.0/8", "2001:db8:1::/48", "192.0.2.7"];
        Proxies {
            networks: networks.map(|network| network.parse().unwrap()).into(),
            header,
        }
    }

    fn client(proxies: &Proxies, peer: &str, lines: &[(&'static str, &'static str)]) -> String {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, value.parse().unwrap());
        }
        proxies.client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn nobody_is_believed_who_is_no_proxy() {
        let ours = proxies(ProxyHeader::XForwardedFor);
        for peer in ["203.0.113.9", "192.0.2.8", "11.0.0.1", "2001:db8:2::1"] {
            assert_eq!(client(&ours, peer, &[("x-forwarded-for", "198.51.100.1")]), peer);
        }
        let none = Proxies::default();
        assert_eq!(
            client(&none, "10.0.0.1", &[("x-forwarded-for", "198.51.100.1")]),
            "10.0.0.1"
        );
    }

    #[test]
    fn the_last_address_that_is_no_proxy_is_the_clients() {
        let ours = proxies(ProxyHeader::XForwardedFor);
        let cases = [
            (vec!["198.51.100.1"], "198.51.100.1"),
            // What the sender wrote stands before what the proxy wrote.
            (vec!["127.0.0.1, 198.51.100.1"], "198.51.100.1"),
            (vec!["10.9.9.9, 198.51.100.1"], "198.51.100.1"),
            (vec!["198.51.100.1, 10.0.0.2"], "198.51.100.1"),
            (
                vec!["127.0.0.1", "198.51.100.1", "10.0.0.2, 192.0.2.7"],
                "198.51.100.1",
            ),
            (vec!["198.51.100.1:4711"], "198.51.100.1"),
            (vec!["[2001:db8:9::1]:4711"], "2001:db8:9::1"),
            (vec!["2001:db8:9::1"], "2001:db8:9::1"),
            (vec!["::ffff:198.51.100.1"], "198.51.100.1"),
            (vec!["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
            // What cannot be read hides what stands before it, and nobody else is named.
            (vec!["198.51.100.1, unknown"], "10.0.0.1"),
            (vec!["198.51.100.1, , 10.0.0.2"], "10.0.0.2"),
            (vec![""], "10.0.0.1"),
            (vec![], "10.0.0.1"),
        ];
        for (lines, expected) in cases {
            let lines: Vec<_> = lines.into_iter().map(|line| ("x-forwarded-for", line)).collect();
            assert_eq!(client(&ours, "10.0.0.1", &lines), expected, "{lines:?}");
        }
        assert_eq!(
            client(&ours, "::ffff:10.0.0.1", &[("x-forwarded-for", "198.51.100.1")]),
            "198.51.100.1"
        );
    }

    #[test]
    fn the_other_header_is_whatever_the_sender_wrote() {
        let both = [
            ("forwarded", "for=198.51.100.1"),
            ("x-forwarded-for", "203.0.113.9"),
        ];
        let usual = proxies(ProxyHeader::XForwardedFor);
        assert_eq!(client(&usual, "10.0.0.1", &both), "203.0.113.9");
        let standard = proxies(ProxyHeader::Forwarded);
        assert_eq!(client(&standard, "10.0.0.1", &both), "198.51.100.1");
        assert_eq!(client(&standard, "10.0.0.1", &both[1..]), "10.0.0.1");
    }

    #[test]
    fn the_standard_header_is_read_in_all_its_forms() {
        let ours = proxies(ProxyHeader::Forwarded);
        let cases = [
            ("for=198.51.100.1;proto=https;by=10.0.0.1", "198.51.100.1"),
            ("proto=https; For=\"198.51.100.1:4711\"", "198.51.100.1"),
            (
                "for=127.0.0.1, for=\"[2001:db8:9::1]:4711\", for=10.0.0.2",
                "2001:db8:9::1",
            ),
            ("for=198.51.100.1, for=_hidden", "10.0.0.1"),
            ("for=198.51.100.1, proto=https", "10.0.0.1"),
        ];
        for (line, expected) in cases {
            assert_eq!(
                client(&ours, "10.0.0.1", &[("forwarded", line)]),
                expected,
                "{line}"
            );
        }
    }

    #[test]
    fn networks_are_read_strictly() {
        for wrong in [
            "",
            "10.0.0.0/33",
            "2001:db8::/129",
            "10.0.0/8",
            "10.0.0.0/",
            "10.0.0.0/-1",
            "host",
        ] {
            assert_eq!(wrong.parse::<Network>(), Err(NetworkError), "{wrong}");
        }
        let all: Network = "0.0.0.0/0".parse().unwrap();
        assert!(all.has("198.51.100.1".parse().unwrap()));
        assert!(!all.has("::1".parse().unwrap()));
        let odd: Network = "192.0.2.128/25".parse().unwrap();
        assert!(odd.has("192.0.2.200".parse().unwrap()) && !odd.has("192.0.2.100".parse().unwrap()));
    }
}
