//! Which files there are, in the order of the archive, and which group and stream each belongs to.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use globset::Glob;
use plan::{Groups, UNKNOWN_ACCOUNT, Which};
use walkdir::WalkDir;

use crate::error::Error;
use crate::read::{Reader, Stream};
use crate::report::{Fault, Trouble};

/// A file or folder to read, as it was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The log group of all that is in it; without, the folders say.
    pub group: Option<String>,
    /// The data source of all that is in it; without, the messages tell, if they do.
    pub data_source: Option<DataSource>,
    /// A file, a folder with all that is under it, a pattern (`logs/**/*.gz`), or `-` for standard input. Zip and tar
    /// archives are folders, too.
    pub path: PathBuf,
}

/// What logs are of, as the service sorts them: `amazon_vpc.flow`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataSource {
    /// `amazon_vpc`
    pub name: String,
    /// `flow`
    pub kind: String,
}

impl DataSource {
    /// The data source that `NAME.TYPE` means; `None` where one of the two is not there.
    pub fn read(text: &str) -> Option<DataSource> {
        let (name, kind) = text.split_once('.').filter(|it| !it.0.is_empty() && !it.1.is_empty())?;
        Some(DataSource { name: name.to_owned(), kind: kind.to_owned() })
    }
}

impl Input {
    /// An input whose folders name its groups.
    pub fn new(path: impl Into<PathBuf>) -> Input {
        Input { group: None, data_source: None, path: path.into() }
    }
}

/// How a data source of syslog is called, by its name or its type.
const SYSLOG: &str = "syslog";

/// The object that the service leaves to see whether it may write.
const WRITE_TEST: &str = "aws-logs-write-test";

/// Where a file's events come from, as far as its place tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    /// The file's number in the order of the archive.
    pub(crate) file: usize,
    /// The file, as it was named or found.
    pub(crate) path: PathBuf,
    /// The log group.
    pub(crate) group: String,
    /// The account, where it is known.
    pub(crate) account: Option<String>,
    /// `account:group`
    pub(crate) log: String,
    /// The folder that the file is in: the stream's name in exports.
    pub(crate) folder: Option<String>,
    /// The file's name: the stream's in logs that have none. Standard input has no name.
    name: Option<String>,
    /// Whether the group's name was given, and does not follow from the path.
    is_given: bool,
    /// The data source, where the caller says it.
    pub(crate) data_source: Option<DataSource>,
    /// How many milliseconds later than they say its events count as having happened.
    pub(crate) shift: i64,
}

impl Origin {
    /// The origin of a file at this path; `root` is what was named, `group` the name it was given.
    pub(crate) fn new(path: PathBuf, root: &Path, group: Option<&str>, account: Option<&str>) -> Origin {
        let (folder, name) = (folder_of(&path), name_of(&path));
        let is_given = group.is_some();
        let group = group.map_or_else(|| group_of(&path, root), str::to_owned);
        let log = log_of(account, &group);
        let account = account.map(str::to_owned);
        Origin { file: 0, path, group, account, log, folder, name, is_given, data_source: None, shift: 0 }
    }

    /// The origin of a file that is in this one, as if this were a folder.
    pub(crate) fn inside(&self, inner: &Path) -> Origin {
        let path = self.path.join(inner);
        let group = if self.is_given { self.group.clone() } else { group_of(&path, &self.path) };
        let log = log_of(self.account.as_deref(), &group);
        Origin { folder: folder_of(&path), name: name_of(&path), path, group, log, ..self.clone() }
    }

    /// What a later argument says of the same file.
    fn learn(&mut self, later: Origin) {
        if later.is_given {
            (self.group, self.log, self.is_given) = (later.group, later.log, true);
        }
        self.data_source = later.data_source.or(self.data_source.take());
    }

    /// The same origin, of this data source.
    pub(crate) fn with_data_source(self, data_source: Option<DataSource>) -> Origin {
        Origin { data_source, ..self }
    }

    /// Whether the events are syslog that the service itself would have ingested.
    pub(crate) fn is_syslog(&self) -> bool {
        self.data_source.as_ref().is_some_and(|it| it.name == SYSLOG || it.kind == SYSLOG)
    }

    /// The stream of the events, where the place of such a file says it.
    pub(crate) fn stream(&self, reader: &Reader) -> Option<&str> {
        match reader.stream {
            Stream::Folder => self.folder.as_deref(),
            Stream::File => self.name.as_deref(),
            Stream::Data | Stream::Made | Stream::Group(_) | Stream::Packed => None,
        }
    }

    /// The same file, whose data says what group its events are of. The account is the file's where it does not say.
    pub(crate) fn of_group(&self, account: Option<&str>, group: &str) -> Origin {
        let account = account.or(self.account.as_deref());
        let log = log_of(account, group);
        Origin { account: account.map(str::to_owned), group: group.to_owned(), log, ..self.clone() }
    }

    /// Whether this `SOURCE` names the group.
    pub(crate) fn is_named(&self, groups: &Groups) -> bool {
        is_named(&groups.which, &self.group, self.account.as_deref())
    }
}

/// Whether a `SOURCE` names a group.
pub(crate) fn is_named(which: &Which, group: &str, account: Option<&str>) -> bool {
    which.names(account.unwrap_or(UNKNOWN_ACCOUNT), group)
}

/// All files of the inputs, in the order of the archive: the inputs as given, then paths by bytes. Folders that
/// cannot be looked into are faults. The files have no numbers yet.
pub(crate) fn files(inputs: &[Input], account: Option<&str>) -> Result<(Vec<Origin>, Vec<Fault>), Error> {
    let (mut origins, mut faults) = (Vec::new(), Vec::new());
    for input in inputs {
        let root = root_of(&input.path);
        let mut paths = if input.path.as_os_str() == "-" {
            vec![input.path.clone()]
        } else if root == input.path {
            under(&input.path, &mut faults)?
        } else {
            matching(&input.path, &root, &mut faults)?
        };
        paths.retain(|it| !is_write_test(it));
        paths.sort_by(|a, b| a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes()));
        let mut names = FolderNames::default();
        for path in paths {
            let group = input.group.clone().or_else(|| names.of(&path));
            let origin = Origin::new(path, &root, group.as_deref(), account);
            origins.push(origin.with_data_source(input.data_source.clone()));
        }
    }
    Ok((if inputs.len() > 1 { once(origins) } else { origins }, faults))
}

/// The log groups that folders name themselves: those that `gw serve` writes hold a file that says it.
#[derive(Default)]
struct FolderNames(HashMap<PathBuf, Option<String>>);

impl FolderNames {
    /// The log group of a file, where its folder names one.
    fn of(&mut self, path: &Path) -> Option<String> {
        let folder = path.parent().filter(|it| !it.as_os_str().is_empty())?;
        if let Some(known) = self.0.get(folder) {
            return known.clone();
        }
        let name = std::fs::read_to_string(folder.join(".log-group")).ok().filter(|it| !it.is_empty());
        self.0.insert(folder.to_owned(), name.clone());
        name
    }
}

/// Each file once, where it was first named; what a later argument says of it counts.
fn once(origins: Vec<Origin>) -> Vec<Origin> {
    let mut places: HashMap<PathBuf, usize> = HashMap::new();
    let mut kept: Vec<Origin> = Vec::with_capacity(origins.len());
    for origin in origins {
        let path = origin.path.canonicalize().unwrap_or_else(|_| origin.path.clone());
        match places.entry(path) {
            Entry::Vacant(place) => {
                place.insert(kept.len());
                kept.push(origin);
            }
            Entry::Occupied(place) => {
                if let Some(first) = kept.get_mut(*place.get()) {
                    first.learn(origin);
                }
            }
        }
    }
    kept
}

/// Whether a file is no log, but what the service tries with whether it may write.
pub(crate) fn is_write_test(path: &Path) -> bool {
    path.file_name().is_some_and(|it| it == WRITE_TEST)
}

/// Whether a file in a container is passed over, as it would be in a folder.
pub(crate) fn is_passed_over(inner: &Path) -> bool {
    is_write_test(inner) || inner.components().any(|it| is_hidden(it.as_os_str()))
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn log_of(account: Option<&str>, group: &str) -> String {
    format!("{}:{group}", account.unwrap_or(UNKNOWN_ACCOUNT))
}

/// The path itself if it names something, or the folder that a pattern begins in.
fn root_of(path: &Path) -> PathBuf {
    let is_pattern = |it: &Component<'_>| it.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']);
    if path.exists() || !path.components().any(|it| is_pattern(&it)) {
        return path.to_owned();
    }
    let root: PathBuf = path.components().take_while(|it| !is_pattern(it)).collect();
    if root.as_os_str().is_empty() { PathBuf::from(".") } else { root }
}

/// The files under a folder, or the file itself. Names that begin with a dot are passed over in folders.
fn under(path: &Path, faults: &mut Vec<Fault>) -> Result<Vec<PathBuf>, Error> {
    if let Err(error) = path.metadata() {
        return Err(Error::Input { path: path.to_owned(), reason: reason(&error) });
    }
    let walk = WalkDir::new(path).follow_links(true);
    let entries = walk.into_iter().filter_entry(|it| it.depth() == 0 || !is_hidden(it.file_name()));
    let mut paths = Vec::new();
    for entry in entries {
        match entry {
            Ok(it) if it.file_type().is_dir() => {}
            Ok(it) => paths.push(it.into_path()),
            Err(error) => faults.push(Fault {
                path: error.path().unwrap_or(path).to_owned(),
                at: None,
                trouble: Trouble::Unreadable(error.io_error().map_or_else(|| error.to_string(), reason)),
                count: 1,
            }),
        }
    }
    Ok(paths)
}

/// The files that match a pattern, and those under folders that do.
fn matching(pattern: &Path, root: &Path, faults: &mut Vec<Fault>) -> Result<Vec<PathBuf>, Error> {
    let bad = |reason: String| Error::Pattern { path: pattern.to_owned(), reason };
    let glob = Glob::new(&pattern.to_string_lossy()).map_err(|it| bad(it.kind().to_string()))?.compile_matcher();
    let bare = |path: &Path| path.strip_prefix("./").unwrap_or(path).to_owned();
    let matches = |path: &Path| path.ancestors().any(|it| glob.is_match(it) || glob.is_match(bare(it)));
    let mut paths = under(root, faults)?;
    paths.retain(|it| matches(it));
    if paths.is_empty() { Err(bad(String::from("no file matches"))) } else { Ok(paths) }
}

/// The name of the folder that a file is in.
fn folder_of(path: &Path) -> Option<String> {
    let path = if path.parent().is_some_and(|it| !it.as_os_str().is_empty()) {
        path.to_owned()
    } else {
        std::path::absolute(path).ok()?
    };
    Some(path.parent()?.file_name()?.to_string_lossy().into_owned())
}

/// The name of a file.
fn name_of(path: &Path) -> Option<String> {
    path.file_name().filter(|_| path.as_os_str() != "-").map(|it| it.to_string_lossy().into_owned())
}

/// The group of a file: the folder above an export task's id, else the folder it is in.
///
/// The service's own names begin with `/aws/`, so folders from one called `aws` on are the name in one piece.
fn group_of(path: &Path, root: &Path) -> String {
    if path.as_os_str() == "-" {
        return String::from("-");
    }
    let names = |path: &Path| -> Vec<String> {
        let named = path.components().filter(|it| matches!(it, Component::Normal(_)));
        named.map(|it| it.as_os_str().to_string_lossy().into_owned()).collect()
    };
    let mut folders = names(path.strip_prefix(root).unwrap_or(path));
    folders.pop();
    // What was named may itself be in the midst of the layout: its own folders count too, but for `aws`.
    // Standard input has none.
    let absolute = std::path::absolute(path).ok().filter(|_| root.as_os_str() != "-");
    let mut above = names(absolute.as_deref().unwrap_or(path));
    above.truncate(above.len().saturating_sub(folders.len() + 1));
    let named = above.len();
    above.extend(folders);
    if let Some(task) = above.iter().rposition(|it| is_task_id(it)) {
        above.truncate(task);
    }
    match above.iter().skip(named).position(|it| it == "aws") {
        Some(aws) if above.len() > named + aws + 1 => format!("/{}", above[named + aws..].join("/")),
        _ => above.pop().unwrap_or_else(|| String::from("/")),
    }
}

/// Whether a folder is called like the id of an export task: 32 hexadecimal digits in five groups.
fn is_task_id(name: &str) -> bool {
    let right = |(index, it): (usize, u8)| match index {
        8 | 13 | 18 | 23 => it == b'-',
        _ => it.is_ascii_hexdigit(),
    };
    name.len() == 36 && name.bytes().enumerate().all(right)
}

/// An error of the system in plain words.
pub(crate) fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => String::from("no such file or folder"),
        std::io::ErrorKind::PermissionDenied => String::from("permission denied"),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TASK: &str = "56901f54-2792-fe0f-110f-7f69e2a647c9";

    #[test]
    fn folders_name_the_group() {
        for (path, root, group) in [
            (format!("exports/my-group/{TASK}/stream/000000.gz"), "exports", "my-group"),
            (format!("exportedlogs/{TASK}/stream/000000.gz"), "exportedlogs", "exportedlogs"),
            (format!("demo/aws/lambda/fn/{TASK}/stream/000000"), "demo", "/aws/lambda/fn"),
            (format!("demo/aws/{TASK}/stream/000000"), "demo", "aws"),
            (format!("/home/aws/logs/{TASK}/stream/000000"), "/home/aws/logs", "logs"),
            (format!("a/{TASK}/stream/000000"), "a/56901f54-2792-fe0f-110f-7f69e2a647c9/stream", "a"),
            (String::from("logs/api/page.json"), "logs", "api"),
            (String::from("logs/api/page.json"), "logs/api/page.json", "api"),
            (String::from("-"), "-", "-"),
            (format!("-/api/{TASK}/stream/000000.gz"), "-", "api"),
            (String::from("-/app.log"), "-", "-"),
            (format!("in/logs.zip/api/{TASK}/stream/000000.gz"), "in/logs.zip", "api"),
            (format!("in/logs.zip/aws/lambda/fn/{TASK}/stream/0"), "in/logs.zip", "/aws/lambda/fn"),
            (String::from("in/logs.zip/app.log"), "in/logs.zip", "logs.zip"),
        ] {
            let origin = Origin::new(PathBuf::from(&path), Path::new(root), None, None);
            assert_eq!(origin.group, group, "{path} in {root}");
        }
    }

    #[test]
    fn a_file_is_the_stream_of_logs_that_have_none() {
        let name = |path: &str| Origin::new(PathBuf::from(path), Path::new("logs"), None, None).name;
        assert_eq!(name("logs/web/access.log.1.gz").as_deref(), Some("access.log.1.gz"));
        assert_eq!(name("app.log").as_deref(), Some("app.log"));
        assert_eq!(name("-/app.log").as_deref(), Some("app.log"));
        assert_eq!(name("-"), None);
        let zip = Origin::new(PathBuf::from("logs/logs.zip"), Path::new("logs"), None, None);
        assert_eq!(zip.inside(Path::new("web/app.log")).name.as_deref(), Some("app.log"));
    }

    #[test]
    fn a_source_names_groups_by_name_or_by_beginning() {
        let origin = Origin::new(PathBuf::from("f"), Path::new(""), Some("/aws/lambda/fn"), Some("123456789012"));
        let named = |which| origin.is_named(&Groups { which, range: None });
        let prefixed = |prefixes: &[&str], accounts: &[&str]| {
            let owned = |texts: &[&str]| texts.iter().map(|it| (*it).to_owned()).collect();
            named(Which::Prefixed { prefixes: owned(prefixes), accounts: owned(accounts), except: Vec::new() })
        };
        assert!(named(Which::Named(String::from("/aws/lambda/fn"))));
        assert!(named(Which::Named(String::from("123456789012:/aws/lambda/fn"))));
        assert!(!named(Which::Named(String::from("/aws/lambda"))));
        assert!(prefixed(&["/ecs", "/aws/"], &[]) && prefixed(&[], &["123456789012"]) && prefixed(&[], &[]));
        assert!(!prefixed(&["/ecs"], &[]) && !prefixed(&[], &["000000000000"]));
    }
}
