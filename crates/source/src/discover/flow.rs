//! VPC flow logs: lines of words, which field each is by its place.

use crate::block::{Block, Rows};
use crate::discover::words::{self, push_words};
use crate::discover::{Field, LogType, Tell};

/// `2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK`
pub static FLOW: LogType = LogType {
    name: "flow",
    doc: "The 14 fields of VPC flow logs in the default format, by their places; in a file whose first line names its \
          columns, those. `-` is no value.",
    gives: |name| COLUMNS.iter().any(|it| it.field == name),
    is_of: Some(is_flow),
    fields,
    all,
};

/// A column of a flow log.
struct Named {
    /// What the first line of a file calls it.
    column: &'static str,
    /// The field that it is.
    field: &'static str,
}

const fn named(column: &'static str, field: &'static str) -> Named {
    Named { column, field }
}

/// How many of the columns below the default format has.
const DEFAULT: usize = 14;

/// All columns there are; those of the default format come first, in its order.
static COLUMNS: &[Named] = &[
    named("version", "version"),
    named("account-id", "accountId"),
    named("interface-id", "interfaceId"),
    named("srcaddr", "srcAddr"),
    named("dstaddr", "dstAddr"),
    named("srcport", "srcPort"),
    named("dstport", "dstPort"),
    named("protocol", "protocol"),
    named("packets", "packets"),
    named("bytes", "bytes"),
    named("start", "startTime"),
    named("end", "endTime"),
    named("action", "action"),
    named("log-status", "logStatus"),
    named("vpc-id", "vpcId"),
    named("subnet-id", "subnetId"),
    named("instance-id", "instanceId"),
    named("tcp-flags", "tcpFlags"),
    named("type", "type"),
    named("pkt-srcaddr", "pktSrcAddr"),
    named("pkt-dstaddr", "pktDstAddr"),
    named("region", "region"),
    named("az-id", "azId"),
    named("sublocation-type", "sublocationType"),
    named("sublocation-id", "sublocationId"),
    named("pkt-src-aws-service", "pktSrcAwsService"),
    named("pkt-dst-aws-service", "pktDstAwsService"),
    named("flow-direction", "flowDirection"),
    named("traffic-path", "trafficPath"),
    named("ecs-cluster-arn", "ecsClusterArn"),
    named("ecs-cluster-name", "ecsClusterName"),
    named("ecs-container-instance-arn", "ecsContainerInstanceArn"),
    named("ecs-container-instance-id", "ecsContainerInstanceId"),
    named("ecs-container-id", "ecsContainerId"),
    named("ecs-second-container-id", "ecsSecondContainerId"),
    named("ecs-service-name", "ecsServiceName"),
    named("ecs-task-definition-arn", "ecsTaskDefinitionArn"),
    named("ecs-task-arn", "ecsTaskArn"),
    named("ecs-task-id", "ecsTaskId"),
    named("reject-reason", "rejectReason"),
    named("resource-id", "resourceId"),
    named("encryption-status", "encryptionStatus"),
];

/// Fewer words than this are no first line of a file: they may be anything.
const FEWEST: usize = 3;

/// The fields that a file's lines have, in order, if this first line of it names columns.
pub(crate) fn layout(line: &[u8]) -> Option<Vec<&'static str>> {
    let line = std::str::from_utf8(line).ok()?.trim_ascii_end();
    let field = |word: &str| COLUMNS.iter().find(|it| it.column == word).map(|it| it.field);
    let fields: Vec<&'static str> = line.split(' ').map(field).collect::<Option<_>>()?;
    (fields.len() >= FEWEST).then_some(fields)
}

/// Whether a line is a record of the default format.
pub(crate) fn is_record(message: &str) -> bool {
    if !message.starts_with("2 ") || words::count(message) != DEFAULT {
        return false;
    }
    let mut rest = words::of(message).skip(10);
    let mut is = |right: fn(&str) -> bool| rest.next().is_some_and(right);
    let number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    is(number)
        && is(number)
        && is(|it| matches!(it, "ACCEPT" | "REJECT" | "-"))
        && is(|it| matches!(it, "OK" | "NODATA" | "SKIPDATA"))
}

/// Whether a message is a record: by its shape, or by that of its file.
pub(crate) fn is_flow(block: &Block<'_>, message: &str) -> bool {
    match block.layout() {
        Some(layout) => words::count(message) == layout.len(),
        None => is_record(message),
    }
}

fn fields(block: &Block<'_>, rows: Rows<'_>, fields: &mut [Field<'_>]) {
    match block.layout() {
        Some(layout) => push_words(block, rows, fields, |name| layout.iter().position(|it| *it == name)),
        None => push_words(block, rows, fields, |name| COLUMNS[..DEFAULT].iter().position(|it| it.field == name)),
    }
}

fn all(block: &Block<'_>, row: usize, tell: Tell<'_>) {
    match block.layout() {
        Some(layout) => words::tell(block.message(row), layout.iter().copied(), tell),
        None => words::tell(block.message(row), COLUMNS[..DEFAULT].iter().map(|it| it.field), tell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &str =
        "2 123456789010 eni-1 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK";

    #[test]
    fn records_are_known_by_their_shape() {
        assert!(is_record(RECORD) && is_record(&format!("{RECORD}\r\n")));
        assert!(is_record("2 123456789010 eni-1 - - - - - - - 1431280876 1431280934 - NODATA"));
        for line in [
            "",
            "2 ",
            &RECORD.replace("ACCEPT", "ACCEPTED"),
            &RECORD.replace("OK", "FINE"),
            &RECORD.replace("1418530010", "then"),
            &format!("{RECORD} more"),
            &RECORD.replace("2 123456789010", "5 123456789010"),
        ] {
            assert!(!is_record(line), "{line}");
        }
    }

    #[test]
    fn a_first_line_names_the_columns() {
        let fields = ["version", "vpcId", "srcAddr", "startTime"];
        assert_eq!(layout(b"version vpc-id srcaddr start\r").as_deref(), Some(&fields[..]));
        assert_eq!(layout(b"version vpc-id words start"), None);
        assert_eq!(layout(b"start end"), None);
        assert_eq!(layout(b""), None);
    }
}
