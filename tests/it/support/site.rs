//! A small HTTP server of the test: feeds and receivers that do what the test wants.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

/// What a request is answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
    /// How long the answer is kept back.
    pub(crate) after: Duration,
}

impl Answer {
    pub(crate) fn new(status: u16, body: impl Into<String>) -> Self {
        Self { status, body: body.into(), after: Duration::ZERO }
    }

    pub(crate) fn after(self, after: Duration) -> Self {
        Self { after, ..self }
    }
}

/// The server; it ends with the process.
pub(crate) struct Site {
    address: SocketAddr,
}

impl Site {
    /// Serves on loopback; `answer` is given the path and the body of each request.
    pub(crate) fn start(answer: impl Fn(&str, &str) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let answer = Arc::new(answer);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let answer = Arc::clone(&answer);
                std::thread::spawn(move || serve(stream, &*answer));
            }
        });
        Self { address }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

fn serve(mut stream: TcpStream, answer: &dyn Fn(&str, &str) -> Answer) -> Option<()> {
    let mut text = Vec::new();
    let mut piece = [0; 4096];
    let (head, rest) = loop {
        let count = stream.read(&mut piece).ok().filter(|count| *count > 0)?;
        text.extend_from_slice(piece.get(..count)?);
        let so_far = String::from_utf8_lossy(&text).into_owned();
        if let Some((head, rest)) = so_far.split_once("\r\n\r\n") {
            break (head.to_lowercase(), rest.len());
        }
    };
    let length =
        head.split("content-length: ").nth(1).and_then(|it| it.lines().next()?.parse().ok());
    let mut body = text.split_off(text.len() - rest);
    while body.len() < length.unwrap_or(0) {
        let count = stream.read(&mut piece).ok().filter(|count| *count > 0)?;
        body.extend_from_slice(piece.get(..count)?);
    }
    let path = head.split(' ').nth(1)?;
    let answer = answer(path, &String::from_utf8_lossy(&body));
    std::thread::sleep(answer.after);
    let (status, body) = (answer.status, answer.body);
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status} x\r\nContent-Type: text/xml\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n{body}"
    )
    .ok()
}

/// A feed of entries: guid, title, and the age in seconds.
pub(crate) fn rss(entries: &[(String, String, i64)]) -> String {
    let now = chrono::Utc::now();
    let items: String = entries
        .iter()
        .map(|(guid, title, age)| {
            let date = (now - chrono::TimeDelta::seconds(*age)).to_rfc2822();
            format!(
                "<item><guid>{guid}</guid><title><![CDATA[{title}]]></title>\
                 <link>https://outlet.example/{guid}</link><pubDate>{date}</pubDate></item>"
            )
        })
        .collect();
    format!("<rss version=\"2.0\"><channel><title>Sample Gazette</title>{items}</channel></rss>")
}
