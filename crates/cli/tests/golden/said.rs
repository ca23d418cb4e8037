//! What the program says beside an answer, on standard error: warnings, and what was noticed in the logs.

use std::process::Command;

use testkit::case::{Case, Question};

/// Runs `gw query`, and gives what it says beside the answer.
///
/// # Errors
/// When the logs cannot be laid out, or the program does not run.
pub fn beside(case: &Case, question: &Question) -> Result<String, String> {
    let folder = tempfile::tempdir().map_err(|it| it.to_string())?;
    let mut command = Command::new(env!("CARGO_BIN_EXE_gw"));
    command.arg("query").arg(&question.text).current_dir(&folder).env("NO_COLOR", "1");
    for (name, value) in &question.settings {
        match (name.as_str(), value.as_str()) {
            ("limits", "service") => command.arg("--strict"),
            _ => command.arg(format!("--{name}={value}")),
        };
    }
    for (number, input) in case.inputs.iter().enumerate() {
        for (path, bytes) in input.files().map_err(|it| it.to_string())? {
            let path = folder.path().join(number.to_string()).join(path);
            let parent = path.parent().ok_or("a log without a folder")?;
            std::fs::create_dir_all(parent).and_then(|()| std::fs::write(&path, bytes)).map_err(|it| it.to_string())?;
        }
        match &input.group {
            Some(group) => command.arg(format!("--log-group={group}={number}")),
            None => command.arg(number.to_string()),
        };
    }
    for table in &case.tables {
        let file = format!("{}.csv", table.name);
        std::fs::write(folder.path().join(&file), &table.text).map_err(|it| it.to_string())?;
        command.arg(format!("--lookup={}={file}", table.name));
    }
    for (number, it) in case.definitions.iter().enumerate() {
        let parameter = |(name, value): &(String, String)| serde_json::json!({"name": name, "defaultValue": value});
        let parameters: Vec<serde_json::Value> = it.defaults.iter().map(parameter).collect();
        let given = serde_json::json!({"name": it.name, "queryString": it.text, "parameters": parameters});
        let file = format!("definition-{number}.json");
        std::fs::write(folder.path().join(&file), given.to_string()).map_err(|it| it.to_string())?;
        command.arg(format!("--definitions={file}"));
    }
    let output = command.output().map_err(|it| it.to_string())?;
    Ok(String::from_utf8_lossy(&output.stderr).trim_end().to_owned())
}
