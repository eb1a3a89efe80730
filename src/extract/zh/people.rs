//! Finds the people of a Chinese text: transliterated names with a dot, names in Latin letters,
//! Chinese names between borders that the words around them give.

use super::Chinese;
use crate::extract::han::latin::{self, Look};
use crate::extract::han::person::{Person, full_name, replace};
use crate::extract::han::token::{Kind, Token};
use crate::extract::han::words::Word;
use crate::extract::script::Script;
use crate::extract::text::Span;

/// A text on the way from tokens to people.
pub(crate) struct Finder<'a> {
    pub(crate) grammar: &'a Chinese,
    /// The text as it is.
    pub(crate) text: &'a str,
    /// The text in simplified characters.
    pub(crate) folded: &'a str,
    /// People whom other parts of the article name in full.
    pub(crate) known: &'a [Person],
}

const DOTS: &[char] = &['·', '・', '‧', '•', '∙', '⋅', '･'];

impl Finder<'_> {
    /// Replaces the tokens of names by people.
    pub(crate) fn find(&self, tokens: Vec<Token>) -> (Vec<Token>, Vec<Person>) {
        let mut people = Vec::new();
        let tokens = self.dotted(tokens, &mut people);
        let tokens = self.latin(tokens, &mut people);
        let tokens = self.han(tokens, &mut people);
        (self.glosses(tokens, &mut people), people)
    }

    fn get(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or("")
    }

    fn person(&self, span: Span, people: &mut Vec<Person>) -> Kind {
        let name = self.get(span).to_owned();
        let full = self.full_name(&name, people);
        people.push(Person { name: full.unwrap_or(name), latin: None, span });
        Kind::Person(people.len() - 1)
    }

    /// The full name that `part` is a part of.
    fn full_name(&self, part: &str, people: &[Person]) -> Option<String> {
        full_name(part, people, self.known)
    }

    /// Names such as 约翰·舒尔曼.
    fn dotted(&self, tokens: Vec<Token>, people: &mut Vec<Person>) -> Vec<Token> {
        let chars: Vec<(usize, char)> = self.folded.char_indices().collect();
        if !chars.iter().any(|(_, ch)| DOTS.contains(ch) || *ch == '-') {
            return tokens;
        }
        let blocked = self.blocked(&tokens);
        let foreign = |index: usize| {
            chars.get(index).is_some_and(|(at, ch)| {
                self.grammar.names.is_foreign(*ch)
                    && !blocked.iter().any(|span| span.start <= *at && *at < span.end)
            })
        };
        let mut spans: Vec<Span> = Vec::new();
        let mut index = 0;
        while let Some((at, ch)) = chars.get(index).copied() {
            index += 1;
            if !DOTS.contains(&ch) && ch != '-' || spans.last().is_some_and(|span| at < span.end) {
                continue;
            }
            let Some((first, last)) = around(&chars, index - 1, &foreign) else { continue };
            let start = chars.get(first).map_or(0, |(at, _)| *at);
            let end = chars.get(last + 1).map_or(self.text.len(), |(at, _)| *at);
            let end = self.mixed_tail(end);
            if !self.institution_follows(end) {
                spans.push(Span::new(start, end));
            }
        }
        replace(tokens, &spans, |span| self.person(span, people))
    }

    /// Takes in " (Tino) Cuéllar" behind a transliterated given name.
    fn mixed_tail(&self, end: usize) -> usize {
        let tail = || {
            let rest = self.text.get(end..)?.trim_start();
            let inner = rest.strip_prefix('(')?;
            let (nick, rest) = inner.split_once(')')?;
            let surname = rest.trim_start();
            let first = surname.chars().next()?;
            let len =
                surname.find(|ch: char| !ch.is_alphabetic() && ch != '-').unwrap_or(surname.len());
            let word = surname.get(..len)?;
            let han = word.chars().any(|ch| Script::of(ch) != Script::Latin);
            let (single, cut) = (
                !nick.contains(' ') && nick.is_ascii(),
                word.find(|ch| Script::of(ch) != Script::Latin),
            );
            let len = if han { cut? } else { len };
            (single && first.is_uppercase() && len > 1)
                .then(|| self.text.len() - surname.len() + len)
        };
        tail().unwrap_or(end)
    }

    /// True where an organisation is named after the person: 卡内基·梅隆大学.
    fn institution_follows(&self, end: usize) -> bool {
        let rest = self.folded.get(end..).unwrap_or("");
        ["大学", "学院", "基金", "研究", "奖", "公司", "国际", "中心", "银行", "实验室"]
            .iter()
            .any(|word| rest.starts_with(word))
    }

    /// Companies and words of more than one character.
    fn blocked(&self, tokens: &[Token]) -> Vec<Span> {
        let long = |token: &&Token| match token.kind {
            Kind::Company(_) => true,
            Kind::Trigger(_) | Kind::Word(_) => token.span.end - token.span.start > 3,
            _ => false,
        };
        tokens.iter().filter(long).map(|token| token.span).collect()
    }

    /// Names in Latin letters.
    fn latin(&self, tokens: Vec<Token>, people: &mut Vec<Person>) -> Vec<Token> {
        let mut spans = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let Some((span, next, look)) = latin::run(self.text, &tokens, at) else {
                at += 1;
                continue;
            };
            if self.is_latin_name(&tokens, at, next, span, look, people) {
                spans.push(span);
            }
            at = next;
        }
        replace(tokens, &spans, |span| self.person(span, people))
    }

    fn is_latin_name(
        &self,
        tokens: &[Token],
        at: usize,
        next: usize,
        span: Span,
        look: Look,
        people: &[Person],
    ) -> bool {
        let before = before(tokens, at);
        let after = after(tokens, next);
        let role = matches!(before, Some(Kind::Word(Word::Role | Word::Bystander)));
        let firm = matches!(
            after,
            Some(Kind::Word(Word::Team | Word::Firm | Word::Institution | Word::Alliance))
        );
        if firm && look != Look::Full {
            return false;
        }
        if self.known.iter().any(|person| person.name == self.get(span)) {
            return true;
        }
        match look {
            Look::Full => !firm,
            Look::Single => {
                role || self.is_of_company(tokens, at, after)
                    || self.full_name(self.get(span), people).is_some()
            }
            Look::Doubtful => role || self.leaves(tokens, next),
            Look::None => false,
        }
    }

    /// "谷歌的 Jumper 表示".
    fn is_of_company(&self, tokens: &[Token], at: usize, after: Option<Kind>) -> bool {
        let before = before(tokens, at) == Some(Kind::Word(Word::Of));
        before
            && matches!(after, Some(Kind::Word(Word::Speech | Word::Announce) | Kind::Trigger(_)))
    }

    /// True where the next words say that someone leaves: only people do.
    fn leaves(&self, tokens: &[Token], next: usize) -> bool {
        let mut near = tokens.iter().skip(next).filter(|token| token.kind != Kind::Space).take(4);
        near.find_map(|token| match token.kind {
            Kind::Trigger(index) => Some(self.grammar.is_personal(index)),
            Kind::Word(
                Word::Aspect
                | Word::Announce
                | Word::Recent
                | Word::Hedge
                | Word::From
                | Word::Prep,
            ) => None,
            Kind::Company(_) => None,
            _ => Some(false),
        })
        .unwrap_or(false)
    }

    /// Chinese names, and transliterated ones without a dot.
    fn han(&self, tokens: Vec<Token>, people: &mut Vec<Person>) -> Vec<Token> {
        let mut spans = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let len = tokens.iter().skip(at).take_while(|token| is_soft(token)).count();
            if len > 0
                && let Some(run) = tokens.get(at..at + len)
            {
                self.names_in(
                    run,
                    before_token(&tokens, at),
                    &tokens,
                    at + len,
                    &mut spans,
                    people,
                );
            }
            at += len.max(1);
        }
        replace(tokens, &spans, |span| self.person(span, people))
    }

    fn names_in(
        &self,
        run: &[Token],
        left: Option<Token>,
        tokens: &[Token],
        next: usize,
        spans: &mut Vec<Span>,
        people: &[Person],
    ) {
        // Characters of the run; each with the word it is, where it is one.
        let mut chars: Vec<(usize, char, Option<Word>)> = Vec::new();
        for token in run {
            let word = match token.kind {
                Kind::Word(word) => Some(word),
                _ => None,
            };
            let part = self.folded.get(token.span.start..token.span.end).unwrap_or("");
            chars.extend(part.char_indices().map(|(at, ch)| (token.span.start + at, ch, word)));
        }
        let mut start = 0;
        while start < chars.len() {
            let border =
                start == 0 || chars.get(start - 1).is_some_and(|(_, _, word)| word.is_some());
            let found = (2..=6).rev().filter(|_| border).find_map(|len| {
                let end = start + len;
                let closes =
                    end == chars.len() || chars.get(end).is_some_and(|(_, _, word)| word.is_some());
                let part = chars.get(start..end).filter(|_| closes)?;
                // "周畅已从": a name does not end in a marker.
                if part.last().is_some_and(|(_, _, word)| word.is_some()) {
                    return None;
                }
                let name: String = part.iter().map(|(_, ch, _)| *ch).collect();
                let left = match start {
                    0 => left.map_or(0, |token| left_cue(token.kind)),
                    _ => chars
                        .get(start - 1)
                        .and_then(|(_, _, word)| *word)
                        .map_or(0, |word| left_cue(Kind::Word(word))),
                };
                let right = match chars.get(end).and_then(|(_, _, word)| *word) {
                    Some(word) => right_cue(Kind::Word(word)),
                    None => self.right(tokens, next),
                };
                let bytes = Span::new(
                    part.first()?.0,
                    chars.get(end).map_or_else(|| run.last().map_or(0, |t| t.span.end), |c| c.0),
                );
                self.accepts(&name, bytes, left, right, people).then_some((len, bytes))
            });
            match found {
                Some((len, span)) => {
                    spans.push(span);
                    start += len;
                }
                None => start += 1,
            }
        }
    }

    fn accepts(&self, name: &str, span: Span, left: i32, right: i32, people: &[Person]) -> bool {
        if self.full_name(self.get(span), people).is_some() {
            return true;
        }
        if self.known.iter().chain(people).any(|person| person.name == self.get(span)) {
            return true;
        }
        // A known person, in full or by a surname that is theirs alone.
        let written = self.get(span);
        let known = &self.grammar.people;
        if known.latin(written).or(known.latin(name)).or(known.by_surname(name)).is_some() {
            return true;
        }
        let foreign =
            name.chars().all(|ch| self.grammar.names.is_foreign(ch)) && name.chars().count() >= 3;
        if foreign && left >= 3 && right >= 1 {
            return true;
        }
        self.grammar.names.fit(name).is_some_and(|fit| fit + left + right >= 2)
    }

    fn right(&self, tokens: &[Token], next: usize) -> i32 {
        let Some(token) = tokens.get(next) else { return 0 };
        let (token, next) = match token.kind {
            Kind::Space => match tokens.get(next + 1) {
                Some(token) => (token, next + 1),
                None => return 0,
            },
            _ => (token, next),
        };
        if token.kind == Kind::Open {
            let latin = tokens.get(next + 1).is_some_and(|token| {
                matches!(token.kind, Kind::Text(Script::Latin) | Kind::Person(_))
            });
            return if latin { 3 } else { 0 };
        }
        right_cue(token.kind)
    }

    /// Joins "翁荔 (Lilian Weng)" and drops what else stands in brackets.
    fn glosses(&self, tokens: Vec<Token>, people: &mut [Person]) -> Vec<Token> {
        let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
        let mut at = 0;
        while let Some(token) = tokens.get(at).copied() {
            let close = match token.kind {
                Kind::Open => {
                    tokens.iter().skip(at).take(24).position(|other| other.kind == Kind::Close)
                }
                _ if self.get(token.span) == "《" => {
                    tokens.iter().skip(at).take(24).position(|other| self.get(other.span) == "》")
                }
                _ => None,
            };
            let Some(len) = close else {
                kept.push(token);
                at += 1;
                continue;
            };
            let inside = tokens.get(at + 1..at + len).unwrap_or(&[]);
            let holder =
                kept.iter().rev().find(|token| token.kind != Kind::Space).map(|token| token.kind);
            if let (Some(Kind::Person(holder)), Some(first), Some(last)) =
                (holder, inside.first(), inside.last())
                && let Some(person) = people.get_mut(holder)
            {
                let gloss = self.get(Span::new(first.span.start, last.span.end));
                let latin = gloss.chars().all(|ch| {
                    Script::of(ch) == Script::Latin || matches!(ch, ' ' | '.' | '-' | '\'')
                });
                person.latin = latin.then(|| gloss.to_owned());
            }
            at += len + 1;
        }
        kept
    }
}

/// The first and last character of the name around the dot at `dot`.
fn around(
    chars: &[(usize, char)],
    dot: usize,
    foreign: &dyn Fn(usize) -> bool,
) -> Option<(usize, usize)> {
    let is = |index: usize, want: char| chars.get(index).is_some_and(|(_, ch)| *ch == want);
    let mut left = dot;
    if left > 1 && is(left - 1, ' ') && foreign(left - 2) {
        left -= 1;
    }
    let mut first = left;
    while first > 0 && left - first < 7 && foreign(first - 1) {
        first -= 1;
    }
    let mut last = dot;
    let mut cursor = dot;
    loop {
        let start =
            if is(cursor + 1, ' ') && foreign(cursor + 2) { cursor + 2 } else { cursor + 1 };
        let len = (start..start + 8).take_while(|index| foreign(*index)).count();
        if len == 0 {
            break;
        }
        last = start + len - 1;
        let next = if is(last + 1, ' ') { last + 2 } else { last + 1 };
        match chars.get(next) {
            Some((_, ch)) if DOTS.contains(ch) || *ch == '-' => cursor = next,
            _ => break,
        }
    }
    let plain = chars.get(dot).is_some_and(|(_, ch)| *ch == '-');
    let long = !plain || left - first >= 2 && last > dot + 1;
    (first < left && last > dot && long).then_some((first, last))
}

/// A run of Han that no rule knows, or a word of one character, which may be part of a name.
fn is_soft(token: &Token) -> bool {
    let short = token.span.end - token.span.start == 3;
    match token.kind {
        Kind::Text(Script::Han) => true,
        Kind::Word(word) => short && !matches!(word, Word::Role | Word::Staff),
        _ => false,
    }
}

fn before_token(tokens: &[Token], at: usize) -> Option<Token> {
    tokens
        .get(..at)?
        .iter()
        .rev()
        .find(|token| token.kind != Kind::Space && token.kind != Kind::Sign)
        .copied()
}

fn before(tokens: &[Token], at: usize) -> Option<Kind> {
    before_token(tokens, at).map(|token| token.kind)
}

fn after(tokens: &[Token], at: usize) -> Option<Kind> {
    tokens.get(at..)?.iter().find(|token| token.kind != Kind::Space).map(|token| token.kind)
}

/// How strongly what stands before says that a name begins.
fn left_cue(kind: Kind) -> i32 {
    match kind {
        Kind::Word(Word::Role | Word::Bystander) => 3,
        Kind::Trigger(_)
        | Kind::Word(Word::Take | Word::Staff)
        | Kind::Company(_)
        | Kind::Person(_) => 1,
        _ => 0,
    }
}

/// How strongly what follows says that a name ended.
fn right_cue(kind: Kind) -> i32 {
    match kind {
        Kind::Word(Word::Honorific) => 2,
        Kind::Trigger(_)
        | Kind::Word(Word::Aspect | Word::Announce | Word::Passive | Word::Role | Word::Serve) => 1,
        Kind::Word(Word::Verb | Word::From | Word::Recent | Word::Speech) => 1,
        _ => 0,
    }
}
