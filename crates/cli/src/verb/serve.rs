//! `gw serve`: the CloudWatch Logs API over log files.

use std::io::Write;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;

use plan::Limits;
use server::{End, Options, Service};

use crate::exit::{Exit, Fault, written};
use crate::flags::{ArchiveArgs, TableArgs};
use crate::{archive, tables};

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
    let files = archive::open(&args.paths, &args.archive)?;
    let listener = TcpListener::bind(args.listen)
        .map_err(|error| Fault::trouble(format!("{} cannot be listened at: {error}", args.listen)))?;
    let defaults = Options::default();
    let options = Options {
        account: args.archive.account.clone().unwrap_or(defaults.account),
        region: args.region.clone(),
        limits,
        tables,
        tell: if args.quiet { |_| {} } else { tell },
        ..Options::default()
    };
    let service = Arc::new(Service::new(Arc::new(files), options));
    let end = End::default();
    end_by_signal(end.clone())?;
    let groups = service.groups().len();
    let address = listener.local_addr().map_err(Fault::trouble)?;
    tell(&format!("{groups} log group{} at http://{address}", if groups == 1 { "" } else { "s" }));
    server::listen(listener, &service, &end).map_err(Fault::trouble)?;
    Ok(Exit::Answered)
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
