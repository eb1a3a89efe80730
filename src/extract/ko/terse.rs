//! Whether a headline without a verb may tell a move: cheap tests before it is read.

use super::Korean;
use super::token;
use crate::extract::company::CompanyMention;
use crate::extract::lexicon::Lexicon;

/// What may stand between a comma and the house where somebody now has a post.
const LIGHT: &[&str] = &["", "이번엔", "이번에는", "이제", "이제는", "새", "새로운"];

/// Where somebody goes next.
const NEXT: &[&str] = &["행선지", "둥지", "직장", "종착지", "품"];

impl Korean {
    /// False for a title that can tell nothing where the article holds no trigger: it needs a word to
    /// tell it with, or a trigger that a company's name hides.
    pub(super) fn is_verbless(&self, title: &str, companies: &[CompanyMention]) -> bool {
        let read = Title { grammar: self, title, companies };
        self.words.has_hint(title)
            || read.leads_somewhere()
            || read.is_bound()
            || read.ends_in_house()
            || read.ends_in_post()
            || read.names_new_post()
            || read.works_elsewhere()
            || read.hides_trigger()
    }
}

struct Title<'a> {
    grammar: &'a Korean,
    title: &'a str,
    companies: &'a [CompanyMention],
}

impl<'a> Title<'a> {
    fn before(&self, at: usize) -> &'a str {
        self.title.get(..at).unwrap_or("")
    }

    fn behind(&self, at: usize) -> &'a str {
        self.title.get(at..).unwrap_or("")
    }

    /// True where a company is named in the last word of the first `end` bytes, or right before it.
    fn names_company(&self, end: usize) -> bool {
        let run = self.before(end).trim_end_matches(token::is_hangul).len();
        self.companies.iter().any(|one| one.span.start < end && one.span.end >= run)
    }

    /// "X, B로", "X를 최고책임자로": a house or a post with this particle.
    fn leads_somewhere(&self) -> bool {
        self.title.match_indices('로').any(|(at, own)| {
            let behind = self.behind(at + own.len());
            let behind = behind.strip_prefix(['는', '도']).unwrap_or(behind);
            let ends = !behind.starts_with(token::is_hangul);
            let head = self.before(at);
            let head = head.strip_suffix('으').unwrap_or(head);
            ends && (head.ends_with(')')
                || self.names_company(head.len())
                || token::last(head).is_some_and(|word| self.is_place(word)))
        })
    }

    /// A post, a house or a part of one, or how many people.
    fn is_place(&self, word: &str) -> bool {
        let words = &self.grammar.words;
        let single = word.strip_suffix(['들', '급']).unwrap_or(word);
        words.is_role(word)
            || words.is_role(single)
            || words.ends("unit", word)
            || words.is("firm", word)
            || words.is("body", word)
            || super::headline::is_campus(word)
            || word.ends_with(['명', '인'])
            || NEXT.contains(&word)
    }

    /// "X, 오픈AI행", "X, 쿠팡행"
    fn is_bound(&self) -> bool {
        let words = &self.grammar.words;
        self.title.match_indices('행').any(|(at, _)| {
            let head = self.before(at);
            let known = |word: &str| words.is("firm", word) || words.is("body", word);
            !head.ends_with(token::is_hangul)
                || self.names_company(at)
                || token::last(head).is_some_and(known)
        })
    }

    /// "X, B 로봇팀에"
    fn ends_in_house(&self) -> bool {
        let house = self.title.trim_end().strip_suffix('에');
        house.and_then(token::last).is_some_and(|word| self.is_place(word))
    }

    /// "X, 이번엔 B 법인장"
    fn ends_in_post(&self) -> bool {
        let new = |one: &CompanyMention| {
            let before = self.before(one.span.start).rsplit_once(',');
            before.is_some_and(|(_, light)| LIGHT.contains(&light.trim()))
        };
        let post =
            |head: &str| token::last(head).is_some_and(|last| self.grammar.words.is_role(last));
        self.companies.iter().any(new)
            && (post(self.title)
                || self.title.match_indices('…').any(|(at, _)| post(self.before(at))))
    }

    /// "B의 첫 지휘관은 X"
    fn names_new_post(&self) -> bool {
        let new = ["새", "첫", "신임", "초대", "차기"].iter().any(|new| self.title.contains(new));
        new && self.title.split(|ch| !token::is_hangul(ch)).any(|word| {
            let post = word.strip_suffix(['은', '는', '도']);
            post.is_some_and(|post| self.grammar.words.is_role(post))
        })
    }

    /// "X A 공동창업자, B서 코딩에 전념한다"
    fn works_elsewhere(&self) -> bool {
        self.companies.iter().any(|one| {
            let behind = self.behind(one.span.end);
            let works = behind.starts_with('서') || behind.starts_with("에서");
            works && self.before(one.span.start).trim_end().ends_with(',')
        })
    }

    /// "오픈AI퇴사": true where a word is a trigger once the companies are cut off.
    fn hides_trigger(&self) -> bool {
        self.companies.iter().enumerate().any(|(at, one)| {
            let next = self.companies.get(at + 1).map_or(self.title.len(), |next| next.span.start);
            let own = |word: &str, before: Option<&str>| {
                !word.is_empty() && self.grammar.words.trigger(word, before).is_some()
            };
            let name = self.title.get(one.span.start..one.span.end);
            let cut = token::hangul(self.title.get(one.span.end..next).unwrap_or(""));
            let before = self.before(one.span.start);
            let start = before.trim_end_matches(token::is_hangul).len();
            let (head, word) = before.split_at_checked(start).unwrap_or_default();
            own(cut, name) || own(word, token::last(head))
        })
    }
}

/// Words that headlines without a verb are told with: "신임 CTO에 X", "후임 X", "X, 새 직장은 B".
pub(super) fn hints(lexicon: &Lexicon) -> Vec<String> {
    let bare = [
        "行",
        "후임",
        "직장",
        "종착지",
        "이사회에",
        "이사진에",
        "사외이사",
        "후보에",
        "번째 직원",
        "출신도",
        "충원",
        "에게",
        "→",
    ]
    .map(str::to_owned);
    let posts = lexicon.list("role").iter().map(|role| format!("{role}에"));
    // "새 CTO는 X"
    let new =
        "CEO는 CTO는 CFO는 COO는 CPO는 책임자는 과학자는 대표는 총괄은 수장은 사장은 지사장은";
    let posts = posts.chain(new.split(' ').map(str::to_owned));
    let posts = posts.chain(
        ["CEO", "CTO", "CFO", "COO", "대표", "총괄", "수장"].map(|post| format!("새 {post}")),
    );
    bare.into_iter().chain(posts).collect()
}
