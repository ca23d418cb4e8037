//! Keeps the rows for which a condition is true: neither false nor unknown.

use std::fmt;

use syntax::Span;

use crate::expr::{Expr, Field};

/// `filter seconds > 1.5`
#[derive(Clone)]
pub struct Filter {
    /// What must be true.
    pub condition: Expr,
    /// Where the query says so.
    pub span: Span,
}

impl Filter {
    pub(crate) fn reads<'a>(&'a self, visit: &mut dyn FnMut(&'a Field)) {
        self.condition.fields(visit);
    }

    /// The conditions that must all be true, as the query joins them by `and`.
    pub fn conjuncts(&self) -> Vec<&Expr> {
        let mut found = Vec::new();
        let mut open = vec![&self.condition];
        while let Some(expr) = open.pop() {
            match expr {
                Expr::Call(function, args) if function.name == "and" => open.extend(args.iter().rev()),
                other => found.push(other),
            }
        }
        found
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "filter     {}", self.condition)
    }
}
