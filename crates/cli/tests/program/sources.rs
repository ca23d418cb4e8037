//! Which data source logs are of, where the caller says it.

use crate::desk::Desk;

const ASK: [&str; 4] = ["query", "stats count(*) as c by @data_source_name, @data_source_type", "--format", "csv"];

#[test]
fn a_data_source_is_said_of_a_path() {
    let desk = Desk::with_logs();
    let head = "@data_source_name,@data_source_type,c\n";
    assert_eq!(desk.gw(&[&ASK[..], &["logs"]].concat()).out, format!("{head}Unknown,Unknown,3\n"));
    let said = format!("{head}amazon_s3,server_access,3\n");
    let flag = "--data-source=amazon_s3.server_access=logs";
    assert_eq!(desk.gw(&[&ASK[..], &[flag]].concat()).answer(), said, "the path is an input");
    assert_eq!(desk.gw(&[&ASK[..], &[flag, "logs"]].concat()).answer(), said, "and is read once");
    let grouped = desk.gw(&[&ASK[..], &[flag, "--log-group=/access=logs"]].concat());
    assert_eq!(grouped.answer(), said, "beside the name of its group, too");
    let chosen = ["query", "SOURCE dataSource(['amazon_s3']) | stats count(*) as c", "--format=csv", flag];
    assert_eq!(desk.gw(&chosen).answer(), "c\n3\n");
}

#[test]
fn a_data_source_has_a_name_and_a_type() {
    let desk = Desk::with_logs();
    for wrong in ["logs", "amazon_s3=logs", ".a=logs", "a.=logs", ""] {
        desk.gw(&[&ASK[..], &["--data-source", wrong]].concat()).ends(2, &["NAME.TYPE=PATH"]);
    }
}
