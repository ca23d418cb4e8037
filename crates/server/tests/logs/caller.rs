//! A service with a store, and whoever calls it.

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use axum::response::Response;
use hyper::service::Service as _;
use hyper_util::service::TowerToHyperService;
use plan::Limits;
use serde_json::{Value, json};
use server::{Archive, Clock, Options, Service, router};
use source::{Files, Memory};
use store::Store;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// What time it is.
pub const NOW: i64 = 1_767_225_600_000;

/// A service with a store, and whoever calls it.
pub struct Caller {
    router: Router,
    folder: TempDir,
}

pub static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

/// A line of an archive.
pub fn line(time: i64, stream: &str, message: &str) -> String {
    format!("{}\n", json!({ "logStreamName": stream, "timestamp": time, "message": message }))
}

impl Caller {
    /// Of an archive with these log groups, and an empty store.
    pub fn new(groups: &[(&str, &str)]) -> Caller {
        Caller::within(groups, options().limits)
    }

    /// The same, where these limits hold for queries.
    pub fn within(groups: &[(&str, &str)], limits: Limits) -> Caller {
        let folder = tempfile::tempdir().unwrap();
        let (store, repairs) = Store::open(&folder.path().join("store")).unwrap();
        assert_eq!(repairs, []);
        let options = Options { exports: Some(folder.path().join("exports")), limits, ..options() };
        let service = Service::with_store(Files::from(memory(groups)), store, options).unwrap();
        Caller { router: router(Arc::new(service)), folder }
    }

    /// Of an archive without a store.
    pub fn of_archive(groups: &[(&str, &str)]) -> Caller {
        Caller::over(Arc::new(memory(groups)))
    }

    /// The same of any archive.
    pub fn over(archive: Archive) -> Caller {
        let service = Service::new(archive, options()).unwrap();
        Caller { router: router(Arc::new(service)), folder: tempfile::tempdir().unwrap() }
    }

    /// The folder that exports are written to.
    pub fn exports(&self) -> std::path::PathBuf {
        self.folder.path().join("exports")
    }

    /// The answer of a call.
    pub fn respond(&self, call: &str, arguments: &Value) -> Response {
        let request = Request::post("/")
            .header("content-type", "application/x-amz-json-1.1")
            .header("x-amz-target", format!("Logs_20140328.{call}"))
            .body(Body::from(arguments.to_string()))
            .unwrap();
        let Ok(response) = RUNTIME.block_on(TowerToHyperService::new(self.router.clone()).call(request));
        response
    }

    /// What comes of a call: the status, and the answer.
    pub fn call(&self, call: &str, arguments: &Value) -> (u16, Value) {
        let response = self.respond(call, arguments);
        let status = response.status().as_u16();
        let body = RUNTIME.block_on(to_bytes(response.into_body(), usize::MAX)).unwrap();
        (status, serde_json::from_slice(&body).unwrap())
    }

    /// A call that is answered.
    pub fn done(&self, call: &str, arguments: Value) -> Value {
        let (status, answer) = self.call(call, &arguments);
        assert_eq!(status, 200, "{call} {arguments}: {answer}");
        answer
    }

    /// A call that fails; what is said.
    pub fn fails(&self, call: &str, arguments: Value, error: &str) -> String {
        let (status, answer) = self.call(call, &arguments);
        assert_eq!((status, answer["__type"].as_str()), (400, Some(error)), "{call} {arguments}: {answer}");
        answer["message"].as_str().unwrap().to_owned()
    }

    /// The rows of a query, without `@ptr`.
    pub fn query(&self, text: &str) -> Vec<Vec<String>> {
        let id =
            self.done("StartQuery", json!({ "queryString": text, "startTime": 0, "endTime": NOW / 1000 + 86_400 }));
        loop {
            let found = self.done("GetQueryResults", json!({ "queryId": id["queryId"] }));
            match found["status"].as_str().unwrap() {
                "Complete" => {
                    let cells = |row: &Value| {
                        let cells = row.as_array().unwrap().iter().filter(|it| it["field"] != "@ptr");
                        cells.map(|it| it["value"].as_str().unwrap().to_owned()).collect()
                    };
                    return found["results"].as_array().unwrap().iter().map(cells).collect();
                }
                "Running" | "Scheduled" => std::thread::sleep(std::time::Duration::from_millis(1)),
                other => panic!("{text}: {other}"),
            }
        }
    }
}

fn options() -> Options {
    Options { clock: Clock::Fixed(NOW), ..Options::default() }
}

fn memory(groups: &[(&str, &str)]) -> Memory {
    let add = |memory: Memory, (group, text): &(&str, &str)| {
        memory.file(&format!("{group}/s.jsonl"), Some(group), text.as_bytes())
    };
    // Blocks so small that pages have events of several.
    groups.iter().fold(Memory::new().with_blocks_of(2 << 10), add)
}
