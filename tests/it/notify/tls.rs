//! A receiver whose certificate expires while talentwire runs.
//!
//! The authority of the fixtures is trusted by a process of its own, because which authorities are
//! trusted is a matter of the process (`SSL_CERT_FILE`). `valid.pem` holds until 2126, `expired.pem`
//! ended in February 2026; the key of both is `key.pem`, made for this test and used nowhere else.

use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use talentwire::model::Secret;
use talentwire::notify::build::Target;

use super::bench::Bench;
use super::fixtures::{a_move, all_to};
use super::receivers::settings;
use super::sink::{Say, serve_tls};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/notify/tls");

#[test]
fn a_certificate_that_expires_costs_nothing_but_time() {
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["notify::tls::with_the_authority_of_the_fixtures", "--exact", "--ignored"])
        .env("SSL_CERT_FILE", format!("{FOLDER}/ca.pem"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&child.stdout).into_owned();
    assert!(child.status.success() && said.contains("1 passed"), "{said}");
}

fn server(certificate: &str) -> Arc<ServerConfig> {
    let read = |name: &str| format!("{FOLDER}/{name}");
    let chain = vec![CertificateDer::from_pem_file(read(certificate)).unwrap()];
    let key = PrivateKeyDer::from_pem_file(read("key.pem")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    Arc::new(config)
}

#[tokio::test]
#[ignore = "needs the authority of the fixtures; the test above starts it"]
async fn with_the_authority_of_the_fixtures() {
    let mut bench = Bench::new(&all_to("hook"));
    let sink = bench.sink(|_| Say::words(204, ""));
    let expired = Arc::new(AtomicBool::new(false));
    let (valid, old) = (server("valid.pem"), server("expired.pem"));
    let (now, handshakes) = (expired.clone(), Arc::new(Mutex::new(0)));
    let counted = handshakes.clone();
    let url = serve_tls(&sink, move || {
        *counted.lock().unwrap() += 1;
        if now.load(Ordering::Relaxed) { old.clone() } else { valid.clone() }
    });
    let url = Secret::new(&format!("{url}/hook"));
    bench.receiver(&settings("hook", Target::Webhook { url, secrets: Vec::new() }));

    bench.publish(&[a_move("m1", bench.now())]);
    bench.run_dry("hook").await;
    assert_eq!(sink.got().len(), 1);

    expired.store(true, Ordering::Relaxed);
    bench.publish(&[a_move("m2", bench.now())]);
    let metrics = bench.metrics.clone();
    let refused = move || metrics.deliveries_total.with_label_values(&["hook", "connect"]).get();
    let tried = refused.clone();
    bench.run(move |_, _| tried() >= 3).await;
    assert_eq!(sink.got().len(), 1, "nothing is said to a receiver that cannot prove who it is");

    expired.store(false, Ordering::Relaxed);
    bench.run_dry("hook").await;
    assert_eq!(sink.got().len(), 2);
    assert_eq!(bench.dead_letters(), [""; 0]);
    assert!(*handshakes.lock().unwrap() >= 5, "a connection of its own for each post");
}
