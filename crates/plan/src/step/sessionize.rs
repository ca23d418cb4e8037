//! Numbers the sessions of rows.

use std::fmt;

use value::Period;

use crate::expr::{Expr, Field};
use crate::step::list;

/// `sessionize @timestamp by userId, deviceId maxspan 1h as visit`
#[derive(Clone)]
pub struct Sessionize {
    /// When a row happened.
    pub time: Expr,
    /// Whose sessions they are; a row that lacks one of these values is in none.
    pub by: Vec<Expr>,
    /// How long nothing may come within a session.
    pub maxspan: Period,
    /// What the number of the session is called.
    pub into: Field,
}

impl Sessionize {
    pub(crate) fn reads<'a>(&'a self, visit: &mut dyn FnMut(&'a Field)) {
        self.time.fields(visit);
        self.by.iter().for_each(|it| it.fields(visit));
    }
}

impl fmt::Display for Sessionize {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "sessionize {} by ", self.time)?;
        list(f, self.by.iter())?;
        write!(f, " maxspan {} as {}", self.maxspan, self.into)
    }
}
