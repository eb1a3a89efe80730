//! `talentwire health`: asks the running daemon's `/readyz`; for images without a shell.

use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};

use super::{Done, load};

const PATIENCE: Duration = Duration::from_secs(4);

/// Exit code 0 when the daemon is ready.
pub(super) fn run(path: Option<&Path>) -> Done {
    let config = load(path)?;
    let Some(listen) = config.listen else {
        return Err(anyhow::anyhow!("[http] enabled = false: there is nobody to ask").into());
    };
    Ok(ask(&listen).map(|()| ExitCode::SUCCESS)?)
}

fn ask(listen: &str) -> anyhow::Result<()> {
    // A daemon that listens everywhere also listens here.
    let listen = listen.replace("0.0.0.0:", "127.0.0.1:").replace("[::]:", "[::1]:");
    let address = listen.to_socket_addrs()?.next().context("the address leads nowhere")?;
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)
        .with_context(|| format!("nobody listens on {address}"))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.take(4096).read_to_string(&mut answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    if head.split(' ').nth(1) == Some("200") {
        return Ok(());
    }
    bail!("{}", if body.is_empty() { head } else { body.trim() })
}
