//! One run: the plans of a query and of those within it, over one archive.

use plan::Plan;
use source::{Source, Watch};

use crate::observe::Observed;
use crate::{Error, Found, Interim, Room, emptied, finish, map, subquery};

/// What the plans of a query are run over, who looks on, and how much may be held.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    pub source: &'a dyn Source,
    pub watch: &'a Watch,
    /// Where the rows so far are shown, if anybody looks.
    pub interim: Option<&'a Interim>,
    pub room: &'a Room,
}

impl Run<'_> {
    /// Answers the queries within a plan, then the plan.
    pub fn whole(&self, plan: &Plan) -> Result<Found, Error> {
        let Some((settled, within)) = subquery::settled(self, plan)? else {
            return self.alone(plan);
        };
        let mut found = self.alone(&settled)?;
        within.into_iter().for_each(|it| found.add_subquery(it));
        Ok(found)
    }

    /// Answers a plan without queries in it.
    pub fn alone(&self, plan: &Plan) -> Result<Found, Error> {
        // What does not count for one query may count in the next.
        self.watch.forget_bounds();
        let observed = Observed::of(plan);
        let (gathered, report) = map::run(self, plan, &observed)?;
        let mut found = finish::run(plan, gathered, report, &observed, self.room)?;
        if found.batch.height == 0 {
            found.emptied = Some(emptied::find(self, plan, &observed, &found.report)?);
        }
        Ok(found)
    }

    /// The same for a plan whose rows nobody looks at before it is done.
    pub fn unseen(&self) -> Self {
        Run { interim: None, ..*self }
    }
}
