//! What a trigger does.

/// The classes of `lexicon/en.toml`, and the passive turns that the grammar derives from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Person -> company: joins.
    Join,
    /// Person, company left: leaves.
    Leave,
    /// Company, person: hires.
    Hire,
    /// Company, person: fires.
    Fire,
    /// Company, person, to whom: loses.
    Lose,
    /// Person, new company: founds.
    Found,
    /// Person, role: becomes.
    Become,
    /// A new role in the same house.
    Promote,
    /// "Departure", "exit", "resignation".
    Departure,
    /// "Appointment", "hiring".
    Arrival,
    /// "Next stop": the company that somebody goes to stands behind.
    Next,
    /// Person is hired.
    Passive,
    /// Person is fired.
    PassiveFire,
}

/// The names of the classes in the lexicon.
pub(super) const CLASSES: &[&str] = &[
    "join",
    "leave",
    "hire",
    "fire",
    "lose",
    "found",
    "become",
    "promote",
    "departure",
    "arrival",
    "next",
];

impl Class {
    /// Reads the class's name in the lexicon.
    pub(super) fn parse(name: &str) -> Class {
        match name {
            "leave" => Class::Leave,
            "hire" => Class::Hire,
            "fire" => Class::Fire,
            "lose" => Class::Lose,
            "found" => Class::Found,
            "become" => Class::Become,
            "promote" => Class::Promote,
            "departure" => Class::Departure,
            "arrival" => Class::Arrival,
            "next" => Class::Next,
            _ => Class::Join,
        }
    }

    /// True where a person does it: joins, leaves, founds.
    pub(super) fn is_going(self) -> bool {
        matches!(self, Class::Join | Class::Leave | Class::Found)
    }

    /// True for the nouns.
    pub(super) fn is_noun(self) -> bool {
        matches!(self, Class::Departure | Class::Arrival)
    }
}
