//! Rows as named columns, and choosing, ordering and joining rows.

use polars::polars_utils::total_ord::TotalOrd;
use polars::prelude::*;

use crate::{Column, Value};

/// Rows as columns: all of one height, each with the name the query gives it.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// What the columns are called, in order.
    pub names: Vec<Box<str>>,
    /// Their cells.
    pub columns: Vec<Column>,
    /// How many rows there are, also where there is no column.
    pub height: usize,
}

impl Batch {
    /// Rows without columns.
    pub fn of_height(height: usize) -> Batch {
        Batch { height, ..Batch::default() }
    }

    /// The column of this name; of several, the last: the newest definition.
    pub fn column(&self, name: &str) -> Option<&Column> {
        let index = self.names.iter().rposition(|it| **it == *name)?;
        self.columns.get(index)
    }

    /// The value of a column in a row.
    pub fn value(&self, name: &str, row: usize) -> Option<Value> {
        self.column(name)?.value(row)
    }

    /// Adds a column, in the place of one of the same name if there is one.
    pub fn set(&mut self, name: &str, column: Column) {
        match self.names.iter().position(|it| **it == *name) {
            Some(index) => self.columns[index] = column,
            None => {
                self.names.push(name.into());
                self.columns.push(column);
            }
        }
    }

    /// The rows where the mask is true.
    pub fn filter(&self, mask: &BooleanChunked) -> Batch {
        let height = mask.sum().unwrap_or_default() as usize;
        let columns = self.columns.iter().map(|it| it.filter(mask, height)).collect();
        Batch { names: self.names.clone(), columns, height }
    }

    /// The rows of these numbers, in their order; each must be less than the height.
    pub fn gather(&self, rows: &[u32]) -> Batch {
        let columns = self.columns.iter().map(|it| it.gather(rows)).collect();
        Batch { names: self.names.clone(), columns, height: rows.len() }
    }

    /// About how much memory the cells take.
    pub fn bytes(&self) -> usize {
        self.columns.iter().map(Column::bytes).sum()
    }

    /// The same in memory of its own: cells that were chosen out of larger columns keep the texts of those.
    pub fn compact(self) -> Batch {
        Batch { columns: self.columns.into_iter().map(Column::compact).collect(), ..self }
    }

    /// Batches under each other: columns are matched by name, and absent where a batch lacks them.
    pub fn stack(batches: Vec<Batch>) -> Batch {
        let mut names: Vec<Box<str>> = Vec::new();
        for name in batches.iter().flat_map(|it| &it.names) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        let height = batches.iter().map(|it| it.height).sum();
        let parts = |name: &str| -> Vec<Column> {
            batches.iter().map(|it| it.column(name).cloned().unwrap_or(Column::absent(it.height))).collect()
        };
        let columns = names.iter().map(|name| Column::stack(parts(name))).collect();
        Batch { names, columns, height }
    }
}

impl Column {
    /// About how much memory the cells take.
    pub fn bytes(&self) -> usize {
        let text = |it: &StringChunked| it.iter().map(|it| it.map_or(0, str::len) + size_of::<u128>()).sum();
        match self {
            Column::Same(..) => size_of::<Column>(),
            Column::Bool(it) => it.len().div_ceil(4),
            Column::Number(it) => it.len() * size_of::<f64>(),
            Column::Time(it) => it.len() * size_of::<i64>(),
            Column::Place(it) => it.len() * size_of::<u64>(),
            Column::Text(it) | Column::Json(it) => text(it),
            Column::Mixed(it) => {
                let cell = |it: &Option<Value>| it.as_ref().map_or(0, |it| it.to_text().len());
                it.iter().map(|it| size_of::<Option<Value>>() + cell(it)).sum()
            }
        }
    }

    /// The same cells in memory of their own.
    pub fn compact(self) -> Column {
        match self {
            Column::Text(it) => Column::from_texts(it.iter()),
            Column::Json(it) => Column::from_json(it.iter()),
            other => other,
        }
    }

    /// The rows where the mask is true, of which there are `height`.
    pub fn filter(&self, mask: &BooleanChunked, height: usize) -> Column {
        // A mask is as long as the column, so polars finds no fault; if it did, no row would be the safe answer.
        match self {
            Column::Same(it, _) => Column::Same(it.clone(), height),
            Column::Bool(it) => it.filter(mask).map_or(Column::absent(0), Column::Bool),
            Column::Number(it) => it.filter(mask).map_or(Column::absent(0), Column::Number),
            Column::Text(it) => it.filter(mask).map_or(Column::absent(0), Column::Text),
            Column::Time(it) => it.filter(mask).map_or(Column::absent(0), Column::Time),
            Column::Json(it) => it.filter(mask).map_or(Column::absent(0), Column::Json),
            Column::Place(it) => it.filter(mask).map_or(Column::absent(0), Column::Place),
            Column::Mixed(it) => {
                let kept = it.iter().zip(mask.iter()).filter(|(_, keep)| *keep == Some(true));
                Column::Mixed(kept.map(|(it, _)| it.clone()).collect())
            }
        }
    }

    /// The cells of these rows, in their order.
    pub fn gather(&self, rows: &[u32]) -> Column {
        let index = || IdxCa::from_slice(PlSmallStr::EMPTY, rows);
        match self {
            Column::Same(it, _) => Column::Same(it.clone(), rows.len()),
            Column::Bool(it) => it.take(&index()).map_or(Column::absent(0), Column::Bool),
            Column::Number(it) => it.take(&index()).map_or(Column::absent(0), Column::Number),
            Column::Text(it) => it.take(&index()).map_or(Column::absent(0), Column::Text),
            Column::Time(it) => it.take(&index()).map_or(Column::absent(0), Column::Time),
            Column::Json(it) => it.take(&index()).map_or(Column::absent(0), Column::Json),
            Column::Place(it) => it.take(&index()).map_or(Column::absent(0), Column::Place),
            Column::Mixed(it) => {
                Column::Mixed(rows.iter().map(|row| it.get(*row as usize).cloned().flatten()).collect())
            }
        }
    }

    /// Columns under each other, as one.
    pub fn stack(columns: Vec<Column>) -> Column {
        let height = columns.iter().map(Column::len).sum();
        // A column without values fits any other: a field that no event of a block has.
        let Some(first) = columns.iter().find(|it| !matches!(it, Column::Same(None, _))) else {
            return Column::absent(height);
        };
        let joined = match first {
            Column::Same(value, _) => {
                let alike = columns.iter().all(|it| matches!(it, Column::Same(other, _) if other == value));
                alike.then(|| Column::Same(value.clone(), height))
            }
            Column::Bool(_) => joined(&columns, Column::as_bools).map(Column::Bool),
            Column::Number(_) => joined(&columns, Column::as_numbers).map(Column::Number),
            Column::Text(_) => joined(&columns, Column::as_texts).map(Column::Text),
            Column::Time(_) => joined(&columns, Column::as_times).map(Column::Time),
            Column::Json(_) => joined(&columns, Column::as_json).map(Column::Json),
            Column::Place(_) => joined(&columns, Column::as_places).map(Column::Place),
            Column::Mixed(_) => None,
        };
        joined.unwrap_or_else(|| {
            let cells = columns.iter().flat_map(|it| (0..it.len()).map(|row| it.value(row)));
            Column::from_values(cells.collect())
        })
    }

    fn as_bools(&self) -> Option<&BooleanChunked> {
        if let Column::Bool(it) = self { Some(it) } else { None }
    }

    fn as_numbers(&self) -> Option<&Float64Chunked> {
        if let Column::Number(it) = self { Some(it) } else { None }
    }

    fn as_texts(&self) -> Option<&StringChunked> {
        if let Column::Text(it) = self { Some(it) } else { None }
    }

    fn as_times(&self) -> Option<&Int64Chunked> {
        if let Column::Time(it) = self { Some(it) } else { None }
    }

    fn as_json(&self) -> Option<&StringChunked> {
        if let Column::Json(it) = self { Some(it) } else { None }
    }

    fn as_places(&self) -> Option<&UInt64Chunked> {
        if let Column::Place(it) = self { Some(it) } else { None }
    }
}

/// Arrays of one type as one array of one chunk; `None` if a column is of another form.
fn joined<T>(columns: &[Column], array: fn(&Column) -> Option<&ChunkedArray<T>>) -> Option<ChunkedArray<T>>
where
    T: PolarsDataType<IsNested = FalseT, IsObject = FalseT>,
    for<'a> T::Physical<'a>: TotalOrd,
    ChunkedArray<T>: ChunkFullNull,
{
    let mut whole: Option<ChunkedArray<T>> = None;
    for column in columns {
        let part = match column {
            Column::Same(None, height) => ChunkedArray::full_null(PlSmallStr::EMPTY, *height),
            column => array(column)?.clone(),
        };
        match &mut whole {
            None => whole = Some(part),
            Some(whole) => whole.append(&part).ok()?,
        }
    }
    whole.map(|it| it.rechunk().into_owned())
}

/// A place as `@ptr` prints it: opaque to users, base64 as the service's own.
pub fn pointer(place: u64) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit = |shift: u32| DIGITS[(place.rotate_left(6 + shift) & 63) as usize] as char;
    let mut text: String = (0..10).map(|index| digit(index * 6)).collect();
    // The last four bits make an eleventh digit; one sign of padding makes twelve.
    text.push(DIGITS[((place & 15) << 2) as usize] as char);
    text.push('=');
    text
}

/// The place that [`pointer`] printed; `None` for any other text.
pub fn place(pointer: &str) -> Option<u64> {
    let digits = pointer.strip_suffix('=')?;
    if digits.len() != 11 {
        return None;
    }
    let mut bits: u128 = 0;
    for byte in digits.bytes() {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u128::from(digit);
    }
    u64::try_from(bits >> 2).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_leads_back_to_its_place() {
        for it in [0, 1, 63, 64, 1 << 40, u64::MAX, 0x0123_4567_89ab_cdef] {
            assert_eq!(place(&pointer(it)), Some(it));
        }
        assert_eq!(place("hello"), None);
    }

    #[test]
    fn chosen_cells_let_go_of_the_others() {
        let texts = |length: usize| (0..1_000).map(move |it| Some(format!("{it:0>length$}"))).chain([None]);
        let held = |it: &Column| match it {
            Column::Text(it) => it.downcast_iter().map(|it| it.total_buffer_len()).sum(),
            _ => 0,
        };
        let mut all = Batch::of_height(1_001);
        all.set("a", Column::from_texts(texts(100)));
        let few = all.gather(&[7, 1_000]);
        assert!(few.columns.iter().map(held).sum::<usize>() >= 100_000);
        let compact = few.clone().compact();
        assert_eq!([0, 1].map(|row| compact.value("a", row)), [0, 1].map(|row| few.value("a", row)));
        assert_eq!(compact.columns.iter().map(held).sum::<usize>(), 100);
    }

    #[test]
    fn rows_of_two_blocks_stand_under_each_other() {
        let mut above = Batch::of_height(1);
        above.set("a", Column::from_texts([Some("x")]));
        let mut below = Batch::of_height(2);
        below.set("b", Column::from_numbers([Some(1.0), None]));
        let both = Batch::stack(vec![above, below]);
        assert_eq!(both.height, 3);
        assert_eq!(both.value("a", 0), Some(Value::text("x")));
        assert_eq!(both.value("a", 1), None);
        assert_eq!(both.value("b", 1), Some(Value::Number(1.0)));
    }
}
