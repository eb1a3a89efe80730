//! The read-only HTTP server: `/metrics`, `/livez`, `/readyz`, `/healthz`, `/api/v1`.
//!
//! It knows nothing of stages or the log: the daemon hands it a [`State`] with the metrics, the
//! readiness and two queries.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, State as AxumState};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus::{Encoder, TextEncoder};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

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
    /// Gathered at each scrape.
    pub registry: prometheus::Registry,
    /// Called before each scrape, for gauges that depend on the time.
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
    axum::serve(listener, router(state)).with_graceful_shutdown(stop.cancelled_owned()).await
}

fn router(state: State) -> Router {
    Router::new()
        .route("/metrics", get(metrics))
        .route("/livez", get(live))
        .route("/healthz", get(ready))
        .route("/readyz", get(ready))
        .route("/api/v1/moves", get(moves))
        .route("/api/v1/feeds", get(feeds))
        .with_state(state)
}

async fn metrics(AxumState(state): AxumState<State>) -> Response {
    (state.refresh)();
    let mut body = Vec::new();
    let encoder = TextEncoder::new();
    match encoder.encode(&state.registry.gather(), &mut body) {
        Ok(()) => {
            ([(header::CONTENT_TYPE, encoder.format_type().to_owned())], body).into_response()
        }
        Err(cause) => (StatusCode::INTERNAL_SERVER_ERROR, cause.to_string()).into_response(),
    }
}

async fn live() -> &'static str {
    "ok\n"
}

async fn ready(AxumState(state): AxumState<State>) -> Response {
    match state.readiness.borrow().clone() {
        Readiness::Ready => "ok\n".into_response(),
        Readiness::NotReady(why) => {
            (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {why}\n")).into_response()
        }
    }
}

async fn moves(AxumState(state): AxumState<State>, Query(params): Query<Params>) -> Response {
    answer((state.moves)(params).await)
}

async fn feeds(AxumState(state): AxumState<State>, Query(params): Query<Params>) -> Response {
    answer((state.feeds)(params).await)
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

    #[tokio::test]
    async fn readiness_is_503_until_the_log_is_open_and_says_why() {
        let (set, readiness) = watch::channel(Readiness::NotReady("opening the log".into()));
        let nothing: Lookup = Arc::new(|_| Box::pin(async { Err("no `since` like that".into()) }));
        let state = State {
            registry: prometheus::Registry::new(),
            refresh: Arc::new(|| ()),
            readiness,
            moves: nothing.clone(),
            feeds: nothing,
        };
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
