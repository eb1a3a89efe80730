//! The dashboards are such that a reader understands them without their author: every panel has a
//! description, a unit and thresholds that mean something, and they fit the grid of Grafana.

use std::collections::HashSet;
use std::fmt::Write as _;

use serde_json::Value;

/// Width of Grafana's grid.
const GRID: u64 = 24;
/// The version of the dashboard's form that Grafana 11 and 12 read without migration.
const SCHEMA: u64 = 39;

fn board(name: &str) -> Value {
    let path = format!("deploy/grafana/dashboards/{name}.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// What is wrong with a panel, if anything.
fn faults(panel: &Value) -> Vec<&'static str> {
    let mut faults = Vec::new();
    let mut check = |fine: bool, fault| {
        if !fine {
            faults.push(fault);
        }
    };
    let text = |value: &Value| value.as_str().is_some_and(|text| !text.trim().is_empty());
    check(text(&panel["title"]), "has no title");
    let place = &panel["gridPos"];
    let (x, w, h) = (place["x"].as_u64(), place["w"].as_u64(), place["h"].as_u64());
    check(x.zip(w).is_some_and(|(x, w)| w > 0 && x + w <= GRID), "does not fit the grid");
    if panel["type"] == "row" {
        return faults;
    }
    check(h.is_some_and(|h| (3..=14).contains(&h)), "has no sensible height");
    check(w.is_some_and(|w| w >= 3), "is too narrow");
    check(text(&panel["description"]), "has no description");
    let defaults = &panel["fieldConfig"]["defaults"];
    check(text(&defaults["unit"]), "has no unit");
    let steps = defaults["thresholds"]["steps"].as_array().map_or(0, Vec::len);
    check(steps > 0, "has no thresholds");
    let targets = panel["targets"].as_array().map_or(0, Vec::len);
    check(targets > 0, "asks nothing");
    let ids: HashSet<_> = panel["targets"].as_array().into_iter().flatten().collect();
    let ids: HashSet<_> = ids.iter().map(|target| target["refId"].as_str()).collect();
    check(ids.len() == targets && !ids.contains(&None), "names two queries alike");
    check(panel["datasource"]["uid"] == "${DS_PROMETHEUS}", "has a data source of its own");
    faults
}

#[test]
fn every_panel_explains_itself_and_fits() {
    let mut wrong = String::new();
    for name in ["operations", "talent"] {
        let board = board(name);
        let panels = board["panels"].as_array().unwrap();
        let mut ids = HashSet::new();
        let mut taken = HashSet::new();
        for panel in panels {
            let title = &panel["title"];
            for fault in faults(panel) {
                writeln!(wrong, "{name}: {title} {fault}").unwrap();
            }
            if !ids.insert(panel["id"].as_u64()) {
                writeln!(wrong, "{name}: {title} has the id of another panel").unwrap();
            }
            let place = |key: &str| panel["gridPos"][key].as_u64().unwrap_or(0);
            for x in place("x")..place("x") + place("w") {
                for y in place("y")..place("y") + place("h") {
                    if !taken.insert((x, y)) {
                        writeln!(wrong, "{name}: {title} lies over another panel").unwrap();
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_dashboards_can_be_provisioned_and_linked_to() {
    for (name, uid) in [("operations", "talentwire-ops"), ("talent", "talentwire-talent")] {
        let board = board(name);
        assert_eq!(board["uid"], uid, "links to {name} would break");
        assert_eq!(board["schemaVersion"], SCHEMA, "{name}");
        assert!(board["id"].is_null(), "{name}: an id belongs to one Grafana");
        let variables = board["templating"]["list"].as_array().unwrap();
        let source = variables.iter().find(|it| it["name"] == "DS_PROMETHEUS").unwrap();
        assert_eq!(source["type"], "datasource", "{name}");
        assert_eq!(source["query"], "prometheus", "{name}");
    }
}

#[test]
fn the_talent_dashboard_has_the_matrix_the_net_flow_and_the_latest_moves() {
    let board = board("talent");
    let titles: Vec<&str> =
        board["panels"].as_array().unwrap().iter().filter_map(|it| it["title"].as_str()).collect();
    for part in ["Origins (rows) and destinations (columns)", "Net flow", "Latest moves"] {
        assert!(titles.iter().any(|title| title.starts_with(part)), "no {part} in {titles:?}");
    }
}
