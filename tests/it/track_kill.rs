//! The real binary, killed with SIGKILL again and again, ends with the same moves as one left alone.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::Value;

use crate::ops::{Running, free_address, get, wait_for};
use crate::track_articles::entries;

const KILLS: usize = 20;

/// Serves a feed that grows, oldest entry first, and answers whatever is posted.
struct Outside {
    address: String,
    /// How many entries the feed has by now.
    shown: Arc<AtomicUsize>,
}

impl Outside {
    fn start(entries: Vec<String>) -> Outside {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let outside =
            Outside { address: listener.local_addr().unwrap().to_string(), shown: Arc::default() };
        let shown = Arc::clone(&outside.shown);
        // Ends with the test process.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let lines = BufReader::new(&stream).lines().map_while(Result::ok);
                let _head = lines.take_while(|line| !line.is_empty()).count();
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
}

fn configure(folder: &Path, outside: &str, listen: &str) {
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

fn talentwire(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_talentwire"));
    command.arg("-c").arg(folder.join("talentwire.toml"));
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

fn lines(folder: &Path, arguments: &[&str]) -> Vec<Value> {
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

/// Runs the stream to its end, killed so many times on the way.
fn play(kills: usize) -> Vec<String> {
    let entries: Vec<String> = entries().into_iter().chain([last_entry()]).collect();
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
        // Every time at another point of its work.
        std::thread::sleep(Duration::from_millis(29 * kill as u64 % 400));
        drop(running); // SIGKILL
    }
    outside.shown.store(all, Ordering::SeqCst);
    let _running = start();
    wait_for("the move of the last article", || {
        moves(folder).iter().any(|of| of.contains(LAST)).then_some(())
    });
    moves(folder)
}

#[test]
fn killed_twenty_times_on_the_way_it_has_the_same_moves() {
    let moves = play(0);
    assert!(moves.len() >= 10, "{moves:#?}");
    assert_eq!(moves, play(KILLS));
}
