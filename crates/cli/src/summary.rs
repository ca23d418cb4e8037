//! What was asked, around an answer in Markdown: the query summary of the service's console.
//!
//! The form is that of answers which people copied out of the console and published, such as those of
//! <https://github.com/lmammino/oidc-authorizer>: title, region, log groups, times, the query, and the table between two
//! lines. Of what an archive does not tell, the region and the ends of a range that was not asked for, nothing is said.

use output::fence;
use plan::Plan;
use source::{Files, Source};
use value::time;

/// What stands before the table, and what behind it.
pub fn around(text: &str, plan: &Plan, files: &Files) -> [String; 2] {
    let groups: Vec<String> =
        files.groups().into_iter().filter(|it| it.is_read_by(&plan.scan)).map(|it| it.name).collect();
    // Four blanks at its end keep a line apart from the next.
    let mut head = format!("{TITLE}    \n{GROUPS} {}    \n", groups.join(", "));
    if let Some(range) = plan.scan.range {
        // The service counts in seconds, the last one whole.
        for (key, at) in [(START, range.start), (END, range.end.div_euclid(time::SECOND) * time::SECOND)] {
            head += &format!("{key} {}Z    \n", time::print(at).replace(' ', "T"));
        }
    }
    let text = text.trim();
    let fence = fence(text);
    head += &format!("{QUERY}\n  {fence}\n  {text}\n  {fence}\n{RULE}\n");
    [head, format!("{RULE}\n")]
}

/// The first line.
pub const TITLE: &str = "**CloudWatch Logs Insights**";
/// What stands before the names of the log groups.
const GROUPS: &str = "log-group-names:";
/// What stands before the start of the time range.
pub const START: &str = "start-time:";
/// What stands before its end.
pub const END: &str = "end-time:";
/// What stands before the query.
pub const QUERY: &str = "query-string:";
/// The line before the table and behind it.
pub const RULE: &str = "---";
