//! What is no fault in a configuration and rather not meant: `check` tells it as notes.

use crate::config::{Config, closest};
use crate::extract::company::Gazetteer;
use crate::notify::matcher::Matcher;
use crate::notify::route::Route;

/// What a careful reader would ask about a configuration.
pub(super) fn notes(config: &Config, gazetteer: &Gazetteer) -> Vec<String> {
    let mut notes = Vec::new();
    if config.feeds.is_empty() {
        notes.push(
            "no feed: nothing is polled; name an OPML file in [poll] feeds, or write a [[feed]]"
                .to_owned(),
        );
    }
    if config.routes.is_empty() {
        notes.push("no [[route]]: moves are recorded and nobody is told".to_owned());
    } else {
        notes.extend(unrouted(config));
    }
    for (index, route) in config.routes.iter().enumerate() {
        notes.extend(unreached(&config.routes, index));
        let Matcher { company, from, to, .. } = &route.matcher;
        let names = [company, from, to].into_iter().flatten();
        let place = format!("route[{}].match", index + 1);
        notes.extend(
            names.filter_map(|name| Some(format!("{place}: {}", unlisted(gazetteer, name)?))),
        );
    }
    notes
}

/// Says that a company is not listed, and which one may have been meant; `None` where it is.
pub(super) fn unlisted(gazetteer: &Gazetteer, name: &str) -> Option<String> {
    if gazetteer.called(name).is_some() {
        return None;
    }
    let ids: Vec<&str> = gazetteer.companies.iter().map(|company| company.id.as_str()).collect();
    let meant = closest(&name.to_lowercase(), &ids).map(|id| format!(" (did you mean `{id}`?)"));
    Some(format!(
        "no listed company is called `{name}`{}: it matches only where a report spells it so",
        meant.unwrap_or_default()
    ))
}

/// Receivers that nobody sends anything to.
fn unrouted(config: &Config) -> impl Iterator<Item = String> {
    let canary = config.canary.as_ref().and_then(|canary| canary.receiver.as_deref());
    let idle = config.receivers.iter().map(|receiver| &receiver.settings).filter(move |settings| {
        !settings.ops
            && canary != Some(settings.name.as_str())
            && config.routes.iter().all(|route| route.receiver != settings.name)
    });
    idle.map(|settings| {
        format!("no [[route]] names the receiver `{}`: it is told nothing", settings.name)
    })
}

/// Says which route takes everything before this one is asked.
fn unreached(routes: &[Route], index: usize) -> Option<String> {
    let route = routes.get(index)?;
    let takes_all =
        |other: &Route| other.on == route.on && !other.go_on && other.matcher == Matcher::default();
    let before = routes.get(..index)?.iter().position(takes_all)? + 1;
    Some(format!(
        "route[{}] is never asked: route[{before}] takes everything; put it last, or set continue = true there",
        index + 1
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Engines;
    use crate::config::{Files, check};

    fn notes_of(text: &str) -> String {
        let config = check("talentwire.toml", text, Files::BuiltIn, &|_| None).ok().unwrap();
        let engines = Engines::build(&config.rules).ok().unwrap();
        notes(&config, engines.extractor.gazetteer()).join("\n")
    }

    const RECEIVER: &str = "[[feed]]\nurl = \"https://example.org/rss\"\n\
        [[receiver]]\nname = \"here\"\ntype = \"console\"\n";

    #[test]
    fn an_empty_configuration_polls_nothing_and_tells_nobody() {
        let said = notes_of("");
        assert!(said.contains("no feed") && said.contains("nobody is told"), "{said}");
    }

    #[test]
    fn a_slip_in_a_company_is_noticed_and_its_display_name_is_none() {
        let route = |company: &str| {
            notes_of(&format!(
                "{RECEIVER}[[route]]\nreceiver = \"here\"\nmatch = {{ to = [\"{company}\"] }}\n"
            ))
        };
        let said = route("opnai");
        assert!(said.starts_with("route[1].match: no listed company is called `opnai`"), "{said}");
        assert!(said.contains("did you mean `openai`?"), "{said}");
        assert_eq!(route("Google DeepMind"), "");
        assert_eq!(route("OPENAI"), "");
        assert_eq!(route("앤트로픽"), "");
    }

    #[test]
    fn a_route_behind_one_that_takes_everything_and_a_receiver_without_one_are_noticed() {
        let said = notes_of(&format!(
            "{RECEIVER}[[receiver]]\nname = \"there\"\ntype = \"console\"\n\
             [[route]]\nreceiver = \"here\"\n\
             [[route]]\nreceiver = \"here\"\non = \"mention\"\n\
             [[route]]\nreceiver = \"here\"\nmatch = {{ kind = [\"left\"] }}\n"
        ));
        assert_eq!(said.lines().count(), 2, "{said}");
        assert!(said.contains("the receiver `there`"), "{said}");
        assert!(said.contains("route[3] is never asked: route[1]"), "{said}");
    }
}
