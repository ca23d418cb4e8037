//! The archive in `testdata/logs/demo` is what the options here give; `UPDATE=1` writes it anew.

use std::env;
use std::fs;
use std::path::Path;

use demo::{Options, Runtime, Shape};

use crate::folder::read;

#[test]
fn the_archive_in_testdata_is_what_its_options_give() {
    let fresh = tempfile::tempdir().unwrap();
    for options in archives() {
        demo::write(fresh.path(), &options, &|_| ()).unwrap();
    }
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/logs/demo");
    if env::var_os("UPDATE").is_some() {
        if kept.exists() {
            fs::remove_dir_all(&kept).unwrap();
        }
        for (path, bytes) in read(fresh.path()) {
            let path = kept.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }
    let (fresh, kept) = (read(fresh.path()), read(&kept));
    assert!(fresh.keys().eq(kept.keys()), "other files; `UPDATE=1` writes them");
    for (path, bytes) in &fresh {
        assert!(*bytes == kept[path], "{path} differs; `UPDATE=1` writes it");
    }
    assert!(kept.values().map(Vec::len).sum::<usize>() < 300_000);
}

/// Two applications in the hour before 14:40; the second one's gateway keeps no log.
fn archives() -> [Options; 2] {
    let shop = Options {
        requests: 200,
        hours: 1,
        function: Some(Shape::ExportGzip),
        gateway: Some(Shape::Export),
        block_bytes: 8 << 10,
        ..Options::default()
    };
    let admin = Options {
        requests: 30,
        seed: 2,
        application: "my-admin-app".to_owned(),
        function: Some(Shape::EventPages),
        gateway: None,
        runtime: Runtime::Prefixed,
        ..shop.clone()
    };
    [shop, admin]
}
