//! Finds the people of a Japanese text: foreign names in katakana, names in Latin letters, names
//! in kanji, by title, by post and by name model.

use super::Japanese;
use crate::extract::han::event::Frame;
use crate::extract::han::gloss;
use crate::extract::han::latin::{self, Look};
use crate::extract::han::person::{Person, full_name, replace};
use crate::extract::han::token::{Kind, Token};
use crate::extract::han::words::Word;
use crate::extract::script::Script;
use crate::extract::text::Span;

/// A text on the way from tokens to people.
pub(super) struct Finder<'a> {
    pub(super) grammar: &'a Japanese,
    pub(super) text: &'a str,
    /// People whom other parts of the article name in full.
    pub(super) known: &'a [Person],
}

/// The same between the parts of one name.
const DOTS_OF_NAMES: [char; 6] = ['・', '·', '=', '＝', '゠', '-'];

const DOTS: &[&str] = &["・", "·", "=", "＝", "゠", "-"];

impl Finder<'_> {
    /// Replaces the tokens of names, with the titles behind them, by people.
    pub(super) fn find(&self, tokens: Vec<Token>) -> (Vec<Token>, Vec<Person>) {
        let mut people = Vec::new();
        let tokens = self.pass(tokens, &mut people, |own, tokens, at, _| own.katakana(tokens, at));
        let tokens = self.pass(tokens, &mut people, Self::latin);
        let tokens = self.pass(tokens, &mut people, Self::short);
        let title = |token: &Token| token.kind == Kind::Word(Word::Honorific);
        let tokens = tokens.into_iter().filter(|token| !title(token)).collect();
        (gloss::drop_glosses(self.text, tokens, &mut people), people)
    }

    fn pass(
        &self,
        tokens: Vec<Token>,
        people: &mut Vec<Person>,
        find: impl Fn(&Self, &[Token], usize, &[Person]) -> (usize, Option<Span>),
    ) -> Vec<Token> {
        let mut spans = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let (next, span) = find(self, &tokens, at, people);
            spans.extend(span);
            at = next.max(at + 1);
        }
        replace(tokens, &spans, |span| {
            let name = self.get(span).to_owned();
            let full = self.full_name(&name, people);
            people.push(Person { name: full.unwrap_or(name), latin: None, span });
            Kind::Person(people.len() - 1)
        })
    }

    /// The full name that `part` is a part of: of a name in kanji the beginning.
    pub(super) fn full_name(&self, part: &str, people: &[Person]) -> Option<String> {
        let han = |text: &str| text.chars().all(|ch| Script::of(ch) == Script::Han);
        let whole = |person: &&Person| {
            let rest = person.name.strip_prefix(part).map_or(0, |rest| rest.chars().count());
            (1..=3).contains(&rest) && han(&person.name)
        };
        let kanji = || {
            let surname = han(part) && part.chars().count() >= 2;
            let all = || people.iter().rev().chain(self.known).find(whole);
            surname.then(all).flatten().map(|person| person.name.clone())
        };
        full_name(part, people, self.known).or_else(kanji)
    }

    pub(super) fn get(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or("")
    }

    pub(super) fn kind(&self, tokens: &[Token], at: usize) -> Option<Kind> {
        tokens.get(at).map(|token| token.kind)
    }

    /// ジョン・シュルマン.
    fn katakana(&self, tokens: &[Token], at: usize) -> (usize, Option<Span>) {
        let kana = |at: usize| self.is_kana(tokens, at);
        let Some(first) = tokens.get(at).filter(|_| kana(at)) else { return (at + 1, None) };
        let mut next = at + 1;
        let mut parts = 1;
        let mut end = first.span.end;
        while tokens.get(next).is_some_and(|dot| DOTS.contains(&self.get(dot.span))) {
            // An initial may stand between: ダリオ・J・アモデイ.
            let initial = tokens.get(next + 1).is_some_and(|token| {
                self.get(token.span).len() <= 2 && token.kind == Kind::Text(Script::Latin)
            });
            if !kana(next + 1) && !initial {
                break;
            }
            end = tokens.get(next + 1).map_or(end, |token| token.span.end);
            parts += 1;
            next += 2;
        }
        let span = Span::new(first.span.start, end);
        if !(2..=4).contains(&parts) {
            return (next, None);
        }
        let known = self.grammar.tongue.people.latin(self.get(span)).is_some();
        let given = known || self.grammar.names.is_given(self.get(first.span));
        let titled = self.is_titled(tokens, next);
        let role = self.follows_role(tokens, at) || self.follows_house(tokens, at, span);
        let body =
            matches!(
                self.kind(tokens, next),
                Some(Kind::Word(Word::Institution | Word::Alliance | Word::Firm))
            ) || tokens.get(next).is_some_and(|token| self.get(token.span).starts_with('社'));
        let leaves = || at == 0 && self.leaves(tokens, next);
        let acts = || !self.is_house(span) && (self.acts(tokens, next) || leaves());
        (next, (titled || !body && (given || role || acts())).then_some(span))
    }

    /// A word in katakana; a word of the lexicon only beside a dot: トム・リード.
    fn is_kana(&self, tokens: &[Token], at: usize) -> bool {
        let dot = |at: usize| tokens.get(at).is_some_and(|dot| DOTS.contains(&self.get(dot.span)));
        match self.kind(tokens, at) {
            Some(Kind::Text(Script::Katakana)) => true,
            Some(Kind::Word(_)) => {
                let word = tokens.get(at).map_or("", |token| self.get(token.span));
                let own = word.chars().all(|ch| Script::of(ch) == Script::Katakana);
                let behind = at.checked_sub(1).is_some_and(dot);
                own && behind && !dot(at + 1)
            }
            _ => false,
        }
    }

    /// True for a name with a part that companies and products have, and people have not.
    fn is_house(&self, span: Span) -> bool {
        let parts = self.grammar.tongue.lexicon.list("house_part");
        let mut own = self.get(span).split(DOTS_OF_NAMES);
        own.any(|part| parts.iter().any(|word| word == part))
    }

    /// "アヴィ・ヴェルマは ... に復帰した": the subject, or the first of a list, of a statement that
    /// tells a move; "を": one whom somebody hires.
    fn acts(&self, tokens: &[Token], next: usize) -> bool {
        let text = |at: usize| tokens.get(at).map_or("", |token| self.get(token.span));
        let kana = |at: usize| self.kind(tokens, at) == Some(Kind::Text(Script::Katakana));
        let and = matches!(self.kind(tokens, next), Some(Kind::Word(Word::And) | Kind::Comma));
        let listed = and && kana(next + 1) && DOTS.contains(&text(next + 2));
        let particle = text(next).chars().next().unwrap_or(' ');
        let statement = tokens.iter().skip(next).take_while(|token| token.kind != Kind::Stop);
        let frames = || {
            statement.filter_map(|token| match token.kind {
                Kind::Trigger(trigger) => Some(self.grammar.tongue.frame(trigger)),
                _ => None,
            })
        };
        let moves =
            |frame| matches!(frame, Frame::Leave | Frame::Quit | Frame::Join | Frame::Enlist);
        let hires = |frame| matches!(frame, Frame::Hire | Frame::Fire);
        match particle {
            'は' | 'が' | 'も' | 'ら' => frames().any(moves),
            'を' => frames().next().is_some_and(hires),
            _ => listed && frames().any(moves),
        }
    }

    /// "ジョン・ウォード、A を退社": a comma, and only a verb of leaving behind it.
    fn leaves(&self, tokens: &[Token], next: usize) -> bool {
        let mut frames = tokens.iter().skip(next).filter_map(|token| match token.kind {
            Kind::Trigger(trigger) => Some(self.grammar.tongue.frame(trigger)),
            _ => None,
        });
        self.kind(tokens, next) == Some(Kind::Comma)
            && matches!(frames.next(), Some(Frame::Leave | Frame::Quit))
    }

    /// True where 氏, さん or a post follows.
    pub(super) fn is_titled(&self, tokens: &[Token], next: usize) -> bool {
        match tokens.get(next) {
            Some(token) if token.kind == Kind::Space => {
                matches!(self.kind(tokens, next + 1), Some(Kind::Word(Word::Honorific)))
            }
            Some(token) => match token.kind {
                Kind::Word(Word::Honorific) => true,
                Kind::Word(Word::Role) => true,
                // "研究担当副社長": a post of several words.
                Kind::Text(Script::Han | Script::Latin | Script::Katakana)
                | Kind::Word(Word::Verb) => self.heads_post(tokens, next),
                // Brackets with the name in Latin letters.
                Kind::Open => matches!(
                    self.kind(tokens, next + 1),
                    Some(Kind::Text(Script::Latin) | Kind::Person(_))
                ),
                _ => false,
            },
            None => false,
        }
    }

    /// "研究担当副社長", "AI担当役員": words up to 担当 and a post.
    pub(super) fn heads_post(&self, tokens: &[Token], next: usize) -> bool {
        let near = tokens.iter().enumerate().skip(next).take(4);
        let charge = near
            .map(|(at, _)| at)
            .find(|at| tokens.get(*at).is_some_and(|token| self.get(token.span).ends_with("担当")));
        charge.is_some_and(|at| {
            let word = |kind| {
                matches!(kind, Kind::Text(Script::Han | Script::Latin | Script::Katakana))
                    || kind == Kind::Word(Word::Verb)
            };
            tokens.iter().skip(next).take(at - next).all(|token| word(token.kind))
                && self.kind(tokens, at + 1) == Some(Kind::Word(Word::Role))
        })
    }

    /// True where a post stands right before: "共同創業者のジョン", "CEO ジョン".
    pub(super) fn follows_role(&self, tokens: &[Token], at: usize) -> bool {
        let mut before = tokens
            .get(..at)
            .unwrap_or(&[])
            .iter()
            .rev()
            .filter(|token| token.kind != Kind::Space && token.kind != Kind::Sign);
        match before.next().map(|token| token.kind) {
            Some(Kind::Word(Word::Role)) => true,
            Some(Kind::Word(Word::Of)) => {
                matches!(before.next().map(|token| token.kind), Some(Kind::Word(Word::Role)))
            }
            _ => false,
        }
    }

    /// "元 A の X": X worked there.
    pub(super) fn follows_house(&self, tokens: &[Token], at: usize, span: Span) -> bool {
        let of = at.checked_sub(1).and_then(|of| self.kind(tokens, of));
        let house = at.checked_sub(2).and_then(|house| self.kind(tokens, house));
        let former = at.checked_sub(3).and_then(|former| self.kind(tokens, former));
        let name = |kind: Kind| {
            kind.is_company() || matches!(kind, Kind::Text(Script::Latin | Script::Katakana))
        };
        let once = of == Some(Kind::Word(Word::Of))
            && house.is_some_and(name)
            && former == Some(Kind::Word(Word::Former));
        // "A 出身の X".
        let born = house.is_some_and(Kind::is_company) && of == Some(Kind::Word(Word::Former));
        (once || born) && !self.is_house(span)
    }

    /// "Jiahui Yu、Shuchao Bi": a name stands before or behind in a list.
    fn is_listed(&self, tokens: &[Token], at: usize, next: usize) -> bool {
        let comma = |at: usize| matches!(self.kind(tokens, at), Some(Kind::Comma));
        let full = |found: Option<(Span, usize, Look)>| {
            found.is_some_and(|(_, _, look)| look == Look::Full)
        };
        let behind = comma(next) && full(latin::run(self.text, tokens, next + 1));
        let last = at.checked_sub(1).filter(|before| comma(*before));
        let start = last.and_then(|last| {
            (0..last).rev().take(6).find(|own| {
                self.kind(tokens, *own) != Some(Kind::Text(Script::Latin))
                    && self.kind(tokens, *own) != Some(Kind::Space)
            })
        });
        behind
            || last.is_some() && full(latin::run(self.text, tokens, start.map_or(0, |own| own + 1)))
    }

    fn latin(&self, tokens: &[Token], at: usize, people: &[Person]) -> (usize, Option<Span>) {
        let Some((span, next, look)) = latin::run(self.text, tokens, at) else {
            return (at + 1, None);
        };
        let honorific = matches!(self.kind(tokens, next), Some(Kind::Word(Word::Honorific)))
            || self.kind(tokens, next) == Some(Kind::Space)
                && matches!(self.kind(tokens, next + 1), Some(Kind::Word(Word::Honorific)));
        let team =
            matches!(
                self.kind(tokens, next),
                Some(Kind::Word(Word::Team | Word::Firm | Word::Institution | Word::Alliance))
            ) || tokens.get(next).is_some_and(|token| self.get(token.span).starts_with('社'));
        let role = self.follows_role(tokens, at);
        let alias = full_name(self.get(span), people, self.known).is_some()
            || self.known.iter().any(|person| person.name == self.get(span));
        let named = match look {
            Look::Full => !team,
            Look::Single => {
                honorific || alias && !team || role && !team && self.is_titled(tokens, next)
            }
            Look::Doubtful => {
                honorific || !team && (alias || role || self.is_listed(tokens, at, next))
            }
            Look::None => honorific,
        };
        (next, named.then_some(span))
    }
}
