//! What holds of every function: prose, examples, unique names, and column forms that mean what row forms say.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod aggregates;
mod columns;
mod parity;
mod records;
mod reference;
