//! Lists the cases of errors and warnings, so that `gw help CODE` can show the one of its code.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../testdata/errors").canonicalize()?;
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut cases = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == "md") {
            let slug = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            cases.push(format!("({slug:?}, include_str!({:?})),\n", path.display().to_string()));
        }
    }
    cases.sort();
    let list = Path::new(&env::var("OUT_DIR")?).join("error_cases.rs");
    fs::write(list, format!("&[\n{}]\n", cases.concat()))?;
    Ok(())
}
