//! A folder of its own for each test, files to lay in it, and the program to run there.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::TempDir;

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_gw");

/// A folder that is gone when the test is.
pub struct Desk {
    folder: TempDir,
}

/// What a run of the program said.
#[derive(Debug)]
pub struct Said {
    /// The exit code; nothing if a signal ended the program.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Desk {
    /// An empty folder.
    pub fn new() -> Desk {
        Desk { folder: TempDir::new().unwrap() }
    }

    /// A folder with `logs/api.log` in it: three events, whose field `n` is 1, 2 and 3 and whose seconds are the same.
    pub fn with_logs() -> Desk {
        let desk = Desk::new();
        desk.lay("logs/api.log", events(1..=3));
        desk
    }

    /// The path of a file in the folder.
    pub fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, and the folders above it.
    pub fn lay(&self, name: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// The names in a folder, hidden ones too, in order.
    pub fn names(&self, folder: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.path(folder)).unwrap();
        let mut names: Vec<String> = entries.map(|it| it.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// The program, about to run in the folder with nothing on standard input.
    pub fn command<S: AsRef<OsStr>>(&self, args: &[S]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(args).current_dir(self.folder.path()).stdin(Stdio::null()).env_remove("NO_COLOR");
        command
    }

    /// Runs the program.
    pub fn gw<S: AsRef<OsStr>>(&self, args: &[S]) -> Said {
        Said::of(self.command(args).output().unwrap())
    }

    /// Runs the program with this on standard input.
    pub fn gw_fed<S: AsRef<OsStr>>(&self, args: &[S], input: &[u8]) -> Said {
        let mut command = self.command(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut running = command.spawn().unwrap();
        // A program that does not want it may close its end.
        let _ = running.stdin.take().unwrap().write_all(input);
        Said::of(running.wait_with_output().unwrap())
    }

    /// Runs a line of the shell in the folder, in which `$gw` is the program.
    pub fn shell(&self, line: &str) -> Said {
        let mut command = Command::new("sh");
        command.args(["-c", line]).current_dir(self.folder.path()).stdin(Stdio::null()).env("gw", PROGRAM);
        Said::of(command.output().unwrap())
    }
}

impl Said {
    fn of(output: Output) -> Said {
        Said {
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Standard output, of a run that went well and had nothing to say beside it.
    #[track_caller]
    pub fn answer(&self) -> &str {
        assert_eq!((self.code, self.err.as_str()), (Some(0), ""), "{self:?}");
        &self.out
    }

    /// Checks the exit code, and that standard error has each of these texts in it.
    #[track_caller]
    pub fn ends(&self, code: i32, told: &[&str]) -> &Said {
        assert_eq!(self.code, Some(code), "{self:?}");
        for text in told {
            assert!(self.err.contains(text), "standard error does not say `{text}`:\n{}", self.err);
        }
        if told.is_empty() {
            assert_eq!(self.err, "", "nothing was to be said");
        }
        self
    }
}

/// Lines of an export: the event `n` at second `n` of 2026 in UTC.
pub fn events(numbers: impl IntoIterator<Item = u64>) -> Vec<u8> {
    let line =
        |n: u64| format!("2026-01-01T00:{:02}:{:02}.500Z {{\"level\":\"INFO\",\"n\":{n}}}\n", n / 60 % 60, n % 60);
    numbers.into_iter().flat_map(|it| line(it).into_bytes()).collect()
}

/// The bytes as a gzip member.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}
