//! What is known about names in general.

/// Parts that are no names: titles before, degrees and generations after.
pub(super) const TITLES: &[&str] =
    &["dr", "prof", "professor", "mr", "mrs", "ms", "sir", "dame", "lord", "lady"];
pub(super) const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv", "phd", "md"];

/// Small words inside a name that outlets write or leave out.
pub(super) const PARTICLES: &[&str] =
    &["van", "von", "de", "der", "den", "da", "di", "del", "la", "bin", "al", "el", "ter", "dos"];

/// Korean surnames: 이상호 is surname and given name, 발로네 a foreign surname.
pub(super) const KOREAN_SURNAMES: &[char] = &[
    '김', '이', '박', '최', '정', '강', '조', '윤', '장', '임', '한', '오', '서', '신', '권', '황',
    '안', '송', '전', '홍', '유', '류', '고', '문', '양', '손', '배', '백', '허', '남', '심', '노',
    '하', '곽', '성', '차', '주', '우', '구', '민', '나', '진', '지', '엄', '채', '원', '천', '방',
    '공', '현', '함', '변', '염', '여', '추', '도', '소', '석', '선', '설', '마', '길', '연', '위',
    '표', '명', '기', '반', '왕', '금', '옥', '육', '인', '맹', '제', '모', '탁', '은', '편', '용',
];
pub(super) const LONG_KOREAN_SURNAMES: &[&str] = &["남궁", "황보", "제갈", "선우", "독고", "사공"];

/// Korean surnames in Latin letters, the frequent ones.
pub(super) const ROMANISED_SURNAMES: &[&str] = &[
    "ahn", "an", "bae", "baek", "chang", "cho", "choe", "choi", "chung", "gwon", "ha", "han",
    "heo", "hong", "huh", "hwang", "im", "jang", "jeon", "jeong", "jo", "joo", "jung", "kang",
    "kim", "ko", "koh", "kwak", "kwon", "lee", "lim", "min", "moon", "nam", "noh", "oh", "park",
    "ryu", "seo", "shim", "shin", "sohn", "son", "song", "suh", "woo", "yang", "yi", "yoo", "yoon",
    "yu", "yun",
];

/// Short forms that stand for one given name.
const NICKNAMES: &[(&str, &str)] = &[
    ("abby", "abigail"),
    ("alex", "alexander"),
    ("andy", "andrew"),
    ("becky", "rebecca"),
    ("ben", "benjamin"),
    ("bill", "william"),
    ("billy", "william"),
    ("bob", "robert"),
    ("bobby", "robert"),
    ("charlie", "charles"),
    ("chris", "christopher"),
    ("dan", "daniel"),
    ("danny", "daniel"),
    ("dave", "david"),
    ("debbie", "deborah"),
    ("dima", "dmitry"),
    ("dmitri", "dmitry"),
    ("doug", "douglas"),
    ("ed", "edward"),
    ("eddie", "edward"),
    ("fred", "frederick"),
    ("gabe", "gabriel"),
    ("geoff", "geoffrey"),
    ("greg", "gregory"),
    ("jake", "jacob"),
    ("jeff", "jeffrey"),
    ("jen", "jennifer"),
    ("jenny", "jennifer"),
    ("jess", "jessica"),
    ("jim", "james"),
    ("jimmy", "james"),
    ("joe", "joseph"),
    ("johnny", "john"),
    ("jon", "jonathan"),
    ("josh", "joshua"),
    ("kate", "katherine"),
    ("kathy", "katherine"),
    ("katie", "katherine"),
    ("ken", "kenneth"),
    ("kenny", "kenneth"),
    ("larry", "lawrence"),
    ("liz", "elizabeth"),
    ("matt", "matthew"),
    ("max", "maximilian"),
    ("mike", "michael"),
    ("mikey", "michael"),
    ("misha", "mikhail"),
    ("nat", "nathaniel"),
    ("nate", "nathaniel"),
    ("nick", "nicholas"),
    ("nik", "nicholas"),
    ("nico", "nicholas"),
    ("pam", "pamela"),
    ("pete", "peter"),
    ("phil", "philip"),
    ("phillip", "philip"),
    ("rick", "richard"),
    ("rich", "richard"),
    ("rob", "robert"),
    ("ron", "ronald"),
    ("sam", "samuel"),
    ("sasha", "alexander"),
    ("steve", "steven"),
    ("stephen", "steven"),
    ("sue", "susan"),
    ("tim", "timothy"),
    ("tom", "thomas"),
    ("tommy", "thomas"),
    ("tony", "anthony"),
    ("vicky", "victoria"),
    ("vint", "vinton"),
    ("will", "william"),
    ("zach", "zachary"),
    ("zack", "zachary"),
    ("zac", "zachary"),
];

/// The given name that a short form stands for.
pub(super) fn long_form(given: &str) -> Option<&'static str> {
    NICKNAMES.iter().find(|(short, _)| *short == given).map(|(_, long)| *long)
}

/// Romanisations of Korean surnames that began with another letter once.
pub(super) fn romanised_surname(hangul: &str) -> Option<&'static [&'static str]> {
    Some(match hangul {
        "이" => &["lee", "yi", "rhee", "li", "ri"],
        "임" => &["lim", "im", "rim", "yim"],
        "노" => &["roh", "noh", "no", "ro"],
        "유" | "류" => &["yoo", "yu", "you", "ryu", "ryoo"],
        "박" => &["park", "pak", "bak"],
        _ => return None,
    })
}
