//! The names of months and time zones that feeds write.

/// Beginnings of month names, in lower case. A longer one stands before a shorter one.
#[rustfmt::skip]
pub(crate) const MONTHS: &[(&str, u32)] = &[
    // English, and what most of Europe shares with it
    ("jan", 1), ("feb", 2), ("fev", 2), ("fév", 2), ("mars", 3), ("mar", 3), ("mär", 3),
    ("mrt", 3), ("maa", 3), ("apr", 4), ("avr", 4), ("abr", 4), ("may", 5), ("mai", 5), ("maj", 5),
    ("mei", 5), ("maggio", 5), ("mag", 5), ("mayo", 5), ("jun", 6), ("juin", 6), ("juil", 7),
    ("jul", 7), ("aug", 8), ("août", 8), ("aou", 8), ("aoû", 8), ("ago", 8), ("agu", 8),
    ("sep", 9), ("set", 9), ("oct", 10), ("okt", 10), ("out", 10), ("ott", 10), ("nov", 11),
    ("dec", 12), ("dez", 12), ("déc", 12), ("dic", 12), ("des", 12),
    // Spanish, Italian, Portuguese
    ("ene", 1), ("gen", 1), ("giu", 6), ("lug", 7),
    // Turkish
    ("oca", 1), ("şub", 2), ("sub", 2), ("nis", 4), ("haz", 6), ("tem", 7), ("ağu", 8), ("eyl", 9),
    ("eki", 10), ("kas", 11), ("ara", 12),
    // Polish, Czech
    ("sty", 1), ("lut", 2), ("kwi", 4), ("cze", 6), ("lip", 7), ("sie", 8), ("wrz", 9),
    ("paź", 10), ("paz", 10), ("lis", 11), ("gru", 12), ("led", 1), ("úno", 2), ("bře", 3),
    ("dub", 4), ("kvě", 5), ("červenec", 7), ("čvc", 7), ("červ", 6), ("čer", 6), ("srp", 8),
    ("zář", 9), ("říj", 10), ("pro", 12),
    // Russian, Ukrainian
    ("янв", 1), ("фев", 2), ("мар", 3), ("апр", 4), ("мая", 5), ("май", 5), ("июн", 6), ("июл", 7),
    ("авг", 8), ("сен", 9), ("окт", 10), ("ноя", 11), ("дек", 12), ("січ", 1), ("лют", 2),
    ("бер", 3), ("кві", 4), ("тра", 5), ("чер", 6), ("лип", 7), ("сер", 8), ("вер", 9),
    ("жов", 10), ("лис", 11), ("гру", 12),
    // Greek
    ("ιαν", 1), ("ιάν", 1), ("φεβ", 2), ("μάρ", 3), ("μαρ", 3), ("απρ", 4), ("μάι", 5), ("μαΐ", 5),
    ("μαι", 5), ("ιούν", 6), ("ιουν", 6), ("ιούλ", 7), ("ιουλ", 7), ("αύγ", 8), ("αυγ", 8),
    ("σεπ", 9), ("οκτ", 10), ("νοέ", 11), ("νοε", 11), ("δεκ", 12),
    // Hungarian, Finnish, Indonesian
    ("ápr", 4), ("már", 3), ("máj", 5), ("jún", 6), ("júl", 7), ("sze", 9), ("tam", 1), ("hel", 2),
    ("huh", 4), ("tou", 5), ("kes", 6), ("hei", 7), ("elo", 8), ("syy", 9), ("lok", 10),
    ("mare", 3),
    // Vietnamese and Arabic write numbers mostly
    ("يناير", 1), ("فبراير", 2), ("مارس", 3), ("أبريل", 4), ("ابريل", 4), ("مايو", 5),
    ("يونيو", 6), ("يوليو", 7), ("أغسطس", 8), ("سبتمبر", 9), ("أكتوبر", 10), ("نوفمبر", 11),
    ("ديسمبر", 12),
];
/// Names of time zones, in minutes east of Greenwich.
#[rustfmt::skip]
pub(crate) const ZONES: &[(&str, i64)] = &[
    ("z", 0), ("ut", 0), ("utc", 0), ("gmt", 0), ("wet", 0), ("bst", 60), ("ist", 330),
    ("west", 60), ("cet", 60), ("met", 60), ("mez", 60), ("cest", 120), ("mest", 120),
    ("mesz", 120), ("eet", 120), ("eest", 180), ("msk", 180), ("msd", 240), ("gst", 240),
    ("pkt", 300), ("npt", 345), ("ict", 420), ("wib", 420), ("wita", 480), ("sgt", 480),
    ("hkt", 480), ("pht", 480), ("awst", 480), ("kst", 540), ("jst", 540), ("wit", 540),
    ("acst", 570), ("aest", 600), ("acdt", 630), ("aedt", 660), ("nzst", 720), ("nzdt", 780),
    ("sast", 120), ("trt", 180), ("brt", -180), ("art", -180), ("nst", -210), ("ndt", -150),
    ("ast", -240), ("adt", -180), ("edt", -240), ("est", -300), ("et", -300), ("cdt", -300),
    ("cst", -360), ("ct", -360), ("mdt", -360), ("mst", -420), ("mt", -420), ("pdt", -420),
    ("pst", -480), ("pt", -480), ("akdt", -480), ("akst", -540), ("hst", -600),
];
