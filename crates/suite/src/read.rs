//! Test files: YAML to tests, every fault at its place.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use hosts::{Node, Position, Value};
use plan::{Limits, Moment, Moments};

use crate::expect::{Expect, ExpectedError, Order, Others, Rows};
use crate::keys::{ERROR, EXPECT, FILE, Keys, SHARED, TEST};
use crate::test::{Given, QuerySource, Test};
use crate::{Fault, events, table};

/// The tests of a file on disk, in its order.
///
/// # Errors
/// Why it cannot be read, or the first thing wrong with it.
pub fn read_file(path: &Path) -> Result<Vec<Test>, Fault> {
    let at_its_head = Position { line: 1, column: 1 };
    let file = hosts::File::read(path)
        .map_err(|error| Fault::new(path, at_its_head, format!("the file cannot be read: {error}")))?;
    match &file.broken {
        Some(broken) => Err(Fault::new(path, Position::of(broken.span.start, &file.text), &*broken.message)),
        None => read(path, &file.text),
    }
}

/// The tests of the text of a file, in its order.
///
/// # Errors
/// The first thing wrong with it.
pub fn read(path: &Path, text: &str) -> Result<Vec<Test>, Fault> {
    let reader = Reader { path, text };
    let broken = |it: hosts::Broken| Fault::new(path, Position::of(it.span.start, text), it.message);
    let documents = hosts::read_yaml(text).map_err(broken)?;
    let Some(file) = documents.first() else { return reader.fault_at(0, "there are no tests in it") };
    reader.map(file, &FILE)?;
    let Some(tests) = file.get("tests") else { return reader.fault(file, "it has no `tests`") };
    if tests.items().is_empty() {
        return reader.fault(tests, "`tests` is a list of tests, and not an empty one");
    }
    let tests: Vec<Test> = tests.items().iter().map(|it| reader.test(it, file)).collect::<Result<_, _>>()?;
    for (number, test) in tests.iter().enumerate() {
        let before = &tests[..number];
        if before.iter().any(|it| it.name == test.name) {
            return Err(Fault::new(path, test.place, format!("there are two tests called `{}`", test.name)));
        }
        let snapshot = |it: &&Test| it.expect.snapshot.is_some() && it.expect.snapshot == test.expect.snapshot;
        if let Some(other) = before.iter().find(snapshot) {
            let message = format!("the test `{}` has the same snapshot: one would overwrite the other's", other.name);
            return Err(Fault::new(path, test.place, message));
        }
    }
    Ok(tests)
}

struct Reader<'a> {
    path: &'a Path,
    text: &'a str,
}

impl Reader<'_> {
    fn test(&self, node: &Node, file: &Node) -> Result<Test, Fault> {
        self.map(node, &TEST)?;
        let Some(name) = node.get("name") else { return self.fault(node, "a test has a `name`") };
        let Some(expect) = node.get("expect") else { return self.fault(node, "a test has something to `expect`") };
        // What the test does not say, the file may.
        let said = |key: &str| node.get(key).or_else(|| file.get(key).filter(|_| SHARED.contains(&key)));
        for whose in [node, file] {
            if let (Some(_), Some(both)) = (whose.get("query"), whose.get("query_from")) {
                return self.fault(both, "a test has a `query` or a `query_from`, not both");
            }
            if let (Some(_), Some(logs)) = (whose.get("events"), whose.get("logs")) {
                return self.fault(logs, "the events of a test are its `events` or its `logs`, not both");
            }
        }
        let strict = self.flag(node.get("strict").or_else(|| file.get("strict")))?;
        Ok(Test {
            name: self.string(name, "a name")?,
            path: self.path.to_owned(),
            place: self.place(node),
            query: self.query(node, file)?,
            values: self.pairs([file.get("values"), node.get("values")])?,
            own_values: self.pairs([node.get("values"), None])?.into_iter().map(|(name, _)| name).collect(),
            given: Given {
                logs: match (node.get("events"), said("logs")) {
                    (None, Some(logs)) => self.strings(logs)?.iter().map(|it| self.beside(it)).collect(),
                    _ => Vec::new(),
                },
                events: match (node.get("logs"), said("events")) {
                    (None, Some(it)) => {
                        Some(events::bytes(it).map_err(|why| Fault::new(self.path, self.place(it), why))?)
                    }
                    _ => None,
                },
                group: said("group").map(|it| self.string(it, "a log group")).transpose()?,
                tables: self
                    .pairs([file.get("lookup"), node.get("lookup")])?
                    .into_iter()
                    .map(|(name, path)| {
                        let path = self.beside(&path);
                        (name, path)
                    })
                    .collect(),
                definitions: match said("definitions") {
                    Some(it) => self.strings(it)?.iter().map(|it| self.beside(it)).collect(),
                    None => Vec::new(),
                },
            },
            moments: Moments {
                start: said("start").map(|it| self.moment(it)).transpose()?,
                end: said("end").map(|it| self.moment(it)).transpose()?,
                now: match said("now").map(|it| Ok((it, self.moment(it)?))).transpose()? {
                    Some((_, Moment::At(now))) => Some(now),
                    Some((it, Moment::Before(_))) => {
                        return self.fault(it, "`now` is a moment that does not hang on now");
                    }
                    None => None,
                },
            },
            limits: if strict { Limits::Service } else { Limits::Ours },
            expect: self.expect(expect)?,
        })
    }

    /// Where the query is: what the test says goes before what the file says.
    fn query(&self, test: &Node, file: &Node) -> Result<QuerySource, Fault> {
        for node in [test, file] {
            match (node.get("query"), node.get("query_from")) {
                (Some(query), _) => return Ok(QuerySource::Inline(self.string(query, "a query")?)),
                (None, Some(from)) => {
                    let from = self.string(from, "a path")?;
                    let (path, name) = match from.split_once('#') {
                        Some((path, name)) => (path, Some(name.to_owned())),
                        None => (from.as_str(), None),
                    };
                    return Ok(QuerySource::From { path: self.beside(path), name });
                }
                (None, None) => {}
            }
        }
        self.fault(test, "a test has a `query`, or a `query_from` that says where it is")
    }

    fn expect(&self, node: &Node) -> Result<Expect, Fault> {
        self.map(node, &EXPECT)?;
        let number = |key: &str| node.get(key).map(|it| self.number::<usize>(it, "a whole number")).transpose();
        let expect = Expect {
            rows: node.get("rows").map(|it| self.rows(it)).transpose()?,
            order: if self.flag(node.get("unordered"))? { Order::Any } else { Order::Counts },
            contains: node
                .get("contains")
                .map(|it| self.rows(it))
                .transpose()?
                .map(|it| Rows { others: Others::PassedOver, ..it }),
            row_count: number("row_count")?,
            columns: node.get("columns").map(|it| self.strings(it)).transpose()?,
            error: node.get("error").map(|it| self.error(it)).transpose()?,
            warnings: node.get("warnings").map(|it| self.strings(it)).transpose()?,
            snapshot: node.get("snapshot").map(|it| self.string(it, "a path")).transpose()?.map(|it| self.beside(&it)),
            tolerance: node.get("tolerance").map(|it| self.number(it, "a number")).transpose()?,
        };
        if expect.is_empty() {
            return self.fault(node, "nothing is expected: the test could not fail");
        }
        if expect.tolerance.is_some_and(|it| !(0.0..1.0).contains(&it)) {
            return self.fault(node.get("tolerance").unwrap_or(node), "a tolerance is a part, from 0 up to 1");
        }
        let of_an_answer = ["rows", "contains", "row_count", "columns", "snapshot", "warnings"];
        if let (Some(_), Some(other)) = (&expect.error, of_an_answer.iter().find_map(|it| node.get(it))) {
            return self.fault(other, "a query that is refused has no answer and no warnings: expect an `error` alone");
        }
        for (key, of) in [("unordered", &["rows"][..]), ("tolerance", &["rows", "contains"])] {
            if let Some(it) = node.get(key).filter(|_| !of.iter().any(|it| node.get(it).is_some())) {
                return self.fault(it, &format!("`{key}` is said of `{}`, which is not expected", of.join("` or `")));
            }
        }
        Ok(expect)
    }

    fn error(&self, node: &Node) -> Result<ExpectedError, Fault> {
        if let Some(code) = node.as_str() {
            return Ok(ExpectedError { code: Some(self.code(node, code)?), ..ExpectedError::default() });
        }
        self.map(node, &ERROR)?;
        let number = |key: &str| node.get(key).map(|it| self.number::<usize>(it, "a whole number")).transpose();
        let text = |key: &str| node.get(key).map(|it| self.string(it, "a text")).transpose();
        let code = node.get("code").map(|it| self.string(it, "a code").and_then(|code| self.code(it, &code)));
        Ok(ExpectedError {
            code: code.transpose()?,
            message: text("message")?,
            line: number("line")?,
            column: number("column")?,
        })
    }

    fn code(&self, node: &Node, code: &str) -> Result<String, Fault> {
        match syntax::Code::find(code) {
            Some(_) => Ok(code.to_owned()),
            None => {
                let slugs: Vec<&str> = syntax::ALL_CODES.iter().map(|it| it.slug()).collect();
                let near = syntax::nearest(code, &slugs).map(|it| format!("; one with a similar name: `{it}`"));
                self.fault(node, &format!("no fault has the code `{code}`{}", near.unwrap_or_default()))
            }
        }
    }

    /// Rows as a table of text, or as a list of maps.
    fn rows(&self, node: &Node) -> Result<Rows, Fault> {
        if let Some(text) = node.as_str() {
            return table::read(text).map_err(|(line, why)| {
                // The lines of a block stand below the key.
                let place = self.place(node);
                Fault::new(self.path, Position { line: place.line + line, ..place }, why)
            });
        }
        let Value::List(items) = &node.value else {
            return self.fault(node, "rows are a table, or a list of maps");
        };
        let mut rows = Rows { others: Others::PassedOver, ..Rows::default() };
        for item in items {
            for (name, _) in item.entries() {
                let name = self.string(name, "a column")?;
                if !rows.columns.contains(&name) {
                    rows.columns.push(name);
                }
            }
        }
        for item in items {
            if item.entries().is_empty() {
                return self.fault(item, "a row is a map with a cell or more");
            }
            let cell = |name: &String| item.get(name).map(|it| self.cell(it)).transpose();
            rows.rows.push(rows.columns.iter().map(cell).collect::<Result<_, _>>()?);
        }
        Ok(rows)
    }

    /// A cell: nothing is the cell that is missing.
    fn cell(&self, node: &Node) -> Result<String, Fault> {
        match &node.value {
            Value::Scalar { text, plain: true } if matches!(text.as_str(), "~" | "null") => Ok(String::new()),
            _ => self.string(node, "a cell"),
        }
    }

    /// Checks that a node is a map with these keys alone.
    fn map(&self, node: &Node, keys: &Keys) -> Result<(), Fault> {
        let Value::Map(entries) = &node.value else {
            return self.fault(node, &format!("this is no map: `{}` has keys", keys.of));
        };
        for (number, (key, _)) in entries.iter().enumerate() {
            let name = key.as_str().unwrap_or_default();
            if entries[..number].iter().any(|(other, _)| other.as_str() == key.as_str()) {
                return self.fault(key, &format!("`{name}` stands here twice"));
            }
            if !keys.keys.iter().any(|(known, _)| *known == name) {
                let known: Vec<&str> = keys.keys.iter().map(|(it, _)| *it).collect();
                let near = match syntax::nearest(name, &known) {
                    Some(near) => format!("; one with a similar name: `{near}`"),
                    None => format!("; there are `{}`", known.join("`, `")),
                };
                return self.fault(key, &format!("`{name}` is no key of `{}`{near}", keys.of));
            }
        }
        Ok(())
    }

    fn pairs(&self, maps: [Option<&Node>; 2]) -> Result<Vec<(String, String)>, Fault> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for map in maps.into_iter().flatten() {
            let Value::Map(entries) = &map.value else { return self.fault(map, "this is a map of names") };
            for (name, value) in entries {
                let name = self.string(name, "a name")?;
                pairs.retain(|(other, _)| *other != name);
                pairs.push((name, self.string(value, "a text")?));
            }
        }
        Ok(pairs)
    }

    fn strings(&self, node: &Node) -> Result<Vec<String>, Fault> {
        match &node.value {
            Value::List(items) => items.iter().map(|it: &Rc<Node>| self.string(it, "a text")).collect(),
            _ => Ok(vec![self.string(node, "a text or a list of texts")?]),
        }
    }

    fn string(&self, node: &Node, what: &str) -> Result<String, Fault> {
        match node.as_str() {
            Some(text) => Ok(text.to_owned()),
            None => self.fault(node, &format!("{what} belongs here")),
        }
    }

    fn number<T: std::str::FromStr>(&self, node: &Node, what: &str) -> Result<T, Fault> {
        let text = self.string(node, what)?;
        text.parse().or_else(|_| self.fault(node, &format!("{what} belongs here, found `{text}`")))
    }

    fn flag(&self, node: Option<&Node>) -> Result<bool, Fault> {
        match node.map(|it| (it, it.as_str())) {
            None | Some((_, Some("false"))) => Ok(false),
            Some((_, Some("true"))) => Ok(true),
            Some((node, _)) => self.fault(node, "`true` or `false` belongs here"),
        }
    }

    fn moment(&self, node: &Node) -> Result<Moment, Fault> {
        let text = self.string(node, "a moment")?;
        let forms = "2026-01-01T12:00:00Z, 1767268800 (epoch seconds or milliseconds), -1h, now";
        Moment::read(&text).map_or_else(|| self.fault(node, &format!("a moment is one of {forms}; found `{text}`")), Ok)
    }

    /// A path as the test file gives it: from the folder of the file on.
    fn beside(&self, path: &str) -> PathBuf {
        self.path.parent().unwrap_or(Path::new("")).join(path)
    }

    fn place(&self, node: &Node) -> Position {
        Position::of(node.span.start, self.text)
    }

    fn fault<T>(&self, node: &Node, message: &str) -> Result<T, Fault> {
        Err(Fault::new(self.path, self.place(node), message))
    }

    fn fault_at<T>(&self, byte: u32, message: &str) -> Result<T, Fault> {
        Err(Fault::new(self.path, Position::of(byte, self.text), message))
    }
}
