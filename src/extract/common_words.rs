//! The commonest words of languages in Latin script.

/// Common short words of languages in Latin script that have no grammar here; none of them is
/// common in English.
pub(super) const FOREIGN: &[(&str, &[&str])] = &[
    (
        "de",
        &[
            "der",
            "die",
            "das",
            "und",
            "ist",
            "nicht",
            "mit",
            "von",
            "für",
            "auf",
            "ein",
            "eine",
            "sich",
            "den",
            "im",
            "zu",
            "wird",
            "wechselt",
            "verlässt",
            "zum",
            "über",
            "nach",
            "bei",
            "dem",
            "als",
        ],
    ),
    (
        "fr",
        &[
            "le", "la", "les", "des", "du", "est", "une", "dans", "pour", "que", "qui", "sur",
            "avec", "pas", "aux", "et", "au", "rejoint", "quitte", "chez", "son", "ses", "un",
        ],
    ),
    (
        "es",
        &[
            "el", "los", "las", "del", "que", "una", "por", "con", "para", "es", "su", "como",
            "más", "se", "al", "lo", "deja", "ficha", "y", "un", "la",
        ],
    ),
    (
        "pt",
        &[
            "o", "os", "que", "uma", "por", "com", "para", "do", "da", "dos", "das", "na", "no",
            "em", "não", "mais", "ao", "e", "deixa", "um",
        ],
    ),
    (
        "it",
        &[
            "il", "lo", "gli", "che", "di", "della", "del", "per", "con", "una", "non", "sono",
            "nel", "alla", "dei", "lascia", "e", "la", "un",
        ],
    ),
    (
        "nl",
        &[
            "het", "een", "van", "en", "niet", "voor", "met", "op", "zijn", "dat", "naar", "bij",
            "wordt", "verlaat", "de",
        ],
    ),
    (
        "sv",
        &[
            "och", "att", "det", "som", "för", "på", "är", "av", "med", "till", "lämnar", "inte",
            "ett",
        ],
    ),
    ("id", &["yang", "dan", "di", "untuk", "dari", "dengan", "ini", "itu", "ke", "pada", "akan"]),
    ("tr", &["ve", "bir", "bu", "için", "ile", "da", "olarak", "çok"]),
    ("vi", &["và", "của", "là", "cho", "các", "một", "người", "được", "không"]),
    ("pl", &["nie", "się", "jest", "na", "że", "do", "w", "z", "i", "dla"]),
];

/// Common words of English.
pub(super) const ENGLISH: &[&str] = &[
    "the", "of", "to", "and", "is", "in", "for", "on", "with", "as", "at", "by", "from", "its",
    "his", "her", "are", "was", "has", "have", "after", "that", "this", "who", "will", "new", "it",
    "a", "an", "be", "their", "over", "into", "not", "but", "how", "why", "what", "joins", "join",
    "leaves", "leaving", "joining", "hires", "former", "up", "out", "about", "more", "says", "you",
    "i", "we", "your",
];
