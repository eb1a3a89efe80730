//! A move on a real log reaches Slack, a webhook and the console over real HTTP.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use hmac::{Hmac, KeyInit, Mac};
use talentwire::log::Log;
use talentwire::metrics::Metrics;
use talentwire::model::{ChangeKind, Secret};
use talentwire::net::{self, ClientSettings};
use talentwire::notify::build::{ReceiverSettings, Target};
use talentwire::notify::console::Console;
use talentwire::stage::notify::{SystemClock, run};
use tokio_util::sync::CancellationToken;
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::fixtures::{a_move, all_to, changed, outlet, publish};
use crate::support::TempLog;

fn client() -> net::Client {
    net::client(&ClientSettings { allow_private: true, ..ClientSettings::default() }).unwrap()
}

fn settings(name: &str, target: Target) -> ReceiverSettings {
    ReceiverSettings { name: name.to_owned(), target, template: None, interval: None, ops: false }
}

async fn until(mut done: impl AsyncFnMut() -> bool) {
    for _ in 0..600 {
        if done().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it did not happen");
}

#[tokio::test]
async fn a_move_reaches_slack_webhook_and_console_and_an_update_follows() {
    let server = MockServer::start().await;
    let slack_answer = ResponseTemplate::new(200).set_body_string("ok");
    Mock::given(path("/slack")).respond_with(slack_answer).mount(&server).await;
    Mock::given(path("/hook")).respond_with(ResponseTemplate::new(204)).mount(&server).await;
    let url = |path: &str| Secret::new(&format!("{}{path}", server.uri()));
    let key = base64::engine::general_purpose::STANDARD.encode("0123456789abcdef01234567");
    let secrets = vec![Secret::new(&format!("whsec_{key}")), Secret::new("older secret")];
    let slack = settings("slack", Target::SlackWebhook { url: url("/slack") });
    let hook = settings("hook", Target::Webhook { url: url("/hook"), secrets });
    let screen: Arc<Mutex<Vec<u8>>> = Arc::default();
    let console = Arc::new(Console::new(screen.clone(), false));

    let folder = TempLog::new();
    let log = folder.open().await;
    let now = chrono::Utc::now();
    let first = a_move("m1", now);
    publish(&log, std::slice::from_ref(&first)).await;
    let stop = CancellationToken::new();
    let metrics = Metrics::new().unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    for (name, receiver) in [
        ("slack", slack.build(&client()).unwrap()),
        ("hook", hook.build(&client()).unwrap()),
        ("console", console),
    ] {
        let outlet = outlet(name, receiver);
        let rules = all_to(name);
        tasks.spawn(run(log.clone(), outlet, rules, metrics.clone(), SystemClock, stop.clone()));
    }
    let requests = async || server.received_requests().await.unwrap();
    until(async || requests().await.len() >= 2).await;
    publish(&log, &[changed(&first, ChangeKind::Confirmed, now)]).await;
    until(async || requests().await.len() >= 4).await;
    let on_screen = || String::from_utf8_lossy(&screen.lock().unwrap()).into_owned();
    until(async || on_screen().contains("Now confirmed")).await;
    stop.cancel();
    while let Some(ended) = tasks.join_next().await {
        ended.unwrap().unwrap();
    }
    log.close(Duration::from_secs(5)).await.unwrap();

    let requests = requests().await;
    let bodies = |at: &str| -> Vec<serde_json::Value> {
        let ours = requests.iter().filter(|it| it.url.path() == at);
        ours.map(|it| it.body_json().unwrap()).collect()
    };
    for name in ["Marta Lindqvist", "OpenAI", "Anthropic"] {
        assert!(bodies("/slack")[0].to_string().contains(name), "{:#}", bodies("/slack")[0]);
    }
    println!("{:#}", bodies("/slack")[0]);
    let hook = bodies("/hook");
    assert_eq!(hook[0]["type"], "move.reported");
    assert_eq!(hook[0]["data"]["to"], "anthropic");
    assert_eq!(hook[1]["type"], "move.updated");
    assert_eq!(hook[1]["change"], "confirmed");
    let signed = requests.iter().find(|it| it.url.path() == "/hook").unwrap();
    let header = |name: &str| signed.headers.get(name).unwrap().to_str().unwrap().to_owned();
    assert_eq!(header("webhook-id"), "m1-1");
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(b"0123456789abcdef01234567").unwrap();
    mac.update(format!("m1-1.{}.", header("webhook-timestamp")).as_bytes());
    mac.update(&signed.body);
    let want = base64::engine::general_purpose::STANDARD.encode(mac.finalize().into_bytes());
    let signatures = header("webhook-signature");
    assert_eq!(signatures.split(' ').next().unwrap(), format!("v1,{want}"));
    assert_eq!(signatures.split(' ').count(), 2, "one signature for every secret");
    let screen = String::from_utf8(screen.lock().unwrap().clone()).unwrap();
    println!("{screen}");
    assert!(screen.contains("Marta Lindqvist m1: OpenAI → Anthropic"), "{screen}");
    let delivered = metrics.deliveries_total.with_label_values(&["slack", "delivered"]).get();
    assert_eq!(delivered, 2);
}
