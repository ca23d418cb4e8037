//! Tables beside the logs: `--lookup`.

use crate::desk::Desk;

const ASK: &str = "fields n | lookup names n output name | sort n";

#[test]
fn a_table_is_given_by_name() {
    let desk = Desk::with_logs();
    desk.lay("names.csv", "\u{feff}n,name\r\n1,one\r\n3,\"three, or so\"\r\n");
    let said = desk.gw(&["query", ASK, "logs", "--format=csv", "--lookup=names=names.csv"]);
    assert_eq!(said.answer(), "n,name\n1,one\n2,\n3,\"three, or so\"\n");
    assert_eq!(desk.gw(&["check", ASK, "--lookup=names=names.csv"]).code, Some(0));
    assert!(desk.gw(&["explain", ASK, "--lookup=names=names.csv"]).out.contains("lookup     names n = "));
}

#[test]
fn without_the_table_the_query_is_at_fault() {
    let desk = Desk::with_logs();
    desk.lay("names.csv", "n,name\n1,one\n");
    let help = ["unknown-table", "--lookup names=FILE"];
    desk.gw(&["query", ASK, "logs"]).ends(2, &help);
    // Elsewhere it may be there.
    desk.gw(&["check", ASK]).ends(0, &["warning[unchecked]", "--lookup names=FILE"]);
    let wrong = desk.gw(&["check", "lookup names m output name", "--lookup=names=names.csv"]);
    wrong.ends(2, &["unknown-table", "`m`"]);
    desk.gw(&["explain", ASK, "--lookup=name=names.csv"]).ends(2, &["unknown-table", "`name`"]);
}

#[test]
fn what_is_no_table_is_told_with_its_file() {
    let desk = Desk::with_logs();
    for (bytes, says) in [
        (&b""[..], "it is empty"),
        (b"n,name\n1\n", "line 2 has 1 cell"),
        (b"n,n\n", "two columns are called `n`"),
        (b"n,name\n1,\xff\n", "line 2 is not UTF-8"),
    ] {
        desk.lay("names.csv", bytes);
        desk.gw(&["query", ASK, "logs", "--lookup=names=names.csv"]).ends(1, &["the table names.csv", says]);
    }
    desk.gw(&["query", ASK, "logs", "--lookup=names=none.csv"]).ends(1, &["the table none.csv"]);
}

#[test]
fn a_table_has_a_name_and_a_file() {
    let desk = Desk::with_logs();
    desk.lay("names.csv", "n,name\n");
    for wrong in ["names.csv", "=names.csv", "names=", ""] {
        desk.gw(&["check", ASK, "--lookup", wrong]).ends(2, &["NAME=FILE"]);
    }
    let twice = ["check", ASK, "--lookup=names=names.csv", "--lookup=names=names.csv"];
    desk.gw(&twice).ends(2, &["two tables", "`names`"]);
}

#[test]
fn a_table_may_be_large() {
    let desk = Desk::with_logs();
    let mut text = String::from("n,name\n");
    (0..500_000).rev().for_each(|it| text.push_str(&format!("{it},the name of {it}\n")));
    assert!(text.len() > 10_000_000);
    desk.lay("names.csv", text);
    let said = desk.gw(&["query", ASK, "logs", "--format=csv", "--lookup=names=names.csv"]);
    assert_eq!(said.answer(), "n,name\n1,the name of 1\n2,the name of 2\n3,the name of 3\n");
}

#[test]
fn the_service_takes_small_tables_of_plain_names() {
    let desk = Desk::with_logs();
    desk.lay("names.csv", "n,name\n1,one\n");
    let ask = "fields n | lookup `my-names` n output name";
    desk.gw(&["query", ask, "logs", "--lookup=my-names=names.csv"]).ends(0, &[]);
    let strict = ["query", ask, "logs", "--strict", "--lookup=my-names=names.csv"];
    desk.gw(&strict).ends(2, &["letters, digits and `_`", "`my-names`"]);
    let large = "1,one\n".repeat((10 << 20) / 6);
    desk.lay("large.csv", format!("n,name\n{large}"));
    desk.gw(&["check", ASK, "--lookup=names=large.csv"]).ends(0, &[]);
    desk.gw(&["check", ASK, "--strict", "--lookup=names=large.csv"]).ends(2, &["10 MB", "large.csv"]);
}

#[test]
fn what_a_table_fills_in_need_not_be_a_field() {
    let desk = Desk::with_logs();
    desk.lay("names.csv", "n,name\n1,one\n");
    let ask = "lookup names n outputnew name | display n, name | sort n";
    let said = desk.gw(&["query", ask, "logs", "--format=csv", "--lookup=names=names.csv"]);
    assert!(said.ends(0, &[]).out.contains("1,one"));
    assert!(!said.err.contains("unknown-field"), "{}", said.err);
}
