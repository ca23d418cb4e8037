//! What may stand in a test file.

/// What may stand in one kind of map of a test file.
pub struct Keys {
    /// The kind: `file`, `test`, `expect`, `error`.
    pub of: &'static str,
    /// The keys, each with a sentence on what it is.
    pub keys: &'static [(&'static str, &'static str)],
}

/// All that may stand in a test file.
pub const KEYS: &[Keys] = &[FILE, TEST, EXPECT, ERROR];

/// What may stand in a file as in each of its tests, where it holds for all that do not say otherwise.
pub(crate) const SHARED: [&str; 11] =
    ["query", "query_from", "values", "events", "logs", "group", "lookup", "definitions", "now", "start", "end"];

pub(crate) const FILE: Keys = Keys {
    of: "file",
    keys: &[
        ("tests", "The tests."),
        ("query", "The query of every test that names none."),
        ("query_from", "Where the query is of every test that names none."),
        ("values", "Values of placeholders, for every test."),
        ("events", "The events of every test that has none."),
        ("logs", "The log files of every test that has none."),
        ("group", "The log group of the events and logs of every test."),
        ("lookup", "The tables of every test."),
        ("definitions", "The saved queries of every test."),
        ("now", "What `now` is in every test."),
        ("start", "Where the time range of every test starts."),
        ("end", "Where the time range of every test ends."),
        ("strict", "Whether every test holds its query to the service's own limits."),
    ],
};

pub(crate) const TEST: Keys = Keys {
    of: "test",
    keys: &[
        ("name", "What the test shows, in a sentence."),
        ("query", "The query itself."),
        (
            "query_from",
            "Where the query is: a file of queries, and behind a `#` the query's name where there are several.",
        ),
        ("values", "The values of the placeholders of the query, by their names."),
        ("events", "The events: a list of maps or lines, or a text as in a log file."),
        ("logs", "Log files and folders to read: a path or a list of paths, from the test file on."),
        ("group", "The log group of the events and logs."),
        ("lookup", "Tables for `lookup` and `cidrlookup`: CSV files by name."),
        ("definitions", "Saved queries for `$Name(…)`: files and folders that hold some, from the test file on."),
        ("now", "What `now` is; without it, the time of the newest event."),
        ("start", "The first moment that counts, as for `gw query --start`."),
        ("end", "The last moment that counts, as for `gw query --end`."),
        ("strict", "Whether the query is held to the service's own limits."),
        ("expect", "What the query must answer."),
    ],
};

pub(crate) const EXPECT: Keys = Keys {
    of: "expect",
    keys: &[
        (
            "rows",
            "All rows: a table as `gw query` prints it, two blanks or more between columns, or in Markdown; or a list of \
             maps with the cells that matter.",
        ),
        ("unordered", "Whether the rows may come in any order."),
        ("contains", "Rows that must be among the answer's, as a table or a list of maps."),
        ("row_count", "How many rows there are."),
        ("columns", "The names of the columns, in order."),
        ("error", "That the query is refused: a code, or a map of what the fault must be."),
        ("warnings", "The codes of all warnings of the query, in order."),
        ("snapshot", "A file that holds the answer as a table; `gw test --update` writes it."),
        ("tolerance", "How far numbers may be off, as a part of the expected one: 0.01 is one percent."),
    ],
};

pub(crate) const ERROR: Keys = Keys {
    of: "error",
    keys: &[
        ("code", "The code of the fault, such as `unknown-function`."),
        ("message", "A part of what it says."),
        ("line", "The line where it is, from 1: of the query itself, or of the file that `query_from` names."),
        ("column", "The column where it is, from 1."),
    ],
};
