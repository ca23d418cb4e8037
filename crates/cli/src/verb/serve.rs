//! `gw serve`: the CloudWatch Logs API over log files.

use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use plan::Limits;
use server::{End, Options, Service};
use source::Files;
use store::Store;

use crate::exit::{Exit, Fault, written};
use crate::flags::{ArchiveArgs, TableArgs};
use crate::{archive, definitions, tables};

/// `gw serve`
#[derive(clap::Args)]
pub struct ServeArgs {
    /// Files, folders and patterns; `-` is standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub archive: ArchiveArgs,
    #[command(flatten)]
    pub tables: TableArgs,
    /// Where to listen
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4586")]
    pub listen: std::net::SocketAddr,
    /// The Region of the log groups, where a call is not signed for one
    #[arg(long, value_name = "REGION", default_value = "us-east-1")]
    pub region: String,
    /// Take what is written, into this folder; without it, nothing can be written
    #[arg(long, value_name = "FOLDER")]
    pub store: Option<PathBuf>,
    /// Let export tasks write, into this folder
    #[arg(long, value_name = "FOLDER")]
    pub exports: Option<PathBuf>,
    /// Take queries beyond the service's own limits
    #[arg(long)]
    pub lenient: bool,
    /// Say nothing of calls and queries
    #[arg(long)]
    pub quiet: bool,
    /// Print what a shell must set so that the AWS CLI and SDKs call this server: `eval "$(gw serve --env)"`
    #[arg(long)]
    pub env: bool,
}

/// Serves until a signal ends it.
pub fn run(args: &ServeArgs) -> Result<Exit, Fault> {
    if args.env {
        return written(std::io::stdout().write_all(environment(args).as_bytes())).map(|()| Exit::Answered);
    }
    if !args.listen.ip().is_loopback() {
        return Err(Fault::arguments("--listen takes an address of this machine alone, such as 127.0.0.1:4586"));
    }
    let limits = if args.lenient { Limits::Ours } else { Limits::Service };
    let tables = tables::read(&args.tables, limits)?;
    let definitions = definitions::read(&args.tables)?;
    let is_named = !args.paths.is_empty() || !args.archive.log_group.is_empty() || !args.archive.data_source.is_empty();
    let files = match args.store {
        // A store may be all there is.
        Some(_) if !is_named => Files::none(),
        _ => archive::open(&args.paths, &args.archive)?,
    };
    let store = args.store.as_deref().map(|it| open_store(it, &args.paths)).transpose()?;
    let listener = TcpListener::bind(args.listen)
        .map_err(|error| Fault::trouble(format!("{} cannot be listened at: {error}", args.listen)))?;
    let defaults = Options::default();
    let options = Options {
        account: args.archive.account.clone().unwrap_or(defaults.account),
        region: args.region.clone(),
        limits,
        tables,
        definitions,
        exports: args.exports.clone(),
        tell: if args.quiet { |_| {} } else { tell },
        ..Options::default()
    };
    let service = Arc::new(match store {
        Some(store) => Service::with_store(files, store, options),
        None => Service::new(Arc::new(files), options),
    });
    let end = End::default();
    end_by_signal(end.clone())?;
    let groups = service.groups().len();
    let address = listener.local_addr().map_err(Fault::trouble)?;
    tell(&format!("{groups} log group{} at http://{address}", if groups == 1 { "" } else { "s" }));
    server::listen(listener, &service, &end).map_err(Fault::trouble)?;
    Ok(Exit::Answered)
}

/// Opens the store, and tells what had to be repaired.
fn open_store(folder: &Path, paths: &[PathBuf]) -> Result<Store, Fault> {
    let whole = |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_default();
    let is_inside = |path: &PathBuf| whole(folder).starts_with(whole(path)) || whole(path).starts_with(whole(folder));
    if let Some(path) = paths.iter().find(|it| is_inside(it)) {
        let (folder, path) = (folder.display(), path.display());
        return Err(Fault::arguments(format!(
            "the store {folder} and the logs {path} lie in one another: events would count twice"
        )));
    }
    let (store, repairs) = Store::open(folder).map_err(Fault::trouble)?;
    repairs.iter().for_each(|it| tell(&it.to_string()));
    Ok(store)
}

/// What a shell must set.
fn environment(args: &ServeArgs) -> String {
    format!(
        "export AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=http://{}\n\
         export AWS_ACCESS_KEY_ID=\"${{AWS_ACCESS_KEY_ID:-groundwatch}}\"\n\
         export AWS_SECRET_ACCESS_KEY=\"${{AWS_SECRET_ACCESS_KEY:-groundwatch}}\"\n\
         export AWS_DEFAULT_REGION=\"${{AWS_DEFAULT_REGION:-{}}}\"\n",
        args.listen, args.region
    )
}

/// Ends the server by SIGINT or SIGTERM: at first gracefully, by another one at once.
fn end_by_signal(end: End) -> Result<(), Fault> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    let signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM]);
    let mut signals = signals.map_err(|error| Fault::trouble(format!("signals cannot be watched for: {error}")))?;
    std::thread::spawn(move || {
        let mut is_first = true;
        for _ in signals.forever() {
            if !is_first {
                std::process::exit(130);
            }
            is_first = false;
            end.now();
        }
    });
    Ok(())
}

/// Says something on standard error; if that is gone, there is nobody to tell.
fn tell(text: &str) {
    _ = writeln!(anstream::stderr(), "{text}");
}
