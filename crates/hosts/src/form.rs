//! How a text is written in a file: its escapes, and what its line breaks are.

/// A way to write a text, such as a YAML block or a JSON string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// How each line is written.
    pub escape: Escape,
    /// What stands between two lines: a line break and an indentation, an escape, or a blank.
    pub line_break: String,
    /// Whether a line break is read as a blank, so that the text is one line, whatever the file looks like.
    pub folds: bool,
}

/// What must be escaped in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escape {
    /// Nothing.
    None,
    /// `'` in a YAML scalar in single quotes.
    SingleQuoted,
    /// `"`, `\` and what is no plain character, in JSON, in a YAML scalar in double quotes and in Terraform's strings.
    DoubleQuoted,
    /// `${` and `%{` in Terraform's templates.
    Template,
    /// Both of the last two.
    DoubleQuotedTemplate,
    /// `${` in CloudFormation's `Fn::Sub`.
    Sub,
}

impl Form {
    /// A text as it is.
    pub fn plain() -> Form {
        Form { escape: Escape::None, line_break: String::from("\n"), folds: false }
    }

    /// A text on one line, with this escape for line breaks.
    pub fn one_line(escape: Escape, line_break: &str) -> Form {
        Form { escape, line_break: line_break.to_owned(), folds: line_break == " " }
    }

    /// A text in lines of its own.
    pub fn block(escape: Escape, prefix: &str) -> Form {
        Form { escape, line_break: format!("\n{prefix}"), folds: false }
    }

    /// Whether the text is one line, however it is broken in the file.
    pub fn folds(&self) -> bool {
        self.folds
    }

    /// Writes a text so; None if a character of it cannot be.
    pub fn write(&self, text: &str) -> Option<String> {
        let lines: Option<Vec<String>> = text.split('\n').map(|line| self.escape.line(line)).collect();
        let mut written = lines?.join(&self.line_break);
        if self.line_break.starts_with('\n') {
            // A line with nothing on it has no indentation either.
            let blank = format!("{}\n", self.line_break);
            while written.contains(&blank) && self.line_break.len() > 1 {
                written = written.replace(&blank, "\n\n");
            }
        }
        Some(written)
    }
}

impl Escape {
    fn line(self, line: &str) -> Option<String> {
        match self {
            Escape::None => line.chars().all(|it| it == '\t' || !it.is_control()).then(|| line.to_owned()),
            Escape::SingleQuoted => Escape::None.line(line).map(|it| it.replace('\'', "''")),
            // JSON's escapes are escapes of YAML and of Terraform too.
            Escape::DoubleQuoted => {
                let quoted = serde_json::Value::from(line).to_string();
                Some(quoted[1..quoted.len() - 1].replace("\\b", "\\u0008").replace("\\f", "\\u000c"))
            }
            Escape::Template => Escape::None.line(line).map(|it| it.replace("${", "$${").replace("%{", "%%{")),
            Escape::DoubleQuotedTemplate => {
                Escape::DoubleQuoted.line(line).map(|it| it.replace("${", "$${").replace("%{", "%%{"))
            }
            Escape::Sub => Some(line.replace("${", "${!")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_writes_its_escapes_and_breaks() {
        let write = |form: Form, text: &str| form.write(text);
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(write(Form::block(Escape::None, "  "), "a\n\nb"), some("a\n\n  b"));
        assert_eq!(write(Form::one_line(Escape::DoubleQuoted, "\\n"), "a \"b\"\n\\d"), some("a \\\"b\\\"\\n\\\\d"));
        assert_eq!(write(Form::one_line(Escape::SingleQuoted, " "), "a 'b'"), some("a ''b''"));
        assert_eq!(write(Form::block(Escape::Template, ""), "a ${b} %{c}"), some("a $${b} %%{c}"));
        assert_eq!(write(Form::one_line(Escape::Sub, "\n"), "a ${b}"), some("a ${!b}"));
        assert_eq!(write(Form::plain(), "a\u{7}"), None);
    }
}
