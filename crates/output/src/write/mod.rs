//! The output formats, one file each.

mod aws;
mod chart;
mod csv;
mod json;
mod jsonl;
mod markdown;
mod svg;
pub mod table;
mod tsv;

use crate::Writer;

pub use aws::AWS;
pub use chart::CHART;
pub use csv::CSV;
pub use json::JSON;
pub use jsonl::JSONL;
pub use markdown::{MARKDOWN, fence, push_markdown};
pub use svg::SVG;
pub use table::TABLE;
pub use tsv::TSV;

/// All formats, the one for people first.
pub static ALL: &[&Writer] = &[&TABLE, &JSON, &JSONL, &CSV, &TSV, &MARKDOWN, &AWS, &CHART, &SVG];

/// The format of a name.
pub fn find(name: &str) -> Option<&'static Writer> {
    ALL.iter().find(|it| it.name == name).copied()
}

#[cfg(test)]
mod tests {
    use value::Batch;

    use super::*;
    use crate::Results;
    use crate::testing::written;

    #[test]
    fn every_format_is_found_by_its_name() {
        for writer in ALL {
            assert!(std::ptr::eq(find(writer.name).unwrap_or(&TABLE), *writer));
            assert!(writer.doc.ends_with('.'));
        }
        assert!(find("xml").is_none());
    }

    #[test]
    fn every_format_writes_rows_without_columns_and_columns_without_rows() {
        let rows = Batch::of_height(2);
        let mut columns = Batch::of_height(0);
        columns.set("a", value::Column::absent(0));
        for writer in ALL {
            written(writer, &Results::of(&rows));
            let text = written(writer, &Results::of(&columns));
            assert!(text.is_empty() || text.ends_with('\n'), "{}", writer.name);
        }
    }
}
