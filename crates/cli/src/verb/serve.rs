//! `gw serve`: the CloudWatch Logs API over log files.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use plan::Limits;
use server::jobs::Bounds;
use server::{AccessKey, Clock, End, Options, Service};
use source::{Files, Source, Watch};
use store::Store;

use crate::exit::{Exit, Fault, written};
use crate::flags::{ArchiveArgs, TableArgs};
use crate::shell::quoted;
use crate::{archive, definitions, tables};

/// The folder for saved queries and tables in that of a store, which passes over it.
const KEPT: &str = ".kept";

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
    /// Where to listen; a port alone is one of this machine
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4586", value_parser = address)]
    pub listen: SocketAddr,
    /// Listen where other machines can call, too; it takes an --access-key
    #[arg(long, requires = "access_key")]
    pub expose: bool,
    /// Answer calls alone that are signed with this key; `@FILE` reads keys from a file, one a line
    #[arg(long, value_name = "ID:SECRET")]
    pub access_key: Vec<String>,
    /// Let the events count as having happened later, so that the newest is of now and "the last hour" finds some
    #[arg(long)]
    pub shift_to_now: bool,
    /// The Region of the log groups, where a call is not signed for one
    #[arg(long, value_name = "REGION", default_value = "us-east-1", value_parser = region)]
    pub region: String,
    /// Keep what callers write in this folder: events, saved queries, lookup tables; without it, no event can be written,
    /// and the rest is gone when the server ends
    #[arg(long, value_name = "FOLDER")]
    pub store: Option<PathBuf>,
    /// Let export tasks write, into this folder
    #[arg(long, value_name = "FOLDER")]
    pub exports: Option<PathBuf>,
    /// How many megabytes the rows and groups of a query may take while it runs; those of all together, twice as many
    #[arg(long, value_name = "MB", default_value_t = 1024, value_parser = clap::value_parser!(u32).range(1..))]
    pub memory: u32,
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
    let keys = keys(&args.access_key)?;
    if args.env {
        let environment = environment(args, keys.first());
        return written(std::io::stdout().write_all(environment.as_bytes())).map(|()| Exit::Answered);
    }
    if !args.listen.ip().is_loopback() && !args.expose {
        let message = format!("other machines reach {}: that takes --expose and an --access-key", args.listen);
        return Err(Fault::arguments(message));
    }
    if args.expose && args.listen.ip().is_loopback() {
        let message = "--expose takes a --listen that other machines reach, as 0.0.0.0:4586";
        return Err(Fault::arguments(message));
    }
    let is_named = !args.paths.is_empty() || !args.archive.log_group.is_empty() || !args.archive.data_source.is_empty();
    if !is_named && args.store.is_none() {
        let message =
            "there is nothing to serve: name files or folders, `-` for standard input, or a --store to write to";
        return Err(Fault::arguments(message));
    }
    for (flag, folder) in [("--store", &args.store), ("--exports", &args.exports)] {
        if let Some(folder) = folder.as_ref().filter(|it| it.exists() && !it.is_dir()) {
            return Err(Fault::arguments(format!("{flag} takes a folder, and {} is a file", folder.display())));
        }
    }
    let limits = if args.lenient { Limits::Ours } else { Limits::Service };
    let definitions = definitions::read(&args.tables)?;
    let mut files = match args.store {
        // A store may be all there is.
        Some(_) if !is_named => Files::none(),
        _ => archive::open(&args.paths, &args.archive)?,
    };
    if args.shift_to_now
        && let Some(newest) = files.newest(&Watch::default()).map_err(Fault::trouble)?
    {
        files = files.later_by(Clock::System.now() - newest);
    }
    let store = args.store.as_deref().map(|it| open_store(it, &args.paths)).transpose()?;
    let listener = TcpListener::bind(args.listen)
        .map_err(|error| Fault::trouble(format!("{} cannot be listened at: {error}", args.listen)))?;
    let defaults = Options::default();
    let options = Options {
        account: args.archive.account.clone().unwrap_or(defaults.account),
        region: args.region.clone(),
        limits,
        tables: texts(&args.tables, limits)?,
        data: args.store.as_ref().map(|it| it.join(KEPT)),
        keys,
        definitions,
        exports: args.exports.clone(),
        tell: if args.quiet { |_| {} } else { tell },
        bounds: bounds(args),
        ..Options::default()
    };
    let service = match store {
        Some(store) => Service::with_store(files, store, options),
        None => Service::new(Arc::new(files), options),
    };
    let service = Arc::new(service.map_err(Fault::trouble)?);
    let end = End::default();
    end_by_signal(end.clone())?;
    let groups = service.groups().len();
    let address = listener.local_addr().map_err(Fault::trouble)?;
    tell(&format!("{groups} log group{} at http://{address}", if groups == 1 { "" } else { "s" }));
    server::listen(listener, &service, &end).map_err(Fault::trouble)?;
    Ok(Exit::Answered)
}

/// An address to listen at: `127.0.0.1:4586`, `localhost:4586`, `4586`.
fn address(text: &str) -> Result<SocketAddr, String> {
    let local = |port: &str| Some(SocketAddr::from((Ipv4Addr::LOCALHOST, port.parse::<u16>().ok()?)));
    let found = text.parse().ok().or_else(|| local(text.strip_prefix("localhost:").unwrap_or(text)));
    found.ok_or_else(|| String::from("an address is an IP and a port, as in 127.0.0.1:4586, or a port alone"))
}

/// The name of a Region.
fn region(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.split('-').collect();
    let (number, words) = parts.split_last().unwrap_or((&"", &[]));
    let is_word = |it: &&str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_lowercase());
    let is_number = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
    let is_one = words.len() >= 2 && words.iter().all(is_word) && is_number;
    is_one.then(|| text.to_owned()).ok_or_else(|| String::from("a Region is called like us-east-1"))
}

/// How many queries there may be, and how large.
fn bounds(args: &ServeArgs) -> Bounds {
    let memory = (args.memory as usize).saturating_mul(1 << 20);
    Bounds { memory, memory_together: memory.saturating_mul(2), ..Bounds::default() }
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

/// What a shell must set. Clients ask STS for the account that ARNs of log groups have. Where any key will do, one that is set already stays. Live tail is asked for at `stream-HOST`
/// unless that is forbidden, and no address has such a name.
fn environment(args: &ServeArgs, key: Option<&AccessKey>) -> String {
    let key = match key {
        Some(AccessKey { id, secret }) => [quoted(id), quoted(secret)],
        None => ["ACCESS_KEY_ID", "SECRET_ACCESS_KEY"].map(|it| format!("\"${{AWS_{it}:-groundwatch}}\"")),
    };
    // What listens everywhere is called at this machine.
    let mut address = args.listen;
    match address.ip() {
        IpAddr::V4(it) if it.is_unspecified() => address.set_ip(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        IpAddr::V6(it) if it.is_unspecified() => address.set_ip(IpAddr::V6(Ipv6Addr::LOCALHOST)),
        _ => {}
    }
    format!(
        "export AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=http://{address}\n\
         export AWS_ENDPOINT_URL_STS=http://{address}\n\
         export AWS_ACCESS_KEY_ID={}\n\
         export AWS_SECRET_ACCESS_KEY={}\n\
         export AWS_DEFAULT_REGION=\"${{AWS_DEFAULT_REGION:-{}}}\"\n\
         export AWS_DISABLE_HOST_PREFIX_INJECTION=true\n",
        key[0], key[1], args.region
    )
}

/// The keys that the arguments give.
fn keys(given: &[String]) -> Result<Vec<AccessKey>, Fault> {
    let mut keys = Vec::new();
    for it in given {
        let Some(file) = it.strip_prefix('@') else {
            keys.push(key(it)?);
            continue;
        };
        let text = std::fs::read_to_string(file);
        let text = text.map_err(|error| Fault::trouble(format!("the keys in {file} cannot be read: {error}")))?;
        let lines = text.lines().map(str::trim).filter(|it| !it.is_empty());
        keys.extend(lines.map(key).collect::<Result<Vec<_>, _>>()?);
    }
    match keys.is_empty() && !given.is_empty() {
        true => Err(Fault::arguments("--access-key gives no key")),
        false => Ok(keys),
    }
}

fn key(text: &str) -> Result<AccessKey, Fault> {
    let parts = text.split_once(':').filter(|(id, secret)| !id.is_empty() && !secret.is_empty());
    // What was given is a secret, or part of one: it is not shown.
    let (id, secret) = parts.ok_or_else(|| Fault::arguments("--access-key takes ID:SECRET, or @FILE"))?;
    Ok(AccessKey { id: id.to_owned(), secret: secret.to_owned() })
}

/// The tables that the arguments name, as texts.
fn texts(args: &TableArgs, limits: Limits) -> Result<Vec<(String, String)>, Fault> {
    tables::read(args, limits)?;
    let named = args.lookup.iter().filter_map(|it| it.split_once('='));
    let read = named.map(|(name, path)| {
        let text = std::fs::read_to_string(path);
        let text = text.map_err(|fault| Fault::trouble(format!("the table {path}: {fault}")))?;
        Ok((name.to_owned(), text))
    });
    read.collect()
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
