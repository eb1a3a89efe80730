//! Chinese names, and transliterated ones without a dot, between borders that the words around
//! them give.

use super::cue::{is_from, is_once, is_soft, left_cue, right_cue};
use super::people::{Finder, before_token};
use crate::extract::han::event::Frame;
use crate::extract::han::person::{Person, replace};
use crate::extract::han::token::{Kind, Token};
use crate::extract::han::words::Word;
use crate::extract::script::Script;
use crate::extract::text::Span;

/// A character of a run of Han, with the word that it is, where it is one.
pub(super) type Letter = (usize, char, Option<Word>);

/// Markers that a name may end in: before a verb they mark nothing.
const TAILS: [char; 3] = ['原', '时', '之'];

/// A run of Han that may hold names, and what stands around it.
pub(super) struct Run {
    pub(super) letters: Vec<Letter>,
    /// Where the run ends.
    end: usize,
    /// How strongly what stands before and after says that a name borders here.
    pub(super) left: i32,
    pub(super) right: i32,
    /// A trigger follows, or a word that only a verb has before it.
    told: bool,
    /// "来自 A" stands before: a name may follow 的.
    from: bool,
    /// A word for appointing stands before: "任命 X 为".
    appointed: bool,
    /// A name stands before: this may be the next of a list.
    listed: bool,
    /// A clause that begins with this run says that it leaves: only people do.
    leaves: bool,
    /// "Parts ways with A" follows.
    parts: bool,
    /// The run opens a clause.
    opens: bool,
    /// The run opens a clause that goes on with "in A", "formerly of A", "joins A".
    tied: bool,
}

impl Finder<'_> {
    /// Replaces the tokens of Chinese names by people.
    pub(super) fn han(&self, tokens: Vec<Token>, people: &mut Vec<Person>) -> Vec<Token> {
        let mut spans = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let len = tokens.iter().skip(at).take_while(|token| is_soft(token)).count();
            if let Some(run) = tokens.get(at..at + len).filter(|run| !run.is_empty()) {
                self.names_in(&self.run(run, &tokens, at), &mut spans, people);
            }
            at += len.max(1);
        }
        replace(tokens, &spans, |span| self.person(span, people))
    }

    /// The letters of the tokens of `run`, the first of which is number `at`.
    fn run(&self, run: &[Token], tokens: &[Token], at: usize) -> Run {
        let mut letters: Vec<Letter> = Vec::new();
        for token in run {
            let word = match token.kind {
                Kind::Word(word) => Some(word),
                _ => None,
            };
            let part = self.folded.get(token.span.start..token.span.end).unwrap_or("");
            letters.extend(part.char_indices().map(|(at, ch)| (token.span.start + at, ch, word)));
        }
        Run {
            letters,
            end: run.last().map_or(0, |token| token.span.end),
            left: before_token(tokens, at)
                .map_or(0, |token| left_cue(token.kind).max(self.also(token))),
            from: is_from(tokens, at) || is_once(self.folded, tokens, at),
            right: self.right(tokens, at + run.len()),
            appointed: before_token(tokens, at).is_some_and(|token| match token.kind {
                Kind::Trigger(index) => self.grammar.tongue.is_of(index, "appoint"),
                _ => false,
            }),
            listed: before_token(tokens, at).is_some_and(|token| token.kind.is_person()),
            leaves: self.begins(tokens, at, at + run.len()),
            opens: before_token(tokens, at)
                .is_none_or(|token| matches!(token.kind, Kind::Stop | Kind::Comma | Kind::Close)),
            tied: self.is_tied(tokens, at, at + run.len()),
            parts: tokens.get(at + run.len()).is_some_and(|next| next.kind.is_company())
                && matches!(tokens.get(at + run.len() + 1).map(|next| next.kind),
                    Some(Kind::Trigger(index)) if self.grammar.tongue.is_of(index, "part")),
            told: matches!(
                tokens.get(at + run.len()).map(|next| next.kind),
                Some(Kind::Trigger(_) | Kind::Word(Word::Aspect | Word::Announce | Word::Recent))
            ),
        }
    }

    /// "同行的还有 X": more of those who move.
    fn also(&self, token: Token) -> i32 {
        let head = self.folded.get(..token.span.end).unwrap_or("");
        let strong = ["成员", "之一"].iter().any(|end| head.ends_with(end));
        let also = ["的还有", "的包括", "近日还有"].iter().any(|end| head.ends_with(end));
        i32::from(strong) * 3 + i32::from(also) * 2
    }

    /// True for a clause that begins at `at` and goes on with "leaves", or "from A leaves".
    fn begins(&self, tokens: &[Token], at: usize, next: usize) -> bool {
        let border = |token: Token| matches!(token.kind, Kind::Stop | Kind::Comma);
        let own = |token: &&Token| {
            !matches!(
                token.kind,
                Kind::Word(Word::From | Word::And | Word::Aspect) | Kind::Company(_) | Kind::Space
            )
        };
        let first = tokens.iter().skip(next).take(5).find(own);
        let verb = first.map(|token| token.kind);
        // "不再担任", "辞去": a post, which only people have.
        let post = first.and_then(|token| self.folded.get(token.span.start..token.span.end));
        let post = post.is_some_and(|word| word.contains(['任', '职', '辞']));
        before_token(tokens, at).is_none_or(border)
            && !matches!(tokens.get(next).map(|token| token.kind), Some(Kind::Company(_)))
            && matches!(verb, Some(Kind::Trigger(index)) if post || self.grammar.is_personal(index))
    }

    /// True for what opens a clause about a house: "X 曾在 A", "X 原在 A", "X 加入 A".
    fn is_tied(&self, tokens: &[Token], at: usize, next: usize) -> bool {
        let border = |token: Token| matches!(token.kind, Kind::Stop | Kind::Comma | Kind::Close);
        let verb = match tokens.get(next).map(|token| token.kind) {
            Some(Kind::Trigger(trigger)) => self.grammar.tongue.frame(trigger) == Frame::Join,
            Some(Kind::Word(word)) => {
                use Word::{After, Aspect, Earlier, Former, From, Prep, Recap, Recent, Serve};
                matches!(
                    word,
                    After | Aspect | Earlier | Former | From | Prep | Recap | Recent | Serve
                )
            }
            Some(Kind::Month(_)) => true,
            _ => false,
        };
        let own = |token: &&Token| !matches!(token.kind, Kind::Comma | Kind::Stop);
        let near = tokens.iter().skip(next).take_while(own).take(5);
        before_token(tokens, at).is_none_or(border)
            && verb
            && near.skip(1).any(|token| token.kind.is_company())
    }

    fn names_in(&self, run: &Run, spans: &mut Vec<Span>, people: &[Person]) {
        let mut start = 0;
        let mut ended = None;
        let list = self.roster(run);
        if !list.is_empty() {
            spans.extend(list);
            return;
        }
        while start < run.letters.len() {
            // "X、Y 和 Z": the next of a list.
            let listed = run.listed || start.checked_sub(1) == ended && ended.is_some();
            let found = (2..=6).rev().find_map(|len| {
                // A name that the article has elsewhere, whatever it ends in.
                if let Some(span) = run.span(start, start + len)
                    && self.known.iter().any(|person| person.name == self.get(span))
                {
                    return Some((len, span));
                }
                let (name, span, cues) = run.part(start, start + len, listed)?;
                self.accepts(&name, span, cues, people).then_some((len, span))
            });
            match found {
                Some((len, span)) => {
                    spans.push(span);
                    start += len;
                    ended = Some(start);
                }
                None => start += 1,
            }
        }
    }

    fn accepts(
        &self,
        name: &str,
        span: Span,
        (left, right): (i32, i32),
        people: &[Person],
    ) -> bool {
        if self.full_name(self.get(span), people).is_some() {
            return true;
        }
        if self.known.iter().chain(people).any(|person| person.name == self.get(span)) {
            return true;
        }
        // A known person, in full or by a surname that is theirs alone.
        let written = self.get(span);
        let known = &self.grammar.tongue.people;
        let folded = || if written == name { None } else { known.latin(name) };
        if known.latin(written).or_else(folded).or_else(|| known.by_surname(name)).is_some() {
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
}

impl Run {
    /// The letters from `start` to `end`.
    pub(super) fn span(&self, start: usize, end: usize) -> Option<Span> {
        let first = self.letters.get(start)?.0;
        let close = match self.letters.get(end) {
            Some((at, ..)) => *at,
            None if end == self.letters.len() => self.end,
            None => return None,
        };
        Some(Span::new(first, close))
    }

    /// The letters from `start` to `end` where words or the borders of the run enclose them, with
    /// what the words before and after say of a name here.
    fn part(&self, start: usize, end: usize, listed: bool) -> Option<(String, Span, (i32, i32))> {
        let word = |at: usize| self.letters.get(at).and_then(|(_, _, word)| *word);
        let before = start.checked_sub(1);
        let opens = before.is_none_or(|before| word(before).is_some());
        let closes = end == self.letters.len() || word(end).is_some();
        let part = self.letters.get(start..end).filter(|_| opens && closes)?;
        // "周畅已从": a name does not end in a marker, save in one that cannot stand before a verb.
        let bare = end == self.letters.len() && self.told;
        let ends = |(_, ch, word): &Letter| word.is_none() || bare && TAILS.contains(ch);
        if !part.last().is_some_and(ends) {
            return None;
        }
        let cue = |word: Option<Word>, cue: fn(Kind) -> i32| word.map(|word| cue(Kind::Word(word)));
        let left = match before {
            None => self.left,
            Some(before) if listed && word(before) == Some(Word::And) => 2,
            Some(before) if self.from && word(before) == Some(Word::Of) => 2,
            Some(before) => cue(word(before), left_cue).unwrap_or(0),
        };
        let right = cue(word(end), right_cue).unwrap_or(self.right);
        // "X 原在 A 任职".
        let right = match self.letters.get(end) {
            Some((_, '原' | '在' | '从' | '由', _)) if start == 0 && end == 3 && self.opens => {
                right.max(1)
            }
            _ => right,
        };
        let to_be = self.letters.get(end).is_some_and(|(_, ch, _)| *ch == '为');
        let right = if self.appointed && start == 0 && to_be { 2 } else { right };
        let leaves = end + 1 == self.letters.len() && self.parts && word(end) == Some(Word::And);
        let right = if leaves { right + 2 } else { right };
        // "联合创始人 X、Y": a list behind a post.
        let rest = self.letters.get(end..).unwrap_or(&[]);
        let ends = rest.iter().all(|own| own.2 == Some(Word::Aspect));
        let whole = self.leaves && start == 0 && ends;
        let right = match part.len() {
            2 if whole => right + 2,
            3 if whole => right + 1,
            2 | 3 if start == 0 && end == self.letters.len() && self.tied => right.max(1) + 1,
            _ => right,
        };
        let list = left >= 3 || self.letters.get(end).is_some_and(|(_, ch, _)| *ch == '等');
        let right = right + i32::from(list && word(end) == Some(Word::And));
        let close = self.letters.get(end).map_or(self.end, |(at, _, _)| *at);
        let name = part.iter().map(|(_, ch, _)| *ch).collect();
        Some((name, Span::new(part.first()?.0, close), (left, right)))
    }
}
