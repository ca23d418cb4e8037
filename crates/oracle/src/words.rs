//! Records of words, each of which is a field by its place: flow logs of VPC, queries of Route 53.

use std::collections::HashMap;

const FLOW: &str = "version accountId interfaceId srcAddr dstAddr srcPort dstPort protocol packets bytes startTime \
                    endTime action logStatus";

const QUERY: &str = "version queryTimestamp hostZoneId queryName queryType responseCode protocol edgeLocation \
                     resolverIp ednsClientSubnet";

/// The fields of a message that is such a record; `-` is no value.
pub fn fields(message: &str) -> Option<HashMap<String, String>> {
    let words: Vec<&str> = message.trim_ascii_end().split(' ').collect();
    let digits = |it: &str| !it.is_empty() && it.chars().all(|it| it.is_ascii_digit());
    let names = match words.as_slice() {
        ["2", _, _, _, _, _, _, _, _, _, start, end, action, status]
            if digits(start)
                && digits(end)
                && ["ACCEPT", "REJECT", "-"].contains(action)
                && ["OK", "NODATA", "SKIPDATA"].contains(status) =>
        {
            FLOW
        }
        [version, time, _, _, _, _, "UDP" | "TCP", _, _, _]
            if version.starts_with("1.")
                && time.len() >= 20
                && time.as_bytes()[10] == b'T'
                && value::time::read(time).is_some() =>
        {
            QUERY
        }
        _ => return None,
    };
    let pairs = names.split_ascii_whitespace().zip(words).filter(|(_, word)| !["", "-"].contains(word));
    Some(pairs.map(|(name, word)| (name.to_owned(), word.to_owned())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_fields_by_their_places() {
        let flow = fields("2 1 eni-1 - - - - - - - 1431280876 1431280934 - NODATA").unwrap_or_default();
        let mut names: Vec<&str> = flow.keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["accountId", "endTime", "interfaceId", "logStatus", "startTime", "version"]);
        let query = fields("1.0 2017-12-13T08:16:02.130Z Z1 example.com A NOERROR UDP FRA6 192.168.1.1 -");
        assert_eq!(query.and_then(|it| it.get("edgeLocation").cloned()).as_deref(), Some("FRA6"));
        assert_eq!(fields("2 words"), None);
    }
}
