//! Numbers and times as text, appended to bytes without an allocation.

/// A whole number in decimal digits.
pub fn number(out: &mut Vec<u8>, number: u64) {
    let mut digits = [b'0'; 20];
    let mut start = digits.len();
    let mut left = number;
    loop {
        start -= 1;
        digits[start] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[start..]);
}

/// The last `N` decimal digits of a number, zeros in front.
pub fn padded<const N: usize>(out: &mut Vec<u8>, number: u64) {
    let mut digits = [b'0'; N];
    let mut left = number;
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (left % 10) as u8;
        left /= 10;
    }
    out.extend_from_slice(&digits);
}

/// A number of hundredths with its point: `1234` is `12.34`.
pub fn hundredths(out: &mut Vec<u8>, count: u64) {
    number(out, count / 100);
    out.push(b'.');
    padded::<2>(out, count % 100);
}

/// Thirty-two hexadecimal digits.
pub fn hexadecimal(out: &mut Vec<u8>, identifier: u128) {
    out.extend_from_slice(&nibbles(identifier));
}

/// An identifier as a UUID of version 4.
pub fn uuid(out: &mut Vec<u8>, identifier: u128) {
    let marked = identifier & !(0xF << 76) & !(0x3 << 62) | 0x4 << 76 | 0x2 << 62;
    let digits = nibbles(marked);
    let mut text = [b'-'; 36];
    for (to, from) in [(0..8, 0..8), (9..13, 8..12), (14..18, 12..16), (19..23, 16..20), (24..36, 20..32)] {
        text[to].copy_from_slice(&digits[from]);
    }
    out.extend_from_slice(&text);
}

/// Epoch milliseconds in ISO 8601: `2026-01-01T14:30:00.100Z`.
pub fn iso(out: &mut Vec<u8>, millis: i64) {
    let mut text = *b"0000-00-00T00:00:00.000Z";
    let (year, month, day) = civil(millis.div_euclid(DAY));
    let within = millis.rem_euclid(DAY) as u32;
    place(&mut text[0..4], year);
    place(&mut text[5..7], month);
    place(&mut text[8..10], day);
    place(&mut text[11..13], within / 3_600_000);
    place(&mut text[14..16], within / 60_000 % 60);
    place(&mut text[17..19], within / 1000 % 60);
    place(&mut text[20..23], within % 1000);
    out.extend_from_slice(&text);
}

/// Epoch milliseconds as an access log writes them: `01/Jan/2026:14:30:00 +0000`.
pub fn access_time(out: &mut Vec<u8>, millis: i64) {
    let mut text = *b"00/Jan/0000:00:00:00 +0000";
    let (year, month, day) = civil(millis.div_euclid(DAY));
    let within = millis.rem_euclid(DAY) as u32;
    place(&mut text[0..2], day);
    text[3..6].copy_from_slice(MONTHS[(month as usize + 11) % 12].as_bytes());
    place(&mut text[7..11], year);
    place(&mut text[12..14], within / 3_600_000);
    place(&mut text[15..17], within / 60_000 % 60);
    place(&mut text[18..20], within / 1000 % 60);
    out.extend_from_slice(&text);
}

const DAY: i64 = 86_400_000;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn place(digits: &mut [u8], number: u32) {
    let mut left = number;
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (left % 10) as u8;
        left /= 10;
    }
}

fn nibbles(identifier: u128) -> [u8; 32] {
    let mut digits = [0; 32];
    for (pair, byte) in digits.chunks_exact_mut(2).zip(identifier.to_be_bytes()) {
        pair.copy_from_slice(&[
            b"0123456789abcdef"[usize::from(byte >> 4)],
            b"0123456789abcdef"[usize::from(byte & 15)],
        ]);
    }
    digits
}

/// Year, month and day of a day counted from 1970-01-01.
/// Years are counted from March, so that the leap day is the last of its year.
fn civil(day: i64) -> (u32, u32, u32) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year as u32, month as u32, day as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn numbers() {
        assert_eq!(text(|out| number(out, 0)), "0");
        assert_eq!(text(|out| number(out, u64::MAX)), "18446744073709551615");
        assert_eq!(text(|out| padded::<6>(out, 42)), "000042");
        assert_eq!(text(|out| hundredths(out, 5_207)), "52.07");
        assert_eq!(text(|out| hexadecimal(out, 0xAB)), "000000000000000000000000000000ab");
        assert_eq!(text(|out| uuid(out, u128::MAX)), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }

    #[test]
    fn times() {
        assert_eq!(text(|out| iso(out, 0)), "1970-01-01T00:00:00.000Z");
        assert_eq!(text(|out| iso(out, 1_767_277_800_100)), "2026-01-01T14:30:00.100Z");
        assert_eq!(text(|out| iso(out, 1_709_251_199_999)), "2024-02-29T23:59:59.999Z");
        assert_eq!(text(|out| iso(out, 253_402_300_799_999)), "9999-12-31T23:59:59.999Z");
        assert_eq!(text(|out| access_time(out, 1_767_277_800_100)), "01/Jan/2026:14:30:00 +0000");
        assert_eq!(text(|out| access_time(out, 1_735_689_599_000)), "31/Dec/2024:23:59:59 +0000");
    }
}
