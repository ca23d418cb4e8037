//! The loop that takes connections: each bounded in time, all of them in number, and all ended gracefully.

mod patient;

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::io;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::runtime::Builder;
use tokio::sync::{Notify, Semaphore};

use crate::listen::patient::Patient;
use crate::protocol::router;
use crate::service::Service;

/// How many threads read and write: few, for the work is done on others.
const WORKERS: usize = 4;
/// How many calls are worked on at once; the next one waits.
const AT_WORK: usize = 64;
/// How many connections there may be; the next one waits.
const CONNECTIONS: usize = 512;
/// How long to wait where the system has no room for another connection.
const PAUSE: Duration = Duration::from_millis(100);

/// Ends a server from any thread; once is enough.
#[derive(Clone, Debug, Default)]
pub struct End(Arc<Notify>);

impl End {
    /// Has the server answer the calls that run, and take no more.
    pub fn now(&self) {
        self.0.notify_one();
    }
}

/// Serves a service at an address until its end is asked for, then until the calls that run are answered, but no longer
/// than [`Patience::end`](crate::Patience) says. Queries, live tails and export tasks that run are ended.
///
/// # Errors
/// The system has no threads for it, or the address cannot be listened at.
pub fn listen(listener: std::net::TcpListener, service: &Arc<Service>, end: &End) -> io::Result<()> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let runtime = Builder::new_multi_thread()
        .worker_threads(cores.min(WORKERS))
        .max_blocking_threads(AT_WORK)
        .enable_io()
        .enable_time()
        .build()?;
    listener.set_nonblocking(true)?;
    let graceful = GracefulShutdown::new();
    runtime.block_on(async {
        let listener = TcpListener::from_std(listener)?;
        accept(listener, service, &graceful, end.0.notified()).await;
        io::Result::Ok(())
    })?;
    let (asked, grace) = (Instant::now(), service.options.patience.end);
    service.jobs.close();
    service.seats.close();
    runtime.block_on(async { _ = tokio::time::timeout(grace, graceful.shutdown()).await });
    // Files are left whole.
    service.exports.close(grace.saturating_sub(asked.elapsed()));
    // What still runs is work for a client that has gone, or was not waited for.
    runtime.shutdown_timeout(grace.saturating_sub(asked.elapsed()));
    Ok(())
}

/// Takes connections until the end.
async fn accept(
    listener: TcpListener,
    service: &Arc<Service>,
    graceful: &GracefulShutdown,
    end: impl Future<Output = ()>,
) {
    let (router, patience) = (router(service.clone()), service.options.patience);
    let connections = Arc::new(Semaphore::new(CONNECTIONS));
    let was_full = Cell::new(false);
    let mut end = std::pin::pin!(end);
    loop {
        let accept = async {
            if connections.available_permits() == 0 && !was_full.replace(true) {
                (service.options.tell)(&format!("{CONNECTIONS} connections are open: the next one waits for an end"));
            }
            let place = connections.clone().acquire_owned().await;
            (place, listener.accept().await)
        };
        let mut accept = std::pin::pin!(accept);
        let next = poll_fn(|context| match end.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(None),
            Poll::Pending => accept.as_mut().poll(context).map(Some),
        });
        let Some((place, stream)) = next.await else { break };
        let Ok((stream, _)) = stream else {
            // Out of file descriptors, or the client is gone already: neither ends the server.
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(router.clone());
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(patience.head)
            // Some say all they have to say, close their side, and wait for the answer.
            .half_close(true)
            .serve_connection(TokioIo::new(Patient::new(stream, patience.answer)), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // A client that breaks off has nobody to tell.
            _ = connection.await;
            drop(place);
        });
    }
}
