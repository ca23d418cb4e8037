//! Rows of the wire as a batch again: every value is a text there, and what is missing is left out.

use std::sync::Arc;

use output::Results;
use plan::{Context, Counted, Definition, Limits, LogGroup, Range, Table};
use serde_json::Value;
use source::{Memory, Source, Watch};
use testkit::case::{Expectation, Question};
use value::{Batch, Column, time};

/// The columns of an answer: what the writers need to know of them, and the wire does not say.
pub struct Shape {
    empty: Batch,
}

impl Shape {
    /// The columns of a query, by asking the engine itself. Where the query is refused, nothing is ever written.
    pub fn of(
        question: &Question,
        source: &Memory,
        now: i64,
        range: Option<Range>,
        limits: Limits,
        tables: &[Arc<Table>],
        definitions: &[Arc<Definition>],
    ) -> Result<Shape, String> {
        let groups = source.groups().into_iter().map(|it| LogGroup { name: it.name, account: it.account, class: None });
        let context = Context {
            now,
            range,
            limits,
            limit: question.setting("limit").and_then(|it| it.parse().ok()),
            tables: tables.to_vec(),
            definitions: definitions.to_vec(),
            counted: Counted::All,
            log_groups: Some(groups.collect()),
            fields: source::field_names(&question.text, source, &Watch::default()).map_err(|it| it.to_string())?,
            ..Context::default()
        };
        let plan = plan::compile(&question.text, &context).map_err(|it| format!("{it:?}"))?;
        let found = engine::run(&plan, source, &Watch::default()).map_err(|it| it.to_string())?;
        Ok(Shape { empty: found.batch })
    }

    /// An answer of the wire, as an expectation is written.
    pub fn written(&self, expectation: &Expectation, answer: &Value) -> Result<String, String> {
        let rows = answer["results"].as_array().ok_or("no rows")?;
        if expectation.format == "aws" {
            return Ok(aws(answer));
        }
        let writer = output::find(&expectation.format).ok_or(format!("no writer `{}`", expectation.format))?;
        let batch = self.batch(rows)?;
        let mut text = Vec::new();
        (writer.write)(&Results::of(&batch), &mut text).map_err(|it| it.to_string())?;
        String::from_utf8(text).map_err(|it| it.to_string())
    }

    fn batch(&self, rows: &[Value]) -> Result<Batch, String> {
        let mut cells: Vec<Vec<Option<String>>> = vec![Vec::new(); self.empty.names.len()];
        for row in rows {
            let mut fields = row.as_array().ok_or("a row is no array")?.iter().peekable();
            for (name, cells) in self.empty.names.iter().zip(&mut cells) {
                let here = fields.next_if(|it| it["field"] == **name);
                cells.push(here.and_then(|it| it["value"].as_str()).map(str::to_owned));
            }
            if let Some(left) = fields.find(|it| it["field"] != "@ptr") {
                return Err(format!("a field that no column shows: {left}"));
            }
        }
        let columns = cells.iter().zip(&self.empty.columns).map(|(cells, like)| column(cells, like));
        let (names, height) = (self.empty.names.clone(), rows.len());
        Ok(Batch { names, columns: columns.collect::<Result<_, _>>()?, height })
    }
}

/// Texts as a column of the kind that the engine made.
fn column(cells: &[Option<String>], like: &Column) -> Result<Column, String> {
    let each = cells.iter().map(Option::as_deref);
    Ok(match like {
        Column::Number(_) => Column::from_numbers(each.map(|it| it?.parse().ok())),
        Column::Time(_) => {
            let read = |it: &str| time::read(it).ok_or(format!("`{it}` is no time"));
            Column::from_times(each.map(|it| it.map(read).transpose()).collect::<Result<Vec<_>, _>>()?)
        }
        Column::Bool(_) => Column::from_bools(each.map(|it| it.map(|it| it == "1"))),
        Column::Json(_) => Column::from_json(each),
        // One value in all rows is of its own kind.
        Column::Same(Some(it), _) => Column::Same(Some(it.clone()), cells.len()),
        Column::Same(None, _) => Column::absent(cells.len()),
        Column::Text(_) | Column::Place(_) | Column::Mixed(_) => Column::from_texts(each),
    })
}

/// The answer as `aws logs get-query-results` prints it.
fn aws(answer: &Value) -> String {
    let mut lines = vec![String::from("{"), String::from("    \"results\": [")];
    let rows = answer["results"].as_array().cloned().unwrap_or_default();
    for row in &rows {
        lines.push(String::from("        ["));
        for field in row.as_array().into_iter().flatten() {
            let name = &field["field"];
            let value = &field["value"];
            lines.push(format!(
                "            {{\n                \"field\": {name},\n                \"value\": {value}\n            }}"
            ));
        }
        lines.push(String::from("        ]"));
    }
    if rows.is_empty() {
        lines.pop();
        lines.push(String::from("    \"results\": []"));
    } else {
        lines.push(String::from("    ]"));
    }
    lines.push(String::from("    \"statistics\": {"));
    for (name, value) in answer["statistics"].as_object().into_iter().flatten() {
        lines.push(format!("        \"{name}\": {value}"));
    }
    lines.push(format!(
        "    }}\n    \"status\": {}\n    \"queryLanguage\": {}\n}}",
        answer["status"], answer["queryLanguage"]
    ));
    lines.join("\n")
}
