//! Finds values that lie far from the others.

use std::fmt;

use crate::expr::{Expr, Field};

/// `outlier param=2.5 uselower=true number(cpu) as cpu mark cpu_outlier`
#[derive(Clone)]
pub struct Outlier {
    /// What happens to outliers.
    pub action: Action,
    /// How many interquartile ranges from the quartiles the boundaries lie.
    pub param: f64,
    /// Which boundaries there are.
    pub sides: Sides,
    /// What is looked at, each by itself.
    pub tested: Vec<Tested>,
}

/// What happens to outliers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    /// `action=remove`: their rows go
    Remove,
    /// `action=transform`: the boundary takes their place
    Transform,
}

/// Which boundaries there are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sides {
    /// `uselower=false`
    Upper,
    /// `uselower=true`
    Both,
}

/// `number(cpu) as cpu mark cpu_outlier`
#[derive(Clone)]
pub struct Tested {
    /// The value as it stands.
    pub value: Expr,
    /// The same as a number; what is none is no outlier.
    pub number: Expr,
    /// Where the value stands afterwards; none if it stays as it is.
    pub into: Option<Field>,
    /// What says whether it was an outlier.
    pub mark: Option<Field>,
}

impl Outlier {
    pub(crate) fn reads<'a>(&'a self, visit: &mut dyn FnMut(&'a Field)) {
        for it in &self.tested {
            it.value.fields(visit);
            it.number.fields(visit);
        }
    }
}

impl fmt::Display for Outlier {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let action = if self.action == Action::Remove { " action=remove" } else { "" };
        let lower = if self.sides == Sides::Both { " uselower=true" } else { "" };
        write!(f, "outlier   {action} param={}{lower}", self.param)?;
        for (index, it) in self.tested.iter().enumerate() {
            write!(f, "{} {}", if index > 0 { "," } else { "" }, it.number)?;
            it.into.iter().try_for_each(|field| write!(f, " as {field}"))?;
            it.mark.iter().try_for_each(|field| write!(f, " mark {field}"))?;
        }
        Ok(())
    }
}
