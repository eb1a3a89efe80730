//! A web server on loopback that answers as the test says, well or badly.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// One request as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) path: String,
    /// Names in lower case; values byte for byte.
    pub(crate) headers: Vec<(String, Vec<u8>)>,
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> Option<&[u8]> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_slice())
    }
}

/// What the server does.
pub(crate) enum Reply {
    /// A status with headers and a body of known length.
    Whole(u16, Vec<(&'static str, Vec<u8>)>, Vec<u8>),
    /// A head, then the same bytes over and over with a pause between.
    Endless(Vec<u8>, Vec<u8>, Duration),
    /// Nothing at all for this long.
    Silence(Duration),
    /// These bytes, then the connection ends.
    Raw(Vec<u8>),
}

impl Reply {
    pub(crate) fn ok(body: impl Into<Vec<u8>>) -> Self {
        let kind = ("content-type", b"application/xml".to_vec());
        Reply::Whole(200, vec![kind], body.into())
    }

    pub(crate) fn redirect(status: u16, to: &str) -> Self {
        Reply::Whole(status, vec![("location", to.as_bytes().to_vec())], Vec::new())
    }

    pub(crate) fn status(status: u16) -> Self {
        Reply::Whole(status, Vec::new(), Vec::new())
    }

    pub(crate) fn with(self, name: &'static str, value: impl Into<Vec<u8>>) -> Self {
        match self {
            Reply::Whole(status, mut headers, body) => {
                headers.push((name, value.into()));
                Reply::Whole(status, headers, body)
            }
            other => other,
        }
    }
}

type Handler = dyn Fn(&Asked) -> Reply + Send + Sync;

/// A running server; its threads end with the test binary.
pub(crate) struct Web {
    pub(crate) address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Web {
    pub(crate) fn start(handler: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        Self::start_at("127.0.0.1:0", handler)
    }

    pub(crate) fn start_at(
        address: &str,
        handler: impl Fn(&Asked) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        let address = listener.local_addr().unwrap();
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let (log, handler): (_, Arc<Handler>) = (Arc::clone(&asked), Arc::new(handler));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, handler) = (Arc::clone(&log), Arc::clone(&handler));
                thread::spawn(move || serve(stream, &log, &*handler));
            }
        });
        Self { address, asked }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Every request so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

fn serve(stream: TcpStream, log: &Mutex<Vec<Asked>>, handler: &Handler) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut stream = stream;
    while let Some(asked) = read_request(&mut reader) {
        log.lock().unwrap().push(asked.clone());
        let going_on = match handler(&asked) {
            Reply::Whole(status, headers, body) => whole(&mut stream, status, &headers, &body),
            Reply::Endless(head, chunk, pause) => {
                let mut alive = stream.write_all(&head).is_ok();
                while alive {
                    alive = stream.write_all(&chunk).is_ok() && stream.flush().is_ok();
                    thread::sleep(pause);
                }
                false
            }
            Reply::Silence(time) => {
                thread::sleep(time);
                false
            }
            Reply::Raw(bytes) => {
                stream.write_all(&bytes).ok();
                false
            }
        };
        if !going_on {
            return;
        }
    }
}

fn whole(
    stream: &mut TcpStream,
    status: u16,
    headers: &[(&'static str, Vec<u8>)],
    body: &[u8],
) -> bool {
    let mut head = format!("HTTP/1.1 {status} Because\r\n").into_bytes();
    for (name, value) in headers {
        head.extend_from_slice(name.as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value);
        head.extend_from_slice(b"\r\n");
    }
    if status != 304 {
        head.extend_from_slice(format!("content-length: {}\r\n", body.len()).as_bytes());
    }
    head.extend_from_slice(b"\r\n");
    head.extend_from_slice(body);
    stream.write_all(&head).is_ok()
}

fn read_request(reader: &mut BufReader<TcpStream>) -> Option<Asked> {
    let mut line = Vec::new();
    let mut next = |line: &mut Vec<u8>| {
        line.clear();
        let length = reader.read_until(b'\n', line).ok()?;
        while line.last().is_some_and(u8::is_ascii_whitespace) {
            line.pop();
        }
        (length > 0).then_some(())
    };
    next(&mut line)?;
    let path = String::from_utf8_lossy(&line).split(' ').nth(1)?.to_owned();
    let mut headers = Vec::new();
    loop {
        next(&mut line)?;
        if line.is_empty() {
            break;
        }
        let colon = line.iter().position(|byte| *byte == b':')?;
        let name = String::from_utf8_lossy(&line[..colon]).to_lowercase();
        headers.push((name, line[colon + 1..].trim_ascii_start().to_vec()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.and_then(|(_, n)| String::from_utf8_lossy(n).parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Asked { path, headers })
}
