//! What a query says that may not be what was meant, and that its text alone shows.

use syntax::command::ParseBy;
use syntax::{Code, Command, Diagnostic, Expr, ExprKind, Literal, Name, Named, Path, Query, Span, Stage, command};

use crate::Which;
use crate::context::{Context, LONGEST_QUERY, Limits, LogClass};

/// The commands that log groups of the Infrequent Access class refuse. Pages of the manual differ: this is all that
/// any of them names.
const STANDARD_ONLY: &[&str] = &["pattern", "diff", "anomaly", "unmask", "filterIndex"];

/// All that may not be meant, in a query that runs.
pub fn doubts(query: &Query, text: &str, context: &Context) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    found.extend(too_long(text).filter(|_| context.limits == Limits::Ours).map(|(span, message)| {
        Diagnostic::new(Code::AboveLimit, span, &message).help("a pattern may say what a long list does")
    }));
    for stage in &query.stages {
        found.extend(given_up(stage, text));
        found.extend(quoted_names(&stage.command));
        visit_expressions(&stage.command, &mut |expr| found.extend(literal_wildcard(expr)));
        visit_expressions(&stage.command, &mut |expr| found.extend(double_dash(expr, text)));
        visit_expressions(&stage.command, &mut |expr| found.extend(text_against_time(expr)));
        visit_patterns(&stage.command, &mut |pattern, span| found.extend(backslashes(pattern, span)));
    }
    found.extend(refused_by_class(query, text, context));
    found
}

/// Where a query is longer than the service takes, and how that is said.
pub fn too_long(text: &str) -> Option<(Span, String)> {
    let length = text.chars().count();
    let (start, _) = text.char_indices().nth(LONGEST_QUERY)?;
    let message = format!("the query has {length} characters, and the service takes {LONGEST_QUERY} at most");
    Some((Span { start: start as u32, end: text.len() as u32 }, message))
}

/// `level -- severity`: what begins a comment in SQL, and would be a difference here.
fn double_dash(expr: &Expr, text: &str) -> Option<Diagnostic> {
    let ExprKind::Call { name, .. } = &expr.kind else { return None };
    let start = expr.span.start.checked_sub(1).filter(|_| name.text == "negate")?;
    let span = Span { start, end: start + 2 };
    (span.text(text) == "--").then(|| {
        Diagnostic::new(Code::NotAComment, span, "`--` begins no comment in this language")
            .help("a comment begins with `#`; to take away what is negative, leave a blank: `a - -b`")
    })
}

/// `head`: a word that the service has given up. (`tail` is told where it is arranged.)
fn given_up(stage: &Stage, text: &str) -> Option<Diagnostic> {
    let word = first_word(stage, text);
    (matches!(stage.command, Command::Limit(_)) && word.text(text).eq_ignore_ascii_case("head")).then(|| {
        Diagnostic::new(Code::Deprecated, word, "the service has given `head` up").help("`limit` does the same")
    })
}

/// What the class of the log groups refuses: a warning, or with the service's limits a fault.
fn refused_by_class(query: &Query, text: &str, context: &Context) -> Vec<Diagnostic> {
    let is_chosen = query.stages.iter().any(|it| chooses_infrequent_access(&it.command, context));
    if context.class == LogClass::Standard && !is_chosen {
        return Vec::new();
    }
    let code = match context.limits {
        Limits::Ours => Code::InfrequentAccess,
        Limits::Service => Code::NotInClass,
    };
    let mut found = Vec::new();
    let mut refused = |what: &str, span| {
        let message = format!("log groups of the Infrequent Access class refuse `{what}`");
        found.push(Diagnostic::new(code, span, &message).help("log groups of the Standard class take it"));
    };
    for stage in &query.stages {
        let word = first_word(stage, text);
        let name = command::find(word.text(text)).map(|it| it.name).filter(|it| STANDARD_ONLY.contains(it));
        name.into_iter().for_each(|it| refused(it, word));
        visit_expressions(&stage.command, &mut |expr| {
            if let ExprKind::Call { name, .. } = &expr.kind
                && name.text.eq_ignore_ascii_case("unmask")
            {
                refused("unmask", name.span);
            }
        });
    }
    found
}

/// Whether a `SOURCE` asks for log groups of that class, or names one that is known to be of it.
fn chooses_infrequent_access(it: &Command, context: &Context) -> bool {
    let Command::Source(it) = it else { return false };
    let infrequent = Some(LogClass::InfrequentAccess);
    let mut known = context.log_groups.iter().flatten().filter(|it| it.class == infrequent);
    match &it.kind {
        command::SourceKind::Group(name) => known.any(|it| it.is_called(&name.text)),
        command::SourceKind::Groups(groups) if groups.classes.is_empty() => {
            let texts = |names: &[Name]| names.iter().map(|it| it.text.clone()).collect();
            let (prefixes, accounts) = (texts(&groups.prefixes), texts(&groups.accounts));
            let which = Which::Prefixed { prefixes, accounts, except: Vec::new() };
            known.any(|it| which.names(it.account(), &it.name))
        }
        command::SourceKind::Groups(groups) => groups.classes.iter().any(|it| LogClass::of(&it.text) == infrequent),
    }
}

fn first_word(stage: &Stage, text: &str) -> Span {
    let said = stage.span.text(text);
    let length = said.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(said.len());
    Span { start: stage.span.start, end: stage.span.start + length as u32 }
}

/// `by "level"`, `filter 'level' = 'INFO'`, `count("id")`: a text is the same for every event.
fn quoted_names(it: &Command) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    let unnamed = |it: &Named| it.alias.is_none().then(|| quoted_name(&it.expr)).flatten();
    match it {
        Command::Fields(it) | Command::Display(it) => found.extend(it.items.iter().filter_map(unnamed)),
        Command::Stats(it) => found.extend(it.by.iter().filter_map(unnamed)),
        _ => {}
    }
    visit_expressions(it, &mut |expr| {
        let ExprKind::Call { name, args } = &expr.kind else { return };
        let takes_field = match args.as_slice() {
            [_, other] if COMPARE.contains(&&*name.text) => {
                matches!(other.kind, ExprKind::Literal(_) | ExprKind::List(_)) && !args.iter().any(has_variable)
            }
            [_] | [_, _] => {
                functions::find_aggregate(&name.text).is_some() || name.text.eq_ignore_ascii_case("ispresent")
            }
            _ => false,
        };
        found.extend(args.first().filter(|_| takes_field).and_then(quoted_name));
    });
    found
}

/// Whether a text has a variable of a dashboard, `$level` or `{{level}}`: `'all' = '$level'` compares what is put there.
fn has_variable(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Literal(Literal::Text(text)) if text.contains('$') || text.contains("{{"))
}

/// The operators that compare a field with what stands in the query.
const COMPARE: [&str; 10] = ["=", "!=", "<", "<=", ">", ">=", "like", "not like", "in", "not in"];

fn quoted_name(expr: &Expr) -> Option<Diagnostic> {
    let ExprKind::Literal(Literal::Text(text)) = &expr.kind else { return None };
    let warning = Diagnostic::new(Code::QuotedName, expr.span, "a text in quotes is the same for every event");
    let name = syntax::quoted_name(text);
    Some(warning.help(&match name.starts_with('`') {
        true => format!("a field of that name is written in backticks: `` {name} ``"),
        false => format!("a field is named without them: `{name}`"),
    }))
}

/// `like "%error%"`: what SQL and shells mean by it is not meant here.
fn literal_wildcard(expr: &Expr) -> Option<Diagnostic> {
    let ExprKind::Call { name, args } = &expr.kind else { return None };
    let [_, Expr { kind: ExprKind::Literal(Literal::Text(text)), span }] = args.as_slice() else { return None };
    if !matches!(name.text.to_ascii_lowercase().as_str(), "like" | "not like") {
        return None;
    }
    let sign = ['%', '*'].into_iter().find(|it| text.starts_with(*it) || text.ends_with(*it));
    let sign = sign.map(String::from).or_else(|| regex_sign(text).map(String::from))?;
    let message = format!("`{sign}` stands for itself in a text");
    let help = "`like \"text\"` finds the text anywhere, `like /one.*other/` is a regular expression";
    Some(Diagnostic::new(Code::LiteralWildcard, *span, &message).help(help))
}

/// What only a regular expression would mean by a text.
fn regex_sign(text: &str) -> Option<&'static str> {
    const SIGNS: [&str; 6] = [".*", ".+", "(?", r"\d+", r"\w+", r"\s+"];
    let is_of_word = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
    let divides = |(at, _): (usize, &str)| {
        is_of_word(text[..at].chars().next_back()) && is_of_word(text[at + 1..].chars().next())
    };
    let choice = text.match_indices('|').any(divides).then_some("|");
    SIGNS.into_iter().find(|it| text.contains(it)).or(choice)
}

/// `@timestamp >= "2026-01-01"`: a text that is no number is neither before nor behind a time.
fn text_against_time(expr: &Expr) -> Option<Diagnostic> {
    let ExprKind::Call { name, args } = &expr.kind else { return None };
    let (ExprKind::Field(path), ExprKind::Literal(Literal::Text(text)), span) = (match args.as_slice() {
        [left, right] if matches!(right.kind, ExprKind::Field(_)) => (&right.kind, &left.kind, left.span),
        [left, right] => (&left.kind, &right.kind, right.span),
        _ => return None,
    }) else {
        return None;
    };
    let is_time = matches!(path.name().as_str(), "@timestamp" | "@ingestionTime");
    let is_order = matches!(name.text.as_str(), "<" | "<=" | ">" | ">=");
    if !is_time || !is_order || text.trim().parse::<f64>().is_ok() {
        return None;
    }
    let message = format!("`{}` is a time, and a text is neither before nor behind it", path.name());
    let help = "`parseDate(\"2026-01-31 12:00\", \"yyyy-MM-dd HH:mm\")` is a time to compare with, as milliseconds are";
    Some(Diagnostic::new(Code::TextAgainstTime, span, &message).help(help))
}

/// Backslashes that a host language took out of a regular expression, or doubled.
fn backslashes(pattern: &str, span: Span) -> Option<Diagnostic> {
    let doubled = pattern.match_indices(r"\\").find(|(at, _)| class_at(pattern, at + 2).is_some());
    let (message, help) = if let Some((at, _)) = doubled {
        let letter = class_at(pattern, at + 2)?;
        (
            format!("`\\\\{letter}` is a backslash and the letter `{letter}`: the backslashes may be doubled"),
            format!(
                "`\\{letter}` is {}; where a host language halves backslashes, they are doubled only there",
                meaning(letter)
            ),
        )
    } else if pattern.contains('\\') {
        return None;
    } else {
        let letter = bare_class(pattern)?;
        (
            format!("`{letter}` is just the letter: a host language may have taken a backslash away"),
            format!("`\\{letter}` is {}; a string of a host language writes it with two backslashes", meaning(letter)),
        )
    };
    Some(Diagnostic::new(Code::Backslash, span, &message).help(&help))
}

/// The letter at a place, where it would be a class behind a backslash, and not the beginning of a word.
fn class_at(pattern: &str, at: usize) -> Option<char> {
    let mut rest = pattern.get(at..)?.chars();
    let letter = rest.next().filter(|it| "dDsSwW".contains(*it))?;
    rest.next().is_none_or(|it| !it.is_alphanumeric()).then_some(letter)
}

/// A letter that stands alone before a quantifier, as in `(d+)`, in a pattern without any backslash.
fn bare_class(pattern: &str) -> Option<char> {
    let mut before = ' ';
    let mut in_class = false;
    for (at, it) in pattern.char_indices() {
        let is_repeated = pattern[at + it.len_utf8()..].starts_with(['+', '*', '{']);
        if !in_class && !before.is_alphanumeric() && is_repeated && class_at(pattern, at).is_some() {
            return Some(it);
        }
        in_class = it == '[' || in_class && it != ']';
        before = it;
    }
    None
}

fn meaning(letter: char) -> &'static str {
    match letter {
        'd' => "a digit",
        'D' => "no digit",
        's' => "a blank",
        'S' => "no blank",
        'w' => "a letter, digit or `_`",
        _ => "no letter, digit or `_`",
    }
}

/// Calls `visit` for each regular expression of a command.
fn visit_patterns(it: &Command, visit: &mut dyn FnMut(&str, Span)) {
    if let Command::Parse(parse) = it
        && let ParseBy::Regex { pattern, span, .. } = &parse.by
    {
        visit(pattern, *span);
    }
    visit_expressions(it, &mut |expr| match &expr.kind {
        ExprKind::Literal(Literal::Regex(pattern)) => visit(pattern, expr.span),
        ExprKind::Call { name, args } if functions::find(&name.text).is_some_and(|it| it.name == "regexReplace") => {
            if let Some(Expr { kind: ExprKind::Literal(Literal::Text(pattern)), span }) = args.get(1) {
                visit(pattern, *span);
            }
        }
        _ => {}
    });
}

/// Calls `visit` for each expression of a command, and for those within.
pub fn visit_expressions(it: &Command, visit: &mut dyn FnMut(&Expr)) {
    match it {
        Command::Fields(it) | Command::Display(it) => it.items.iter().for_each(|it| visit_within(&it.expr, visit)),
        Command::Filter(it) | Command::FilterIndex(it) => visit_within(&it.condition, visit),
        Command::Unnest(it) => visit_within(&it.list, visit),
        Command::Stats(it) => it.items.iter().chain(&it.by).for_each(|it| visit_within(&it.expr, visit)),
        Command::Join(it) => it.query.stages.iter().for_each(|it| visit_expressions(&it.command, visit)),
        Command::AppendCols(it) => it.query.stages.iter().for_each(|it| visit_expressions(&it.command, visit)),
        Command::Pattern(it) => visit_within(&it.text, visit),
        Command::RelevantFields(it) => visit_within(&it.condition, visit),
        // The others hold names alone.
        _ => {}
    }
}

fn visit_within(expr: &Expr, visit: &mut dyn FnMut(&Expr)) {
    visit(expr);
    match &expr.kind {
        ExprKind::Call { args, .. } | ExprKind::List(args) => args.iter().for_each(|it| visit_within(it, visit)),
        ExprKind::Query(query) => query.stages.iter().for_each(|it| visit_expressions(&it.command, visit)),
        _ => {}
    }
}

/// Calls `visit` for each field of an expression.
pub fn visit_fields(expr: &Expr, visit: &mut dyn FnMut(&Path)) {
    visit_within(expr, &mut |it| {
        if let ExprKind::Field(path) = &it.kind {
            visit(path);
        }
    });
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn codes(text: &str, context: &Context) -> Vec<Code> {
        doubts(&syntax::parse(text).unwrap(), text, context).iter().map(|it| it.code).collect()
    }

    #[test]
    fn lost_and_doubled_backslashes_are_noticed() {
        for doubtful in [
            "parse @message /took (?<ms>d+) ms/",
            "parse @message /(?<ms>d+.d+)/",
            "filter @message like /s+at/",
            "filter @message like /^w{3}$/",
            "fields regexReplace(a, 'S+', 'x') as b",
            r"filter @message like /\\d+/",
            r"parse @message /(?<ms>\\d+) ms/",
        ] {
            assert_eq!(codes(doubtful, &Context::default()), [Code::Backslash], "{doubtful}");
        }
        for fine in [
            r"parse @message /took (?<ms>\d+) ms/",
            r"filter @message like /\d+ items*/",
            "filter @message like /added+/",
            "filter @message like /items*/",
            "filter @message like /[d]+/",
            "filter @message like /[sd+]/",
            "filter @message like /d/",
            r"filter path like /C:\\data/",
            "filter @message like 'd+'",
        ] {
            assert_eq!(codes(fine, &Context::default()), [], "{fine}");
        }
    }

    #[test]
    fn wildcards_of_other_languages_are_noticed() {
        for doubtful in
            ["'%error%'", "'error%'", "'*error*'", "'a.*b'", "'ERROR|WARN'", "'(?i)error'", r"'took \d+ ms'"]
        {
            let text = format!("filter @message like {doubtful} or a not like {doubtful}");
            assert_eq!(codes(&text, &Context::default()), [Code::LiteralWildcard; 2], "{doubtful}");
        }
        for fine in [r"filter a like 'C:\data\web'", "filter a like ' | '", "filter a like '/v1/'"] {
            assert_eq!(codes(fine, &Context::default()), [], "{fine}");
        }
        for fine in ["filter a like '5% of'", "filter a like /^.*%$/", "filter a = '%x%'", "filter a like b"] {
            assert_eq!(codes(fine, &Context::default()), [], "{fine}");
        }
    }

    #[test]
    fn the_infrequent_access_class_refuses_some_commands() {
        let infrequent = Context { class: LogClass::InfrequentAccess, ..Context::default() };
        let strict = Context { limits: Limits::Service, ..infrequent.clone() };
        for refused in ["filterIndex a = 1", "UNMASK a", "fields unmask(@message)", "stats count(*) by unmask(a)"] {
            assert_eq!(codes(refused, &infrequent), [Code::InfrequentAccess], "{refused}");
            assert_eq!(codes(refused, &strict), [Code::NotInClass], "{refused}");
            assert_eq!(codes(refused, &Context::default()), [], "{refused}");
            let chosen = format!("SOURCE logGroups(class: ['INFREQUENT_ACCESS']) | {refused}");
            assert_eq!(codes(&chosen, &Context::default()), [Code::InfrequentAccess], "{refused}");
        }
        assert_eq!(codes("fields a | filter b = 1 | stats count(*)", &infrequent), []);
    }

    #[test]
    fn long_queries_and_old_words_are_noticed() {
        let long = format!("fields a # {}", "x".repeat(LONGEST_QUERY));
        assert_eq!(codes(&long, &Context::default()), [Code::AboveLimit]);
        assert_eq!(codes("HEAD 5", &Context::default()), [Code::Deprecated]);
        assert_eq!(codes("limit 5", &Context::default()), []);
    }
}
