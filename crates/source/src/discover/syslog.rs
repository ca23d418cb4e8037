//! Syslog, as the service ingests it: RFC 5424, RFC 3164, and what Cisco's firewalls write.

use crate::block::{Block, Rows};
use crate::discover::{Field, LogType, Tell};

/// `<34>1 2026-01-01T00:00:00Z host su 123 ID47 - failed`
pub static SYSLOG: LogType = LogType {
    name: "syslog",
    doc: "The fields of syslog messages, in log groups whose data source is called `syslog`: RFC 5424, RFC 3164, and \
          the messages of Cisco's firewalls. Facilities and severities have the short names of their codes; `-` is no \
          value.",
    gives: |name| FIELDS.contains(&name),
    is_of: Some(|block, message| block.is_syslog() && is_syslog(message)),
    fields,
    all,
};

static FIELDS: [&str; 16] = [
    "facility",
    "facilityCode",
    "severity",
    "severityCode",
    "severityLevel",
    "timestamp",
    "hostname",
    "appName",
    "procId",
    "msgId",
    "structuredData",
    "device",
    "deviceId",
    "messageId",
    "subsystem",
    "message",
];

static FACILITIES: [&str; 24] = [
    "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp", "ntp",
    "audit", "alert", "clock", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7",
];

static SEVERITIES: [&str; 8] = ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"];

static CODES: [&str; 24] = [
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20",
    "21", "22", "23",
];

/// The values of a message: mostly fewer than ten.
type Found<'m> = Vec<(&'static str, &'m str)>;

fn fields(block: &Block<'_>, rows: Rows<'_>, fields: &mut [Field<'_>]) {
    let mut found = Found::new();
    for row in rows.each() {
        found.clear();
        read(block.message(row), &mut found);
        for field in fields.iter_mut() {
            let value = found.iter().find(|it| it.0 == field.name).map(|it| it.1);
            field.cells.iter_mut().for_each(|it| it.push_text(value));
        }
    }
}

fn all(block: &Block<'_>, row: usize, tell: Tell<'_>) {
    let mut found = Found::new();
    read(block.message(row), &mut found);
    found.into_iter().for_each(|(name, text)| tell(name, text));
}

/// Finds the fields of a message; one with neither a priority nor a time in front has none.
fn read<'m>(message: &'m str, found: &mut Found<'m>) {
    let Some((code, rest)) = priority(message) else {
        // Files of a system's own log lack the priority.
        if let (Some(time), rest) = timestamp(message) {
            found.push(("timestamp", time));
            classic(rest, found);
        }
        return;
    };
    let severity = code % 8;
    if let Some(rest) = rest.strip_prefix("1 ") {
        add_codes(code, found);
        return modern(rest, found);
    }
    let (timestamp, rest) = timestamp(rest);
    found.extend(timestamp.map(|it| ("timestamp", it)));
    if cisco(rest, severity, found).is_none() {
        add_codes(code, found);
        classic(rest, found);
    }
}

/// Whether a priority or a time stands in front.
fn is_syslog(message: &str) -> bool {
    priority(message).is_some() || timestamp(message).0.is_some()
}

fn add_codes(code: usize, found: &mut Found<'_>) {
    let (facility, severity) = (code / 8, code % 8);
    found.extend(FACILITIES.get(facility).map(|it| ("facility", *it)));
    found.extend(CODES.get(facility).map(|it| ("facilityCode", *it)));
    found.extend(SEVERITIES.get(severity).map(|it| ("severity", *it)));
    found.extend(CODES.get(severity).map(|it| ("severityCode", *it)));
}

/// `<34>`: eight times the facility, and the severity.
fn priority(message: &str) -> Option<(usize, &str)> {
    let (digits, rest) = message.strip_prefix('<')?.split_once('>')?;
    let code: usize = digits.bytes().all(|it| it.is_ascii_digit()).then(|| digits.parse().ok()).flatten()?;
    (digits.len() <= 3 && code < FACILITIES.len() * 8).then_some((code, rest))
}

/// `2026-01-01T00:00:00Z host app 123 ID47 [a b="c"] message`
fn modern<'m>(mut rest: &'m str, found: &mut Found<'m>) {
    for name in ["timestamp", "hostname", "appName", "procId", "msgId"] {
        let (word, behind) = rest.split_once(' ').unwrap_or((rest, ""));
        add(name, word, found);
        rest = behind;
    }
    let (data, message) = rest.split_at(structured(rest));
    add("structuredData", data, found);
    let message = message.strip_prefix(' ').unwrap_or(message);
    add_message(message.strip_prefix('\u{feff}').unwrap_or(message), found);
}

/// How long the structured data is: `-`, or elements in brackets.
fn structured(text: &str) -> usize {
    if !text.starts_with('[') {
        return text.find(' ').unwrap_or(text.len());
    }
    let (mut quoted, mut escaped, mut open) = (false, false, false);
    for (at, it) in text.bytes().enumerate() {
        match it {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' if !quoted => open = true,
            b']' if !quoted => open = false,
            b' ' if !open => return at,
            _ => {}
        }
    }
    text.len()
}

/// `host su[123]: failed`
fn classic<'m>(rest: &'m str, found: &mut Found<'m>) {
    // A device's message code stands where others have the host.
    let named = rest.split_once(' ').filter(|it| !it.0.starts_with('%'));
    let Some((host, rest)) = named else { return add_message(rest, found) };
    add("hostname", host, found);
    // A tag is a name, the number of a process in brackets, and a colon.
    let Some((tag, message)) = rest.split_once(':').filter(|it| !it.0.is_empty() && !it.0.contains(' ')) else {
        return add_message(rest, found);
    };
    match tag.strip_suffix(']').and_then(|it| it.split_once('[')) {
        Some((name, process)) => {
            add("appName", name, found);
            add("procId", process, found);
        }
        None => add("appName", tag, found),
    }
    add_message(message.strip_prefix(' ').unwrap_or(message), found);
}

/// `fw01 : %ASA-4-106023: Deny tcp src …`
fn cisco<'m>(rest: &'m str, severity: usize, found: &mut Found<'m>) -> Option<()> {
    let (before, rest) = rest.split_once('%')?;
    let (head, message) = rest.split_once(':')?;
    let mut parts = head.split('-');
    let device = parts.next().filter(|it| matches!(*it, "ASA" | "FTD" | "PIX" | "FWSM" | "NGIPS"))?;
    let (mut level, mut id) = (parts.next()?, parts.next()?);
    if let Some(last) = parts.next() {
        found.push(("subsystem", level));
        (level, id) = (id, last);
    }
    let level: usize = level.parse().unwrap_or(severity);
    let name = before.trim_matches([' ', ':']);
    found.push(("device", device));
    add("deviceId", name, found);
    found.extend(SEVERITIES.get(level).map(|it| ("severity", *it)));
    found.extend(CODES.get(level).map(|it| ("severityLevel", *it)));
    add("messageId", id, found);
    add_message(message.strip_prefix(' ').unwrap_or(message), found);
    Some(())
}

/// `Oct 11 22:14:15`, `Oct 11 2026 22:14:15.123:`, `29: *Oct 11 22:14:15`, or ISO 8601; and what stands behind.
fn timestamp(message: &str) -> (Option<&str>, &str) {
    let text = message.trim_start_matches(' ');
    // A device may count its messages, and mark a clock that it does not trust.
    let counted = text.trim_start_matches(|it: char| it.is_ascii_digit());
    let text = counted.strip_prefix(": ").filter(|_| counted.len() < text.len()).unwrap_or(text);
    let marked = text.strip_prefix(['*', '.']).unwrap_or(text);
    let text = if marked.starts_with(|it: char| it.is_ascii_uppercase()) { marked } else { text };
    let cut = |end: usize| {
        let (time, rest) = text.split_at(end);
        (Some(time), rest.trim_start_matches(':').trim_start_matches(' '))
    };
    let bytes = text.as_bytes();
    if bytes.first().is_some_and(u8::is_ascii_digit) && bytes.get(10) == Some(&b'T') {
        let end = text.find(' ').unwrap_or(text.len());
        return cut(text[..end].trim_end_matches(':').len());
    }
    let year = if bytes.get(7..11).is_some_and(|it| it.iter().all(u8::is_ascii_digit)) { 5 } else { 0 };
    let is_time = bytes.get(7 + year..15 + year).is_some_and(|it| it[2] == b':' && it[5] == b':');
    let is_day = bytes.first().is_some_and(u8::is_ascii_uppercase) && bytes.get(3) == Some(&b' ');
    if !is_time || !is_day || !text.is_char_boundary(15 + year) {
        return (None, message.trim_start_matches(' '));
    }
    let rest = &text[15 + year..];
    let digits = rest.strip_prefix('.').map_or(rest, |it| it.trim_start_matches(|it: char| it.is_ascii_digit()));
    cut(text.len() - digits.len())
}

fn add<'m>(name: &'static str, value: &'m str, found: &mut Found<'m>) {
    if !matches!(value, "" | "-") {
        found.push((name, value));
    }
}

fn add_message<'m>(message: &'m str, found: &mut Found<'m>) {
    add("message", message.trim_end_matches(['\r', '\n']), found);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(message: &str, expected: &[(&str, &str)]) {
        let mut found = Found::new();
        read(message, &mut found);
        assert_eq!(found, expected, "{message}");
    }

    const CODES_OF_34: [(&str, &str); 4] =
        [("facility", "auth"), ("facilityCode", "4"), ("severity", "crit"), ("severityCode", "2")];

    #[test]
    fn rfc_5424() {
        let rest = [
            ("timestamp", "2026-01-01T00:00:00Z"),
            ("hostname", "h"),
            ("appName", "su"),
            ("msgId", "ID47"),
            ("structuredData", r#"[a b="] \" c"][d]"#),
            ("message", "it failed"),
        ];
        let line = "<34>1 2026-01-01T00:00:00Z h su - ID47 [a b=\"] \\\" c\"][d] \u{feff}it failed\n";
        check(line, &[&CODES_OF_34[..], &rest].concat());
        check("<34>1 2026-01-01T00:00:00Z h", &[&CODES_OF_34[..], &rest[..2]].concat());
        check("<34>1 - - - - - -", &CODES_OF_34);
    }

    #[test]
    fn rfc_3164() {
        let rest = [("hostname", "h"), ("appName", "su"), ("procId", "12"), ("message", "failed: twice")];
        let times = ["Oct 11 22:14:15", "Oct  1 22:14:15", "Oct 11 2026 22:14:15", "Oct 11 22:14:15.123"];
        for time in times.into_iter().chain(["2026-10-11T22:14:15Z"]) {
            let all = [&[("timestamp", time)][..], &CODES_OF_34, &rest].concat();
            check(&format!("<34>{time} h su[12]: failed: twice"), &all);
        }
        let counted = [("timestamp", "Oct 11 22:14:15.000"), ("message", "%SYS-5-CONFIG_I: m")];
        check(
            "<34>29: *Oct 11 22:14:15.000: %SYS-5-CONFIG_I: m",
            &[&counted[..1], &CODES_OF_34, &counted[1..]].concat(),
        );
        check("Oct 11 22:14:15 h su[12]: failed: twice", &[&[("timestamp", "Oct 11 22:14:15")][..], &rest].concat());
        check("<34>h some words", &[&CODES_OF_34[..], &[("hostname", "h"), ("message", "some words")]].concat());
    }

    #[test]
    fn firewalls() {
        let fields = |level| {
            [
                ("timestamp", "Jul 31 2026 12:00:00"),
                ("device", "ASA"),
                ("deviceId", "fw01"),
                ("severity", level),
                ("severityLevel", "4"),
                ("messageId", "106023"),
                ("message", "Deny tcp src a dst b"),
            ]
        };
        check("<164>Jul 31 2026 12:00:00 fw01 : %ASA-4-106023: Deny tcp src a dst b", &fields("warning"));
        check("<164>Jul 31 2026 12:00:00: fw01 %ASA-4-106023: Deny tcp src a dst b", &fields("warning"));
    }

    #[test]
    fn other_lines_have_no_fields() {
        for line in ["", "<", "<>x", "<192>x", "<0034>x", "<é>x", "words", "{\"a\":1}"] {
            check(line, &[]);
        }
        for line in ["<34>", "<34>1 ", "<34>Oct 11 22:14:1é", "<34>%ASA-", "<34>%ASA-9-1-2-3:", "<34>1 a b c d e [é"]
        {
            let mut found = Found::new();
            read(line, &mut found);
        }
    }
}
