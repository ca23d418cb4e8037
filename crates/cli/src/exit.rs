//! How the program ends.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

/// How a verb ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
    /// Answered, with rows or without.
    Answered,
    /// The query or the arguments are at fault; said already.
    BadQuery,
    /// Answered, but some input could not be read; said already.
    Unread,
    /// Something is not as it should be: a test failed, a file is not in its canonical form; said already.
    Differs,
}

/// Why a verb came to no end.
#[derive(Debug)]
pub enum Fault {
    /// Something went wrong at run time.
    Trouble(String),
    /// The arguments make no sense.
    Arguments(String),
    /// Ctrl-C.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Answered => 0,
            Exit::BadQuery => 2,
            Exit::Unread => 3,
            Exit::Differs => 1,
        })
    }
}

impl Fault {
    /// A fault at run time.
    pub fn trouble(message: impl Display) -> Fault {
        Fault::Trouble(message.to_string())
    }

    /// Arguments that make no sense.
    pub fn arguments(message: impl Display) -> Fault {
        Fault::Arguments(message.to_string())
    }

    /// Says what happened, and gives the exit code for it.
    pub fn report(self) -> ExitCode {
        let (message, code) = match self {
            Fault::Trouble(message) => (message, 1),
            Fault::Arguments(message) => (message, 2),
            // What a shell expects of a program that SIGINT ended.
            Fault::Interrupted => return ExitCode::from(130),
        };
        // If standard error is gone, the exit code must do.
        let _ = writeln!(anstream::stderr(), "{}: {message}", crate::notes::error_word());
        ExitCode::from(code)
    }
}

/// What came of writing: a reader that went away is no fault.
pub fn written(done: io::Result<()>) -> Result<(), Fault> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Fault::trouble(format!("the answer cannot be written: {error}"))),
        Ok(()) => Ok(()),
    }
}
