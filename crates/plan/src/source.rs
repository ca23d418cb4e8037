//! `SOURCE` → the log groups that the scan reads, and the time it bounds them to.

use functions::operator;
use syntax::command::{LogGroups, Moment, Source, SourceKind};
use syntax::{Code, Diagnostic, Name, Span};
use value::time;

use crate::expr::{Expr, Field};
use crate::literal::period;
use crate::scope::Scope;
use crate::step::Filter;
use crate::{Beyond, Context, Groups, LogClass, LogGroup, Range, Which};

/// The most log groups that are listed where one is not there.
const MOST_LISTED: usize = 10;
/// The most log groups that a query may name one by one.
const MOST_GROUPS: usize = 50;

/// Holds the lists of all `SOURCE` commands of a query to the service's limits.
pub fn check_counts(scope: &mut Scope, sources: &[(Source, Span)]) {
    let named: Vec<Span> =
        sources.iter().filter(|(it, _)| matches!(it.kind, SourceKind::Group(_))).map(|(_, span)| *span).collect();
    if let Some(beyond) = named.get(MOST_GROUPS) {
        scope.hold_to_limit(MOST_GROUPS, named.len(), *beyond, "log groups by name");
    }
    for (it, _) in sources {
        if let SourceKind::Groups(groups) = &it.kind {
            check_count(scope, &groups.prefixes, 5, "prefixes of log groups");
            check_count(scope, &groups.accounts, 20, "accounts");
        }
        check_count(scope, &it.data_sources, 10, "data sources");
        let keys: Vec<Name> = it.tags.iter().map(|it| it.key.clone()).collect();
        check_count(scope, &keys, 5, "tags");
        it.tags.iter().for_each(|it| check_count(scope, &it.values, 5, "values of a tag"));
    }
}

/// Whether the archive has the log group that a query names: the service, too, refuses a query if one is missing.
fn check_group(scope: &mut Scope, name: &Name) {
    let Some(known) = &scope.context.log_groups else { return };
    if known.iter().any(|it| it.is_called(&name.text)) {
        return;
    }
    let message = format!("there is no log group `{}` in the archive", name.text);
    let names: Vec<&str> = known.iter().map(|it| &*it.name).collect();
    let help = match syntax::nearest(&name.text, &names) {
        Some(near) => format!("one with a similar name: `{near}`"),
        None => there_are(&names),
    };
    scope.faults.push(Diagnostic::new(Code::UnknownLogGroup, name.span, &message).help(&help));
}

/// Warns of what chooses none of the log groups that the archive has, and of classes, which it does not tell.
fn warn_of_choice(scope: &mut Scope, chosen: &LogGroups, span: Span) {
    let Some(known) = &scope.context.log_groups else { return };
    let mut warn = |code, span, message: &str, help: &str| {
        scope.warnings.push(Diagnostic::new(code, span, message).help(help));
    };
    let names: Vec<&str> = known.iter().map(|it| &*it.name).collect();
    let mut accounts: Vec<&str> = known.iter().map(LogGroup::account).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let is_there =
        |names: &[Name], holds: &dyn Fn(&str) -> bool| names.is_empty() || names.iter().any(|it| holds(&it.text));
    for prefix in chosen.prefixes.iter().filter(|it| !names.iter().any(|name| name.starts_with(&*it.text))) {
        let message = format!("no log group in the archive begins with `{}`", prefix.text);
        let help = match beginning_so(&prefix.text, &names) {
            Some(near) => format!("one that nearly does: `{near}`"),
            None => there_are(&names),
        };
        warn(Code::NoLogGroup, prefix.span, &message, &help);
    }
    for account in chosen.accounts.iter().filter(|it| !accounts.contains(&&*it.text)) {
        let message = format!("no log group in the archive is of the account `{}`", account.text);
        warn(Code::NoLogGroup, account.span, &message, &there_are(&accounts));
    }
    let begins_so = |it: &LogGroup| is_there(&chosen.prefixes, &|prefix| it.name.starts_with(prefix));
    let is_of_account = |it: &LogGroup| is_there(&chosen.accounts, &|account| it.account() == account);
    let mut each = known.iter();
    if known.iter().any(begins_so)
        && known.iter().any(is_of_account)
        && !each.any(|it| begins_so(it) && is_of_account(it))
    {
        let message = "no log group in the archive begins so and is of such an account";
        warn(Code::NoLogGroup, span, message, "`gw groups` lists them, with their accounts");
    }
    let class = scope.context.class.name();
    if known.iter().any(|it| it.class.is_none())
        && let Some(other) =
            chosen.classes.first().filter(|_| !chosen.classes.iter().any(|it| it.text.eq_ignore_ascii_case(class)))
    {
        let message = "an archive does not say of which class its log groups are: all of them are read";
        let help = "`SOURCE '…'` names those that are meant";
        scope.warnings.push(Diagnostic::new(Code::Unchecked, other.span, message).help(help));
    }
}

/// The name of which the beginning is most like a prefix.
fn beginning_so<'a>(prefix: &str, names: &[&'a str]) -> Option<&'a str> {
    let length = prefix.chars().count();
    let cut = |name: &'a str| name.char_indices().nth(length).map_or(name, |(end, _)| &name[..end]);
    let beginnings: Vec<&str> = names.iter().map(|it| cut(it)).collect();
    let near = syntax::nearest(prefix, &beginnings)?;
    names.iter().copied().find(|it| cut(it) == near)
}

/// What there is instead.
fn there_are(names: &[&str]) -> String {
    if names.is_empty() {
        return String::from("the files hold none");
    }
    let listed: Vec<String> = names.iter().take(MOST_LISTED).map(|it| format!("`{it}`")).collect();
    format!("it has {}{}", listed.join(", "), if names.len() > MOST_LISTED { ", …" } else { "" })
}

/// Whether there are the classes of log groups that a query names.
fn check_classes(scope: &mut Scope, classes: &[Name]) {
    for class in classes.iter().filter(|it| LogClass::of(&it.text).is_none()) {
        let message = format!("no class of log groups that can be queried is called `{}`", class.text);
        let fault = Diagnostic::new(Code::WrongArgument, class.span, &message);
        scope.faults.push(fault.help("the classes are `STANDARD` and `INFREQUENT_ACCESS`"));
    }
}

/// The log groups that are known to be of none of these classes, if any are named.
fn of_other_classes(context: &Context, classes: &[Name]) -> Vec<String> {
    let is_meant = |class: LogClass| classes.iter().any(|it| LogClass::of(&it.text) == Some(class));
    let is_other = |it: &&LogGroup| !classes.is_empty() && it.class.is_some_and(|class| !is_meant(class));
    let known = context.log_groups.iter().flatten();
    known.filter(is_other).map(|it| format!("{}:{}", it.account(), it.name)).collect()
}

fn check_count(scope: &mut Scope, names: &[Name], most: usize, what: &str) {
    if let Some(beyond) = names.get(most) {
        scope.hold_to_limit(most, names.len(), beyond.span, what);
    }
}

/// What a `SOURCE` names; a fault in it is noted in the scope.
pub fn groups(scope: &mut Scope, it: &Source, span: Span) -> Option<Groups> {
    if let Some(tag) = it.tags.first() {
        match scope.context.beyond {
            Beyond::Assumed => {
                let message = "which log groups have these tags is not known here";
                scope.warnings.push(Diagnostic::new(Code::Unchecked, tag.key.span, message));
            }
            Beyond::Given => {
                let message = "an archive does not say which tags its log groups have";
                scope.faults.push(
                    Diagnostic::new(Code::NoTags, tag.key.span, message)
                        .help("groups are named one by one, or by how they begin: `logGroups(namePrefix: ['…'])`"),
                );
            }
        }
    }
    match &it.kind {
        SourceKind::Group(name) => check_group(scope, name),
        SourceKind::Groups(groups) => {
            check_classes(scope, &groups.classes);
            warn_of_choice(scope, groups, span);
        }
    }
    let which = match &it.kind {
        SourceKind::Group(name) => Which::Named(name.text.clone()),
        SourceKind::Groups(groups) => Which::Prefixed {
            prefixes: groups.prefixes.iter().map(|it| it.text.clone()).collect(),
            accounts: groups.accounts.iter().map(|it| it.text.clone()).collect(),
            except: of_other_classes(scope.context, &groups.classes),
        },
    };
    Some(Groups { which, range: range(scope, it, span) })
}

/// The range of time that a `SOURCE` gives, where it does; a fault in it is noted in the scope.
pub fn range(scope: &mut Scope, it: &Source, span: Span) -> Option<Range> {
    match (it.start, it.end) {
        (None, None) => None,
        (start, end) => {
            let now = scope.context.now;
            let start = start.map_or(i64::MIN, |it| at(it, now));
            // A range that begins behind the newest event is empty, not wrong.
            let end = end.map_or(now.max(start), |it| at(it, now));
            if start > end {
                scope.faults.push(Diagnostic::new(Code::BadRange, span, "the range of time ends before it starts"));
                return None;
            }
            // Recorded: the last second counts to its last millisecond.
            Some(Range { start, end: end.div_euclid(1000).saturating_mul(1000).saturating_add(999) })
        }
    }
}

/// The condition on the data sources of events, where `SOURCE` commands name some: it is a filter like any other.
pub fn data_sources(scope: &mut Scope, sources: &[(Source, Span)]) -> Option<Filter> {
    let (_, span) = sources.iter().find(|(it, _)| !it.data_sources.is_empty())?;
    let differ = sources
        .windows(2)
        .any(|two| two[0].0.kind != two[1].0.kind || two[0].0.start != two[1].0.start || two[0].0.end != two[1].0.end);
    if differ || sources.iter().any(|(it, _)| it.data_sources.is_empty()) {
        let message = "a data source stands with the log groups of its own `SOURCE`, and beside no other";
        let fault = Diagnostic::new(Code::WrongArgument, *span, message);
        scope.faults.push(fault.help("both in one command, the events of both: `SOURCE logGroups(namePrefix: ['a']) dataSource(['b.c'])`; for those of either, a query each"));
        return None;
    }
    let names = sources.iter().flat_map(|(it, _)| &it.data_sources);
    let condition = names.map(is_of).reduce(|left, right| Expr::call(&operator::OR, vec![left, right]))?;
    Some(Filter { condition, span: *span })
}

/// `amazon_vpc.flow`: the name and the type of a data source; without a dot, the name alone.
fn is_of(source: &Name) -> Expr {
    let is = |field: &str, text: &str| {
        Expr::call(&operator::EQUALS, vec![Expr::Field(Field::of_log(field)), Expr::text(text)])
    };
    match source.text.split_once('.') {
        Some((name, kind)) => {
            let both = vec![is("@data_source_name", name), is("@data_source_type", kind)];
            Expr::call(&operator::AND, both)
        }
        None => is("@data_source_name", &source.text),
    }
}

fn at(moment: Moment, now: i64) -> i64 {
    match moment {
        Moment::Now => now,
        Moment::At(time) => i64::try_from(time).unwrap_or(i64::MAX),
        Moment::Before(duration) => time::before(now, period(duration)),
    }
}
