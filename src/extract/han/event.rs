//! Events: a trigger with its arguments, as a language's reader found them.

use crate::extract::text::Span;

/// What a trigger of a lexicon may do.
pub(crate) const CLASSES: &[&str] = &[
    "leave",
    "part",
    "return",
    "quit",
    "join",
    "hop",
    "enlist",
    "office",
    "hire",
    "appoint",
    "poach",
    "fire",
    "layoff",
    "go",
    "transfer",
    "enter",
    "found",
    "breakaway",
    "promote",
];

/// What a trigger says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Frame {
    /// The subject leaves; where, need not be said.
    Leave,
    /// The subject leaves the object.
    Quit,
    /// The subject joins the object.
    Join,
    /// The subject joins; where, need not be said.
    Enlist,
    /// The subject takes on the object.
    Hire,
    /// The subject dismisses the object.
    Fire,
    /// The subject starts a company.
    Found,
    /// The subject rises in the same house.
    Promote,
    /// The subject worked there before; only fills in an origin.
    Served,
    /// Names those whom the article counts elsewhere.
    Roster,
}

/// The frame of a class of [`CLASSES`].
pub(crate) fn frame(class: &str) -> Frame {
    match class {
        "leave" | "part" => Frame::Leave,
        "quit" => Frame::Quit,
        "enlist" => Frame::Enlist,
        "join" | "hop" | "office" | "go" | "transfer" | "enter" | "return" => Frame::Join,
        "hire" | "appoint" | "poach" => Frame::Hire,
        "fire" | "layoff" => Frame::Fire,
        "found" | "breakaway" => Frame::Found,
        _ => Frame::Promote,
    }
}

/// A noun phrase: indices of tokens.
pub(crate) type Phrase = Vec<usize>;

/// How a sentence means a trigger.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Mood {
    pub(crate) negated: bool,
    pub(crate) supposed: bool,
    pub(crate) hedged: bool,
    /// An outlet quotes another: a rumour, unless it quotes an announcement.
    pub(crate) reported: bool,
    pub(crate) announced: bool,
    pub(crate) recent: bool,
    /// "Once", "last year", or a year before that of publication.
    pub(crate) recap: bool,
    /// The statement tells the story behind something known.
    pub(crate) story: bool,
    pub(crate) sabbatical: bool,
    /// "One after another".
    pub(crate) repeated: bool,
    pub(crate) statistics: bool,
    /// A passive marker stood before the trigger.
    pub(crate) passive: bool,
}

impl Mood {
    /// Takes on what holds for the whole statement.
    pub(crate) fn share(&mut self, statement: Self) {
        self.hedged |= statement.hedged || statement.reported && !self.announced;
        self.negated |= statement.negated;
        self.supposed |= statement.supposed;
        self.story |= statement.story;
        self.statistics |= statement.statistics;
        self.sabbatical |= statement.sabbatical;
    }
}

/// A trigger with its arguments.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) frame: Frame,
    pub(crate) trigger: Span,
    pub(crate) subject: Phrase,
    /// The subject is that of an earlier clause.
    pub(crate) inherited: bool,
    pub(crate) from: Phrase,
    pub(crate) agent: Phrase,
    pub(crate) taken: Phrase,
    pub(crate) object: Phrase,
    /// What stands behind "as".
    pub(crate) post: Phrase,
    pub(crate) mood: Mood,
    /// "After leaving A": the background of another clause.
    pub(crate) background: bool,
    /// "X's departure".
    pub(crate) nominal: bool,
    /// "X, who left A": what follows 的 is the mover.
    pub(crate) relative: bool,
    /// The event before in the same sentence with the same mover.
    pub(crate) serial: Option<usize>,
    /// Companies of the clauses before, nearest last.
    pub(crate) around: Phrase,
    /// Subject of the clause before.
    pub(crate) topic: Phrase,
    /// Where the subject works, told apart from it: "A、幹部の X が".
    pub(crate) possessor: Phrase,
    /// Someone is taken from elsewhere.
    pub(crate) poach: bool,
    /// A post is given, perhaps to one of the house.
    pub(crate) appoint: bool,
    /// Only people do this.
    pub(crate) personal: bool,
    /// The mover was there before.
    pub(crate) returns: bool,
    /// A seat that one may take beside one's work: adviser, juror.
    pub(crate) seat: bool,
    /// The name of a company that no list has, as where the mover goes.
    pub(crate) goal: Option<Span>,
    /// Number of the statement in the passage.
    pub(crate) statement: usize,
}

impl Event {
    /// True where `named` people stand with a verb of moving and without a company: they may be
    /// those whom the article counts elsewhere.
    pub(crate) fn names_whom(&self, named: usize) -> bool {
        let Mood { negated, supposed, recap, story, .. } = self.mood;
        let told = !negated && !supposed && !recap && !story && !self.background && !self.nominal;
        match self.frame {
            Frame::Roster => true,
            Frame::Enlist => named > 0 && told,
            Frame::Join | Frame::Leave | Frame::Quit => named > 1 && told,
            _ => false,
        }
    }

    /// An event of which only the trigger is known.
    pub(crate) fn new(frame: Frame, trigger: Span, statement: usize) -> Self {
        Self {
            frame,
            trigger,
            subject: Phrase::new(),
            inherited: false,
            from: Phrase::new(),
            agent: Phrase::new(),
            taken: Phrase::new(),
            object: Phrase::new(),
            post: Phrase::new(),
            mood: Mood::default(),
            background: false,
            nominal: false,
            relative: false,
            serial: None,
            around: Phrase::new(),
            topic: Phrase::new(),
            possessor: Phrase::new(),
            poach: false,
            appoint: false,
            personal: false,
            returns: false,
            seat: false,
            goal: None,
            statement,
        }
    }
}
