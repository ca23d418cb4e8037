//! What an error or warning looks like: the case that tests it, for the page of its code.

use syntax::Code;

/// The cases of `testdata/errors`, by their names.
const CASES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/error_cases.rs"));

/// Why a code is there, and what is said where it is found; empty if no case has its name.
pub fn of_code(code: Code) -> String {
    let case = CASES.iter().find(|(name, _)| *name == code.slug()).map(|(_, case)| *case);
    case.and_then(shown).unwrap_or_default()
}

/// The first paragraph of a case, and its diagnostics.
fn shown(case: &str) -> Option<String> {
    let (_, body) = case.split_once('\n')?;
    let (why, rest) = body.split_once("\nAuthority:")?;
    let block = ["\n```error", "\n```warnings"].iter().find_map(|it| rest.split_once(it))?.1;
    let (_, block) = block.split_once('\n')?;
    let (said, _) = block.split_once("\n```")?;
    let said: String = said.lines().map(|line| format!("  {line}").trim_end().to_owned() + "\n").collect();
    Some(format!("\n{}\n\n{said}", why.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_shown_as_it_is_said() {
        for code in syntax::ALL_CODES {
            let shown = of_code(*code);
            assert!(shown.contains(&format!("[{code}]: ")), "{code}: {shown}");
            assert!(!shown.contains("Authority"), "{code}: {shown}");
        }
    }

    #[test]
    fn what_is_no_case_shows_nothing() {
        for text in
            ["", "# title", "# title\n\nwhy\n\nAuthority: ours, x\n", "# t\n\nw\n\nAuthority: ours\n\n```error\n"]
        {
            assert_eq!(shown(text), None, "{text}");
        }
    }
}
