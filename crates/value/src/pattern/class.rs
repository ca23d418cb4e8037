//! Brackets in a regular expression: the library also knows brackets within, `&&`, `--` and `~~`; the dialect does not.

use super::BadPattern;
use super::escape::Escape;
use super::translate::{Scan, bad, write_plain};

/// Translates the brackets at the head of what is left.
pub fn translate(scan: &mut Scan) -> Result<(), BadPattern> {
    let open = scan.at;
    scan.copy(1);
    if scan.peek() == Some('^') {
        scan.copy(1);
    }
    let mut is_first = true;
    loop {
        let start = scan.at;
        match scan.peek() {
            None => return Err(bad(open, "this bracket is never closed")),
            Some(']') if !is_first => {
                scan.copy(1);
                return Ok(());
            }
            Some(_) => {}
        }
        is_first = false;
        let Some(low) = item(scan)? else { continue };
        // A range, unless the hyphen is the last of all, or a whole class follows it.
        let mut range = scan.rest().chars();
        if range.next() != Some('-') || matches!(range.next(), None | Some(']')) {
            write_plain(low, &mut scan.text);
            continue;
        }
        write_plain(low, &mut scan.text);
        scan.at += 1;
        let length = scan.text.len();
        match item(scan)? {
            Some(high) if high < low => return Err(bad(start, "this range ends before it begins")),
            Some(high) => {
                scan.text.push('-');
                write_plain(high, &mut scan.text);
            }
            None => scan.text.insert_str(length, r"\-"),
        }
    }
}

/// Reads one item: a character, not yet written; or a whole class, which is.
fn item(scan: &mut Scan) -> Result<Option<char>, BadPattern> {
    let rest = scan.rest();
    if let Some(length) = posix_length(rest) {
        scan.copy(length);
        return Ok(None);
    }
    let Some(char) = rest.chars().next() else { return Ok(None) };
    if char != '\\' {
        scan.at += char.len_utf8();
        return Ok(Some(char));
    }
    match Escape::read(rest, scan.at)? {
        Escape::Char(char, length) => {
            scan.at += length;
            return Ok(Some(char));
        }
        Escape::Quoted(text, length) => {
            scan.at += length;
            text.chars().for_each(|it| write_plain(it, &mut scan.text));
        }
        Escape::Class(inside, false) => scan.replace(2, inside),
        Escape::Class(inside, true) => scan.replace(2, &format!("[^{inside}]")),
        Escape::Passed(length) if rest.starts_with(r"\p") || rest.starts_with(r"\P") => scan.copy(length),
        Escape::Passed(_) | Escape::Boundary(_) => {
            let escape = &rest[..2];
            return Err(bad(scan.at, format!("`{escape}` is a place, which brackets cannot hold")));
        }
    }
    Ok(None)
}

/// The length of `[:alpha:]` at the head of a text.
fn posix_length(text: &str) -> Option<usize> {
    let name = text.strip_prefix("[:")?;
    let end = name.find(":]")?;
    let letters = name[..end].strip_prefix('^').unwrap_or(&name[..end]);
    (!letters.is_empty() && letters.bytes().all(|it| it.is_ascii_lowercase())).then_some(end + 4)
}
