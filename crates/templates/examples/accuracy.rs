//! How well templates are told apart, on messages that people have labelled: `accuracy [--wrong] FILE…`.
//!
//! A file is CSV with a header that names `Content`, the messages, and `EventId`, the labels: so labelled samples of logs
//! are published. Messages are learned as `pattern` learns them, and compared by grouping accuracy: a message counts if
//! the messages of its template are those of its label, all of them and no others. `--wrong` shows the labels that are
//! no template, and the templates that their messages fell into.

use std::process::ExitCode;

#[path = "../tests/grouping/mod.rs"]
mod grouping;
#[path = "../tests/labelled/mod.rs"]
mod labelled;

fn main() -> ExitCode {
    let (options, files): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|it| it.starts_with("--"));
    let shows_wrong = match options.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => false,
        ["--wrong"] => true,
        _ => return usage(),
    };
    if files.is_empty() {
        return usage();
    }
    println!("{:>8} {:>6} {:>8} {:>8}  file", "messages", "labels", "patterns", "accuracy");
    let mut accuracies = Vec::new();
    for file in &files {
        let messages = match labelled::read(file.as_ref()) {
            Ok(messages) => messages,
            Err(error) => {
                eprintln!("{file}: {error}");
                return ExitCode::FAILURE;
            }
        };
        let it = grouping::grouping(&messages);
        println!("{:>8} {:>6} {:>8} {:>8.3}  {file}", it.messages, it.labels, it.found, it.accuracy());
        if shows_wrong {
            it.wrong.iter().for_each(|it| println!("{it}"));
        }
        accuracies.push(it.accuracy());
    }
    let mean = accuracies.iter().sum::<f64>() / accuracies.len() as f64;
    println!("{:>8} {:>6} {:>8} {mean:>8.3}  mean", "", "", "");
    ExitCode::SUCCESS
}

fn usage() -> ExitCode {
    eprintln!("usage: accuracy [--wrong] FILE…, each a CSV file with columns Content and EventId");
    ExitCode::from(2)
}
