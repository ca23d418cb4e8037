//! A plan as text: what `gw explain` prints.

use std::fmt;

use crate::{Form, Groups, Plan, Range, Scan, Wanted, Which};

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        writeln!(f, "{}", self.scan)?;
        for step in &self.steps {
            writeln!(f, "{step}")?;
            let mut within = Vec::new();
            step.subqueries(&mut |it| within.push(it));
            for subquery in within {
                writeln!(f, "           ( {}\n           )", subquery.to_string().replace('\n', "\n             "))?;
            }
        }
        f.write_str("display    ")?;
        for (index, shown) in self.shown.iter().enumerate() {
            f.write_str(if index > 0 { ", " } else { "" })?;
            f.write_str(&crate::step::named(&shown.field, &shown.title))?;
        }
        Ok(())
    }
}

impl fmt::Display for Scan {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("scan       ")?;
        if self.groups.is_empty() {
            f.write_str("all log groups")?;
        }
        for (index, groups) in self.groups.iter().enumerate() {
            write!(f, "{}{groups}", if index > 0 { ", " } else { "" })?;
        }
        if let Some(range) = &self.range {
            write!(f, "  {range}")?;
        }
        f.write_str("\n           ")?;
        for (index, wanted) in self.fields.iter().enumerate() {
            write!(f, "{}{wanted}", if index > 0 { ", " } else { "" })?;
        }
        if self.fields.is_empty() {
            f.write_str("no field: only events are counted")?;
        }
        for literal in &self.literals {
            write!(f, "\n           only where the message holds {}", syntax::quoted_text(literal))?;
        }
        for name in &self.needed {
            write!(f, "\n           only where there is {}", syntax::quoted_name(name))?;
        }
        Ok(())
    }
}

impl fmt::Display for Groups {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match &self.which {
            Which::Named(name) => f.write_str(name)?,
            Which::Prefixed { prefixes, accounts, except } => {
                match prefixes.as_slice() {
                    [] => f.write_str("all log groups")?,
                    prefixes => write!(f, "{}*", prefixes.join("*, "))?,
                }
                if !accounts.is_empty() {
                    write!(f, " of {}", accounts.join(", "))?;
                }
                if !except.is_empty() {
                    write!(f, " but {}", except.join(", "))?;
                }
            }
        }
        match &self.range {
            Some(range) => write!(f, " ({range})"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} … {}", value::time::print(self.start), value::time::print(self.end))
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let name = syntax::quoted_name(&self.name);
        match self.form {
            Form::Text => f.write_str(&name),
            Form::Number => write!(f, "number({name})"),
            Form::Present => write!(f, "ispresent({name})"),
        }
    }
}
