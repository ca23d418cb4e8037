//! Functions of the language that are not run here yet: refused by name, never answered wrongly.

/// Their names, aliases too.
pub const FUNCTIONS: &[&str] = &[
    "base64decode", "base64encode", "collect_values", "countOverTime", "count_over_time", "decToHex", "endsWith",
    "formatDate", "haversine", "hexToAscii", "hexToDec", "histogram", "ipv4ToNumber", "isIpInSubnet",
    "isIpv4InSubnet", "isIpv6InSubnet", "isNumeric", "isPrivateIP", "isPublicIP", "isReservedIP", "isValidIp",
    "isValidIpV4", "isValidIpV6", "jsonArrayContains", "jsonArraySize", "md5", "messageSize", "parseDate",
    "queryEndTime", "queryStartTime", "queryTimeRange", "rate", "regexReplace", "regex_replace", "sha256", "split",
    "startsWith", "strftime", "sumOverTime", "sum_over_time", "toDouble", "toInt", "toLong", "toNumber", "topk",
    "unmask", "urldecode", "urlencode", "values",
];
