//! Name resolution that drops every address that may not be reached.

use std::error::Error;
use std::fmt;
use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::AddressClass;
use super::address::class_of;

/// Every address of a name was refused.
#[derive(Debug)]
pub(super) struct Refused(pub(super) AddressClass);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "refused {} address", self.0)
    }
}

impl Error for Refused {}

/// Resolves through the system and filters the result.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guarded {
    pub(super) allow_private: bool,
}

impl Guarded {
    /// Returns the class for which `ip` is refused.
    pub(super) fn refused(self, ip: std::net::IpAddr) -> Option<AddressClass> {
        class_of(ip).filter(|class| !(self.allow_private && class.opened_by_allow_private()))
    }

    /// Keeps the addresses that may be reached; refuses where none is left.
    fn filter(self, found: impl Iterator<Item = SocketAddr>) -> Result<Vec<SocketAddr>, Refused> {
        let mut refused = None;
        let kept: Vec<SocketAddr> = found
            .filter(|address| match self.refused(address.ip()) {
                Some(class) => {
                    refused = Some(class);
                    false
                }
                None => true,
            })
            .collect();
        match refused {
            Some(class) if kept.is_empty() => Err(Refused(class)),
            _ => Ok(kept),
        }
    }
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = *self;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let kept = guard.filter(found)?;
            Ok(Box::new(kept.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_name_with_a_public_and_a_private_address_only_the_public_one_is_used() {
        let found: Vec<SocketAddr> =
            vec!["10.0.0.1:0".parse().unwrap(), "8.8.4.4:0".parse().unwrap()];
        let kept = Guarded { allow_private: false }.filter(found.into_iter()).unwrap();
        assert_eq!(kept, ["8.8.4.4:0".parse().unwrap()]);
    }

    #[test]
    fn metadata_addresses_stay_closed_when_private_networks_are_allowed() {
        let guard = Guarded { allow_private: true };
        assert_eq!(guard.refused("169.254.169.254".parse().unwrap()), Some(AddressClass::Metadata));
        assert_eq!(guard.refused("127.0.0.1".parse().unwrap()), None);
    }
}
