//! A disk that is full under the running daemon (RELIABILITY's table, row 9): it says so within
//! seconds, goes on by itself when there is room, and every move is told once.
//!
//! The disk is a small one of the test's own, in a namespace that only root can make; without it
//! the test says SKIPPED.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::ops::{get, wait_for};
use crate::support::daemon::Daemon;
use crate::support::namespace::{folder, mount_small_disk, run_inside};
use crate::support::site::{Answer, Site, rss};

const NAMES: [&str; 9] =
    ["Marta", "Jonas", "Greta", "Pavel", "Rosa", "Hugo", "Ines", "Karim", "Vera"];

/// Until it is told, and until it goes on: the table's bars, and three times as long for a machine
/// that runs other tests.
const TOLD: Duration = Duration::from_secs(5 * 3);
const RESUMED: Duration = Duration::from_secs(10 * 3);

/// How often each person was told of.
type Told = Arc<Mutex<BTreeMap<String, usize>>>;

/// A feed with as many moves as `wanted` says, the newest first, and what its receiver heard.
fn site(wanted: &Arc<AtomicUsize>) -> (Site, Told) {
    let (told, wanted) = (Told::default(), Arc::clone(wanted));
    let heard = Arc::clone(&told);
    let site = Site::start(move |path, body| {
        if path != "/feed" {
            let body: serde_json::Value = serde_json::from_str(body).unwrap();
            let person = body["data"]["person"].as_str().unwrap_or_default().to_owned();
            *heard.lock().unwrap().entry(person).or_default() += 1;
            return Answer::new(200, "ok");
        }
        let entry = |n: usize| {
            let tail = char::from(b'a' + u8::try_from(n / NAMES.len() % 26).unwrap());
            let name = NAMES[n % NAMES.len()];
            (format!("m{n}"), format!("{name} Falk{tail}berg leaves OpenAI for Anthropic"), 0)
        };
        let entries: Vec<_> = (0..wanted.load(Ordering::SeqCst)).rev().map(entry).collect();
        Answer::new(200, rss(&entries))
    });
    (site, told)
}

/// Writes until there is no room for one more byte.
fn fill(path: &Path) {
    let mut file = File::create(path).unwrap();
    for size in [1 << 20, 1 << 12, 1] {
        while file.write_all(&vec![b'x'; size]).is_ok() {}
    }
}

#[test]
fn a_full_disk_is_told_and_costs_no_move() {
    run_inside(&["--mount"], "ops_disk::inside_with_a_small_disk");
}

#[test]
#[ignore = "started by the test above, with a disk of its own"]
fn inside_with_a_small_disk() {
    let Some(outer) = folder() else { return };
    let folder = tempfile::tempdir_in(outer).unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    mount_small_disk(&data, 64);
    let wanted = Arc::new(AtomicUsize::new(1));
    let (site, told) = site(&wanted);
    let text = format!(
        "[poll]\nallow_private_networks = true\nfirst_poll = \"alert\"\n\
         [[feed]]\nurl = {:?}\ninterval = \"200ms\"\nfull_text = false\n\
         [[receiver]]\nname = \"hook\"\ntype = \"webhook\"\nurl = {:?}\n\
         [[route]]\nreceiver = \"hook\"\n",
        site.url("/feed"),
        site.url("/hook")
    );
    let mut daemon = Daemon::start_in(folder, &text, |command| command);
    let count = || told.lock().unwrap().len();
    wait_for("the first move", || (count() == 1).then_some(()));

    for round in 1..=2 {
        let before = daemon.log().len();
        let said = |what: &str| daemon.log().get(before..).is_some_and(|log| log.contains(what));
        fill(&data.join("filler"));
        wanted.fetch_add(2, Ordering::SeqCst);
        let full = Instant::now();
        wait_for("a word about the disk", || said("is full").then_some(()));
        let took = full.elapsed();
        assert!(took < TOLD, "told after {took:?}");
        wait_for("unreadiness", || get(&daemon.address, "/readyz").is_none().then_some(()));
        assert!(get(&daemon.address, "/livez").is_some(), "it lives");

        std::fs::remove_file(data.join("filler")).unwrap();
        let free = Instant::now();
        wait_for("the moves of the full disk", || (count() == 1 + 2 * round).then_some(()));
        let resumed = free.elapsed();
        assert!(resumed < RESUMED, "resumed after {resumed:?}");
        println!("told after {took:?}, resumed after {resumed:?}");
        wait_for("readiness", || get(&daemon.address, "/readyz"));
    }

    assert!(daemon.stop().success(), "{}", daemon.log());
    let log = rusqlite::Connection::open(data.join("log.db")).unwrap();
    let sound: String = log.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
    let told = told.lock().unwrap();
    assert!(told.values().all(|times| *times == 1), "told more than once: {told:?}");
}
