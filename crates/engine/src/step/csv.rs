//! The cells of a line of comma-separated values.

use std::borrow::Cow;

/// The cells of the first line: divided by commas, those in quotation marks whole, a doubled mark in them for one.
pub fn cells(text: &str) -> Vec<Cow<'_, str>> {
    let mut cells = Vec::new();
    let mut rest = text;
    loop {
        let (cell, behind) = match rest.strip_prefix('"') {
            Some(inside) => quoted(inside),
            None => plain(rest),
        };
        cells.push(cell);
        match behind.strip_prefix(',') {
            Some(next) => rest = next,
            None => return cells,
        }
    }
}

fn plain(text: &str) -> (Cow<'_, str>, &str) {
    let end = text.find([',', '\n', '\r']).unwrap_or(text.len());
    let (cell, behind) = text.split_at(end);
    (Cow::Borrowed(cell), behind)
}

/// What stands behind an opening mark. One that never closes takes all there is; text between the closing mark and
/// the comma belongs to the cell.
fn quoted(text: &str) -> (Cow<'_, str>, &str) {
    let mut cell = String::new();
    let mut rest = text;
    loop {
        let Some((inside, behind)) = rest.split_once('"') else { return (Cow::Owned(cell + rest), "") };
        cell.push_str(inside);
        match behind.strip_prefix('"') {
            Some(more) => {
                cell.push('"');
                rest = more;
            }
            None => {
                let (tail, behind) = plain(behind);
                return (Cow::Owned(cell + &tail), behind);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_divided_by_commas() {
        assert_eq!(cells("a,b c,,d"), ["a", "b c", "", "d"]);
        assert_eq!(cells(""), [""]);
        assert_eq!(cells("a,\r\nb"), ["a", ""]);
    }

    #[test]
    fn marks_keep_a_cell_together() {
        assert_eq!(cells("\"a,b\",\"say \"\"hi\"\"\",\"x\ny\""), ["a,b", "say \"hi\"", "x\ny"]);
        assert_eq!(cells("\"a\"b,c \"d\""), ["ab", "c \"d\""]);
        assert_eq!(cells("\"never closed,b"), ["never closed,b"]);
    }
}
