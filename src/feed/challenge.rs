//! Recognises pages that a bot guard puts before a feed, so that the cause can be named.

use reqwest::header::HeaderMap;

/// Who stands before the feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Guard {
    /// Cloudflare challenge or block.
    Cloudflare,
    /// Akamai.
    Akamai,
    /// Imperva Incapsula.
    Imperva,
    /// DataDome.
    DataDome,
    /// AWS WAF.
    AwsWaf,
    /// Vercel.
    Vercel,
    /// PerimeterX, now HUMAN.
    PerimeterX,
    /// Anubis, a proof of work.
    Anubis,
}

impl Guard {
    /// The name that people know it by.
    pub fn label(self) -> &'static str {
        match self {
            Guard::Cloudflare => "Cloudflare",
            Guard::Akamai => "Akamai",
            Guard::Imperva => "Imperva",
            Guard::DataDome => "DataDome",
            Guard::AwsWaf => "AWS WAF",
            Guard::Vercel => "Vercel",
            Guard::PerimeterX => "PerimeterX",
            Guard::Anubis => "Anubis",
        }
    }
}

/// How much of a body is looked at.
const HEAD: usize = 16 * 1024;

/// Words in the page of a guard that no feed has.
const PAGES: [(&str, Guard); 10] = [
    ("/cdn-cgi/challenge-platform/", Guard::Cloudflare),
    ("<title>Just a moment...</title>", Guard::Cloudflare),
    ("Attention Required! | Cloudflare", Guard::Cloudflare),
    ("_Incapsula_Resource", Guard::Imperva),
    ("geo.captcha-delivery.com", Guard::DataDome),
    ("awswaf.com", Guard::AwsWaf),
    ("errors.edgesuite.net", Guard::Akamai),
    ("Vercel Security Checkpoint", Guard::Vercel),
    ("px-captcha", Guard::PerimeterX),
    ("Making sure you&#39;re not a bot!", Guard::Anubis),
];

/// Returns the guard that sent this answer; `None` where it is an ordinary one.
pub(crate) fn guard_of(headers: &HeaderMap, body: &[u8]) -> Option<Guard> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if header("cf-mitigated").is_some() {
        return Some(Guard::Cloudflare);
    }
    if header("x-vercel-mitigated").is_some() {
        return Some(Guard::Vercel);
    }
    if header("x-amzn-waf-action").is_some() {
        return Some(Guard::AwsWaf);
    }
    if header("x-datadome").is_some_and(|value| value != "protected") {
        return Some(Guard::DataDome);
    }
    let head = body.get(..HEAD.min(body.len())).unwrap_or(body);
    PAGES
        .iter()
        .find(|(words, _)| memchr::memmem::find(head, words.as_bytes()).is_some())
        .map(|(_, guard)| *guard)
}
