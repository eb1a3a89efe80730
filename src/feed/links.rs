//! Links: absolute, without what only counts visitors, and comparable.

use url::Url;

/// How often a link is looked at again; more white space than that is hostile.
const ROUNDS: usize = 4;

/// Query parameters that count visitors and change nothing else, in lower case.
#[rustfmt::skip]
const TRACKING: &[&str] = &[
    "_branch_match_id", "_branch_referrer", "_bta_c", "_bta_tid", "_ga", "_gl", "_hsenc", "_hsmi",
    "_kx", "_ke", "_openstat", "_trkparms", "__hsfp", "__hssc", "__hstc", "__s",
    "__twitter_impression", "action_object_map", "action_ref_map", "action_type_map", "adobe_mc",
    "adobe_mc_ref", "algo_expid", "algo_pvid", "at_campaign", "at_medium", "cmpid", "campaign_id",
    "campid", "cm_mmc", "cvid", "dclid", "dm_i", "ef_id", "email_source", "epik", "fb_action_ids",
    "fb_action_types", "fb_ref", "fb_source", "fbclid", "ftag", "gbraid", "gclid", "gclsrc",
    "gs_l", "guccounter", "guce_referrer", "guce_referrer_sig", "hmb_campaign", "hmb_medium",
    "hmb_source", "hsctatracking", "icid", "ict", "igshid", "irclickid", "irgwc", "itm_campaign",
    "itm_content", "itm_medium", "itm_source", "mbid", "mc_cid", "mc_eid", "mkcid", "mkevt",
    "mkrid", "mkt_tok", "ml_subscriber", "ml_subscriber_hash", "mkwid", "msclkid", "ncid",
    "nr_email_referer", "ns_campaign", "ns_fee", "ns_linkname", "ns_mchannel", "ns_source",
    "oft_c", "oft_ck", "oft_d", "oft_id", "oft_k", "oft_lk", "oft_sk", "oly_anon_id", "oly_enc_id",
    "otc", "partnerref", "pk_campaign", "pk_keyword", "pk_kwd", "pk_medium", "pk_source",
    "rb_clickid", "ref_src", "ref_url", "referrer_source", "s_cid", "s_kwcid", "sc_campaign",
    "sc_channel", "sc_cid", "sc_content", "sc_medium", "sc_outcome", "share_source", "smid",
    "smtyp", "soc_src", "soc_trk", "spm", "sr_share", "srsltid", "ss_email_id", "sscid", "syclid",
    "trk_contact", "trk_module", "trk_msg", "trk_sid", "ttclid", "twclid", "tw_source",
    "tw_campaign", "vero_conv", "vero_id", "vgo_ee", "wbraid", "wickedid", "wt_mc", "wt.mc_id",
    "xtor", "yclid", "ymclid", "ysclid", "zanpid",
];
/// Beginnings of such parameters.
const TRACKING_PREFIXES: &[&str] = &[
    "utm_",
    "mtm_",
    "matomo_",
    "piwik_",
    "hsa_",
    "stm_",
    "vero_",
    "__hs",
    "ga_campaign",
    "ga_source",
    "ga_medium",
];
/// Hosts whose links lead elsewhere and differ for the same article.
const WRAPPERS: &[&str] = &[
    "news.google.com",
    "news.url.google.com",
    "feedproxy.google.com",
    "feeds.feedburner.com",
    "rss.feedsportal.com",
    "t.co",
    "lnkd.in",
    "bit.ly",
];

/// Returns `link` resolved against `base`; none where that makes no sense.
pub fn resolve(base: &str, link: &str) -> Option<String> {
    let link = link.trim();
    if has_scheme(link) {
        return Some(link.to_owned());
    }
    let base = Url::parse(base.trim()).ok()?;
    base.join(link).ok().map(String::from)
}

/// Returns `link` resolved against `base`, or as it is where it cannot be.
pub(crate) fn absolute(base: &str, link: &str) -> String {
    let link: String = link.trim().chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')).collect();
    resolve(base, &link).unwrap_or(link)
}

/// True for an absolute `http` or `https` link.
pub fn is_web(link: &str) -> bool {
    let scheme = link.trim().split_once("://").map(|(scheme, rest)| (scheme, !rest.is_empty()));
    scheme.is_some_and(|(scheme, rest)| {
        rest && ["http", "https"].iter().any(|s| scheme.eq_ignore_ascii_case(s))
    })
}

fn has_scheme(link: &str) -> bool {
    let scheme = link.split_once(':').map(|(scheme, _)| scheme).unwrap_or_default();
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// The parts of a web link that matter here.
struct Parts<'a> {
    scheme: String,
    authority: String,
    path: &'a str,
    query: Option<&'a str>,
    fragment: Option<&'a str>,
}

fn parts(link: &str) -> Option<Parts<'_>> {
    let (scheme, rest) = link.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    if scheme != "http" && scheme != "https" {
        return None;
    }
    let (rest, fragment) = match rest.split_once('#') {
        Some((rest, fragment)) => (rest, Some(fragment)),
        None => (rest, None),
    };
    let (rest, query) = match rest.split_once('?') {
        Some((rest, query)) => (rest, Some(query)),
        None => (rest, None),
    };
    let split = rest.find('/').unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(split)?;
    let (user, host) = match authority.rsplit_once('@') {
        Some((user, host)) => (Some(user), host),
        None => (None, authority),
    };
    let default = if scheme == "http" { ":80" } else { ":443" };
    let host = host.to_lowercase();
    let host = host.trim_end_matches(default);
    let authority = user.map_or_else(|| host.to_owned(), |user| format!("{user}@{host}"));
    Some(Parts { scheme, authority, path, query, fragment })
}

/// Returns a link with lower-case scheme and host, no default port, no tracking parameters.
///
/// Everything else stays as the feed wrote it, a fragment that names a place included, because
/// change logs link to places. Normalising twice changes nothing more.
pub fn normalise(link: &str) -> String {
    let mut last = std::borrow::Cow::Borrowed(link);
    // White space before a part that is dropped comes to stand at the end: hence again.
    for _ in 0..=ROUNDS {
        let next = normalise_once(&last);
        if next == *last {
            return next;
        }
        last = next.into();
    }
    last.into_owned()
}

fn normalise_once(link: &str) -> String {
    let link = link.trim();
    let Some(parts) = parts(link) else { return link.to_owned() };
    let mut out = format!("{}://{}{}", parts.scheme, parts.authority, parts.path);
    let query: Vec<&str> = kept(parts.query).collect();
    if !query.is_empty() {
        out.push('?');
        out.push_str(&query.join("&"));
    }
    if let Some(fragment) = parts.fragment.filter(|fragment| !is_tracking_fragment(fragment)) {
        out.push('#');
        out.push_str(fragment);
    }
    out
}

/// Returns what two links to one article have in common: no scheme, `www.`, fragment, final slash;
/// parameters in order. None for a link that identifies nothing.
pub fn comparison_key(link: &str) -> Option<String> {
    let link = normalise(link);
    let parts = parts(&link)?;
    let host = parts.authority.strip_prefix("www.").unwrap_or(&parts.authority);
    let mut query: Vec<&str> = kept(parts.query).collect();
    query.sort_unstable();
    let path = parts.path.trim_end_matches('/');
    if path.is_empty() && query.is_empty() && parts.fragment.is_none_or(str::is_empty) {
        return None;
    }
    let mark = if query.is_empty() { "" } else { "?" };
    Some(format!("{host}{path}{mark}{}", query.join("&")))
}

/// Returns the key by which articles of different feeds are the same story; none for a home page
/// and for wrapper links, such as Google News', that differ for one and the same article.
pub fn story_key(link: &str) -> Option<String> {
    if is_wrapper(link) { None } else { comparison_key(link) }
}

/// True for links of services that wrap an outlet's own link.
pub fn is_wrapper(link: &str) -> bool {
    parts(link.trim()).is_some_and(|parts| WRAPPERS.contains(&parts.authority.as_str()))
}

fn kept(query: Option<&str>) -> impl Iterator<Item = &str> {
    query
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.trim().is_empty() && !is_tracking(pair.trim()))
}

fn is_tracking(pair: &str) -> bool {
    let name =
        pair.split('=').next().unwrap_or(pair).trim_start_matches("amp;").to_ascii_lowercase();
    TRACKING.contains(&name.as_str())
        || TRACKING_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

fn is_tracking_fragment(fragment: &str) -> bool {
    let name = fragment.split(['=', '-']).next().unwrap_or(fragment).to_ascii_lowercase();
    fragment.is_empty()
        || name == "xtor"
        || fragment.to_ascii_lowercase().starts_with("utm_")
        || matches!(fragment.to_ascii_lowercase().as_str(), "ref=rss" | "from=rss" | "rss")
}
