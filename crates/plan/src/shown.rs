//! A column of the answer while the query is still being read: by its name, or as a command made it.

use crate::expr::Field;

/// A column of the answer: a name is looked up at the end, when its newest definition is known.
#[derive(Clone)]
pub enum Column {
    Name { title: String, name: String },
    Made { title: String, field: Field },
}

impl Column {
    pub fn title(&self) -> &str {
        match self {
            Column::Name { title, .. } | Column::Made { title, .. } => title,
        }
    }
}

/// Each title is shown once, where it stood first.
pub fn push(columns: &mut Vec<Column>, column: Column) {
    if !columns.iter().any(|it| it.title() == column.title()) {
        columns.push(column);
    }
}
