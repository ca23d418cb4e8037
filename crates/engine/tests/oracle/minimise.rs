//! A fault that random logs and queries found, made small: fewer events, fewer commands, one thread.

use plan::Context;
use testkit::events::Event;
use testkit::random::Random;
use testkit::render::{Shape, render};

use crate::answer::{Answer, Archive, Manner, plan};

/// A query on a log, and how the engine was asked.
#[derive(Clone)]
pub struct Trial {
    /// The query.
    pub query: String,
    /// What the plan knows of the world.
    pub context: Context,
    /// The log, before it was exported.
    pub events: Vec<Event>,
    /// How it was exported.
    pub shape: Shape,
    /// The seed of what is left to chance in that.
    pub render_seed: u64,
    /// How the engine was asked.
    pub manner: Manner,
}

/// The smallest trial that could be found in which engine and oracle differ, told in full.
pub fn minimised(mut trial: Trial) -> String {
    let mut length = trial.events.len();
    while length > 0 {
        let mut start = 0;
        while start < trial.events.len() {
            let mut fewer = trial.clone();
            fewer.events.drain(start..(start + length).min(trial.events.len()));
            if !take(&mut trial, fewer) {
                start += length;
            }
        }
        length /= 2;
    }
    for stage in (0..trial.stages().len()).rev() {
        let mut stages = trial.stages();
        stages.remove(stage);
        let fewer = Trial { query: stages.join(" | "), ..trial.clone() };
        take(&mut trial, fewer);
    }
    for manner in [Manner { threads: 1, ..trial.manner }, Manner { block: 1 << 20, threads: 1 }] {
        let simpler = Trial { manner, ..trial.clone() };
        take(&mut trial, simpler);
    }
    let plainer = Trial { context: Context { now: trial.context.now, ..Context::default() }, ..trial.clone() };
    take(&mut trial, plainer);
    trial.told()
}

/// Takes the smaller trial, if the two sides still differ in it.
fn take(trial: &mut Trial, smaller: Trial) -> bool {
    let differs = smaller.answers().is_some_and(|(expected, found)| found != Ok(expected));
    if differs {
        *trial = smaller;
    }
    differs
}

impl Trial {
    fn archive(&self) -> Archive {
        let rendered = render(self.shape, &self.events, &mut Random::new(self.render_seed));
        Archive::new(rendered.files, &rendered.events)
    }

    /// What the oracle says, and what the engine says; `None` if it is no query.
    fn answers(&self) -> Option<(Answer, Result<Answer, String>)> {
        let plan = plan(&self.query, &self.context).ok()?;
        let archive = self.archive();
        Some((archive.ask_oracle(&plan), archive.ask_engine(&plan, self.manner)))
    }

    fn stages(&self) -> Vec<String> {
        let text = |start: u32, end: u32| self.query[start as usize..end as usize].to_owned();
        let stages = syntax::parse(&self.query).map(|it| it.stages).unwrap_or_default();
        stages.iter().map(|it| text(it.span.start, it.span.end)).collect()
    }

    fn told(&self) -> String {
        let mut told = format!("{}\n\nasked with {:?} and {:?}, exported as {:?}\n", self.query, self.manner, self.context, self.shape);
        for (path, bytes) in self.archive().files {
            let text = if bytes.starts_with(&[0x1f, 0x8b]) { "(gzip)".into() } else { String::from_utf8_lossy(&bytes) };
            told.push_str(&format!("--- {path}\n{text}\n"));
        }
        let events: Vec<String> = self.events.iter().map(|it| format!("{:?} {:?}", it.time, it.message)).collect();
        told.push_str(&format!("--- events\n{}\n", events.join("\n")));
        if let Some((expected, found)) = self.answers() {
            let found = found.map_or_else(|it| it, |it| it.to_string());
            told.push_str(&format!("--- the oracle\n{expected}\n--- the engine\n{found}\n"));
        }
        if let Ok(plan) = plan(&self.query, &self.context) {
            told.push_str(&format!("--- the plan\n{plan}"));
        }
        told
    }
}
