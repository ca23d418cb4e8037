//! Archives, read back from disk.
#![allow(clippy::unwrap_used)]

mod bytes;
mod folder;
mod shapes;
mod story;
mod testdata;
