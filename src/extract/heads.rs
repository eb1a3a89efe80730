//! The heads of companies who stand for them: "Musk loses a researcher".

use std::collections::HashMap;

use crate::model::Problems;
use crate::model::problem::line_of;

/// Reads `names/heads.toml`, the name of a head -> the id of the company; `None` where a problem
/// was found.
pub(crate) fn parse(problems: &mut Problems) -> Option<HashMap<String, String>> {
    let text = include_str!("../../config/names/heads.toml");
    match toml::from_str(text) {
        Ok(heads) => Some(heads),
        Err(error) => {
            let line = error.span().map(|span| line_of(text, span.start));
            problems.add("names/heads.toml", line, "", error.message());
            None
        }
    }
}
