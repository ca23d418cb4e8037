//! SARIF 2.1.0, the form of results that code scanning reads.

use serde_json::{Value, json};
use syntax::{Code, Severity};

use super::{Form, OF_FILES, Report};

/// SARIF.
pub const FORM: Form =
    Form { name: "sarif", doc: "SARIF 2.1.0, which GitHub's code scanning and many editors read.", write };

fn write(report: &Report) -> String {
    let mut slugs: Vec<&str> = report.findings.iter().map(|it| it.code).collect();
    slugs.sort_unstable();
    slugs.dedup();
    let rules: Vec<Value> = slugs.iter().map(|it| rule(it)).collect();
    let results = report.findings.iter().map(|it| {
        let [start, end] = it.place;
        let message = match &it.help {
            Some(help) => format!("{}; {help}", it.message),
            None => it.message.clone(),
        };
        json!({
            "ruleId": it.code,
            "ruleIndex": slugs.binary_search(&it.code).unwrap_or_default(),
            "level": level(it.severity),
            "message": { "text": message },
            "locations": [{
                "physicalLocation": {
                    "artifactLocation": { "uri": percent(&it.uri()) },
                    "region": {
                        "startLine": start.line, "startColumn": start.column,
                        "endLine": end.line, "endColumn": end.column,
                    },
                },
                "logicalLocations": it.query.iter().map(|it| json!({ "name": it })).collect::<Vec<_>>(),
            }],
        })
    });
    let results: Vec<Value> = results.collect();
    let whole = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "gw", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{whole:#}\n")
}

fn rule(slug: &str) -> Value {
    let known = Code::find(slug).map(|it| (it.doc(), it.severity()));
    let of_file = OF_FILES.iter().find(|(it, _)| *it == slug).map(|(_, doc)| (*doc, Severity::Error));
    let (doc, severity) = known.or(of_file).unwrap_or(("", Severity::Error));
    json!({
        "id": slug,
        "shortDescription": { "text": doc },
        "defaultConfiguration": { "level": level(severity) },
        "help": { "text": format!("gw help {slug}") },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// A path as a relative reference.
fn percent(path: &str) -> String {
    let plain = |it: u8| it.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&it);
    path.bytes().map(|it| if plain(it) { char::from(it).to_string() } else { format!("%{it:02X}") }).collect()
}
