//! How a client behaves, and how it introduces itself.

use std::time::Duration;

/// How a client behaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientSettings {
    /// True where loopback, private and link-local addresses may be reached.
    pub allow_private: bool,
    /// Time until a connection must stand, name resolution and TLS included.
    pub connect_timeout: Duration,
    /// Time until the last byte of the answer.
    pub total_timeout: Duration,
    /// `User-Agent`; a polite one ends in a URL to complain at.
    pub user_agent: String,
    /// Most bytes of a body, after decompression.
    pub max_body: usize,
    /// Bytes a second below which, over ten seconds, an answer is given up.
    pub min_rate: u32,
    /// How long an idle connection is kept.
    pub idle_timeout: Duration,
    /// Idle connections kept for one host.
    pub idle_per_host: usize,
}

/// How the program introduces itself where nobody has set a `user_agent`: by name and version, and by
/// the address of the project, where its manifest has one, so that publishers can look it up.
fn introduction(project: &str) -> String {
    let name = concat!("talentwire/", env!("CARGO_PKG_VERSION"));
    if project.is_empty() { name.to_owned() } else { format!("{name} (+{project})") }
}

impl Default for ClientSettings {
    fn default() -> Self {
        Self {
            allow_private: false,
            connect_timeout: Duration::from_secs(5),
            total_timeout: Duration::from_secs(20),
            user_agent: introduction(env!("CARGO_PKG_REPOSITORY")),
            max_body: 15 * 1024 * 1024,
            min_rate: 1024,
            idle_timeout: Duration::from_secs(5),
            idle_per_host: 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_introduces_itself_with_the_address_of_the_project() {
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(introduction(""), format!("talentwire/{version}"));
        let said = introduction("https://example.org/talentwire");
        assert_eq!(said, format!("talentwire/{version} (+https://example.org/talentwire)"));
    }
}
