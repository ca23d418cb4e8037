//! What a word of a message is, as far as its look tells: a time, an id, an address, a number.

/// What stands in a place of a template where messages differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A date, a time of day, or both: `2026-01-31T10:20:30.500Z`, `10:20`, `31/Jan/2026`, `Jan 31 10:20:30`.
    Time,
    /// A UUID, a hash, or another word of letters and many digits.
    Id,
    /// An address of the Internet, with or without a port or a mask.
    Ip,
    /// A number, without its unit.
    Number,
    /// An address of mail.
    Email,
    /// A word of which only the messages tell that it varies.
    Token,
    /// All that stands behind the part of a message that is looked at.
    Rest,
}

/// All kinds, in the order of their marks.
const ALL: [Kind; 7] = [Kind::Time, Kind::Id, Kind::Ip, Kind::Number, Kind::Email, Kind::Token, Kind::Rest];

impl Kind {
    /// How templates name it: `<Time-1>`, `<Token-2>`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Time => "Time",
            Kind::Id => "ID",
            Kind::Ip => "IP",
            Kind::Number => "Number",
            Kind::Email => "Email",
            Kind::Token | Kind::Rest => "Token",
        }
    }

    /// The character that stands for it in a skeleton: one that no skeleton has of its message.
    pub(crate) fn mark(self) -> char {
        char::from(self as u8 + 1)
    }

    /// What a character of a skeleton stands for, if it is a mark.
    pub(crate) fn of_mark(mark: char) -> Option<Kind> {
        ALL.get((mark as usize).checked_sub(1)?).copied()
    }
}

/// The kind of a whole word, and how many of its bytes are of that kind: behind a number, its unit is none of it.
pub(crate) fn of_word(word: &[u8]) -> Option<(Kind, usize)> {
    if !word.iter().any(u8::is_ascii_digit) {
        return is_email(word).then_some((Kind::Email, word.len()));
    }
    if let Some(length) = number(word) {
        return Some((Kind::Number, length));
    }
    let whole = if is_time(word) {
        Kind::Time
    } else if is_ip(word) {
        Kind::Ip
    } else if is_email(word) {
        Kind::Email
    } else if is_uuid(word) {
        Kind::Id
    } else {
        return None;
    };
    Some((whole, word.len()))
}

/// The kind of a part of a word: between the slashes of a path, say.
pub(crate) fn of_part(part: &[u8]) -> Option<(Kind, usize)> {
    of_word(part).or_else(|| is_id(part).then_some((Kind::Id, part.len())))
}

/// The length of the number that a word is, but for a unit behind it: `12.5` of `12.5ms`.
fn number(word: &[u8]) -> Option<usize> {
    let mut at = usize::from(matches!(word.first(), Some(b'-' | b'+')));
    let begin = at;
    at += digits(&word[at..]);
    if at == begin {
        return None;
    }
    if word.get(at) == Some(&b'.') && digits(&word[at + 1..]) > 0 {
        at += 1 + digits(&word[at + 1..]);
    }
    if let Some(b'e' | b'E') = word.get(at) {
        let sign = usize::from(matches!(word.get(at + 1), Some(b'-' | b'+')));
        let exponent = word.get(at + 1 + sign..).map_or(0, digits);
        if exponent > 0 && at + 1 + sign + exponent == word.len() {
            at = word.len();
        }
    }
    let unit = &word[at..];
    let is_unit = unit.len() <= 3 && unit.iter().all(|it| it.is_ascii_alphabetic() || *it == b'%');
    // `0x7ff` is no number with a unit.
    (is_unit && unit.first() != Some(&b'x')).then_some(at)
}

/// `2026-01-31T10:20:30.500Z`, `2026/01/31`, `10:20:30,5`, `31/Jan/2026:10:20:30`
fn is_time(word: &[u8]) -> bool {
    let date = iso_date(word).or_else(|| web_date(word));
    let behind = match date {
        None => word,
        Some(length) if length == word.len() => return true,
        Some(length) => match word[length] {
            b'T' | b'_' | b':' | b'-' => &word[length + 1..],
            _ => return false,
        },
    };
    let Some(clock) = clock(behind) else { return false };
    let zone = &behind[clock..];
    matches!(zone, [] | [b'Z']) || (matches!(zone[0], b'+' | b'-') && matches!(clean(&zone[1..]), 2 | 4))
}

/// How many digits an offset has, whether a colon parts them or not; none if it has anything else.
fn clean(zone: &[u8]) -> usize {
    let others = zone.iter().filter(|it| !it.is_ascii_digit()).count();
    let colons = usize::from(zone.get(2) == Some(&b':'));
    if others == colons { zone.len() - colons } else { 0 }
}

/// `2026-01-31`, `2026/01/31`
fn iso_date(word: &[u8]) -> Option<usize> {
    let part = *word.get(4).filter(|it| matches!(it, b'-' | b'/'))?;
    let is_date = digits(word) == 4
        && digits(&word[5..]) == 2
        && word.get(7) == Some(&part)
        && word.get(8..).is_some_and(|it| digits(it) == 2);
    is_date.then_some(10)
}

/// `31/Jan/2026`
fn web_date(word: &[u8]) -> Option<usize> {
    let is_date = word.len() >= 11
        && digits(word) == 2
        && word[2] == b'/'
        && word[3..6].iter().all(u8::is_ascii_alphabetic)
        && word[6] == b'/'
        && digits(&word[7..]) == 4;
    is_date.then_some(11)
}

/// The length of `10:20`, `10:20:30`, `10:20:30.500`.
pub(crate) fn clock(word: &[u8]) -> Option<usize> {
    let hours = digits(word);
    if !(1..=2).contains(&hours) || word.get(hours) != Some(&b':') || digits(&word[hours + 1..]) != 2 {
        return None;
    }
    let mut at = hours + 3;
    if word.get(at) == Some(&b':') && digits(&word[at + 1..]) == 2 {
        at += 3;
        if matches!(word.get(at), Some(b'.' | b',' | b':')) && digits(&word[at + 1..]) > 0 {
            at += 1 + digits(&word[at + 1..]);
        }
    }
    Some(at)
}

/// `10.0.0.1`, `10.0.0.1:443`, `10.0.0.0/16`, `2001:db8::1`
fn is_ip(word: &[u8]) -> bool {
    let mut at = 0;
    for part in 0..4 {
        let length = digits(&word[at..]);
        if !(1..=3).contains(&length) {
            return is_ip6(word);
        }
        at += length;
        if part < 3 {
            if word.get(at) != Some(&b'.') {
                return is_ip6(word);
            }
            at += 1;
        }
    }
    match word.get(at) {
        None => true,
        Some(b':' | b'/') => at + 1 < word.len() && digits(&word[at + 1..]) == word.len() - at - 1,
        Some(_) => false,
    }
}

fn is_ip6(word: &[u8]) -> bool {
    let colons = word.iter().filter(|it| **it == b':').count();
    let groups = word.split(|it| *it == b':');
    (2..=7).contains(&colons)
        && (colons == 7 || word.windows(2).any(|it| it == b"::"))
        && groups.into_iter().all(|it| it.len() <= 4 && it.iter().all(u8::is_ascii_hexdigit))
}

/// `user@host.org`
fn is_email(word: &[u8]) -> bool {
    let Some(at) = word.iter().position(|it| *it == b'@') else { return false };
    let (user, host) = (&word[..at], &word[at + 1..]);
    let is_plain = |it: &u8| it.is_ascii_alphanumeric() || matches!(it, b'.' | b'-' | b'_' | b'+');
    !user.is_empty()
        && user.iter().all(is_plain)
        && host.iter().all(is_plain)
        && host.iter().position(|it| *it == b'.').is_some_and(|dot| dot > 0 && dot + 1 < host.len())
}

/// Digits of base sixteen in groups of 8, 4, 4, 4 and 12.
fn is_uuid(word: &[u8]) -> bool {
    let is_place = |(place, it): (usize, &u8)| match place {
        8 | 13 | 18 | 23 => *it == b'-',
        _ => it.is_ascii_hexdigit(),
    };
    word.len() == 36 && word.iter().enumerate().all(is_place)
}

/// A word of base sixteen, one of letters and at least four digits, so that `us-east-1` and `HTTP/1.1` are none, or a
/// long one of small letters, capitals and digits.
fn is_id(word: &[u8]) -> bool {
    const FEW: usize = 4;
    const LONG: usize = 12;
    let has = |test: fn(&u8) -> bool| word.iter().any(test);
    let is_random = word.len() >= LONG && has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase);
    let digits = word.iter().filter(|it| it.is_ascii_digit()).count();
    let is_hash = word.len() >= 8 && word.iter().all(|it| it.is_ascii_hexdigit() || *it == b'-');
    let is_address = word.len() > 2 && word.starts_with(b"0x") && word[2..].iter().all(u8::is_ascii_hexdigit);
    digits >= FEW || (digits > 0 && (is_hash || is_random)) || is_address
}

/// How many digits a text begins with.
pub(crate) fn digits(word: &[u8]) -> usize {
    word.iter().take_while(|it| it.is_ascii_digit()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_by_their_look() {
        let cases: [(&str, Option<(Kind, usize)>); 30] = [
            ("2026-01-31T10:20:30.500Z", Some((Kind::Time, 24))),
            ("2026-01-31T10:20:30+02:00", Some((Kind::Time, 25))),
            ("2026-01-31", Some((Kind::Time, 10))),
            ("2026/01/31", Some((Kind::Time, 10))),
            ("31/Jan/2026:10:20:30", Some((Kind::Time, 20))),
            ("10:20", Some((Kind::Time, 5))),
            ("9:20:30,125", Some((Kind::Time, 11))),
            ("10:2", None),
            ("10.0.0.1", Some((Kind::Ip, 8))),
            ("10.0.0.1:443", Some((Kind::Ip, 12))),
            ("10.0.0.0/16", Some((Kind::Ip, 11))),
            ("2001:db8::1", Some((Kind::Ip, 11))),
            ("1.2.3", None),
            ("-12", Some((Kind::Number, 3))),
            ("12.5ms", Some((Kind::Number, 4))),
            ("1.5e-7", Some((Kind::Number, 6))),
            ("45%", Some((Kind::Number, 2))),
            ("3rd", Some((Kind::Number, 1))),
            ("0x7ffe", Some((Kind::Id, 6))),
            ("3f2504e0-4f89-11d3-9a0c-0305e82c3301", Some((Kind::Id, 36))),
            ("deadbeef01", Some((Kind::Id, 10))),
            ("deadbeef", None),
            ("-0EqeDQCcOa-oqi", Some((Kind::Id, 15))),
            ("blk_-1608999687919862906", Some((Kind::Id, 24))),
            ("us-east-1", None),
            ("v2.10", None),
            ("ann@example.org", Some((Kind::Email, 15))),
            ("ann2@example.org", Some((Kind::Email, 16))),
            ("a@b", None),
            ("word", None),
        ];
        for (word, kind) in cases {
            assert_eq!(of_part(word.as_bytes()), kind, "{word}");
        }
    }

    #[test]
    fn any_bytes_are_some_word() {
        let alphabet = b"0129-:./TZ+@axe%";
        let mut state = 7_u64;
        for _ in 0..50_000 {
            let mut word = Vec::new();
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            for at in 0..(state >> 33) % 14 {
                word.push(alphabet[(state >> (at * 4)) as usize % alphabet.len()]);
            }
            assert!(of_part(&word).is_none_or(|(_, length)| 0 < length && length <= word.len()));
        }
    }

    #[test]
    fn marks_are_read_back() {
        for kind in ALL {
            assert_eq!(Kind::of_mark(kind.mark()), Some(kind));
        }
        assert_eq!((Kind::of_mark('\0'), Kind::of_mark('a')), (None, None));
    }
}
