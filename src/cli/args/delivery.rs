//! Commands around delivery.

use clap::{Args, Subcommand};

/// Options of `send-test`.
#[derive(Debug, Clone, Args)]
pub struct SendTestArgs {
    /// Name of the receiver.
    pub receiver: String,
}

/// `dead-letters ...`.
#[derive(Debug, Clone, Subcommand)]
pub enum DeadLettersCommand {
    /// Show them.
    List {
        /// One JSON record a line.
        #[arg(long)]
        json: bool,
    },
    /// Publish them again to where they came from.
    Retry {
        /// Only this one, as `list` names it; without it, all.
        id: Option<String>,
    },
}

/// `silence ...`.
#[derive(Debug, Clone, Subcommand)]
pub enum SilenceCommand {
    /// Show silences.
    List {
        /// One JSON silence a line.
        #[arg(long)]
        json: bool,
    },
    /// Add one.
    Add {
        /// Only moves of this person.
        #[arg(long)]
        person: Option<String>,
        /// Only moves with this company at either end.
        #[arg(long)]
        company: Option<String>,
        /// Only at this receiver; alone, everything there.
        #[arg(long)]
        receiver: Option<String>,
        /// How long, such as "12h".
        #[arg(long = "for", value_name = "DURATION")]
        duration: String,
        /// Why, for the next reader.
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// End one now.
    Expire {
        /// As `list` names it.
        id: String,
    },
}
