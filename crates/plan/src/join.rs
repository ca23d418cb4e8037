//! `join` → a step that has the plan of its second query, and a scope of two sides.
//!
//! What is read of the second query is known only when all of the query around it is planned: its columns are written
//! into the step then.

use std::cell::RefCell;
use std::sync::Arc;

use syntax::command as said;
use syntax::{Code, Diagnostic, Name, Part, Path, Span};

use crate::bind::type_of;
use crate::context::{Limits, MOST_JOIN_KEYS};
use crate::demand;
use crate::expr::{Expr, Field};
use crate::scope::Scope;
use crate::step::pattern::Weight;
use crate::step::{Fields, Join, Side, Step, Unmatched};
use crate::subquery::{self, Purpose};
use crate::{Plan, Shown};

/// The two sides of a `join`: behind it their fields are named with the side before them.
pub struct Sides<'a> {
    left: Box<Scope<'a>>,
    left_name: String,
    right: Box<Scope<'a>>,
    right_name: String,
    /// The second query, as far as it is planned.
    plan: Plan,
    /// What is read of the second query: what it is called here, and what it is there.
    asked: RefCell<Vec<(Field, Expr)>>,
}

/// `join type=left left=a right=b where a.id = b.user (source "b")`
pub fn join(scope: &mut Scope, it: &said::Join, span: Span) -> Result<Join, Diagnostic> {
    if scope.sides.is_some() {
        let fault = Diagnostic::new(Code::Join, span, "a query holds one `join`");
        return Err(fault.help("`filter field in (…)` keeps the rows that another query knows, too"));
    }
    let left_name = side(it.left.as_ref(), "left", span)?;
    let right_name = side(it.right.as_ref(), "right", span)?;
    if left_name == right_name {
        let place = it.right.as_ref().map_or(span, |it| it.span);
        return Err(Diagnostic::new(Code::Join, place, &format!("both sides are called `{left_name}`")));
    }
    let (plan, right) = subquery::plan(scope, &it.query, Purpose::Rows, span)?;
    let behind = scope.begin_behind_join();
    let left = std::mem::replace(scope, behind);
    let sides = Sides {
        left: Box::new(left),
        left_name,
        right: Box::new(right),
        right_name,
        plan,
        asked: RefCell::new(Vec::new()),
    };
    let [one, other] = &it.on;
    let is_right = |path: &Path| part_of(path, &sides.right_name).is_some();
    let (own, theirs) = if is_right(one) { (other, one) } else { (one, other) };
    let read = |path: &Path| sides.resolve(path).unwrap_or_else(|| Err(sides.no_side(path)));
    // What is read first is the first column.
    let key = read(theirs).and_then(|_| read(own));
    let wrong = !is_right(theirs) || part_of(own, &sides.left_name).is_none();
    let fault = wrong.then(|| {
        let message =
            format!("`where` takes a field of each side: `{}.…` and `{}.…`", sides.left_name, sides.right_name);
        Diagnostic::new(Code::Join, one.span.to(other.span), &message)
    });
    let right = Side::Query(Arc::new(sides.plan.clone()));
    scope.sides = Some(sides);
    if let Some(fault) = fault {
        return Err(fault);
    }
    Ok(Join {
        unmatched: if it.kind == Some(said::JoinKind::Left) { Unmatched::Kept } else { Unmatched::Dropped },
        key: key?,
        right,
        columns: Vec::new(),
        most_keys: (scope.context.limits == Limits::Service).then_some(MOST_JOIN_KEYS),
        span,
    })
}

/// Writes into the step of the `join` what is read of its second query, now that this is known.
pub fn settle(scope: &Scope, steps: &mut [Step]) {
    let Some(sides) = &scope.sides else { return };
    for step in steps {
        let Step::Join(join) = step else { continue };
        let asked = sides.asked.borrow();
        let mut plan = sides.plan.clone();
        plan.shown = asked
            .iter()
            .map(|(field, _)| Shown { title: field.name.clone(), field: field.clone(), weight: Weight::Main })
            .collect();
        plan.steps.push(Step::Fields(Fields { items: asked.clone() }));
        plan.scan.fields = demand::fields(&plan.steps, &plan.shown);
        join.columns = asked.iter().map(|(field, _)| field.clone()).collect();
        join.right = Side::Query(Arc::new(plan));
    }
}

impl Sides<'_> {
    /// What a path means that begins with the name of a side; `None` where it does not.
    pub fn resolve(&self, path: &Path) -> Option<Result<Expr, Diagnostic>> {
        if let Some(rest) = part_of(path, &self.left_name) {
            return Some(self.left.resolve(&rest));
        }
        let rest = part_of(path, &self.right_name)?;
        Some(self.right.resolve(&rest).map(|expr| Expr::Field(self.ask(&path.name(), expr))))
    }

    /// What a name means, if it means anything.
    pub fn find(&self, name: &str) -> Option<Field> {
        let (side, rest) = name.split_once('.')?;
        match side {
            _ if side == self.left_name => self.left.find(rest),
            _ if side == self.right_name => self.right.find(rest).map(|it| self.ask(name, Expr::Field(it))),
            _ => None,
        }
    }

    /// The columns of both sides, each with its side before its name.
    pub fn shown(&self) -> Vec<Shown> {
        let titled = |side: &str, title: &str| format!("{side}.{title}");
        let mut shown = Vec::new();
        for it in self.left.shown() {
            shown.push(Shown { title: titled(&self.left_name, &it.title).into(), field: it.field, weight: it.weight });
        }
        for it in self.right.shown() {
            let title = titled(&self.right_name, &it.title);
            shown.push(Shown {
                field: self.ask(&title, Expr::Field(it.field)),
                title: title.into(),
                weight: it.weight,
            });
        }
        shown
    }

    /// The fault of a name that is of no side.
    pub fn no_side(&self, path: &Path) -> Diagnostic {
        let (name, left, right) = (path.name(), &self.left_name, &self.right_name);
        let message = format!("behind a `join`, a field is named with its side: `{left}.{name}` or `{right}.{name}`");
        Diagnostic::new(Code::Join, path.span, &message)
    }

    /// Whether the rows before the `join` define a name: then their column has it.
    pub fn has_column(&self, name: &str) -> bool {
        self.left.defines(name)
    }

    /// The column here of something that is read of the second query.
    fn ask(&self, name: &str, expr: Expr) -> Field {
        let mut asked = self.asked.borrow_mut();
        if let Some((field, _)) = asked.iter().find(|(it, _)| *it.name == *name) {
            return field.clone();
        }
        // No other column begins with two of these.
        let column = format!("\u{0}\u{0}{name}").into();
        let field = Field { column, ..Field::of_query(name, type_of(&expr)) };
        asked.push((field.clone(), expr));
        field
    }
}

/// What stands behind the name of a side in a path.
fn part_of(path: &Path, side: &str) -> Option<Path> {
    match path.parts.split_first() {
        Some((Part::Key(head), rest)) if head == side && !rest.is_empty() => {
            Some(Path { parts: rest.to_vec(), span: path.span })
        }
        _ => None,
    }
}

/// What a side is called.
fn side(name: Option<&Name>, which: &str, span: Span) -> Result<String, Diagnostic> {
    match name {
        Some(name) if !name.text.contains('.') => Ok(name.text.clone()),
        Some(name) => {
            let message = format!("the name of a side has no dot, found `{}`", name.text);
            Err(Diagnostic::new(Code::Join, name.span, &message))
        }
        None => {
            let fault = Diagnostic::new(Code::Join, span, &format!("this `join` does not say `{which}=`"));
            Err(fault.help("`left=a right=b` name its sides, and `a.field`, `b.field` are their fields"))
        }
    }
}
