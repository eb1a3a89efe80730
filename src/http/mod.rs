//! The read-only HTTP server: `/metrics`, `/livez`, `/readyz`, `/healthz`, `/api/v1`.
//!
//! It knows nothing of stages or the log: the daemon hands it a [`State`] with the metrics, the
//! readiness and two queries. Whatever is asked of it, and however often, takes a bounded share of
//! the process: so many connections, one page of metrics in a while, a few queries at once.

mod listener;
mod page;

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Query, State as AxumState};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio_util::sync::CancellationToken;

use self::listener::Limited;
use self::page::Page;

/// Connections at once.
const CONNECTIONS: usize = 512;
/// A connection on which nothing moves for so long is closed.
const IDLE: Duration = Duration::from_secs(30);
/// Queries at once; each reads a whole topic.
const QUERIES: usize = 4;

/// Whether the daemon can do its work, and if not, why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Readiness {
    /// Everything is open.
    Ready,
    /// Not yet, or no longer; the reason is shown to the operator.
    NotReady(String),
}

/// Parameters of a query, as in the URL.
pub type Params = HashMap<String, String>;

/// Answers a query with JSON text, or with what is wrong with the parameters.
pub type Lookup = Arc<
    dyn Fn(Params) -> Pin<Box<dyn Future<Output = Result<String, String>> + Send>> + Send + Sync,
>;

/// What the server shows.
#[derive(Clone)]
pub struct State {
    /// Gathered for a scrape.
    pub registry: prometheus::Registry,
    /// Called before they are gathered, for gauges that depend on the time.
    pub refresh: Arc<dyn Fn() + Send + Sync>,
    /// Followed by `/readyz`.
    pub readiness: watch::Receiver<Readiness>,
    /// `/api/v1/moves`.
    pub moves: Lookup,
    /// `/api/v1/feeds`.
    pub feeds: Lookup,
}

/// Serves until `stop` is cancelled, then finishes the requests under way.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    state: State,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let listener = Limited::new(listener, CONNECTIONS, IDLE);
    axum::serve(listener, router(state)).with_graceful_shutdown(stop.cancelled_owned()).await
}

/// What the handlers share.
struct Server {
    state: State,
    page: Page,
    queries: Semaphore,
}

type Shared = AxumState<Arc<Server>>;

fn router(state: State) -> Router {
    let server = Server { state, page: Page::default(), queries: Semaphore::new(QUERIES) };
    Router::new()
        .route("/", get(paths))
        .route("/metrics", get(metrics))
        .route("/livez", get(live))
        .route("/healthz", get(ready))
        .route("/readyz", get(ready))
        .route("/api/v1/moves", get(moves))
        .route("/api/v1/feeds", get(feeds))
        .with_state(Arc::new(server))
}

async fn metrics(AxumState(server): Shared) -> Response {
    let State { registry, refresh, .. } = &server.state;
    match server.page.get(registry, refresh.as_ref()).await {
        Ok(page) => ([(header::CONTENT_TYPE, prometheus::TEXT_FORMAT)], page).into_response(),
        Err(cause) => (StatusCode::INTERNAL_SERVER_ERROR, cause.to_string()).into_response(),
    }
}

/// What there is to ask for; the daemon logs this address at its start.
async fn paths() -> &'static str {
    "talentwire\n\n/metrics\n/livez\n/readyz\n/healthz\n/api/v1/moves\n/api/v1/feeds\n"
}

async fn live() -> &'static str {
    "ok\n"
}

async fn ready(AxumState(server): Shared) -> Response {
    match server.state.readiness.borrow().clone() {
        Readiness::Ready => "ok\n".into_response(),
        Readiness::NotReady(why) => {
            (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {why}\n")).into_response()
        }
    }
}

async fn moves(AxumState(server): Shared, Query(params): Query<Params>) -> Response {
    query(&server, &server.state.moves, params).await
}

async fn feeds(AxumState(server): Shared, Query(params): Query<Params>) -> Response {
    query(&server, &server.state.feeds, params).await
}

async fn query(server: &Server, lookup: &Lookup, params: Params) -> Response {
    // The semaphore is never closed.
    let _place = server.queries.acquire().await;
    answer(lookup(params).await)
}

fn answer(result: Result<String, String>) -> Response {
    let json = [(header::CONTENT_TYPE, "application/json")];
    match result {
        Ok(body) => (json, body).into_response(),
        Err(what) => {
            let body = serde_json::json!({ "error": what }).to_string();
            (StatusCode::BAD_REQUEST, json, body).into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn get(address: &str, path: &str) -> (u16, String) {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        (answer.split(' ').nth(1).unwrap().parse().unwrap(), answer)
    }

    fn state(
        readiness: watch::Receiver<Readiness>,
        refresh: Arc<dyn Fn() + Send + Sync>,
        lookup: Lookup,
    ) -> State {
        let registry = prometheus::Registry::new();
        State { registry, refresh, readiness, moves: lookup.clone(), feeds: lookup }
    }

    fn nothing() -> Lookup {
        Arc::new(|_| Box::pin(async { Err("no `since` like that".into()) }))
    }

    #[tokio::test]
    async fn a_thousand_scrapes_at_once_gather_the_metrics_a_few_times() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        let gathered = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&gathered);
        let refresh = Arc::new(move || {
            count.fetch_add(1, Ordering::Relaxed);
        });
        let page = Page::default();
        let registry = prometheus::Registry::new();
        let begun = std::time::Instant::now();
        for _ in 0..1_000 {
            page.get(&registry, refresh.as_ref()).await.unwrap();
        }
        let most = 1 + begun.elapsed().as_millis() / 250;
        assert!(gathered.load(Ordering::Relaxed) as u128 <= most);
    }

    #[tokio::test]
    async fn connections_that_say_nothing_give_way() {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let (_set, readiness) = watch::channel(Readiness::Ready);
        let inner = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = inner.local_addr().unwrap();
        let listener = Limited::new(inner, 2, Duration::from_millis(100));
        let router = router(state(readiness, Arc::new(|| ()), nothing()));
        let mut tasks = tokio::task::JoinSet::new();
        tasks.spawn(async move { axum::serve(listener, router).await });
        let mut silent = Vec::new();
        for _ in 0..2 {
            let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
            stream.write_all(b"GET /livez HT").await.unwrap();
            silent.push(stream);
        }
        assert_eq!(get(&address.to_string(), "/livez").await.0, 200);
        let mut rest = Vec::new();
        for mut stream in silent {
            // Closed by the server; how does not matter.
            let _cut = stream.read_to_end(&mut rest).await;
        }
    }

    #[tokio::test]
    async fn readiness_is_503_until_the_log_is_open_and_says_why() {
        let (set, readiness) = watch::channel(Readiness::NotReady("opening the log".into()));
        let state = state(readiness, Arc::new(|| ()), nothing());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let stop = CancellationToken::new();
        let mut tasks = tokio::task::JoinSet::new();
        tasks.spawn(serve(listener, state, stop.clone()));

        let (status, body) = get(&address, "/readyz").await;
        assert_eq!(status, 503);
        assert!(body.contains("opening the log"));
        assert_eq!(get(&address, "/livez").await.0, 200);
        set.send(Readiness::Ready).unwrap();
        assert_eq!(get(&address, "/readyz").await.0, 200);
        assert_eq!(get(&address, "/api/v1/moves?since=x").await.0, 400);
        assert_eq!(get(&address, "/nowhere").await.0, 404);
        stop.cancel();
        tasks.join_next().await.unwrap().unwrap().unwrap();
    }
}
