//! The few names and values that random logs and random queries share, so that the one finds what the other made.

/// The kind of value a field mostly has; any field may hold anything, or be missing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Reads as a number.
    Number,
    /// A text.
    Text,
    /// True or false.
    Bool,
    /// A point in time.
    Time,
    /// An IP address.
    Address,
}

/// A field as queries write it, and what it mostly holds.
pub const FIELDS: &[(&str, Kind)] = &[
    ("level", Kind::Text),
    ("message", Kind::Text),
    ("requestId", Kind::Text),
    ("operation", Kind::Text),
    ("latency", Kind::Number),
    ("latency", Kind::Number),
    ("status", Kind::Number),
    ("accountId", Kind::Number),
    ("found", Kind::Bool),
    ("nested.code", Kind::Number),
    ("nested.reason", Kind::Text),
    ("nested.deep.flag", Kind::Bool),
    ("items.0.id", Kind::Number),
    ("items.1.id", Kind::Number),
    ("tags.0", Kind::Text),
    ("`found-at`", Kind::Text),
    ("payload", Kind::Text),
    ("client", Kind::Address),
    ("absent", Kind::Number),
    ("@message", Kind::Text),
    ("@message", Kind::Text),
    ("@timestamp", Kind::Time),
    ("@timestamp", Kind::Time),
];

/// Fields that only some shapes of an export or some kinds of message have.
pub const SYSTEM_FIELDS: &[(&str, Kind)] = &[
    ("@logStream", Kind::Text),
    ("@ingestionTime", Kind::Time),
    ("@requestId", Kind::Text),
    ("@type", Kind::Text),
    ("@duration", Kind::Number),
    ("@billedDuration", Kind::Number),
    ("@memorySize", Kind::Number),
    ("@maxMemoryUsed", Kind::Number),
    ("@initDuration", Kind::Number),
];

/// Fields of VPC flow logs and of queries to Route 53; some names are those of others, too.
pub const NETWORK_FIELDS: &[(&str, Kind)] = &[
    ("srcAddr", Kind::Address),
    ("dstAddr", Kind::Address),
    ("dstPort", Kind::Number),
    ("bytes", Kind::Number),
    ("packets", Kind::Number),
    ("protocol", Kind::Text),
    ("action", Kind::Text),
    ("logStatus", Kind::Text),
    ("startTime", Kind::Number),
    ("queryName", Kind::Text),
    ("queryTimestamp", Kind::Time),
    ("resolverIp", Kind::Address),
    ("version", Kind::Number),
];

/// What `level` mostly says.
pub const LEVELS: &[&str] = &["INFO", "INFO", "DEBUG", "WARN", "ERROR", "error", "Überlauf"];

/// What `client` mostly says.
pub const ADDRESSES: &[&str] = &[
    "10.0.0.7",
    "10.0.0.7",
    "192.168.17.1",
    "192.0.2.44",
    "127.0.0.1",
    "8.8.8.8",
    "2001:db8::7",
    "fe80::1",
    "::ffff:10.0.0.1",
    "2600:1f18::1",
    "300.1.2.3",
    "010.0.0.1",
];

/// What `operation` mostly says.
pub const OPERATIONS: &[&str] = &["GetItem", "PutItem", "Query", "getItem", "Löschen", "10", "2"];

/// What `requestId` mostly says.
pub const REQUESTS: &[&str] = &[
    "6f1c0f6e-1c2d-4e3f-8a9b-0c1d2e3f4a5b",
    "57f23d0e-9b1a-4c55-8d0e-111122223333",
    "0a1b2c3d-0000-4000-8000-000000000000",
    "1234567890123456789",
];

/// The log streams. By bytes, `api-2/` is before `api/`; in an export, `/` becomes `-`.
pub const STREAMS: &[&str] = &["api", "api-2", "2026/01/01/[$LATEST]0f1e2d3c", "worker.1", "zürich"];
