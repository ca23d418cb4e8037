//! Calls of functions with holes for their arguments: `{number}`, `{text}`, `{condition}`, `{time}` and `{address}`.
//!
//! What a query calls in ways of its own, such as `bin` and `if`, is written where expressions are.

use super::Writer;
use crate::vocabulary::Kind;

/// Calls that give a number.
const NUMBERS: &[&str] = &[
    "abs({number})",
    "ceil({number})",
    "floor({number})",
    "round({number})",
    "round({number}, 0)",
    "round({number}, 2)",
    "round({number}, {number})",
    "sqrt({number})",
    "log({number})",
    "greatest({number}, {number})",
    "least({number}, {number})",
    "least({number}, 10, {number})",
    "haversine({number}, {number}, {number}, {number})",
    "haversine(52.52, 13.4, {number}, 0.1)",
    "histogram({number}, 50)",
    "histogram({number}, 0.1)",
    "toInt({number})",
    "toInt({text})",
    "toLong({number})",
    "toDouble({text})",
    "toNumber({text})",
    "strlen({text})",
    "messageSize({text})",
    "hexToDec({text})",
    "hexToDec(decToHex({number}))",
    "ipv4ToNumber({address})",
    "toMillis({time})",
    "parseDate({text}, \"yyyy-MM-dd'T'HH:mm:ssX\")",
    "parseDate(formatDate({time}, '%Y-%m-%d %H:%M'), 'yyyy-MM-dd HH:mm', 'Europe/Berlin')",
    "jsonArraySize({text})",
    "jsonArraySize(split({text}, ' '))",
    "unmask({number})",
    "now() - {number}",
    "queryStartTime() + {number}",
    "queryEndTime() % {number}",
    "queryTimeRange() / {number}",
];

/// Calls that give a text.
const TEXTS: &[&str] = &[
    "toupper({text})",
    "tolower({text})",
    "trim({text})",
    "ltrim({text})",
    "rtrim({text})",
    "trim({text}, 'xyé')",
    "ltrim({text}, \"[E \")",
    "rtrim({text}, \"\")",
    "rtrim({text}, {text})",
    "substr({text}, 0)",
    "substr({text}, 3)",
    "substr({text}, 1, 3)",
    "substr({text}, 4, 50)",
    "substr({text}, {number}, {number})",
    "replace({text}, \"e\", {text})",
    "replace({text}, \"00\", '')",
    "regexReplace({text}, '[0-9]+', '#')",
    "regexReplace({text}, '(?i)(e)(r|n)', '<$2$1>')",
    "regex_replace({text}, '^|é', {text})",
    "concat({text}, {text})",
    "concat({text}, '/', {number})",
    "split({text}, '-')",
    "split({text}, {text})",
    "base64encode({text})",
    "base64decode({text})",
    "base64decode(base64encode({text}))",
    "urlencode({text})",
    "urldecode({text})",
    "urldecode(urlencode({text}))",
    "decToHex({number})",
    "decToHex({text})",
    "hexToAscii({text})",
    "hexToAscii(decToHex({number}))",
    "md5({text})",
    "sha256({text})",
    "unmask({text})",
    "formatDate({time}, '%Y-%m-%d')",
    "formatDate({time}, '%H:%M:%S %Z', 'America/New_York')",
    "strftime({number}, '%d %b %Y %H:%M:%S.%3f')",
    "jsonStringify(jsonParse({text}))",
];

/// Calls that are true or false.
const CONDITIONS: &[&str] = &[
    "isempty({text})",
    "isblank({text})",
    "isNumeric({text})",
    "isNumeric({number})",
    "ispresent({text})",
    "startsWith({text}, \"1\")",
    "startsWith({text}, {text})",
    "endsWith({text}, 'em')",
    "endsWith({text}, {text})",
    "strcontains({text}, 'e')",
    "strcontains({text}, 'E', true)",
    "strcontains({text}, {text}, {condition})",
    "isValidIp({address})",
    "isValidIpV4({address})",
    "isValidIpV6({address})",
    "isPrivateIP({address})",
    "isPublicIP({address})",
    "isReservedIP({address})",
    "isIpInSubnet({address}, '10.0.0.0/8')",
    "isIpInSubnet({address}, '2001:db8::/32')",
    "isIpv4InSubnet({address}, '192.0.2.0/24')",
    "isIpv6InSubnet({address}, '2001:db8::/32')",
    "jsonArrayContains({text}, '1')",
    "jsonArrayContains(split({text}, ' '), {text})",
    "unmask({condition})",
];

/// Calls that give a point in time.
const TIMES: &[&str] = &[
    "fromMillis({number})",
    "fromMillis(1767225600000 + {number})",
    "fromMillis(toMillis({time}) + {number})",
    "fromMillis(parseDate({text}, \"yyyy-MM-dd'T'HH:mm:ssX\"))",
    "unmask({time})",
];

impl Writer<'_> {
    /// A call that mostly has this kind of value, of arguments with so many calls inside one another.
    pub(super) fn call(&mut self, kind: Kind, depth: usize) -> String {
        let calls = match kind {
            Kind::Number => NUMBERS,
            Kind::Text | Kind::Address => TEXTS,
            Kind::Bool => CONDITIONS,
            Kind::Time => TIMES,
        };
        let mut rest = *self.random.pick(calls);
        let mut text = String::new();
        while let Some((before, (hole, behind))) =
            rest.split_once('{').and_then(|(before, hole)| Some((before, hole.split_once('}')?)))
        {
            text.push_str(before);
            text.push_str(&self.argument(hole, depth));
            rest = behind;
        }
        text + rest
    }

    /// What is put into a hole.
    fn argument(&mut self, hole: &str, depth: usize) -> String {
        match hole {
            "number" => self.number(depth),
            "text" => self.text_expr(depth),
            "condition" => self.condition(depth),
            "time" => self.time(depth),
            _ => self.address(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hole_is_of_a_kind_that_there_is() {
        for call in [NUMBERS, TEXTS, CONDITIONS, TIMES].concat() {
            for hole in call.split('{').skip(1) {
                let name = hole.split('}').next().unwrap_or_default();
                assert!(["number", "text", "condition", "time", "address"].contains(&name), "{call}");
            }
        }
    }
}
