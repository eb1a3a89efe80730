//! Whether two roles may be those of one person.

/// True unless the two roles are those of different people.
pub(super) fn roles_agree(wanted: Option<&str>, have: Option<&str>) -> bool {
    let Some(have) = have.map(str::to_lowercase) else { return true };
    let wanted = wanted.map(str::to_lowercase).unwrap_or_default();
    let outsider = ["spokes", "analyst", "author", "editor", "reporter", "recruiter", "professor"];
    if outsider.iter().any(|role| have.contains(role)) {
        return false;
    }
    let heads = ["ceo", "chief executive", "chairman", "chairwoman"];
    let head = |role: &str| heads.iter().any(|head| role.contains(head));
    if head(&have) != head(&wanted) && !have.contains("former") {
        return false;
    }
    match (domain(&wanted), domain(&have)) {
        (Some(wanted), Some(have)) => wanted == have,
        _ => true,
    }
}

/// What a chief is chief of.
fn domain(role: &str) -> Option<usize> {
    const DOMAINS: &[&[&str]] = &[
        &["cfo", "financ"],
        &["cto", "technolog", "technical"],
        &["coo", "operati"],
        &["cpo", "product"],
        &["cmo", "marketing"],
        &["counsel", "legal", "lawyer", "clo"],
        &["people officer", "human resources", "hr chief", "chro"],
        &["ciso", "security"],
        &["revenue", "cro"],
        &["communications"],
        &["policy"],
    ];
    let words: Vec<&str> = role.split(|ch: char| !ch.is_alphanumeric()).collect();
    DOMAINS.iter().position(|words_of| {
        words_of.iter().any(|part| match part.len() {
            0..=4 => words.contains(part),
            _ => role.contains(part),
        })
    })
}
