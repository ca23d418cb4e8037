//! A client within the process: calls of AWS JSON 1.1 through the router.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use hyper::service::Service as _;
use hyper_util::service::TowerToHyperService;
use serde_json::{Value, json};
use server::{Archive, Options, Service, router};
use tokio::runtime::Runtime;

/// A service, and whoever calls it.
pub struct Client {
    router: Router,
}

static RUNTIME: LazyLock<Result<Runtime, String>> = LazyLock::new(|| Runtime::new().map_err(|it| it.to_string()));

impl Client {
    /// A client of the service over an archive.
    ///
    /// # Errors
    /// What the service says of its set-up.
    pub fn new(archive: Archive, options: Options) -> Result<Client, String> {
        Ok(Client::of(Arc::new(Service::new(archive, options)?)))
    }

    /// A client of a service.
    pub fn of(service: Arc<Service>) -> Client {
        Client { router: router(service) }
    }

    /// Calls an operation: the status, and the body.
    pub fn call(&self, operation: &str, arguments: &Value) -> (u16, Value) {
        let target = format!("Logs_20140328.{operation}");
        let headers = [("content-type", "application/x-amz-json-1.1"), ("x-amz-target", target.as_str())];
        let (status, body) = self.send("POST", "/", &headers, arguments.to_string().as_bytes());
        (status, serde_json::from_slice(&body).unwrap_or_default())
    }

    /// Sends a request: the status, and the bytes of the body.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> (u16, Vec<u8>) {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_vec()));
        let (Ok(runtime), Ok(request)) = (&*RUNTIME, request) else { return (0, Vec::new()) };
        runtime.block_on(async {
            let Ok(response) = TowerToHyperService::new(self.router.clone()).call(request).await;
            let status = response.status().as_u16();
            (status, to_bytes(response.into_body(), usize::MAX).await.unwrap_or_default().into())
        })
    }

    /// Waits for a query's end; its whole answer, read in pages of so many rows.
    pub fn results(&self, id: &str, page: usize) -> Result<Value, String> {
        let mut arguments = json!({ "queryId": id, "maxItems": page });
        let mut rows: Vec<Value> = Vec::new();
        loop {
            let (status, mut answer) = self.call("GetQueryResults", &arguments);
            if status != 200 {
                return Err(format!("no results: {answer}"));
            }
            match answer["status"].as_str() {
                Some("Running" | "Scheduled") => {
                    std::thread::sleep(Duration::from_millis(1));
                    continue;
                }
                Some("Complete") => {}
                other => return Err(format!("the query ends as {other:?}")),
            }
            let found = answer["results"].as_array().cloned().unwrap_or_default();
            if found.len() > page {
                return Err(format!("a page has {} rows", found.len()));
            }
            rows.extend(found);
            match answer["nextToken"].as_str() {
                Some(token) => arguments["nextToken"] = Value::from(token),
                None => {
                    answer["results"] = Value::from(rows);
                    return Ok(answer);
                }
            }
        }
    }
}
