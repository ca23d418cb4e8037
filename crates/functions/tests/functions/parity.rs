//! Column forms: over random columns they give what the row forms give, row by row.

use functions::{all, lift};
use testkit::random::Random;
use value::Column;

use crate::columns::arguments;

#[test]
fn column_forms_mean_what_row_forms_say() {
    for function in all() {
        let mut random = Random::new(1);
        for _ in 0..400 {
            let height = random.below(40);
            let columns = arguments(&mut random, function.params, height);
            let expected = lift(function, &columns, height);
            let found = function.over(&columns, height);
            assert_eq!(found.len(), height, "{} of {columns:?}", function.name);
            for row in 0..height {
                let args: Vec<_> = columns.iter().map(|it| it.value(row)).collect();
                let (found, expected) = (found.value(row), expected.value(row));
                assert_eq!(found, expected, "{} of {args:?} in row {row} of {columns:?}", function.name);
            }
        }
    }
}

#[test]
fn functions_of_literals_alone_give_literals() {
    let mut random = Random::new(2);
    for function in all() {
        let columns = arguments(&mut random, function.params, 1);
        let columns: Vec<Column> = columns.iter().map(|it| Column::Same(it.value(0), 3)).collect();
        assert!(matches!(function.over(&columns, 3), Column::Same(_, 3)), "{}", function.name);
    }
}
