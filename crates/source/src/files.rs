//! An archive on disk: files, folders, patterns, standard input.

use std::io;

use plan::Scan;
use tempfile::NamedTempFile;

use crate::archive::{Archive, File};
use crate::block::Block;
use crate::catalog::{self, Input, reason};
use crate::content::Content;
use crate::error::Error;
use crate::report::Report;
use crate::watch::Watch;
use crate::{Group, Source, scan};

/// The files that a user named. Only their names are known until they are scanned.
#[derive(Debug)]
pub struct Files {
    archive: Archive,
}

impl Files {
    /// Finds the files of the inputs, and reads standard input to its end if it is one of them.
    ///
    /// `account` is the account of their log groups, where it is known.
    ///
    /// # Errors
    /// An input that is not there, a pattern that matches nothing, or no file at all.
    pub fn open(inputs: &[Input], account: Option<&str>) -> Result<Files, Error> {
        let (origins, faults) = catalog::files(inputs, account)?;
        let mut files = Vec::with_capacity(origins.len());
        for origin in origins {
            let content = if origin.path.as_os_str() == "-" {
                let spool = spool().map_err(|it| Error::Input { path: origin.path.clone(), reason: reason(&it) })?;
                Content::Spool(spool)
            } else {
                Content::Path(origin.path.clone())
            };
            files.push(File::new(origin, content));
        }
        Ok(Files { archive: Archive { files, faults, ..Archive::default() } })
    }
}

/// Standard input in a file: it is looked at more than once, and may be larger than memory.
fn spool() -> io::Result<NamedTempFile> {
    let mut file = NamedTempFile::new()?;
    io::copy(&mut io::stdin().lock(), &mut file)?;
    Ok(file)
}

impl Source for Files {
    fn scan(&self, scan: &Scan, watch: &Watch, visit: &(dyn Fn(&Block<'_>) + Sync)) -> Result<Report, Error> {
        scan::scan(&self.archive, scan, watch, visit)
    }

    fn newest(&self, watch: &Watch) -> Result<Option<i64>, Error> {
        scan::newest(&self.archive, watch)
    }

    fn groups(&self) -> Vec<Group> {
        self.archive.groups()
    }
}
