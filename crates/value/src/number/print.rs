//! How a number prints.

use std::fmt::Write;

use super::EXACT;

/// Prints a number as the service does: to four decimals, below 1 to four significant digits, never with an exponent.
///
/// It is rounded from the exact binary value, exact ties to even, and trailing zeros are cut.
pub fn print(number: f64) -> String {
    let mut text = String::new();
    write(number, &mut text);
    text
}

/// Appends what [`print`] gives.
pub fn write(number: f64, text: &mut String) {
    let size = number.abs();
    if number < 0.0 {
        text.push('-');
    }
    if size >= EXACT {
        // Writing to a String cannot fail.
        let _ = write!(text, "{size:.0}");
    } else if size >= 0.1 {
        write_rounded(size, 4, text);
    } else if size >= 1e-5 {
        let zeros = [1e-2, 1e-3, 1e-4].iter().take_while(|it| size < **it).count();
        write_rounded(size, 5 + zeros, text);
    } else {
        write_tiny(size, text);
    }
}

/// Prints a double in full precision, as Java's `Double.toString` does: `487.0`, `1.28E8`, `1.0E-5`.
pub fn print_double(number: f64) -> String {
    let size = number.abs();
    if size == 0.0 || (1e-3..1e7).contains(&size) || !size.is_finite() {
        return format!("{number:?}");
    }
    let text = format!("{number:E}");
    match text.split_once('E') {
        Some((digits, exponent)) if !digits.contains('.') => format!("{digits}.0E{exponent}"),
        _ => text,
    }
}

/// Four significant digits, for what is below 0.00001.
fn write_tiny(size: f64, text: &mut String) {
    if size == 0.0 {
        text.push('0');
        return;
    }
    // As d.ddde-n: rounding stays with the standard library, only the point moves.
    let scientific = format!("{size:.3e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let zeros = exponent.parse::<i32>().unwrap_or_default().unsigned_abs() as usize;
    text.push_str("0.");
    text.extend(std::iter::repeat_n('0', zeros.saturating_sub(1)));
    text.extend(digits.trim_end_matches('0').chars().filter(|it| *it != '.'));
}

/// So many decimals, 4 to 8, for what lies between 0.00001 and 2^53; in integers.
fn write_rounded(size: f64, places: usize, text: &mut String) {
    let bits = size.to_bits();
    let mantissa = u128::from(bits & ((1 << 52) - 1) | 1 << 52);
    // The number is the mantissa over 2^shift, and shift is 0 to 69.
    let shift = 1075 - (bits >> 52);
    let mask = (1 << shift) - 1;
    let (mut whole, fraction) = ((mantissa >> shift) as u64, mantissa & mask);
    let one = 10u64.pow(places as u32);
    let scaled = fraction * u128::from(one);
    let mut decimals = (scaled >> shift) as u64;
    let (rest, half) = (scaled & mask, (1 << shift) >> 1);
    if rest > half || (rest == half && shift > 0 && decimals & 1 == 1) {
        decimals += 1;
    }
    if decimals == one {
        (whole, decimals) = (whole + 1, 0);
    }
    let mut buffer = [b'0'; 32];
    let (above, below) = buffer.split_at_mut(20);
    let start = write_digits(whole, above);
    let end = match decimals {
        0 => 20,
        _ => {
            below[0] = b'.';
            write_digits(decimals, &mut below[1..=places]);
            21 + below[1..=places].iter().rposition(|it| *it != b'0').map_or(0, |it| it + 1)
        }
    };
    text.push_str(std::str::from_utf8(&buffer[start..end]).unwrap_or_default());
}

/// Writes a number at the end of a buffer, and gives where it starts there.
fn write_digits(mut number: u64, buffer: &mut [u8]) -> usize {
    let mut start = buffer.len();
    loop {
        start -= 1;
        buffer[start] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            return start;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_print_as_recorded() {
        let tiniest = format!("0.{}4941", "0".repeat(323));
        let printed = [
            (27.656_55, "27.6565"), // As a double it lies just below the tie.
            (27.656_550_1, "27.6566"),
            (39.493, "39.493"),
            (256e6, "256000000"),
            (0.000_144_2, "0.0001442"),
            (1.667_187_5e-9, "0.000000001667"),
            (0.610_96, "0.611"),
            (537.698 / 60.0, "8.9616"),
            (1.0, "1"),
            (-0.0, "0"),
            (-2.5, "-2.5"),
            (-0.25, "-0.25"),
            (1.031_25, "1.0312"),
            (1.093_75, "1.0938"),
            (0.156_25, "0.1562"),
            (0.999_96, "1"),
            (0.099_996, "0.1"),
            (0.000_999_97, "0.001"),
            (1e-5, "0.00001"),
            (9.999_96e-6, "0.00001"),
            (5e-324, &tiniest),
            (1.999_99, "2"),
            (99_999.999_99, "100000"),
            (4.05, "4.05"),
            (1e22, "10000000000000000000000"),
            (1_152_921_504_606_846_976.0, "1152921504606846976"),
            (9_007_199_254_740_992.0, "9007199254740992"),
            (9_007_199_254_740_991.0, "9007199254740991"),
            (2_251_799_813_685_249.5, "2251799813685249.5"),
        ];
        for (number, text) in printed {
            assert_eq!(print(number), text);
        }
    }

    #[test]
    fn whole_arithmetic_rounds_as_the_standard_library_does() {
        let mut seed: u64 = 1;
        for _ in 0..50_000 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let size = 1.0 + (seed >> 12) as f64 / 2f64.powi(52);
            let number = size * 2f64.powi((seed % 73) as i32 - 20);
            // Few digits make exact ties.
            for number in [number, (number * 1e5).round() / 1e5, (number * 32_768.0).round() / 32_768.0] {
                let significant: f64 = format!("{number:.3e}").parse().unwrap_or_default();
                let text = if number < 1.0 { format!("{significant}") } else { format!("{number:.4}") };
                let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
                assert_eq!(print(number), text);
            }
        }
    }

    #[test]
    fn doubles_print_as_java_prints_them() {
        let printed = [
            (487.0, "487.0"),
            (1.28e8, "1.28E8"),
            (25.219_232_371_991_78, "25.21923237199178"),
            (1e-5, "1.0E-5"),
            (0.001, "0.001"),
            (0.0, "0.0"),
            (9_999_999.0, "9999999.0"),
            (1e7, "1.0E7"),
            (-6.7e7, "-6.7E7"),
            (1_780_503_582_214.0, "1.780503582214E12"),
        ];
        for (number, text) in printed {
            assert_eq!(print_double(number), text);
        }
    }
}
