//! `gw help`: the reference, out of the registries.

use std::fmt::Write as _;
use std::io::Write as _;

use clap::CommandFactory;
use functions::Function;
use syntax::command::{self, CommandSyntax};
use syntax::{ALL_CODES, Code};

use crate::args::{Args, HelpArgs};
use crate::examples;
use crate::exit::{Exit, Fault, written};
use crate::guides;

/// Prints what is known of a topic, or of the topics there are.
pub fn run(args: &HelpArgs) -> Result<Exit, Fault> {
    let text = match &args.topic {
        None => overview(),
        Some(topic) => match page(topic) {
            Some(text) => text,
            None => return Err(Fault::arguments(unknown(topic))),
        },
    };
    written(std::io::stdout().write_all(text.as_bytes()))?;
    Ok(Exit::Answered)
}

fn page(topic: &str) -> Option<String> {
    match topic.to_ascii_lowercase().as_str() {
        "commands" => return Some(commands()),
        "operators" => return Some(all_operators()),
        "functions" => return Some(all_functions()),
        "aggregates" => return Some(all_aggregates()),
        "errors" | "warnings" => return Some(errors()),
        "formats" => return Some(formats()),
        "hosts" => return Some(hosts()),
        "tests" => return Some(tests()),
        "schema" => return Some(suite::SCHEMA.to_owned()),
        _ => {}
    }
    let pages = [
        command::find(topic).map(of_command),
        verb(topic),
        operators().find(|it| it.name.eq_ignore_ascii_case(topic) || it.aliases.contains(&topic)).map(of_function),
        functions::find(topic).filter(|it| it.is_listed()).map(of_function),
        functions::find_aggregate(topic).map(of_aggregate),
        Code::find(topic).map(of_code),
        source::read::ALL
            .iter()
            .find(|it| it.name.eq_ignore_ascii_case(topic))
            .map(|it| format!("{}, a form that logs come in\n\n{}\n", it.name, it.doc)),
        source::discover::ALL
            .iter()
            .find(|it| it.name.eq_ignore_ascii_case(topic))
            .map(|it| format!("{}, a type of log\n\n{}\n", it.name, it.doc)),
        output::find(topic).map(|it| format!("--format {}\n\n{}\n", it.name, it.doc)),
        hosts::ALL
            .iter()
            .find(|it| it.name.eq_ignore_ascii_case(topic))
            .map(|it| format!("{}, a kind of file that queries live in\n\n{}\n", it.name, it.doc)),
        hosts::report::form(topic).map(|it| format!("gw check --format {}\n\n{}\n", it.name, it.doc)),
        guides::find(topic).map(str::to_owned),
    ];
    let pages: Vec<String> = pages.into_iter().flatten().collect();
    (!pages.is_empty()).then(|| pages.join("\n"))
}

fn overview() -> String {
    let names = |it: Vec<&'static str>| wrapped(&it);
    format!(
        "gw query 'QUERY' PATH…    gw --help for the verbs\n\ncommands\n{}\n\noperators\n{}\n\nfunctions\n{}\n\naggregates\n{}\n\n\
         gw help TOPIC tells of one of these, of an error such as `unknown-function`, or of a format;\n\
         gw help commands, operators, functions, aggregates, errors, formats, hosts, tests list them with a line each;\n\
         gw help VERB tells of its flags;\n\
         gw help {} tells how that works.\n",
        names(command::ALL.iter().map(|it| it.name).collect()),
        names(operators().flat_map(|it| std::iter::once(it.name).chain(it.aliases.iter().copied())).collect()),
        names(functions::all().filter(|it| it.is_listed()).map(|it| it.name).collect()),
        names(functions::aggregates().map(|it| it.name).collect()),
        guides::ALL.iter().map(|it| it.0).collect::<Vec<_>>().join(", "),
    )
}

/// Words in lines of a page's width, indented.
fn wrapped(words: &[&str]) -> String {
    const WIDTH: usize = 80;
    let mut lines = vec![String::from(" ")];
    for word in words {
        if lines.last().is_some_and(|line| line.len() + word.len() + 1 > WIDTH) {
            lines.push(String::from(" "));
        }
        if let Some(line) = lines.last_mut() {
            let _ = write!(line, " {word}");
        }
    }
    lines.join("\n")
}

fn commands() -> String {
    let line = |it: &&CommandSyntax| format!("{:19} {}\n", it.name, first_sentence(it.doc));
    command::ALL.iter().map(line).collect()
}

/// The operators that a query writes as they are called; the minus of one value and the step into a map are not.
fn operators() -> impl Iterator<Item = &'static Function> {
    let unwritten = [&functions::operator::NEGATE, &functions::operator::ACCESS];
    functions::operator::ALL.iter().copied().filter(move |it| !unwritten.iter().any(|other| std::ptr::eq(*it, *other)))
}

fn all_operators() -> String {
    operators().map(|it| format!("{:19} {}\n", it.name, first_sentence(it.doc))).collect()
}

fn all_functions() -> String {
    let listed = functions::all().filter(|it| it.is_listed());
    listed.map(|it| format!("{:19} {}\n", it.name, first_sentence(it.doc))).collect::<String>() + &all_aggregates()
}

fn all_aggregates() -> String {
    functions::aggregates().map(|it| format!("{:19} {}\n", it.name, first_sentence(it.doc))).collect()
}

/// What `gw VERB --help` says.
fn verb(topic: &str) -> Option<String> {
    let mut program = Args::command();
    // Only then its parts know what they are called in whole.
    program.build();
    let verb = program.find_subcommand_mut(topic.to_ascii_lowercase())?;
    Some(verb.render_long_help().to_string())
}

fn errors() -> String {
    ALL_CODES.iter().map(|it| format!("{:26}{}\n", it.slug(), it.doc())).collect()
}

fn formats() -> String {
    let line = |name: &str, doc: &str| format!("{name:19} {}\n", first_sentence(doc));
    let read: String = source::read::ALL.iter().map(|it| line(it.name, it.doc)).collect();
    let types: String = source::discover::ALL.iter().map(|it| line(it.name, it.doc)).collect();
    let written: String = output::ALL.iter().map(|it| line(it.name, it.doc)).collect();
    format!(
        "forms that logs come in\n{read}\ntypes of log, which give fields\n{types}\nforms of answers, --format\n{written}"
    )
}

fn hosts() -> String {
    let line = |it: &hosts::Host| format!("{:19} {}\n", it.name, it.doc);
    let kinds: String = hosts::ALL.iter().map(line).collect();
    let forms: String = hosts::report::ALL.iter().map(|it| format!("{:19} {}\n", it.name, it.doc)).collect();
    format!(
        "kinds of files that queries live in, for `gw check PATH…` and `gw fmt PATH…`\n{kinds}\n\
         forms of reports, `gw check --format`\n{forms}"
    )
}

fn tests() -> String {
    let mut text = String::from(
        "A test file is YAML, called `*.test.yml`, beside the queries it tests. `gw test PATH…` runs the tests of files and\n\
         folders; `gw help schema` prints its JSON Schema.\n\n\
         A table of expected rows is one that `gw query` printed, or one of Markdown. In the first, two blanks or more\n\
         stand between columns, in the line of names as in the rows; one blank belongs to a name or a cell.\n\n\
         A number behind `~` in an expected cell allows for the service's own error: 3.5 % of a percentile, 10 % of a\n\
         `count_distinct`; elsewhere for the test's `tolerance`.\n\n\
         The exit code is 0 if all tests hold, and if --changed leaves none to run; 1 if a test fails or cannot be run; 2 if\n\
         a test file is at fault, of which no test runs while those of the others do, or if the arguments are.\n",
    );
    for keys in suite::KEYS {
        let line = |(key, doc): &(&str, &str)| format!("  {key:12} {doc}\n");
        text += &format!("\nkeys of `{}`\n{}", keys.of, keys.keys.iter().map(line).collect::<String>());
    }
    let forms: String = suite::report::ALL.iter().map(|it| format!("  {:12} {}\n", it.name, it.doc)).collect();
    format!("{text}\nforms of reports, `gw test --format` and `--report`\n{forms}")
}

fn first_sentence(doc: &str) -> &str {
    doc.split_once(". ").map_or(doc, |(first, _)| first)
}

fn of_command(it: &CommandSyntax) -> String {
    let mut text = format!("{}\n\n{}\n", it.synopsis, it.doc);
    if !it.aliases.is_empty() {
        let _ = writeln!(text, "\nalso called {}", it.aliases.join(", "));
    }
    text
}

fn of_function(it: &Function) -> String {
    let examples: Vec<(String, &str)> =
        it.examples.iter().map(|(call, result)| (String::from(*call), *result)).collect();
    of_call(&it.signature(), it.aliases, it.doc, &examples)
}

fn of_aggregate(it: &functions::Aggregate) -> String {
    let over = |call: &str, cells: &[&str]| format!("{call} over {}", cells.join(", "));
    let examples: Vec<(String, &str)> =
        it.examples.iter().map(|(call, cells, result)| (over(call, cells), *result)).collect();
    of_call(&it.signature(), it.aliases, it.doc, &examples)
}

fn of_call(signature: &str, aliases: &[&str], doc: &str, examples: &[(String, &str)]) -> String {
    let mut text = format!("{signature}\n\n{doc}\n");
    if !aliases.is_empty() {
        let _ = writeln!(text, "\nalso called {}", aliases.join(", "));
    }
    for (index, (call, result)) in examples.iter().enumerate() {
        let result = if result.is_empty() { "no value" } else { result };
        let _ = writeln!(text, "{}  {call}  →  {result}", if index == 0 { "\n" } else { "" });
    }
    text
}

fn of_code(it: Code) -> String {
    format!("{}[{}]\n\n{}\n{}", it.severity(), it.slug(), it.doc(), examples::of_code(it))
}

fn unknown(topic: &str) -> String {
    let mut names: Vec<&str> = command::ALL.iter().map(|it| it.name).collect();
    names.extend(operators().map(|it| it.name));
    names.extend(functions::all().filter(|it| it.is_listed()).map(|it| it.name));
    names.extend(functions::aggregates().map(|it| it.name));
    names.extend(ALL_CODES.iter().map(|it| it.slug()));
    names.extend(source::read::ALL.iter().map(|it| it.name));
    names.extend(source::discover::ALL.iter().map(|it| it.name));
    names.extend(hosts::ALL.iter().map(|it| it.name));
    names.extend(["commands", "operators", "functions", "errors", "formats", "hosts", "tests", "schema"]);
    names.extend(guides::ALL.iter().map(|it| it.0));
    match syntax::nearest(topic, &names) {
        Some(near) => format!("there is no help on `{topic}`; on `{near}` there is"),
        None => format!("there is no help on `{topic}`; `gw help` lists what there is"),
    }
}
