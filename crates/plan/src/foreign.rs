//! Functions of other languages, and what this one has instead.

/// What this language has instead of a function of another.
pub fn function(name: &str) -> Option<String> {
    let percent = name.strip_prefix(['p', 'P']).filter(|it| it.parse::<u8>().is_ok_and(|it| it <= 100));
    if let Some(percent) = percent {
        return Some(format!("percentiles are `pct(x, {percent})`"));
    }
    FUNCTIONS.iter().find(|(foreign, _)| foreign.eq_ignore_ascii_case(name)).map(|(_, help)| String::from(*help))
}

const FUNCTIONS: &[(&str, &str)] = &[
    (
        "ago",
        "the range of time is given beside the query: `--start -1h`; from its end, an hour is 3600000 milliseconds",
    ),
    ("array_length", "the items of a JSON array are counted by `jsonArraySize(x)`"),
    ("average", "values are averaged by `avg(x)`"),
    ("cast", "a text is read as a number by `toNumber(x)`, a number made a text by `concat(x)`"),
    ("char_length", "the characters of a text are counted by `strlen(x)`"),
    ("contains", "`x like \"text\"` is a condition, `strcontains(x, \"text\")` gives 1 or 0"),
    ("count_if", "a condition is counted where it holds by `sum(condition)`"),
    ("countif", "a condition is counted where it holds by `sum(condition)`"),
    ("date_add", "times are milliseconds: an hour later is `toMillis(x) + 3600000`"),
    ("date_diff", "times are milliseconds: `toMillis(a) - toMillis(b)`"),
    ("date_format", "times are written by `formatDate(x, \"%Y-%m-%d\")`"),
    ("date_sub", "times are milliseconds: an hour before is `toMillis(x) - 3600000`"),
    ("date_trunc", "times are cut down by `datefloor(x, 1h)`, `@timestamp` by `bin(1h)`"),
    ("datediff", "times are milliseconds: `toMillis(a) - toMillis(b)`"),
    ("dc", "distinct values are counted by `count_distinct(x)`"),
    ("distinct", "distinct values are counted by `count_distinct(x)`, and listed by `values(x)`"),
    ("distinct_count", "distinct values are counted by `count_distinct(x)`"),
    ("exists", "a field that is there is `ispresent(x)`"),
    ("extract", "text is cut out by the command `parse x /(?<name>…)/`"),
    ("first", "the value of the oldest event is `earliest(x)`, the first in order `sortsFirst(x)`"),
    ("ifnull", "the first value there is, is `coalesce(x, y)`"),
    ("instr", "`strcontains(x, \"text\")` says whether it is there; what lies around it is cut out by `parse`"),
    ("isnotnull", "a field that is there is `ispresent(x)`"),
    ("isnull", "a field that is missing is `not ispresent(x)`"),
    ("json_extract", "the fields of a JSON event are names, `a.b.c`; of a text, `jsonParse(x)` and a dot"),
    ("last", "the value of the newest event is `latest(x)`, the last in order `sortsLast(x)`"),
    ("lcase", "small letters are made by `tolower(x)`"),
    ("len", "the characters of a text are counted by `strlen(x)`"),
    ("length", "the characters of a text are counted by `strlen(x)`"),
    ("lower", "small letters are made by `tolower(x)`"),
    ("mean", "values are averaged by `avg(x)`"),
    ("mvcount", "the items of a JSON array are counted by `jsonArraySize(x)`"),
    ("nullif", "`if(x = y, missing, x)`, where `missing` is a field that no event has"),
    ("nvl", "the first value there is, is `coalesce(x, y)`"),
    ("perc", "percentiles are `pct(x, 99)`"),
    ("quantile", "percentiles are `pct(x, 99)`"),
    ("rand", "chance has no place in this language: `limit any 100` takes whichever rows are found first"),
    ("random", "chance has no place in this language: `limit any 100` takes whichever rows are found first"),
    ("regexp_extract", "text is cut out by the command `parse x /(?<name>…)/`"),
    ("regexp_like", "write `x like /expression/`"),
    ("size", "the characters of a text are counted by `strlen(x)`, its bytes by `messageSize(x)`"),
    ("std", "the deviation is `stddev(x)`"),
    ("stdev", "the deviation is `stddev(x)`"),
    ("strpos", "`strcontains(x, \"text\")` says whether it is there; what lies around it is cut out by `parse`"),
    ("substring", "`substr(x, start, length)` counts from 0"),
    ("to_char", "times are written by `formatDate(x, \"%Y-%m-%d\")`"),
    ("to_date", "times are read by `parseDate(x, \"yyyy-MM-dd\")`"),
    ("to_string", "a number is made a text by `concat(x)`"),
    ("to_timestamp", "times are read by `parseDate(x, \"yyyy-MM-dd\")`, milliseconds by `fromMillis(x)`"),
    ("tostring", "a number is made a text by `concat(x)`"),
    ("ucase", "capital letters are made by `toupper(x)`"),
    ("uniq", "distinct values are counted by `count_distinct(x)`"),
    ("upper", "capital letters are made by `toupper(x)`"),
    ("var", "the variance is `variance(x)`"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_in_order_and_none_of_ours() {
        assert!(FUNCTIONS.is_sorted());
        for (name, _) in FUNCTIONS {
            assert!(functions::find(name).is_none() && functions::find_aggregate(name).is_none(), "`{name}` is ours");
        }
    }

    #[test]
    fn percentiles_are_told_with_their_number() {
        assert_eq!(function("P99").as_deref(), Some("percentiles are `pct(x, 99)`"));
        assert_eq!(function("p"), None);
        assert_eq!(function("p999"), None);
        assert_eq!(function("LENGTH").as_deref(), function("length").as_deref());
    }
}
