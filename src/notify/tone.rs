//! How sure news are, as a word, a colour and a mark of that colour.

/// How sure the news is, as a word and a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Amber.
    Rumoured,
    /// Blue.
    Reported,
    /// Green.
    Confirmed,
    /// Red.
    Denied,
    /// Purple.
    Reversed,
    /// Grey: no move, an article or a notice.
    Plain,
}

impl Tone {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Rumoured => "Rumoured",
            Self::Reported => "Reported",
            Self::Confirmed => "Confirmed",
            Self::Denied => "Denied",
            Self::Reversed => "Reversed",
            Self::Plain => "Mentioned",
        }
    }

    /// The colour as red, green and blue.
    pub fn colour(self) -> u32 {
        match self {
            Self::Rumoured => 0x00EC_B22E,
            Self::Reported => 0x0012_64A3,
            Self::Confirmed => 0x002E_B67D,
            Self::Denied => 0x00E0_1E5A,
            Self::Reversed => 0x007C_3085,
            Self::Plain => 0x0086_868B,
        }
    }

    /// The colour as `#RRGGBB`.
    pub fn hex(self) -> String {
        format!("#{:06X}", self.colour())
    }

    /// A mark of the same colour, for places without colours.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Rumoured => "🟡",
            Self::Reported => "🔵",
            Self::Confirmed => "🟢",
            Self::Denied => "🔴",
            Self::Reversed => "🟣",
            Self::Plain => "⚪",
        }
    }
}
