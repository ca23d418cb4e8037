//! A quarter of an hour: every request through the gateway, the function and the table.

use std::io;

use crate::access;
use crate::digits;
use crate::fleet::{Environment, Fleet};
use crate::group::{Group, Place};
use crate::handler::Function;
use crate::invocation;
use crate::lines::Lines;
use crate::outcome::Outcome;
use crate::random::Random;
use crate::request::{self, Request};
use crate::summary::Summary;
use crate::traffic::Quarter;

/// What all quarters of an archive share.
pub struct Archive {
    /// Which archive.
    pub seed: u64,
    /// The application's function.
    pub function: Function,
    /// Where the function's log group lies.
    pub function_place: Place,
    /// Where the gateway's log group lies.
    pub gateway_place: Place,
}

/// Writes a quarter of an hour into both log groups; `report` hears now and then what has been added.
///
/// # Errors
/// What keeps a file from being written, and what `report` returns.
pub fn write(
    archive: &Archive,
    quarter: &Quarter,
    report: &mut dyn FnMut(Summary) -> io::Result<()>,
) -> io::Result<()> {
    // What one log group needs of chance does not change the other, nor the requests.
    let part = |kind| Random::new(archive.seed, 3 * quarter.number + kind);
    let mut random = part(0);
    let mut function = archive.function_place.open(quarter, part(1));
    let mut gateway = archive.gateway_place.open(quarter, part(2));
    let access_stream = gateway.stream(&hexadecimal(random.identifier()));
    let (mut fleet, mut lines) = (Fleet::default(), Lines::default());

    for place in 0..quarter.requests {
        let request = request::draw(quarter, place, &mut random);
        let ended = match request.outcome {
            Outcome::TurnedAway => request.arrived,
            _ => {
                let waiting = fleet.take(request.arrived);
                let mut environment = waiting.unwrap_or_else(|| start(quarter, &mut function, &mut random));
                if quarter.traced == Some(place) {
                    // Its story has no cold start.
                    environment.cold = None;
                }
                lines.clear();
                let ended = invocation::write(&mut lines, &archive.function, &request, &environment);
                function.add(environment.stream, &lines, request.arrived)?;
                fleet.works(after(&request, environment, &mut random), ended);
                ended
            }
        };
        lines.clear();
        access::write(&mut lines, &request, ended);
        gateway.add(access_stream, &lines, request.arrived)?;
        if place % REPORT == REPORT - 1 {
            report(summary(&mut function, &mut gateway, REPORT))?;
        }
    }
    function.finish()?;
    gateway.finish()?;
    report(summary(&mut function, &mut gateway, quarter.requests % REPORT))
}

/// After how many requests a report is due.
const REPORT: u64 = 4_096;

/// Another environment, with its stream.
fn start(quarter: &Quarter, function: &mut Group, random: &mut Random) -> Environment {
    let mut day = Vec::new();
    digits::iso(&mut day, quarter.start);
    let day = String::from_utf8_lossy(&day[..10]).replace('-', "/");
    let stream = function.stream(&format!("{day}/[$LATEST]{}", hexadecimal(random.identifier())));
    Environment::cold(stream, random)
}

/// The environment after a request; if that was stopped, it must start again.
fn after(request: &Request, environment: Environment, random: &mut Random) -> Environment {
    let grown = u64::from(request.invocation.is_multiple_of(16));
    match request.outcome {
        Outcome::TimedOut | Outcome::OutOfMemory => Environment::cold(environment.stream, random),
        _ => Environment { cold: None, memory: (environment.memory + grown).min(LEVEL), ..environment },
    }
}

/// Where an environment's memory stops growing, in megabytes.
const LEVEL: u64 = 112;

fn summary(function: &mut Group, gateway: &mut Group, requests: u64) -> Summary {
    let mut summary = Summary { requests, ..Summary::default() };
    summary += function.take_summary();
    summary += gateway.take_summary();
    summary
}

fn hexadecimal(identifier: u128) -> String {
    let mut digits = Vec::new();
    digits::hexadecimal(&mut digits, identifier);
    String::from_utf8_lossy(&digits).into_owned()
}
