//! docs/getting-started.md is followed word for word: every command in its order, in a folder of
//! its own, until the stand-in for Slack has printed the alert. Changed are only the ports, which
//! may be taken here, the build, which has been done, and the speed of the demo.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::ops::{free_address, has, skip};
use crate::ops_docs::blocks;

/// What a reader does by hand once the daemon runs, and what a shell has to wait for. A reader takes
/// longer than a second to write the second item; a shell must wait for it, since `http.server` tells
/// files of one second apart by nothing and would answer 304.
const BY_HAND: &str = r#"
wait_for() { for _ in $(seq 600); do eval "$1" && return; sleep 0.1; done; echo "in vain: $1"; exit 1; }
wait_for 'grep -q "Marta Lindqvist" sink.log'
wait_for 'talentwire moves -c talentwire.toml | grep -q "Marta Lindqvist"'
wait_for '[ $(date +%s) -gt $(stat -c %Y feed.xml) ]'
second='<item><guid>2</guid><title>Marta Lindqvist joins Anthropic after leaving OpenAI</title><link>https://example.org/2</link></item></channel>'
sed -i "s|</channel>|$second|" feed.xml
wait_for '[ $(talentwire articles --since 1h --json -c talentwire.toml | grep -c Lindqvist) = 2 ]'
"#;

/// The end: the daemon is stopped and started again, and nothing was posted twice.
const AGAIN: &str = r#"
kill -INT $daemon && wait $daemon
talentwire -c talentwire.toml & daemon=$!
wait_for 'talentwire health -c talentwire.toml 2>/dev/null'
sleep 3
kill -TERM $daemon && wait $daemon
echo "the end was reached"
"#;

fn script(page: &str, folder: &Path) -> String {
    let mut parts: Vec<(usize, bool, String)> = Vec::new();
    parts.extend(blocks(page, "sh").into_iter().map(|(line, text)| (line, true, text)));
    parts.extend(blocks(page, "toml").into_iter().map(|(line, text)| (line, false, text)));
    parts.sort();
    let listen = free_address();
    let mut script = format!(
        "set -eu\ncd {}\nexec 2>&1\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n",
        folder.display()
    );
    for (_, is_shell, text) in parts {
        if !is_shell {
            let text = format!("[http]\nlisten = {listen:?}\n{text}");
            write!(script, "cat >talentwire.toml <<'TOML'\n{text}TOML\n").unwrap();
            continue;
        }
        for line in text.lines() {
            let line = match line {
                line if line.starts_with("cargo build") || line.starts_with("export PATH") => {
                    continue;
                }
                "talentwire demo" => "talentwire demo --speed 20",
                "python3 sink.py 8701 &" => "python3 sink.py 8701 >sink.log &",
                "talentwire -c talentwire.toml" => {
                    writeln!(script, "{line} & daemon=$!{BY_HAND}").unwrap();
                    continue;
                }
                line => line,
            };
            writeln!(script, "{line}").unwrap();
        }
    }
    let port = |address: String| address.rsplit(':').next().unwrap().to_owned();
    script += AGAIN;
    script.replace("8701", &port(free_address())).replace("8702", &port(free_address()))
}

#[test]
fn getting_started_leads_word_for_word_to_an_alert() {
    if !has("python3") {
        return skip("python3 is not installed");
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("docs")).unwrap();
    std::fs::copy("docs/sink.py", folder.path().join("docs/sink.py")).unwrap();
    let page = std::fs::read_to_string("docs/getting-started.md").unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_talentwire")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let done = Command::new("bash")
        .arg("-c")
        .arg(script(&page, folder.path()))
        .env("PATH", path)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success() && said.contains("the end was reached"), "{said}");
    let sink = std::fs::read_to_string(folder.path().join("try/sink.log")).unwrap();
    assert!(sink.contains("Ada Sample"), "no sample alert:\n{sink}\n{said}");
    let alerts =
        sink.lines().filter(|line| line.starts_with("  \"text\"") && line.contains("Marta"));
    assert_eq!(alerts.count(), 1, "{sink}\n{said}");
}
