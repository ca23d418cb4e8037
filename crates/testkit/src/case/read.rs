//! Markdown to case.

use std::path::Path;

use super::{
    Authority, AuthorityKind, BOTH_WAYS, Case, EXPECTATIONS, Expectation, GivenDefinition, GivenTable, Input, Question,
    SETTINGS,
};

/// A fault: the line, from one, and a sentence.
type Wrong = (usize, String);

/// The words that may stand behind the tag of an expectation.
const WORDS: &[&str] = &["unordered", "syntax"];

/// A fenced block of a document.
#[derive(Debug)]
pub(super) struct Block<'a> {
    /// The first word behind the fence; empty where there is none.
    pub tag: &'a str,
    /// The other words behind the fence.
    pub words: Vec<&'a str>,
    /// The lines of the body.
    pub lines: Vec<&'a str>,
    /// The line of the opening fence, from one.
    pub line: usize,
    /// How many backticks the fence has.
    pub fence: usize,
}

/// The blocks of a document, and its other lines with their numbers.
pub(super) struct Document<'a> {
    pub blocks: Vec<Block<'a>>,
    pub prose: Vec<(usize, &'a str)>,
}

pub(super) fn document(text: &str) -> Result<Document<'_>, Wrong> {
    let mut found = Document { blocks: Vec::new(), prose: Vec::new() };
    let mut open: Option<Block> = None;
    for (line, content) in text.lines().enumerate().map(|(index, content)| (index + 1, content)) {
        let fence = content.chars().take_while(|it| *it == '`').count();
        match &mut open {
            Some(block) if fence >= block.fence && content.trim_end().len() == fence => {
                found.blocks.extend(open.take())
            }
            Some(block) => block.lines.push(content),
            None if fence >= 3 => {
                let mut words = content[fence..].split_whitespace();
                let tag = words.next().unwrap_or_default();
                open = Some(Block { tag, words: words.collect(), lines: Vec::new(), line, fence });
            }
            None => found.prose.push((line, content)),
        }
    }
    match open {
        Some(block) => Err((block.line, format!("the block `{}` has no end", block.tag))),
        None => Ok(found),
    }
}

/// Whether each block of a document is an expectation.
pub(super) fn expected(blocks: &[Block]) -> Vec<bool> {
    let mut inputs = 0;
    let mut found = Vec::new();
    for block in blocks {
        let placed = block.words.iter().any(|it| it.contains('/') || it.contains('.') || it.starts_with("group="));
        let is = EXPECTATIONS.contains(&block.tag) || (BOTH_WAYS.contains(&block.tag) && inputs > 0 && !placed);
        if !is && !matches!(block.tag, "" | "insights" | "lookup" | "definition") {
            inputs += 1;
        }
        found.push(is);
    }
    found
}

pub(super) fn case(root: &Path, path: &Path, text: &str) -> Result<Case, Wrong> {
    let document = document(text)?;
    let (title, why, authority) = head(&document.prose)?;
    let below = path.strip_prefix(root).unwrap_or(path).with_extension("");
    let mut case = Case {
        path: path.to_path_buf(),
        name: below.to_string_lossy().replace('\\', "/"),
        title,
        why,
        authority,
        questions: Vec::new(),
        inputs: Vec::new(),
        tables: Vec::new(),
        definitions: Vec::new(),
        expectations: Vec::new(),
    };
    for (block, expected) in document.blocks.iter().zip(expected(&document.blocks)) {
        match block.tag {
            "" => {}
            "insights" => case.questions.push(question(block)?),
            "lookup" => case.tables.push(table(block)?),
            "definition" => case.definitions.push(definition(block)?),
            _ if expected => case.expectations.push(expectation(block, case.expectations.len())?),
            _ => case.inputs.push(input(block, root)?),
        }
    }
    if case.questions.is_empty() {
        return Err((1, "there is no `insights` block: nothing is asked".to_string()));
    }
    if case.expectations.is_empty() {
        let names = EXPECTATIONS.join("`, `");
        return Err((1, format!("nothing is expected: a block tagged `{names}` says what")));
    }
    Ok(case)
}

fn head(prose: &[(usize, &str)]) -> Result<(String, String, Authority), Wrong> {
    let title = match prose.first() {
        Some((1, line)) if line.starts_with("# ") => line[2..].trim().to_string(),
        _ => return Err((1, "the first line is the title: `# what is so`".to_string())),
    };
    let Some((line, authority)) = prose.iter().find(|(_, it)| it.starts_with("Authority:")) else {
        return Err((
            1,
            "no line begins with `Authority:`: `recorded`, `manual`, `stated` or `ours`, and why".to_string(),
        ));
    };
    let why: Vec<&str> = (prose.iter().skip(1).map(|(_, it)| it.trim()).skip_while(|it| it.is_empty()))
        .take_while(|it| !it.is_empty() && !it.starts_with("Authority:"))
        .collect();
    if why.is_empty() {
        return Err((1, "no paragraph between the title and `Authority:` says why the case exists".to_string()));
    }
    Ok((title, why.join(" "), self::authority(authority, *line)?))
}

fn authority(text: &str, line: usize) -> Result<Authority, Wrong> {
    let text = text.trim_start_matches("Authority:").trim();
    let (word, source) = text.split_once([',', ' ', ':']).unwrap_or((text, ""));
    let kinds = [AuthorityKind::Recorded, AuthorityKind::Manual, AuthorityKind::Stated, AuthorityKind::Ours];
    let Some(kind) = kinds.into_iter().find(|it| it.word() == word) else {
        return Err((line, format!("`{word}` is no authority: `recorded`, `manual`, `stated` or `ours`")));
    };
    let source = source.trim_start_matches([',', ':', ' ']).trim().to_string();
    if source.is_empty() {
        return Err((line, format!("behind `{word}` and a comma stands where it was said, or why")));
    }
    Ok(Authority { kind, source })
}

fn question(block: &Block) -> Result<Question, Wrong> {
    let mut settings = Vec::new();
    for word in &block.words {
        match word.split_once('=') {
            Some((name, value)) if SETTINGS.contains(&name) && !value.is_empty() => {
                settings.push((name.to_string(), value.to_string()));
            }
            _ => {
                let names = SETTINGS.join("=…`, `");
                return Err((block.line, format!("`{word}` behind `insights` is no setting: `{names}=…`")));
            }
        }
    }
    Ok(Question { text: block.lines.join("\n"), settings, line: block.line })
}

fn input(block: &Block, root: &Path) -> Result<Input, Wrong> {
    let (mut name, mut group, mut source) = (None, None, None);
    for word in &block.words {
        match word.split_once('=') {
            Some(("group", value)) if group.is_none() && !value.is_empty() => group = Some(value.to_string()),
            Some(("source", value)) if source.is_none() && !value.is_empty() => source = Some(value.to_string()),
            None if name.is_none() => name = Some(word.to_string()),
            _ => {
                let may = "a path, `group=NAME` or `source=NAME.TYPE` may stand there";
                return Err((block.line, format!("`{word}` behind an input: {may}")));
            }
        }
    }
    let path = match &name {
        Some(name) if block.lines.is_empty() => {
            let path = root.join(name);
            if !path.exists() {
                return Err((block.line, format!("the shared input `{name}` does not exist")));
            }
            Some(path)
        }
        _ => None,
    };
    let text = body(block);
    let name = name.unwrap_or_else(|| block.tag.to_string());
    Ok(Input { format: block.tag.to_string(), path, name, group, source, text, line: block.line })
}

fn table(block: &Block) -> Result<GivenTable, Wrong> {
    let [name] = block.words.as_slice() else {
        return Err((block.line, "behind `lookup` stands what the table is called, and nothing else".to_string()));
    };
    Ok(GivenTable { name: name.to_string(), text: body(block) })
}

fn definition(block: &Block) -> Result<GivenDefinition, Wrong> {
    let fault = "behind `definition` stands what the query is called, then defaults, `name=value`";
    let Some((name, defaults)) = block.words.split_first() else { return Err((block.line, fault.to_string())) };
    let default = |it: &&str| it.split_once('=').map(|(name, value)| (name.to_string(), value.to_string()));
    let defaults: Option<Vec<(String, String)>> = defaults.iter().map(default).collect();
    let defaults = defaults.ok_or((block.line, fault.to_string()))?;
    Ok(GivenDefinition { name: name.to_string(), defaults, text: body(block) })
}

/// The lines of a block, each with its end.
fn body(block: &Block) -> String {
    block.lines.iter().flat_map(|it| [it, "\n"]).collect()
}

fn expectation(block: &Block, position: usize) -> Result<Expectation, Wrong> {
    if let Some(word) = block.words.iter().find(|it| !WORDS.contains(it)) {
        let words = WORDS.join("`, `");
        return Err((block.line, format!("`{word}` behind an expectation: `{words}` may stand there")));
    }
    Ok(Expectation {
        format: block.tag.to_string(),
        words: block.words.iter().map(|it| it.to_string()).collect(),
        text: block.lines.join("\n"),
        position,
        line: block.line,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const GOOD: &str = "# a title\n\nWhy it is\nhere.\n\nAuthority: ours, U5: because\n\n```insights now=5\nfields a\n| limit 1\n```\n\n```jsonl\n{\"a\":1}\n```\n\n```jsonl unordered\n{\"a\":\"1\"}\n```\n";

    fn read(text: &str) -> Result<Case, Wrong> {
        case(Path::new("/none"), Path::new("/none/commands/limit/one.md"), text)
    }

    #[test]
    fn reads_a_case() {
        let case = read(GOOD).unwrap();
        assert_eq!(case.name, "commands/limit/one");
        assert_eq!((case.title.as_str(), case.why.as_str()), ("a title", "Why it is here."));
        assert_eq!(case.authority, Authority { kind: AuthorityKind::Ours, source: "U5: because".to_string() });
        assert_eq!(case.questions[0].text, "fields a\n| limit 1");
        assert_eq!(case.questions[0].setting("now"), Some("5"));
        assert_eq!(case.inputs[0].files().unwrap(), [("jsonl".to_string(), b"{\"a\":1}\n".to_vec())]);
        assert!(case.expectations[0].has("unordered"));
        assert_eq!((case.expectations[0].line, case.expectations[0].text.as_str()), (17, "{\"a\":\"1\"}"));
    }

    #[test]
    fn a_longer_fence_holds_a_shorter_one() {
        let text = GOOD.replace("```jsonl\n{\"a\":1}\n```", "````jsonl\n```\n````");
        assert_eq!(read(&text).unwrap().inputs[0].text, "```\n");
    }

    #[test]
    fn a_table_is_no_log() {
        let case = read(&GOOD.replace("```jsonl\n", "```lookup t\na\n\n```\n\n```jsonl\n")).unwrap();
        assert_eq!(case.tables, [GivenTable { name: "t".to_string(), text: "a\n\n".to_string() }]);
        assert_eq!((case.inputs.len(), case.expectations.len()), (1, 1));
        assert_eq!(read(&GOOD.replace("```jsonl\n", "```lookup\n```\n\n```jsonl\n")).unwrap_err().0, 13);
    }

    #[test]
    fn a_block_with_a_group_is_an_input_even_behind_another() {
        let text = GOOD.replace("```jsonl unordered", "```jsonl group=/a/b\n{}\n```\n\n```table");
        let case = read(&text).unwrap();
        assert_eq!(case.inputs[1].group.as_deref(), Some("/a/b"));
        assert_eq!(case.expectations[0].format, "table");
    }

    #[test]
    fn faults_name_the_line() {
        for (was, is, line, says) in [
            ("# a title", "a title", 1, "title"),
            ("Why it is\nhere.", "", 1, "why"),
            ("ours, U5: because", "hearsay, x", 6, "`hearsay`"),
            ("ours, U5: because", "ours", 6, "behind `ours`"),
            ("now=5", "nwo=5", 8, "`nwo=5`"),
            ("unordered", "disordered", 17, "`disordered`"),
            ("```jsonl\n{\"a\":1}\n```", "```jsonl logs/none.jsonl\n```", 13, "does not exist"),
            ("```insights now=5", "```", 1, "nothing is asked"),
            ("```jsonl unordered\n{\"a\":\"1\"}\n```", "", 1, "nothing is expected"),
            ("{\"a\":\"1\"}\n```", "", 17, "no end"),
        ] {
            let (at, message) = read(&GOOD.replace(was, is)).unwrap_err();
            assert!(at == line && message.contains(says), "{was} → {is}: {at}: {message}");
        }
    }
}
