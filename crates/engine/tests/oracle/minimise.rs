//! A fault that random logs and queries found, made small: fewer events, fewer commands, one thread.

use std::time::{Duration, Instant};

use plan::Context;

use crate::answer::{Answer, Archive, Log, Manner, plan};

/// A query on a log, and how the engine was asked.
#[derive(Clone)]
pub struct Trial {
    /// The query.
    pub query: String,
    /// What the plan knows of the world.
    pub context: Context,
    /// The archive.
    pub logs: Vec<Log>,
    /// How the engine was asked.
    pub manner: Manner,
}

/// How long a fault is made smaller.
const PATIENCE: Duration = Duration::from_secs(30);

/// The smallest trial that could be found in which engine and oracle differ, told in full.
pub fn minimised(mut trial: Trial) -> String {
    let begun = Instant::now();
    for log in 0..trial.logs.len() {
        let mut length = trial.logs[log].events.len();
        while length > 0 {
            let mut start = 0;
            while start < trial.logs[log].events.len() && begun.elapsed() < PATIENCE {
                let mut fewer = trial.clone();
                let end = (start + length).min(trial.logs[log].events.len());
                fewer.logs[log].events.drain(start..end);
                if !take(&mut trial, fewer) {
                    start += length;
                }
            }
            length /= 2;
        }
    }
    for stage in (0..trial.stages().len()).rev() {
        let mut stages = trial.stages();
        stages.remove(stage);
        let fewer = Trial { query: stages.join(" | "), ..trial.clone() };
        take(&mut trial, fewer);
    }
    for manner in [Manner { threads: 1, ..trial.manner }, Manner { block: 1 << 20, threads: 1, parts: 1 }] {
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
    /// What the oracle says, and what the engine says; `None` if it is no query.
    fn answers(&self) -> Option<(Answer, Result<Answer, String>)> {
        let plan = plan(&self.query, &self.context).ok()?;
        let archive = Archive::of(&self.logs);
        Some((archive.ask_oracle(&plan), archive.ask_engine(&plan, self.manner)))
    }

    fn stages(&self) -> Vec<String> {
        let text = |start: u32, end: u32| self.query[start as usize..end as usize].to_owned();
        let stages = syntax::parse(&self.query).map(|it| it.stages).unwrap_or_default();
        stages.iter().map(|it| text(it.span.start, it.span.end)).collect()
    }

    fn told(&self) -> String {
        let mut told = format!("{}\n\nasked with {:?} and {:?}\n", self.query, self.manner, self.context);
        for (group, path, bytes) in Archive::of(&self.logs).files {
            let text = std::str::from_utf8(&bytes).unwrap_or("(packed)");
            told.push_str(&format!("--- {group}: {path}\n{text}\n"));
        }
        for log in &self.logs {
            let events: Vec<String> = log.events.iter().map(|it| format!("{:?} {:?}", it.time, it.message)).collect();
            told.push_str(&format!("--- {} as {:?}\n{}\n", log.group, log.shape, events.join("\n")));
        }
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
