//! The engines, built from the rules, and what of them can be replaced while the daemon runs.

use std::sync::Arc;

use tokio::sync::watch;

use crate::config::{Config, RuleTexts};
use crate::extract::{Extractor, RuleFiles, Rules};
use crate::feed::settings::FeedSettings;
use crate::model::Problems;
use crate::stage::track::Knowledge;
use crate::track::{History, Relation};

/// The engines' knowledge.
pub struct Engines {
    /// Articles to claims.
    pub extractor: Arc<Extractor>,
    /// Well-known past moves.
    pub history: Arc<History>,
}

impl Engines {
    /// Builds the engines.
    ///
    /// # Errors
    /// Every problem in the rules.
    pub fn build(texts: &RuleTexts) -> Result<Self, Problems> {
        let lexicons =
            texts.lexicons.iter().map(|it| (it.name.as_str(), it.text.as_str())).collect();
        let rules = Rules::parse(&RuleFiles {
            companies: (&texts.companies.name, &texts.companies.text),
            people: (&texts.people.name, &texts.people.text),
            lexicons,
        });
        let history = History::parse(&texts.history.name, &texts.history.text);
        let (rules, history) = match (rules, history) {
            (Ok(rules), Ok(history)) => (rules, history),
            (rules, history) => {
                let mut problems = rules.err().unwrap_or_default();
                problems.0.extend(history.err().unwrap_or_default().0);
                return Err(problems);
            }
        };
        let extractor = Extractor::new(&rules);
        Ok(Self { extractor: Arc::new(extractor), history: Arc::new(history) })
    }

    /// What the tracker goes by.
    pub fn knowledge(&self, config: &Config) -> Knowledge {
        let companies = &self.extractor.gazetteer().companies;
        let relation = |company: &crate::extract::company::Company| Relation {
            id: company.id.clone(),
            name: company.name.clone(),
            parent: company.parent.clone(),
        };
        let watched = companies.iter().filter(|it| it.watched).map(|it| it.id.clone());
        Knowledge {
            settings: crate::track::Settings { window: config.window, max_age: config.max_age },
            history: Arc::clone(&self.history),
            relations: Arc::new(companies.iter().map(relation).collect()),
            watched: Arc::new(watched.collect()),
        }
    }

    /// The id of the company that a person calls so; see
    /// [`Gazetteer::called`](crate::extract::company::Gazetteer::called).
    pub fn id_of(&self, name: &str) -> Option<String> {
        self.extractor.gazetteer().called(name).map(|company| company.id.clone())
    }

    /// Writes the companies of the routes as ids, so that a route may name one as its reader does.
    pub fn name_companies(&self, config: &mut Config) {
        for route in &mut config.routes {
            let matcher = std::mem::take(&mut route.matcher);
            route.matcher = matcher.with_ids(|name| self.id_of(name));
        }
    }

    /// Ids of the watched companies.
    pub fn watched(&self) -> impl Iterator<Item = &str> {
        let companies = &self.extractor.gazetteer().companies;
        companies.iter().filter(|it| it.watched).map(|it| it.id.as_str())
    }
}

/// What can be replaced while the daemon runs; each stage follows its own part.
pub struct Live {
    /// For `tag`, and for `poll` to know candidates.
    pub extractor: watch::Sender<Arc<Extractor>>,
    /// For `track`.
    pub knowledge: watch::Sender<Knowledge>,
    /// For `poll`.
    pub feeds: watch::Sender<Arc<Vec<Arc<FeedSettings>>>>,
}

impl Live {
    /// Starts from a configuration.
    pub fn new(config: &Config, engines: &Engines) -> Self {
        Self {
            extractor: watch::Sender::new(Arc::clone(&engines.extractor)),
            knowledge: watch::Sender::new(engines.knowledge(config)),
            feeds: watch::Sender::new(Arc::new(config.feeds.clone())),
        }
    }

    /// Swaps everything.
    pub fn replace(&self, config: &Config, engines: &Engines) {
        self.extractor.send_replace(Arc::clone(&engines.extractor));
        self.knowledge.send_replace(engines.knowledge(config));
        self.feeds.send_replace(Arc::new(config.feeds.clone()));
    }
}
