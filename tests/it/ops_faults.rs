//! System calls that fail at random (RELIABILITY's table, row 9): whatever the disk and the network
//! refuse, each move is told once, and the log stays sound.
//!
//! The faults are those of libfiu: reading, writing, syncing and opening files and every call of a
//! socket fail now and then with any error that they may have (ENOSPC, EIO, EMFILE, ECONNRESET, ...).
//! Where the daemon ends by itself it is started again, as a supervisor does, and at the end it runs
//! on a sound machine.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::ops::{Running, skip, wait_for};
use crate::support::site::{Answer, Site, rss};

const LIBRARIES: [&str; 2] =
    ["/usr/lib/fiu/fiu_run_preload.so", "/usr/lib/fiu/fiu_posix_preload.so"];
/// What fails. Not `read` and `write`, with which the runtime wakes its own threads.
const CALLS: [&str; 11] = [
    "io/rw/pread",
    "io/rw/pwrite",
    "io/rw/ftruncate",
    "io/sync/fsync",
    "io/sync/fdatasync",
    "io/oc/open",
    "io/net/socket",
    "io/net/connect",
    "io/net/recv",
    "io/net/send",
    "io/net/accept",
];
/// How many of a hundred calls fail, one round each.
const ROUNDS: [u32; 3] = [1, 2, 5];
/// How long each round takes.
const ROUND: Duration = Duration::from_secs(12);

const NAMES: [&str; 9] =
    ["Marta", "Jonas", "Greta", "Pavel", "Rosa", "Hugo", "Ines", "Karim", "Vera"];

fn person(number: usize) -> String {
    let tail = char::from(b'a' + u8::try_from(number / NAMES.len() % 26).unwrap());
    format!("{} Falk{tail}berg", NAMES[number % NAMES.len()])
}

/// By person, the moves that were told of, each by its id and revision.
type Told = Arc<Mutex<BTreeMap<String, BTreeSet<String>>>>;

/// A feed with one more move each second, until `ended`, and what its receiver heard.
fn site(ended: &Arc<AtomicBool>, last: &Arc<Mutex<usize>>) -> (Site, Told) {
    let told = Told::default();
    let (heard, ended, last) = (Arc::clone(&told), Arc::clone(ended), Arc::clone(last));
    let begun = Instant::now();
    let site = Site::start(move |path, body| {
        if path != "/feed" {
            let body: serde_json::Value = serde_json::from_str(body).unwrap();
            let data = &body["data"];
            let id = format!("{} {} {}", data["id"], data["revision"], body["type"]);
            let person = data["person"].as_str().unwrap_or_default().to_owned();
            heard.lock().unwrap().entry(person).or_default().insert(id);
            return Answer::new(200, "ok");
        }
        let mut last = last.lock().unwrap();
        if !ended.load(Ordering::SeqCst) {
            *last = usize::try_from(begun.elapsed().as_secs()).unwrap();
        }
        let entry =
            |n: usize| (format!("m{n}"), format!("{} leaves OpenAI for Anthropic", person(n)), 0);
        Answer::new(200, rss(&(0..=*last).rev().map(entry).collect::<Vec<_>>()))
    });
    (site, told)
}

fn start(folder: &Path, percent: u32) -> Running {
    let log = std::fs::File::options().create(true).append(true).open(folder.join("stderr"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_talentwire"));
    command.arg("run").arg("-c").arg(folder.join("talentwire.toml")).current_dir(folder);
    command.env("TALENTWIRE_LOG_FORMAT", "json");
    command.stdout(Stdio::null()).stderr(log.unwrap());
    if percent > 0 {
        let chance = f64::from(percent) / 100.0;
        let fault = |call| format!("enable_random name=posix/{call},probability={chance}\n");
        let faults: String = CALLS.into_iter().map(fault).collect();
        command.env("LD_PRELOAD", LIBRARIES.join(" ")).env("FIU_ENABLE", faults);
    }
    Running(command.spawn().unwrap())
}

#[test]
fn calls_that_fail_at_random_lose_no_move_and_tell_none_twice() {
    if !LIBRARIES.iter().all(|library| Path::new(library).exists()) {
        return skip("libfiu is not installed (Debian: package fiu-utils)");
    }
    let folder = tempfile::tempdir().unwrap();
    let (ended, last) = (Arc::new(AtomicBool::new(false)), Arc::default());
    let (site, told) = site(&ended, &last);
    let text = format!(
        "[log]\npath = \"data\"\n[http]\nenabled = false\n\
         [poll]\nallow_private_networks = true\nfirst_poll = \"alert\"\n\
         [[feed]]\nurl = {:?}\ninterval = \"200ms\"\nfull_text = false\n\
         [[receiver]]\nname = \"hook\"\ntype = \"webhook\"\nurl = {:?}\n\
         [[route]]\nreceiver = \"hook\"\n",
        site.url("/feed"),
        site.url("/hook")
    );
    std::fs::write(folder.path().join("talentwire.toml"), text).unwrap();
    let mut starts = 0;
    for percent in ROUNDS {
        let begun = Instant::now();
        while begun.elapsed() < ROUND {
            starts += 1;
            let mut running = start(folder.path(), percent);
            while begun.elapsed() < ROUND && running.0.try_wait().unwrap().is_none() {
                std::thread::sleep(Duration::from_millis(50));
            }
            // Dropped here: killed between any two instructions where it still runs.
        }
    }
    ended.store(true, Ordering::SeqCst);
    let wanted: BTreeSet<String> = (0..=*last.lock().unwrap()).map(person).collect();
    let before = told.lock().unwrap().len();
    let running = start(folder.path(), 0);
    wait_for("every move", || (told.lock().unwrap().len() >= wanted.len()).then_some(()));
    std::thread::sleep(Duration::from_secs(2));
    drop(running);
    println!("{starts} starts, {before} of {} moves told amid the faults", wanted.len());
    let told = told.lock().unwrap();
    assert_eq!(told.keys().cloned().collect::<BTreeSet<_>>(), wanted);
    let twice: Vec<_> = told.iter().filter(|(_, ids)| ids.len() > 1).collect();
    assert!(twice.is_empty(), "told as more than one move: {twice:?}");
    let said = std::fs::read_to_string(folder.path().join("stderr")).unwrap();
    assert!(said.contains("disk I/O error"), "nothing has failed: {said}");
    let log = rusqlite::Connection::open(folder.path().join("data/log.db")).unwrap();
    let sound: String = log.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
}
