//! Known people: placeholder until the list of known people is merged.

/// The known people; empty here.
#[derive(Debug, Clone, Default)]
pub struct People;

impl People {
    /// The Latin form of a name in any script, where known.
    pub fn latin(&self, _written: &str) -> Option<&str> {
        None
    }
}
