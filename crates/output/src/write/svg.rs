//! A chart as an SVG picture: for pages, issues and slides.

use std::fmt::Write as _;
use std::io::{self, Write};

use value::{number, time};

use crate::markup::escaped;
use crate::picture::{Line, Picture};
use crate::{Results, Writer};

/// `<svg …>`
pub static SVG: Writer = Writer {
    name: "svg",
    doc: "The picture of `chart` as an SVG file, light or dark as the page it stands in.",
    write,
};

const WIDTH: f64 = 860.0;
const HEIGHT: f64 = 320.0;
/// Beside, above and below what is drawn.
const LEFT: f64 = 74.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 44.0;
const BOTTOM: f64 = 34.0;
/// The height of a bar with its gap.
const ROW: f64 = 24.0;
/// The width of the names beside bars.
const NAMES: f64 = 220.0;

const STYLE: &str = "\
text{font:12px system-ui,sans-serif;fill:#3c454e}.title{font-size:14px;font-weight:600}\
.ground{fill:#fff}.grid{stroke:#e3e6e9}.axis{stroke:#9aa4ad}\
.line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}\
@media(prefers-color-scheme:dark){text{fill:#c9d1d9}.ground{fill:#14181c}.grid{stroke:#2d343c}.axis{stroke:#5b6670}}";

/// Colours that are told apart, by people who see fewer colours too.
const COLOURS: [&str; 8] = ["#3b82a0", "#d9822b", "#5b8c3e", "#a855a0", "#c0392b", "#7f6a4d", "#4a62c4", "#7a8791"];

fn write(results: &Results, out: &mut dyn Write) -> io::Result<()> {
    let text = match Picture::of(results.batch) {
        None => return Ok(()),
        Some(Picture::Series { times, lines, left_out }) => series(&times, &lines, left_out),
        Some(Picture::Bars { labels, lines }) => bars(&labels, &lines),
    };
    out.write_all(text.as_bytes())
}

fn open(height: f64) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" \
         role=\"img\">\n<style>{STYLE}</style>\n<rect class=\"ground\" width=\"{WIDTH}\" height=\"{height}\" rx=\"6\"/>\n"
    )
}

fn cut(name: &str, most: usize) -> String {
    let name = name.trim();
    if name.chars().count() <= most { name.to_owned() } else { name.chars().take(most - 1).chain(['…']).collect() }
}

/// Marks of an axis: 0 and multiples of a round number, so that the last lies at or above the end.
fn marks(least: f64, most: f64) -> Vec<f64> {
    let range = (most - least).max(f64::MIN_POSITIVE);
    let rough = range / 4.0;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|it| it * power).find(|it| *it >= rough).unwrap_or(rough);
    let (first, last) = ((least / step).floor() as i64, (most / step).ceil().max(1.0) as i64);
    (first..=last).map(|it| it as f64 * step).collect()
}

fn series(times: &[i64], lines: &[Line], left_out: usize) -> String {
    let ends = lines.iter().map(Line::ends).fold((0.0f64, 0.0f64), |a, b| (a.0.min(b.0), a.1.max(b.1)));
    let marks = marks(ends.0, if ends.1 > ends.0 { ends.1 } else { ends.0 + 1.0 });
    let (low, high) = (marks.first().copied().unwrap_or(0.0), marks.last().copied().unwrap_or(1.0));
    let (first, last) = (times.first().copied().unwrap_or_default(), times.last().copied().unwrap_or_default());
    let across = WIDTH - LEFT - RIGHT;
    let x = |time: i64| {
        LEFT + if last > first { (time - first) as f64 / (last - first) as f64 * across } else { across / 2.0 }
    };
    let y = |number: f64| TOP + (1.0 - (number - low) / (high - low)) * (HEIGHT - TOP - BOTTOM);
    let mut text = open(HEIGHT);
    for mark in &marks {
        let class = if *mark == 0.0 { "axis" } else { "grid" };
        let (y, end) = (y(*mark), WIDTH - RIGHT);
        let _ = writeln!(text, "<path class=\"{class}\" d=\"M{LEFT} {y:.1}H{end}\"/>");
        let told = number::print(*mark);
        let _ = writeln!(text, "<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{told}</text>", LEFT - 8.0, y + 4.0);
    }
    let ticks = 4.min(times.len().saturating_sub(1)).max(1);
    for tick in 0..=ticks {
        // The time that is nearest to a fourth of the way.
        let aim = first + (last - first) / ticks as i64 * tick as i64;
        let moment = times.iter().copied().min_by_key(|it| it.abs_diff(aim)).unwrap_or(aim);
        let anchor = match tick {
            0 => "start",
            it if it == ticks => "end",
            _ => "middle",
        };
        if tick > 0 && last == first {
            break;
        }
        let printed = time::print(moment);
        let _ = writeln!(
            text,
            "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
            x(moment),
            HEIGHT - 12.0,
            printed.trim_end_matches(".000").trim_end_matches(":00")
        );
    }
    let mut at = LEFT;
    for (line, colour) in lines.iter().zip(COLOURS) {
        text.push_str(&path(times, line, colour, &x, &y));
        let name = cut(&line.name, 28);
        let _ = writeln!(text, "<rect x=\"{at:.0}\" y=\"16\" width=\"12\" height=\"12\" rx=\"3\" fill=\"{colour}\"/>");
        let _ = writeln!(text, "<text x=\"{:.0}\" y=\"26\">{}</text>", at + 18.0, escaped(&name));
        at += 36.0 + name.chars().count() as f64 * 7.0;
    }
    if left_out > 0 {
        let _ = writeln!(text, "<text x=\"{at:.0}\" y=\"26\">and {left_out} more</text>");
    }
    text + "</svg>\n"
}

/// A line through its numbers; where there is none, it breaks, and a number alone is a point.
fn path(times: &[i64], line: &Line, colour: &str, x: &dyn Fn(i64) -> f64, y: &dyn Fn(f64) -> f64) -> String {
    let (mut path, mut points) = (String::new(), String::new());
    let mut before = None;
    for (index, (time, number)) in times.iter().zip(&line.numbers).enumerate() {
        if let Some(number) = number {
            let sign = if before.is_none() { 'M' } else { 'L' };
            let _ = write!(path, "{sign}{:.1} {:.1}", x(*time), y(*number));
            let is_alone = before.is_none() && line.numbers.get(index + 1).copied().flatten().is_none();
            if is_alone || times.len() <= 60 {
                let _ = write!(
                    points,
                    "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"2.5\" fill=\"{colour}\"/>",
                    x(*time),
                    y(*number)
                );
            }
        }
        before = *number;
    }
    format!("<path class=\"line\" stroke=\"{colour}\" d=\"{path}\"/>\n{points}\n")
}

fn bars(labels: &[String], lines: &[Line]) -> String {
    let block = 40.0 + labels.len() as f64 * ROW;
    let mut text = open(lines.len() as f64 * block + 16.0);
    for (index, (line, colour)) in lines.iter().zip(COLOURS.iter().cycle()).enumerate() {
        let top = index as f64 * block;
        let _ = writeln!(
            text,
            "<text class=\"title\" x=\"16\" y=\"{:.0}\">{}</text>",
            top + 26.0,
            escaped(&cut(&line.name, 90))
        );
        let (least, most) = line.ends();
        let largest = most.max(-least).max(f64::MIN_POSITIVE);
        let room = WIDTH - NAMES - RIGHT - 90.0;
        for (row, (label, number)) in labels.iter().zip(&line.numbers).enumerate() {
            let y = top + 38.0 + row as f64 * ROW;
            let _ = writeln!(
                text,
                "<text x=\"{}\" y=\"{:.0}\" text-anchor=\"end\">{}</text>",
                NAMES - 8.0,
                y + 13.0,
                escaped(&cut(label, 30))
            );
            let Some(number) = number else { continue };
            let width = (number.abs() / largest * room).max(1.0);
            let faint = if *number < 0.0 { " opacity=\"0.45\"" } else { "" };
            let _ = writeln!(
                text,
                "<rect x=\"{NAMES}\" y=\"{y:.0}\" width=\"{width:.1}\" height=\"{}\" rx=\"3\" fill=\"{colour}\"{faint}/>\
                 <text x=\"{:.1}\" y=\"{:.0}\">{}</text>",
                ROW - 6.0,
                NAMES + width + 6.0,
                y + 13.0,
                number::print(*number)
            );
        }
    }
    text + "</svg>\n"
}

#[cfg(test)]
mod tests {
    use value::{Batch, Column};

    use super::*;
    use crate::picture::tests::counts;
    use crate::testing::{odd_rows, written};

    #[test]
    fn a_line_for_each_group_over_time() {
        let text = written(&SVG, &Results::of(&counts()));
        assert_eq!(text.matches("class=\"line\"").count(), 2);
        assert!(text.starts_with("<svg ") && text.ends_with("</svg>\n"));
        assert!(text.contains(">1970-01-01 00:02<"), "{text}");
    }

    #[test]
    fn names_are_escaped() {
        let mut batch = Batch::of_height(1);
        batch.set("a", Column::from_texts([Some("<b>&\u{1b}\"")]));
        batch.set("n", Column::from_numbers([Some(-3.0)]));
        let text = written(&SVG, &Results::of(&batch));
        assert!(text.contains("&lt;b&gt;&amp;\u{fffd}&quot;") && text.contains("opacity"), "{text}");
        assert!(!written(&SVG, &Results::of(&odd_rows())).contains("NaN"));
    }

    #[test]
    fn axes_have_round_marks() {
        assert_eq!(marks(0.0, 213.0), [0.0, 100.0, 200.0, 300.0]);
        assert_eq!(marks(-3.0, 7.0), [-5.0, 0.0, 5.0, 10.0]);
        assert_eq!(marks(0.0, 1.0), [0.0, 0.5, 1.0]);
    }
}
