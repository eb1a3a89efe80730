//! The real binary, killed with SIGKILL again and again, ends with the same moves and the same
//! alerts as one left alone: over the articles of the twenty cases, and where the data is over all
//! labelled articles (60 kills with `TALENTWIRE_FULL_DOSE=1`).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::ops::{Running, free_address, get, skip, wait_for};
use crate::track_articles::entries;
use crate::track_engine::articles;

const KILLS: usize = 20;

/// Ids of moves by the `webhook-id` of the `move.reported` that told of them: an attempt that is
/// made again has the same one.
type Told = Arc<Mutex<BTreeMap<String, String>>>;

/// Serves a feed that grows, oldest entry first, and keeps what is posted.
pub(crate) struct Outside {
    pub(crate) address: String,
    /// How many entries the feed has by now.
    pub(crate) shown: Arc<AtomicUsize>,
    told: Told,
}

impl Outside {
    pub(crate) fn start(entries: Vec<String>) -> Outside {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let outside = Outside { address, shown: Arc::default(), told: Told::default() };
        let (shown, told) = (Arc::clone(&outside.shown), Arc::clone(&outside.told));
        // Ends with the test process.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                receive(&stream, &told);
                let shown = entries.get(..shown.load(Ordering::SeqCst)).unwrap_or(&[]);
                let page = format!(
                    "<rss version=\"2.0\"><channel><title>Wire</title>{}</channel></rss>",
                    shown.concat()
                );
                // A daemon that is killed while it reads is no fault.
                let _gone = write!(
                    &stream,
                    "HTTP/1.1 200 OK\r\ncontent-type: application/rss+xml\r\nconnection: close\r\n\
                     content-length: {}\r\n\r\n{page}",
                    page.len()
                );
            }
        });
        outside
    }

    /// Every move that was told of, and in how many messages.
    pub(crate) fn told(&self) -> BTreeMap<String, usize> {
        let mut times = BTreeMap::new();
        for id in self.told.lock().unwrap().values() {
            *times.entry(id.clone()).or_default() += 1;
        }
        times
    }
}

/// Reads a request, and keeps it where it is an alert; one that was cut off is none.
fn receive(stream: &TcpStream, told: &Told) {
    let mut reader = BufReader::new(stream);
    let (mut length, mut message) = (0, String::new());
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).is_err() || line.trim().is_empty() {
            break;
        }
        match line.trim().split_once(": ") {
            Some(("content-length", said)) => length = said.parse().unwrap_or(0),
            Some(("webhook-id", said)) => said.clone_into(&mut message),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    if length == 0 || reader.read_exact(&mut body).is_err() {
        return;
    }
    let Ok(body) = serde_json::from_slice::<Value>(&body) else { return };
    if body["type"] == "move.reported" {
        let id = body["data"]["id"].as_str().unwrap().to_owned();
        told.lock().unwrap().insert(message, id);
    }
}

pub(crate) fn configure(folder: &Path, outside: &str, listen: &str) {
    std::fs::write(folder.join("history.toml"), "").unwrap();
    let mut text =
        format!("[log]\npath = {:?}\n[http]\nlisten = \"{listen}\"\n", folder.join("log"));
    write!(
        text,
        "[poll]\nfirst_poll = \"alert\"\nmax_age = \"365d\"\nallow_private_networks = true\n\
         full_text = false\ninterval = \"200ms\"\nmin_interval = \"200ms\"\nmax_interval = \"200ms\"\n\
         [rules]\nhistory = \"history.toml\"\n\
         [[feed]]\nurl = \"http://{outside}/feed\"\n\
         [[receiver]]\nname = \"hook\"\ntype = \"webhook\"\nurl = \"http://{outside}/hook\"\n\
         [[route]]\nreceiver = \"hook\"\n"
    )
    .unwrap();
    std::fs::write(folder.join("talentwire.toml"), text).unwrap();
}

pub(crate) fn talentwire(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_talentwire"));
    command.arg("-c").arg(folder.join("talentwire.toml"));
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

pub(crate) fn lines(folder: &Path, arguments: &[&str]) -> Vec<Value> {
    let said = talentwire(folder).args(arguments).output().unwrap().stdout;
    let said = String::from_utf8(said).unwrap();
    said.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The last article of the stream: when its move is there, everything before it was merged.
const LAST: &str = "Zara Quillfeather";

fn last_entry() -> String {
    format!(
        "<item><guid>last</guid><link>https://outlet.example/last</link>\
         <title>{LAST} leaves OpenAI for Anthropic</title>\
         <pubDate>Thu, 05 Mar 2026 06:00:00 GMT</pubDate></item>"
    )
}

/// The moves, without what belongs to this run: its times, and the ids of claims, which the address
/// of the feed is part of.
fn moves(folder: &Path) -> Vec<String> {
    let mut moves = lines(folder, &["moves", "--json"]);
    for of in &mut moves {
        for own in ["first_seen", "last_seen", "merged"] {
            of.as_object_mut().unwrap().remove(own);
        }
        for change in of["changes"].as_array_mut().unwrap() {
            change.as_object_mut().unwrap().remove("at");
            change.as_object_mut().unwrap().remove("cause");
        }
    }
    let mut moves: Vec<String> = moves.iter().map(Value::to_string).collect();
    moves.sort();
    moves
}

/// What is left of a run.
#[derive(PartialEq, Debug)]
struct End {
    moves: Vec<String>,
    told: BTreeMap<String, usize>,
}

/// Moves that wake somebody, by id.
fn alerts(folder: &Path) -> BTreeSet<String> {
    let moves = lines(folder, &["moves", "--json"]).into_iter();
    let alerts = moves.filter(|of| of["attention"] == "alert");
    alerts.map(|of| of["id"].as_str().unwrap().to_owned()).collect()
}

/// Runs the stream to its end, killed so many times on the way, each time at another point of its
/// work: `pause` says how long after it answers.
fn play(entries: Vec<String>, kills: usize, mut pause: impl FnMut() -> Duration) -> End {
    let entries: Vec<String> = entries.into_iter().chain([last_entry()]).collect();
    let all = entries.len();
    let outside = Outside::start(entries);
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let listen = free_address();
    configure(folder, &outside.address, &listen);
    let start = || Running(talentwire(folder).arg("run").stdout(Stdio::null()).spawn().unwrap());
    for kill in 0..kills {
        outside.shown.store(all * (kill + 1) / (kills + 1), Ordering::SeqCst);
        let running = start();
        wait_for("the daemon", || get(&listen, "/livez"));
        std::thread::sleep(pause());
        drop(running); // SIGKILL
    }
    outside.shown.store(all, Ordering::SeqCst);
    let _running = start();
    wait_for("the move of the last article", || {
        moves(folder).iter().any(|of| of.contains(LAST)).then_some(())
    });
    wait_for("the alerts", || {
        let told = outside.told();
        alerts(folder).iter().all(|id| told.contains_key(id)).then_some(())
    });
    let told = outside.told();
    assert_eq!(told.keys().cloned().collect::<BTreeSet<_>>(), alerts(folder));
    assert!(told.values().all(|times| *times == 1), "told of twice: {told:#?}");
    End { moves: moves(folder), told }
}

#[test]
fn killed_twenty_times_on_the_way_it_has_the_same_moves_and_alerts() {
    let undisturbed = play(entries(), 0, || Duration::ZERO);
    assert!(undisturbed.moves.len() >= 10, "{undisturbed:#?}");
    let mut kill = 0;
    let pause = || {
        kill += 29;
        Duration::from_millis(kill % 400)
    };
    assert_eq!(undisturbed, play(entries(), KILLS, pause));
}

/// The labelled articles as entries of a feed; `None` where the data is not there.
fn labelled_entries() -> Option<Vec<String>> {
    let escaped = |text: &str| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        text.replace(|c: char| c.is_control(), " ")
    };
    let entry = |article: &talentwire::model::Article| {
        format!(
            "<item><guid>{}</guid><link>{}</link><title>{}</title>\
             <description>{}</description><pubDate>{}</pubDate></item>",
            article.id,
            article.url.as_deref().unwrap(),
            escaped(&article.title),
            escaped(&article.summary),
            article.first_seen.to_rfc2822(),
        )
    };
    articles().map(|articles| articles.iter().map(entry).collect())
}

#[test]
fn killed_at_random_moments_of_the_labelled_stream_it_has_the_same_moves_and_alerts() {
    let Some(entries) = labelled_entries() else {
        return skip("the labelled articles are not here");
    };
    let kills = if std::env::var_os("TALENTWIRE_FULL_DOSE").is_some() { 60 } else { 6 };
    let seed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_nanos() as u64;
    let mut random = seed | 1;
    let pause = || {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        Duration::from_millis(random % 900)
    };
    let undisturbed = play(entries.clone(), 0, || Duration::ZERO);
    let killed = play(entries, kills, pause);
    println!(
        "{kills} kills, seed {seed}: {} moves, {} alerts",
        killed.moves.len(),
        killed.told.len()
    );
    assert_eq!(undisturbed, killed);
}
