//! A receiver over real HTTP that answers as a script says, hangs, or breaks off, and remembers what
//! it was sent.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::Value;

/// What the script says to one request.
pub(crate) enum Say {
    /// Status, headers, body.
    Answer(u16, Vec<(&'static str, String)>, String),
    /// Nothing, until the other end gives up.
    Hang,
    /// The connection ends without an answer.
    BreakOff,
}

impl Say {
    /// As Slack's incoming webhooks do.
    pub(crate) fn ok() -> Self {
        Self::words(200, "ok")
    }

    pub(crate) fn words(status: u16, body: &str) -> Self {
        Self::Answer(status, Vec::new(), body.to_owned())
    }

    pub(crate) fn header(status: u16, name: &'static str, value: &str) -> Self {
        Self::Answer(status, vec![(name, value.to_owned())], String::new())
    }

    pub(crate) fn json(value: &Value) -> Self {
        Self::words(200, &value.to_string())
    }
}

/// One request.
#[derive(Debug, Clone)]
pub(crate) struct Got {
    /// By the clock of the test.
    pub(crate) at: DateTime<Utc>,
    /// With the query.
    pub(crate) path: String,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    /// Null where there was none.
    pub(crate) body: Value,
}

impl Got {
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(other, _)| other == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// The body as text, which is what a person looks for words in.
    pub(crate) fn text(&self) -> String {
        self.body.to_string()
    }
}

type Script = Box<dyn FnMut(&Got) -> Say + Send>;
type Now = Box<dyn Fn() -> DateTime<Utc> + Send>;

struct State {
    script: Script,
    got: Vec<Got>,
    now: Now,
}

/// The receiver. Its thread ends with the process.
#[derive(Clone)]
pub(crate) struct Sink {
    address: String,
    state: Arc<Mutex<State>>,
}

impl Sink {
    /// Starts one whose clock is the one on the wall.
    pub(crate) fn start(script: impl FnMut(&Got) -> Say + Send + 'static) -> Self {
        Self::with_clock(Utc::now, script)
    }

    pub(crate) fn with_clock(
        now: impl Fn() -> DateTime<Utc> + Send + 'static,
        script: impl FnMut(&Got) -> Say + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let state = State { script: Box::new(script), got: Vec::new(), now: Box::new(now) };
        let sink = Self { address, state: Arc::new(Mutex::new(state)) };
        let served = sink.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let sink = served.clone();
                std::thread::spawn(move || sink.serve(stream));
            }
        });
        sink
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Everything received so far.
    pub(crate) fn got(&self) -> Vec<Got> {
        self.state.lock().unwrap().got.clone()
    }

    /// Answers one request. A connection that breaks is the other end's affair.
    pub(crate) fn serve<S: Read + Write>(&self, stream: S) {
        let mut stream = BufReader::new(stream);
        let Ok(got) = self.read(&mut stream) else { return };
        let say = {
            let mut state = self.state.lock().unwrap();
            state.got.push(got.clone());
            (state.script)(&got)
        };
        match say {
            Say::Answer(status, headers, body) => {
                let mut head = format!("HTTP/1.1 {status} X\r\nconnection: close\r\n");
                for (name, value) in headers {
                    head.push_str(&format!("{name}: {value}\r\n"));
                }
                head.push_str(&format!("content-length: {}\r\n\r\n{body}", body.len()));
                stream.get_mut().write_all(head.as_bytes()).ok();
                stream.get_mut().flush().ok();
            }
            Say::Hang => {
                // Ends when the other end closes.
                let _closed = stream.read(&mut [0; 1]);
                std::thread::sleep(Duration::from_millis(1));
            }
            Say::BreakOff => {}
        }
    }

    fn read<S: Read>(&self, stream: &mut BufReader<S>) -> std::io::Result<Got> {
        let mut line = String::new();
        stream.read_line(&mut line)?;
        let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
        let mut headers = Vec::new();
        loop {
            line.clear();
            stream.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            headers.push((name.to_lowercase(), value.trim().to_owned()));
        }
        let length = headers.iter().find(|(name, _)| name == "content-length");
        let length = length.map_or(0, |(_, value)| value.parse().unwrap());
        let mut body = vec![0; length];
        stream.read_exact(&mut body)?;
        let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
        let at = (self.state.lock().unwrap().now)();
        Ok(Got { at, path, headers, body })
    }
}

/// Answers one connection after another over TLS; `config` is asked for each.
pub(crate) fn serve_tls(
    sink: &Sink,
    config: impl Fn() -> Arc<rustls::ServerConfig> + Send + 'static,
) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let sink = sink.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let Ok(session) = rustls::ServerConnection::new(config()) else { return };
            let stream: rustls::StreamOwned<_, TcpStream> =
                rustls::StreamOwned::new(session, stream);
            sink.serve(stream);
        }
    });
    format!("https://{address}")
}
