//! Expressions whose types are known and whose coercions are written out.

use std::fmt;
use std::sync::Arc;

use functions::Function;
use value::{Type, Value};

use crate::{Form, Plan, Wanted};

/// An expression: a field, a literal, or a call. Operators and coercions are calls.
#[derive(Clone)]
pub enum Expr {
    /// `latency`, `seconds`
    Field(Field),
    /// `1000`, `"ERROR"`, `/timeout/`; `None` is no value
    Literal(Option<Value>),
    /// `number(latency) / 1000`
    Call(&'static Function, Vec<Expr>),
    /// `(source "b" | fields id)` behind `in`: once it has run, the list of its values stands in its place
    Subquery(Arc<Plan>),
}

/// A column that rows have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What the language calls it.
    pub name: Arc<str>,
    /// Where it comes from.
    pub origin: Origin,
    /// What its values are.
    pub of: Type,
    /// What the engine calls its column: different for a field of the log and a name the query defines.
    pub column: Arc<str>,
}

/// Where a field comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It is read from the log, in this form.
    Log(Form),
    /// A command before defines it.
    Query,
}

impl Field {
    /// A field of the log as it stands: `@timestamp` and `@ingestionTime` are times, `@ptr` a place, the numbers of a
    /// REPORT line of Lambda doubles.
    pub fn of_log(name: &str) -> Field {
        let of = match name {
            "@timestamp" | "@ingestionTime" => Type::Time,
            "@ptr" => Type::Place,
            "@duration" | "@billedDuration" | "@initDuration" | "@memorySize" | "@maxMemoryUsed" => Type::Double,
            _ => Type::Any,
        };
        Field { name: name.into(), origin: Origin::Log(Form::Text), of, column: log_column(name, Form::Text) }
    }

    /// The same field of the log in another form.
    fn in_form(&self, form: Form) -> Field {
        let of = if form == Form::Number { Type::Number } else { Type::Bool };
        Field { name: self.name.clone(), origin: Origin::Log(form), of, column: log_column(&self.name, form) }
    }

    /// A name that the query defines.
    pub fn of_query(name: &str, of: Type) -> Field {
        Field { name: name.into(), origin: Origin::Query, of, column: name.into() }
    }

    /// What the scan is asked for, if the field is the log's.
    pub fn wanted(&self) -> Option<Wanted> {
        match self.origin {
            Origin::Log(form) => Some(Wanted { name: self.name.clone(), form }),
            Origin::Query => None,
        }
    }
}

impl Wanted {
    /// What the engine calls the column of this field.
    pub fn column(&self) -> Arc<str> {
        log_column(&self.name, self.form)
    }
}

/// No name of a query begins with this character, so a field of the log and an alias that hides it stay apart.
fn log_column(name: &str, form: Form) -> Arc<str> {
    match form {
        Form::Text => format!("\u{0}{name}").into(),
        Form::Number => format!("\u{0}number({name})").into(),
        Form::Present => format!("\u{0}ispresent({name})").into(),
    }
}

impl Expr {
    /// A text of the query.
    pub fn text(text: &str) -> Expr {
        Expr::Literal(Some(Value::text(text)))
    }

    /// A call of known functions; of literals alone it is worked out at once, and a field of the log that is only
    /// wanted as a number, or for its presence, is read so.
    pub fn call(function: &'static Function, args: Vec<Expr>) -> Expr {
        if let [Expr::Field(field)] = args.as_slice()
            && field.origin == Origin::Log(Form::Text)
            && matches!(field.of, Type::Any | Type::Double)
        {
            match function.name {
                "number" => return Expr::Field(field.in_form(Form::Number)),
                "ispresent" => return Expr::Field(field.in_form(Form::Present)),
                _ => {}
            }
        }
        let literals: Option<Vec<Option<Value>>> = args.iter().map(Expr::literal).collect();
        match literals {
            Some(literals) => Expr::Literal((function.row)(&functions::Args(&literals))),
            None => Expr::Call(function, args),
        }
    }

    /// The value, if it is the same for all rows.
    pub fn literal(&self) -> Option<Option<Value>> {
        match self {
            Expr::Literal(it) => Some(it.clone()),
            _ => None,
        }
    }

    /// Calls `visit` for each field in it.
    pub fn fields<'a>(&'a self, visit: &mut dyn FnMut(&'a Field)) {
        match self {
            Expr::Field(it) => visit(it),
            // A query within another reads fields of its own.
            Expr::Literal(_) | Expr::Subquery(_) => {}
            Expr::Call(_, args) => args.iter().for_each(|it| it.fields(visit)),
        }
    }

    /// Calls `visit` for each query within it.
    pub fn subqueries<'a>(&'a self, visit: &mut dyn FnMut(&'a Plan)) {
        match self {
            Expr::Subquery(plan) => visit(plan),
            Expr::Call(_, args) => args.iter().for_each(|it| it.subqueries(visit)),
            Expr::Field(_) | Expr::Literal(_) => {}
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let name = syntax::quoted_name(&self.name);
        match self.origin {
            Origin::Log(Form::Number) => write!(f, "number({name})"),
            Origin::Log(Form::Present) => write!(f, "ispresent({name})"),
            _ => f.write_str(&name),
        }
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Expr::Field(it) => it.fmt(f),
            Expr::Literal(None) => f.write_str("none"),
            Expr::Subquery(_) => f.write_str("(…)"),
            Expr::Literal(Some(it)) => literal(f, it),
            Expr::Call(function, args) => match args.as_slice() {
                [left, right] if is_operator(function) => {
                    operand(f, left)?;
                    write!(f, " {} ", function.name)?;
                    operand(f, right)
                }
                args => {
                    write!(f, "{}(", function.name)?;
                    for (index, arg) in args.iter().enumerate() {
                        write!(f, "{}{arg}", if index > 0 { ", " } else { "" })?;
                    }
                    f.write_str(")")
                }
            },
        }
    }
}

/// Whether a function is written between its two arguments.
fn is_operator(function: &Function) -> bool {
    !function.name.starts_with(|it: char| it.is_ascii_alphabetic())
        || matches!(function.name, "and" | "or" | "like" | "in")
}

fn operand(f: &mut fmt::Formatter, expr: &Expr) -> fmt::Result {
    match expr {
        Expr::Call(function, args) if args.len() == 2 && is_operator(function) => write!(f, "({expr})"),
        _ => write!(f, "{expr}"),
    }
}

fn literal(f: &mut fmt::Formatter, value: &Value) -> fmt::Result {
    match value {
        Value::Text(text) => write!(f, "{}", syntax::quoted_text(text)),
        Value::Pattern(pattern) => write!(f, "{pattern}"),
        Value::List(items) => {
            f.write_str("[")?;
            for (index, item) in items.iter().enumerate() {
                f.write_str(if index > 0 { ", " } else { "" })?;
                literal(f, item)?;
            }
            f.write_str("]")
        }
        other => f.write_str(&other.to_text()),
    }
}
