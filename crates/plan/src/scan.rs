//! What to read: the one part of a plan that a source sees.

use std::sync::Arc;

/// What to read: groups, time range, fields, and what may be dropped early.
#[derive(Clone, Debug, Default)]
pub struct Scan {
    /// The log groups to read; none means all.
    pub groups: Vec<Groups>,
    /// The time range, where one was asked for.
    pub range: Option<Range>,
    /// Whether that lets in events without a time, where no `SOURCE` has a range of its own.
    pub keeps_untimed: bool,
    /// The fields of the log that the plan reads anywhere, and in which forms.
    pub fields: Vec<Wanted>,
    /// Texts that the message of every event that counts contains, as it would be written without escapes. Only a
    /// hint: an event may be passed over if its message holds neither the text nor an escape that could hide it.
    pub literals: Vec<String>,
    /// Fields that every event that counts has. Only a hint, like the literals.
    pub needed: Vec<Arc<str>>,
    /// Texts of which the message of every event that counts contains one, where there are any. Only a hint, like the
    /// literals, and where it is given the only one that is taken.
    pub alternatives: Vec<String>,
    /// How many of the fields of an event's JSON count, the first ones; without, all do.
    pub most_fields: Option<usize>,
    /// The place of the one event that is wanted, where it is one. Only a hint: other files may be passed over.
    pub place: Option<u64>,
    /// Whether the events passed over must be counted too: the statistics of a query are a demand like any other.
    pub counted: Counted,
    /// Which events are best met first, where those met later may turn out not to count. Only a hint.
    pub sequence: Sequence,
    /// Whether scans of the events behind or before these are to follow, as on a walk through pages: then it pays to learn
    /// when the events in all bytes happened, whatever texts they hold, and to keep for a while what files were inflated to.
    pub walks: bool,
}

/// Which events are best met first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sequence {
    /// Those that stand last in the archive.
    #[default]
    NewestFirst,
    /// Those that stand first.
    OldestFirst,
}

/// Which events the source counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counted {
    /// Only those it hands over.
    #[default]
    Handed,
    /// All, with the bytes of their messages.
    All,
}

/// One `SOURCE`: log groups, and the time it looks at.
#[derive(Clone, Debug, PartialEq)]
pub struct Groups {
    /// Which.
    pub which: Which,
    /// The time range it is bounded by, within the query's own.
    pub range: Option<Range>,
}

/// How a `SOURCE` names log groups.
#[derive(Clone, Debug, PartialEq)]
pub enum Which {
    /// `SOURCE '/aws/lambda/api'`: this one.
    Named(String),
    /// `SOURCE logGroups(namePrefix: ['/aws/', '/ecs/'])`: those that begin so; of these accounts, if any is named.
    Prefixed {
        /// The beginnings of names; none means all.
        prefixes: Vec<String>,
        /// The accounts; none means all.
        accounts: Vec<String>,
        /// Those that begin so and are not meant: they are of another class. `account:group`.
        except: Vec<String>,
    },
}

impl Which {
    /// All log groups.
    pub fn all() -> Which {
        Which::Prefixed { prefixes: Vec::new(), accounts: Vec::new(), except: Vec::new() }
    }

    /// Whether it names a log group.
    pub fn names(&self, account: &str, group: &str) -> bool {
        let is_called = |name: &String| name == group || name.strip_suffix(group) == Some(&format!("{account}:"));
        match self {
            Which::Named(name) => is_called(name),
            Which::Prefixed { prefixes, accounts, except } => {
                (prefixes.is_empty() || prefixes.iter().any(|it| group.starts_with(it.as_str())))
                    && (accounts.is_empty() || accounts.iter().any(|it| it == account))
                    && !except.iter().any(is_called)
            }
        }
    }
}

/// A time range in epoch milliseconds, both ends in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The first millisecond.
    pub start: i64,
    /// The last millisecond: the last second of a range counts to its .999.
    pub end: i64,
}

impl Range {
    /// Whether a time lies in it.
    pub fn holds(&self, time: i64) -> bool {
        self.start <= time && time <= self.end
    }
}

/// A field of the log, in a form the plan reads it in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Wanted {
    /// The field's flat name: `@message`, `request.headers.0`.
    pub name: Arc<str>,
    /// The form.
    pub form: Form,
}

/// In which form a field is read: each is a column of its own, and only those in demand are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// As it stands; `@timestamp` and `@ingestionTime` as times, `@ptr` as a place.
    Text,
    /// As a number, absent where it reads as none.
    Number,
    /// Whether the event has it.
    Present,
}
