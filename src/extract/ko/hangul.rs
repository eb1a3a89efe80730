//! Reads a Hangul word as a node: what it is, and its particle.

use super::ending::Form;
use super::node::Kind;
use super::number::{native_count, person_unit};
use super::particle::{Part, particle, split, split_name, splits};
use super::reader::Reader;
use super::token::Token;
use super::trigger::Act;
use super::words::Words;

/// Posts that 선임 stands before as a rank.
const SENIOR: &[&str] = &[
    "고문",
    "자문",
    "연구원",
    "과학자",
    "엔지니어",
    "디렉터",
    "매니저",
    "부사장",
    "변호사",
    "개발자",
    "애널리스트",
];

impl<'a> Reader<'a, '_> {
    /// Reads one word of Hangul.
    pub(super) fn hangul(&mut self, token: Token<'a>) {
        let words = self.words;
        let text = token.text;
        let behind = !token.spaced && self.out.last().is_some_and(|node| node.latin.is_some())
            || text.chars().count() == 1 && token.spaced && self.after_bracket();
        if behind && let (Some(part), Some(last)) = (particle(text), self.out.last_mut()) {
            last.part = part;
            return;
        }
        if let Some(count) = native_count(text)
            && let Some(unit) = self.tokens.get(self.at)
            && let Some(rest) = person_unit(unit.text)
        {
            self.at += 1;
            self.push(Kind::Count(count), token);
            if let Some(last) = self.out.last_mut() {
                last.part = particle(rest).unwrap_or_default();
            }
            return;
        }
        let given = self.out.last().is_some_and(|last| {
            last.kind == Kind::Word && words.is_given_name(last.word) && token.spaced
        });
        if words.is_given_name(text) || given && words.foreignness(split_name(text).0) >= 0.5 {
            let (stem, part) = if given { split_name(text) } else { (text, Part::None) };
            self.push_stem(Kind::Word, token, stem, part);
            return;
        }
        if self.role_or_trigger(token) || self.time_or_former(token) {
            return;
        }
        // "A 연구를 이끌던 인물이": somebody, but no post.
        if let "인물이" | "인물은" = text {
            let part = if text.ends_with('이') { Part::Subject } else { Part::Topic };
            self.push_stem(Kind::Role { plural: false }, token, "인물", part);
            return;
        }
        // "쿠팡행", "청와대행", which is no 대행
        let bound =
            text.strip_suffix('행').filter(|own| words.is("firm", own) || words.is("body", own));
        if let Some(own) = bound {
            self.push_stem(Kind::Word, token, own, Part::Bound);
            return;
        }
        if let Some((role, part, plural)) = role_in(words, text) {
            self.push_stem(Kind::Role { plural }, token, role, part);
            return;
        }
        // 런던 describes nothing.
        let place = words.is("ordinary", text);
        // 왕쯔한 is a name.
        let chinese = words.chinese_syllables(text).is_some_and(|strong| strong > 0);
        let described = words.ends("adnominal", text) && text.chars().count() >= 2;
        if !place && !chinese && described {
            self.push(Kind::Adnominal, token);
            return;
        }
        if words.ends("predicate", text) {
            self.push(Kind::Predicate, token);
            return;
        }
        // "구글 나와 창업": what one leaves is a company.
        let house = self.out.last().is_some_and(|last| {
            matches!(last.kind, Kind::Company { .. })
                && matches!(last.part, Part::None | Part::Object)
                // "A 초지능랩을 나와"
                || last.kind == Kind::Word
                    && last.part == Part::Object
                    && words.ends("unit", last.stem)
        });
        let leaves = match text {
            "나와" => Some("떠나"),
            "나왔다" => Some("떠났다"),
            "나온다" => Some("떠난다"),
            _ => None,
        };
        if let Some(trigger) = leaves.filter(|_| house).and_then(|verb| words.trigger(verb, None)) {
            self.push(Kind::Trigger(trigger), token);
            return;
        }
        // "메타 정책팀 행"
        if let ("행", Some(last)) = (text, self.out.last_mut())
            && last.part == Part::None
            && (matches!(last.kind, Kind::Company { .. }) || words.ends("unit", last.stem))
        {
            last.part = Part::Bound;
            return;
        }
        // "메타 품으로"
        if let "품으로" | "품에" = text {
            let part = if text.ends_with('로') { Part::To } else { Part::At };
            self.push_stem(Kind::Word, token, "품", part);
            return;
        }
        // "랩에", "팀을"
        let short = splits(text).skip(1).find(|(stem, _)| {
            stem.chars().count() == 1 && words.is("unit", stem) && !matches!(*stem, "직" | "측")
        });
        if let Some((stem, part)) = short {
            self.push_stem(Kind::Word, token, stem, part);
            return;
        }
        // 비전프로 has no particle.
        let whole = text.chars().count() > 2 && words.is("ordinary", text);
        let (stem, part) = if whole { (text, Part::None) } else { split(text) };
        self.push_stem(Kind::Word, token, stem, part);
    }

    /// A post, or a word that says "moved".
    fn role_or_trigger(&mut self, token: Token<'a>) -> bool {
        let (words, text) = (self.words, token.text);
        let before = self.out.last().map(|node| node.word);
        if words.is("role", text) {
            // 창업가 is no 창업 with a particle.
            self.push(Kind::Role { plural: false }, token);
            return true;
        }
        let member = self.tokens.get(self.at).is_some_and(|next| {
            ["멤버", "구성원", "주역", "초기"].iter().any(|head| next.text.starts_with(head))
        });
        // "선임 고문": the word describes the post behind it.
        let senior = text == "선임"
            && self
                .tokens
                .get(self.at)
                .is_some_and(|next| SENIOR.iter().any(|post| next.text.starts_with(post)));
        if senior {
            self.push(Kind::Role { plural: false }, token);
            return true;
        }
        if let Some(trigger) = words.trigger(text, before)
            && !(member && trigger.act == Act::Found && trigger.form == Form::Noun(Part::None))
        {
            // The first word of "사표를 냈다" is part of the trigger.
            let first = trigger.pair.then(|| self.out.pop()).flatten();
            self.push(Kind::Trigger(trigger), token);
            if let (Some(first), Some(last)) = (first, self.out.last_mut()) {
                last.span.start = first.span.start;
                last.spaced = first.spaced;
            }
            return true;
        }
        false
    }

    /// "두 달 전에", "전", "지난해".
    fn time_or_former(&mut self, token: Token<'a>) -> bool {
        let (words, text) = (self.words, token.text);
        if text == "전에"
            && self.out.last().is_some_and(|last| {
                ["달", "년", "개월"].iter().any(|unit| last.word.ends_with(unit))
            })
        {
            self.push(Kind::Past, token);
            return true;
        }
        // "올해 초에": long ago once spring has come.
        let early = matches!(text, "초" | "초에")
            && self.out.last().is_some_and(|last| matches!(last.word, "올해" | "올"))
            || matches!(text, "연초" | "연초에" | "올초");
        if early && self.date.month >= 5 {
            self.push(Kind::Past, token);
            return true;
        }
        if words.is("former", text) {
            // "두 달 전" is a time, "전 CTO" a person.
            let ago = self.out.last().is_some_and(|last| {
                text == "전"
                    && ["달", "년", "개월", "해", "주일", "반년"]
                        .iter()
                        .any(|unit| last.word.ends_with(unit))
            });
            self.push(if ago { Kind::Past } else { Kind::Former }, token);
            return true;
        }
        let past = splits(text).any(|(stem, _)| words.is("past", stem));
        if past {
            self.push(Kind::Past, token);
            return true;
        }
        false
    }
}

/// True where a Hangul word, however it is split, ends in a role; gives the role and its particle.
fn role_in<'a>(words: &Words, word: &'a str) -> Option<(&'a str, Part, bool)> {
    let particle = splits(word).find_map(|(stem, part)| {
        if words.is_role(stem) {
            return Some((stem, part, false));
        }
        let single = stem.strip_suffix("들").or_else(|| stem.strip_suffix('급'))?;
        words.is_role(single).then_some((single, part, true))
    });
    // "의장엔 X가"
    let short = || word.strip_suffix('엔').filter(|stem| words.is_role(stem));
    let particle = particle.or_else(|| short().map(|stem| (stem, Part::At, false)));
    // "주인공은 X 전 부사장입니다"
    particle.or_else(|| {
        let stem =
            ["입니다", "이었다", "였다", "다"].iter().find_map(|verb| word.strip_suffix(verb))?;
        words.is_role(stem).then_some((stem, Part::Other, false))
    })
}
