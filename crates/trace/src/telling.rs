//! How durations and counts are told to people.

/// A duration in milliseconds: `42 ms`, `1.24 s`, `2 min 5 s`.
pub fn duration(milliseconds: f64) -> String {
    let ms = milliseconds.max(0.0);
    match ms {
        _ if ms < 1_000.0 => format!("{} ms", rounded(ms, if ms < 10.0 { 2 } else { 1 })),
        _ if ms < 60_000.0 => format!("{} s", rounded(ms / 1_000.0, 2)),
        _ => {
            let seconds = (ms / 1_000.0).round() as u64;
            let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
            match (days, hours) {
                (0, 0) => format!("{minutes} min {} s", seconds % 60),
                (0, _) => format!("{hours} h {minutes} min"),
                _ => format!("{days} d {hours} h"),
            }
        }
    }
}

/// A number with so many decimals at most, without zeros at its end.
fn rounded(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    text.to_owned()
}

/// `1 entry`, `7 entries`
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_told_in_the_unit_that_suits() {
        for (milliseconds, text) in [
            (0.0, "0 ms"),
            (0.25, "0.25 ms"),
            (42.0, "42 ms"),
            (52.14, "52.1 ms"),
            (999.9, "999.9 ms"),
            (1_240.0, "1.24 s"),
            (3_000.0, "3 s"),
            (125_000.0, "2 min 5 s"),
            (7_260_000.0, "2 h 1 min"),
            (90_000_000.0, "1 d 1 h"),
            (-5.0, "0 ms"),
        ] {
            assert_eq!(duration(milliseconds), text);
        }
    }
}
