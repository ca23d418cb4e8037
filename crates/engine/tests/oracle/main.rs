//! The engine against the oracle: the same answers, of every function, of every case, of random queries on random logs.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

mod aim;
mod answer;
mod calls;
mod cases;
mod functions;
mod large;
mod minimise;
mod random;
