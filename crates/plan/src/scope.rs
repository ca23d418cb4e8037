//! Which names exist at a point of the query, and where each came from.

use std::cell::Cell;
use std::sync::Arc;

use syntax::command::Source;
use syntax::{Code, Diagnostic, Name, Part, Path, Span};
use value::Type;

use crate::Shown;
use crate::context::{Context, Limits};
use crate::expr::{Expr, Field};
use crate::join::Sides;
use crate::shown::{Column, push};
use crate::step::Key;
use crate::step::pattern::Weight;
use crate::subquery::Purpose;

/// The names that exist at a point of the query.
pub struct Scope<'a> {
    /// What the plan knows of the world.
    pub context: &'a Context,
    /// What the rows of the query are for.
    pub purpose: Purpose,
    /// The `SOURCE` commands of the query: those of a query within it that has none.
    pub sources: Vec<(Source, Span)>,
    /// The sides of the `join` before this point.
    pub sides: Option<Sides<'a>>,
    /// The order that rows are in by a `sort` before a `join`.
    pub order: Vec<Key>,
    /// What the query defines, in order.
    defined: Vec<Definition>,
    /// Names that a `fields` mentioned as they are, before anything defined them.
    mentioned: Vec<String>,
    /// Whether fields of the log can still be named.
    pub past: Past,
    /// Whether a `stats` stands behind the `join`.
    has_gathered: bool,
    /// The columns of the answer so far, unless a `display` says otherwise.
    shown: Vec<Column>,
    /// Those of them that are for programs, not for people.
    details: Vec<Arc<str>>,
    /// The columns of the last `display`.
    displayed: Option<Vec<Column>>,
    /// What may not be meant as it is written.
    pub warnings: Vec<Diagnostic>,
    /// What cannot be.
    pub faults: Vec<Diagnostic>,
}

/// What stands before this point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Past {
    /// The log: any name may be a field of it.
    Log,
    /// A `stats`: only its names exist.
    Stats,
}

/// A name that the query defines.
struct Definition {
    field: Field,
    span: Span,
    /// Whether the command at hand defined it.
    fresh: bool,
    /// Whether it is an alias that nothing has read yet.
    awaits_use: Cell<bool>,
}

impl<'a> Scope<'a> {
    /// The scope of a query's first command.
    pub fn new(context: &'a Context) -> Scope<'a> {
        Scope {
            context,
            purpose: Purpose::Answer,
            sources: Vec::new(),
            sides: None,
            order: Vec::new(),
            defined: Vec::new(),
            mentioned: Vec::new(),
            past: Past::Log,
            has_gathered: false,
            shown: Vec::new(),
            details: Vec::new(),
            displayed: None,
            warnings: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// What a path means here: a definition, a part of a map, or a field of the log.
    pub fn resolve(&self, path: &Path) -> Result<Expr, Diagnostic> {
        let name = path.name();
        if let Some(found) = self.definition(&name) {
            found.awaits_use.set(false);
            return Ok(Expr::Field(found.field.clone()));
        }
        if let Some((found, rest)) = self.map_around(path) {
            found.awaits_use.set(false);
            // Recorded: a part of a map that the same command makes has no value.
            return Ok(match found.fresh {
                true => Expr::Literal(None),
                false => inside(Expr::Field(found.field.clone()), rest),
            });
        }
        if let Some(sides) = self.sides_here() {
            return sides.resolve(path).unwrap_or_else(|| Err(sides.no_side(path)));
        }
        match self.past {
            Past::Log => Ok(Expr::Field(Field::of_log(&name))),
            Past::Stats => Err(self.unknown(&name, path.span)),
        }
    }

    /// The definition that a path enters, and how it goes on from there.
    fn map_around<'p>(&self, path: &'p Path) -> Option<(&Definition, &'p [Part])> {
        (1..path.parts.len()).rev().find_map(|length| {
            let (head, rest) = path.parts.split_at(length);
            let head: Vec<String> = head.iter().map(Part::to_string).collect();
            let found = self.definition(&head.join("."))?;
            matches!(found.field.of, Type::Json | Type::Any | Type::Double).then_some((found, rest))
        })
    }

    /// Warns of a path that enters what the command at hand makes.
    pub fn warn_of_early_part(&mut self, path: &Path) {
        let name = path.name();
        if self.definition(&name).is_some() {
            return;
        }
        let Some((map, _)) = self.map_around(path).filter(|(it, _)| it.fresh) else { return };
        let message = format!("`{name}` has no value in the command that makes `{}`", map.field.name);
        let warning = Diagnostic::new(Code::EarlyPart, path.span, &message).also(map.span, "made here");
        self.warnings.push(warning.help("in the next command it has: `| fields …`"));
    }

    /// What a name means here, if it means anything.
    pub fn find(&self, name: &str) -> Option<Field> {
        match self.definition(name) {
            Some(found) => {
                found.awaits_use.set(false);
                Some(found.field.clone())
            }
            None => match self.sides_here() {
                Some(sides) => sides.find(name),
                None => (self.past == Past::Log).then(|| Field::of_log(name)),
            },
        }
    }

    /// The error for a name that no longer exists behind a `stats`.
    pub fn unknown(&self, name: &str, span: Span) -> Diagnostic {
        let names: Vec<&str> = self.defined.iter().map(|it| &*it.field.name).collect();
        let fault = Diagnostic::new(
            Code::UnknownAfterStats,
            span,
            &format!("`{name}` does not exist behind `stats`, which gives {}", enumerated(&names)),
        );
        match syntax::nearest(name, &names) {
            Some(near) => fault.help(&format!("a name of the `stats` is similar: `{near}`")),
            None => {
                fault.help("a command behind `stats` sees the groups, not the events: name there what is needed here")
            }
        }
    }

    /// Makes a definition; defining a name twice is a fault.
    pub fn define(&mut self, name: &Name, of: Type) -> Result<Field, Diagnostic> {
        self.check_new(name)?;
        Ok(self.define_again(&name.text, name.span, of))
    }

    /// Holds a count to the service's limit: beyond it a query is refused, or warned about.
    pub fn hold_to_limit(&mut self, most: usize, found: usize, span: Span, what: &str) {
        if found <= most {
            return;
        }
        let message = format!("the service takes {most} {what} at most, found {found}");
        match self.context.limits {
            Limits::Service => self.faults.push(Diagnostic::new(Code::TooMany, span, &message)),
            Limits::Ours => self.warnings.push(Diagnostic::new(Code::AboveLimit, span, &message)),
        }
    }

    /// Whether nothing defines the name yet.
    pub fn check_new(&self, name: &Name) -> Result<(), Diagnostic> {
        let Some(first) = self.definition(&name.text) else { return Ok(()) };
        let message = format!("`{}` is already defined", name.text);
        let fault = Diagnostic::new(Code::Redefined, name.span, &message);
        Err(fault.also(first.span, "first defined here").help("another name for one of the two would do"))
    }

    /// Makes a definition in the place of an older one, if there is one: what `display` may do.
    pub fn define_again(&mut self, name: &str, span: Span, of: Type) -> Field {
        let mut field = Field::of_query(name, of);
        if self.sides_here().is_some_and(|it| it.has_column(name)) {
            // The rows have a column of this name, which is the left side's.
            field.column = format!("\u{0}\u{0}\u{0}{name}").into();
        }
        self.defined.retain(|it| it.field.name != field.name);
        self.defined.push(Definition { field: field.clone(), span, fresh: true, awaits_use: Cell::new(false) });
        field
    }

    /// Makes a definition in the place of a name that exists: what `expand` does.
    pub fn replace(&mut self, name: &str, span: Span, of: Type) -> Field {
        self.mentioned.retain(|it| it != name);
        self.define_again(name, span, of)
    }

    /// Notes that a command names what it shows, and makes nothing by that: the parts of it stay.
    pub fn leave_open(&mut self, name: &str) {
        self.defined.iter_mut().filter(|it| *it.field.name == *name).for_each(|it| it.fresh = false);
    }

    /// Notes that a name was given by choice, and so to be read or shown.
    pub fn expect_use(&mut self, name: &str) {
        self.definition(name).into_iter().for_each(|it| it.awaits_use.set(true));
    }

    /// Warns of names that were given in vain, now that nothing can read them any more.
    pub fn warn_of_unused(&mut self) {
        // Programs put names of their own before what people ask: `__log__grafana_internal__`.
        let awaits = self.defined.iter().filter(|it| it.awaits_use.get() && !it.field.name.starts_with("__"));
        let unused = awaits.map(|it| {
            let message = format!("nothing reads or shows `{}`", it.field.name);
            Diagnostic::new(Code::UnusedAlias, it.span, &message)
                .help("behind a `stats` or a `display` there is only what it names")
        });
        self.warnings.extend(unused);
    }

    /// Ends a command: what it defined is no longer new.
    pub fn settle(&mut self) {
        self.defined.iter_mut().for_each(|it| it.fresh = false);
    }

    /// Notes that `fields` names something as it is.
    pub fn mention(&mut self, name: &str) {
        if self.definition(name).is_none() {
            self.mentioned.push(name.to_owned());
        }
    }

    /// Whether the name was mentioned by a `fields` and defined behind it: such a name does not reach a `stats`.
    pub fn is_torn(&self, name: &str) -> bool {
        self.definition(name).is_some() && self.mentioned.iter().any(|it| it == name)
    }

    /// Ends the log: from here on, only these names exist. They are shown in this order.
    pub fn gather(&mut self, fields: Vec<(Field, Span)>) {
        self.warn_of_unused();
        self.past = Past::Stats;
        self.has_gathered = true;
        self.order.clear();
        self.mentioned.clear();
        self.displayed = None;
        self.shown.clear();
        self.details.clear();
        self.defined.clear();
        for (field, span) in fields {
            self.show_made(&field.name, field.clone());
            self.defined.push(Definition { field, span, fresh: false, awaits_use: Cell::new(false) });
        }
    }

    /// Says which of the shown columns are for programs, unless a `display` names them.
    pub fn details(&mut self, names: Vec<Arc<str>>) {
        self.details = names;
    }

    /// Shows a name, whatever it will mean at the end.
    pub fn show_name(&mut self, title: &str, name: &str) {
        push(&mut self.shown, Column::Name { title: title.to_owned(), name: name.to_owned() });
    }

    /// Shows a column that a command made.
    pub fn show_made(&mut self, title: &str, field: Field) {
        push(&mut self.shown, Column::Made { title: title.to_owned(), field });
    }

    /// Begins a `display`: only what it names is shown, the last one counts.
    pub fn begin_display(&mut self) {
        self.displayed = Some(Vec::new());
    }

    /// Shows a name in the `display` at hand.
    pub fn display_name(&mut self, title: &str, name: &str) {
        let column = Column::Name { title: title.to_owned(), name: name.to_owned() };
        push(self.displayed.get_or_insert_default(), column);
    }

    /// Shows a column in the `display` at hand.
    pub fn display_made(&mut self, title: &str, field: Field) {
        push(self.displayed.get_or_insert_default(), Column::Made { title: title.to_owned(), field });
    }

    /// The columns of the answer, now that all names have their last meaning.
    pub fn shown(&self) -> Vec<Shown> {
        let columns = self.displayed.as_ref().unwrap_or(&self.shown);
        let weight = |title: &str| match self.displayed.is_none() && self.details.iter().any(|it| **it == *title) {
            true => Weight::Detail,
            false => Weight::Main,
        };
        let shown: Vec<Shown> = columns
            .iter()
            .filter_map(|column| match column {
                Column::Made { title, field } => {
                    self.find(&field.name);
                    Some(Shown { title: title.as_str().into(), field: field.clone(), weight: weight(title) })
                }
                Column::Name { title, name } => {
                    let field = self.find(name)?;
                    Some(Shown { title: title.as_str().into(), field, weight: weight(title) })
                }
            })
            .collect();
        if let (true, Some(sides)) = (shown.is_empty(), self.sides_here()) {
            return sides.shown().into_iter().map(|it| self.redefined(it)).collect();
        }
        if shown.is_empty() && self.past == Past::Log {
            let field = |name: &str| Shown { title: Arc::from(name), field: Field::of_log(name), weight: Weight::Main };
            return vec![field("@timestamp"), field("@message")];
        }
        shown
    }

    /// The scope of the commands behind a `join`: it has this query's own, and none of its names.
    pub fn begin_behind_join(&mut self) -> Scope<'a> {
        Scope {
            purpose: self.purpose,
            sources: self.sources.clone(),
            order: std::mem::take(&mut self.order),
            past: self.past,
            warnings: std::mem::take(&mut self.warnings),
            faults: std::mem::take(&mut self.faults),
            ..Scope::new(self.context)
        }
    }

    /// Whether a command names what is shown; else it is what every event has.
    pub fn names_columns(&self) -> bool {
        self.displayed.is_some() || !self.shown.is_empty() || self.sides_here().is_some()
    }

    /// Whether a command defines this name.
    pub fn defines(&self, name: &str) -> bool {
        self.definition(name).is_some()
    }

    /// Shows a column behind all others, those of a `display` included.
    pub fn show_beside(&mut self, title: &str, field: Field) {
        let columns = self.displayed.as_mut().unwrap_or(&mut self.shown);
        let made = Column::Made { title: title.to_owned(), field };
        match columns.iter_mut().find(|it| it.title() == title) {
            Some(known) => *known = made,
            None => columns.push(made),
        }
    }

    /// The sides of a `join`, as long as no `stats` stands behind it.
    fn sides_here(&self) -> Option<&Sides<'a>> {
        self.sides.as_ref().filter(|_| !self.has_gathered)
    }

    /// A column, or what a command made in its place.
    fn redefined(&self, it: Shown) -> Shown {
        match self.definition(&it.title) {
            Some(found) => Shown { field: found.field.clone(), ..it },
            None => it,
        }
    }

    fn definition(&self, name: &str) -> Option<&Definition> {
        self.defined.iter().rfind(|it| *it.field.name == *name)
    }
}

/// The part of a map or list that the rest of a path leads to.
pub fn inside(start: Expr, rest: &[Part]) -> Expr {
    rest.iter().fold(start, |within, part| {
        let key = match part {
            Part::Key(key) => Expr::text(key),
            Part::Index(index) => Expr::Literal(Some(value::Value::Number(f64::from(*index)))),
        };
        Expr::call(&functions::operator::ACCESS, vec![within, key])
    })
}

/// `a`, `b` and `c`
fn enumerated(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|it| format!("`{it}`")).collect();
    match quoted.as_slice() {
        [] => String::from("no names"),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
