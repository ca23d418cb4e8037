//! A chart for the terminal: columns over time, or a bar for each group.

use std::io::{self, Write};

use value::{number, time};

use crate::picture::{Line, Picture};
use crate::visible;
use crate::{Results, Writer};

/// `200  ████████████████████ 1234`
pub static CHART: Writer = Writer {
    name: "chart",
    doc: "A picture in the terminal: columns over time where rows have a time, as of `bin(5m)`, else a bar for each \
          row. Columns of numbers are drawn, the others name the lines.",
    write,
};

/// How wide a chart is where no terminal says it.
const WIDTH: usize = 80;
/// How many lines a chart over time is high.
const HEIGHT: usize = 8;
/// A label is cut behind so many characters.
const LABEL: usize = 32;
/// A column of a chart over time is no wider.
const WIDEST: usize = 6;
/// More places on the line of time than these are not kept apart: gaps are closed.
const MOST_PLACES: i64 = 100_000;

fn write(results: &Results, out: &mut dyn Write) -> io::Result<()> {
    let Some(picture) = Picture::of(results.batch) else { return Ok(()) };
    let width = results.width.unwrap_or(WIDTH).max(24);
    let title = |name: &str| format!("{}{}{}", results.emphasis[0], shown(name), results.emphasis[1]);
    match &picture {
        Picture::Series { times, lines, left_out } => {
            for (number, line) in lines.iter().enumerate() {
                let gap = if number == 0 { "" } else { "\n" };
                writeln!(out, "{gap}{}", title(&line.name))?;
                columns(times, line, width, out)?;
            }
            if *left_out > 0 {
                writeln!(out, "\n{left_out} more lines have smaller numbers")?;
            }
        }
        Picture::Bars { labels, lines } => {
            for (number, line) in lines.iter().enumerate() {
                let gap = if number == 0 { "" } else { "\n" };
                writeln!(out, "{gap}{}", title(&line.name))?;
                bars(labels, line, width, out)?;
            }
        }
    }
    Ok(())
}

fn shown(text: &str) -> String {
    let mut shown = String::new();
    visible::push(text, &mut shown);
    shown
}

fn bars(labels: &[String], line: &Line, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let labels: Vec<String> = labels.iter().map(|it| shown(it)).collect();
    let label = labels.iter().map(|it| visible::width(it)).max().unwrap_or_default().min(LABEL);
    let numbers: Vec<String> = line.numbers.iter().map(|it| it.map(number::print).unwrap_or_default()).collect();
    let behind = numbers.iter().map(String::len).max().unwrap_or_default();
    let room = width.saturating_sub(label + behind + 3).max(8);
    let (least, most) = line.ends();
    let largest = most.max(-least);
    for ((name, number), text) in labels.iter().zip(&line.numbers).zip(&numbers) {
        let (head, taken) = visible::head(name, label);
        let share = number.map_or(0.0, |it| if largest > 0.0 { it.abs() / largest } else { 0.0 });
        // What is below 0 looks different, and its number says so.
        let is_below = number.is_some_and(|it| it < 0.0);
        let bar = bar(share, room, if is_below { '░' } else { '█' });
        let gap = if bar.is_empty() { "" } else { " " };
        writeln!(out, "{}", format!("{head}{}  {bar}{gap}{text}", " ".repeat(label - taken)).trim_end())?;
    }
    Ok(())
}

/// A bar that takes a share of the room, to an eighth of a character; what is there at all shows.
fn bar(share: f64, room: usize, full: char) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (share * room as f64 * 8.0).round() as usize;
    let eighths = if share > 0.0 { eighths.max(1) } else { 0 };
    let rest = if full == '█' { EIGHTHS[eighths % 8] } else { "" };
    std::iter::repeat_n(full, eighths / 8).collect::<String>() + rest
}

/// The numbers of a line at their places on the line of time, those of one place together: the largest is drawn.
fn places(times: &[i64], line: &Line, room: usize) -> Vec<Option<f64>> {
    let step = times.windows(2).map(|it| it[1] - it[0]).min().unwrap_or(1).max(1);
    let (first, last) = (times.first().copied().unwrap_or_default(), times.last().copied().unwrap_or_default());
    let count = (last.saturating_sub(first)) / step + 1;
    let is_dense = count > MOST_PLACES;
    let count = if is_dense { times.len() } else { count as usize };
    let together = count.div_ceil(room.max(1));
    let mut places = vec![None; count.div_ceil(together)];
    for (index, (time, number)) in times.iter().zip(&line.numbers).enumerate() {
        let place = if is_dense { index } else { ((time - first) / step) as usize } / together;
        if let (Some(number), Some(place)) = (number, places.get_mut(place)) {
            *place = Some(place.map_or(*number, |it: f64| if it.abs() > number.abs() { it } else { *number }));
        }
    }
    places
}

fn columns(times: &[i64], line: &Line, width: usize, out: &mut dyn Write) -> io::Result<()> {
    const EIGHTHS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let (least, most) = line.ends();
    let marks = [number::print(most), number::print(least)];
    let axis = marks.iter().map(String::len).max().unwrap_or_default();
    let room = width.saturating_sub(axis + 3).max(8);
    let places = places(times, line, room);
    let wide = (room / places.len().max(1)).clamp(1, WIDEST);
    let range = if most > least { most - least } else { 1.0 };
    let height = |it: f64| (((it - least) / range) * (HEIGHT * 8) as f64).round() as usize;
    for row in (0..HEIGHT).rev() {
        let mark = match row {
            0 => &marks[1],
            it if it == HEIGHT - 1 => &marks[0],
            _ => "",
        };
        let sign = if mark.is_empty() { '│' } else { '┤' };
        let mut text = format!("{mark:>axis$} {sign}");
        for place in &places {
            // What is there at all shows, 0 too.
            let filled = place.map_or(0, |it| height(it).max(1)).saturating_sub(row * 8).min(8);
            let body = if wide > 2 { wide - 1 } else { wide };
            text.extend(std::iter::repeat_n(EIGHTHS[filled], body));
            text.extend(std::iter::repeat_n(' ', wide - body));
        }
        writeln!(out, "{}", text.trim_end())?;
    }
    let (first, last) = (times.first().map(|it| time::print(*it)), times.last().map(|it| time::print(*it)));
    let (first, last) = (first.unwrap_or_default(), last.unwrap_or_default());
    let (first, last) = (first.trim_end_matches(".000"), last.trim_end_matches(".000"));
    let gap = (places.len() * wide).saturating_sub(first.len() + last.len());
    let axis = " ".repeat(axis + 2);
    if first == last {
        return writeln!(out, "{axis}{first}");
    }
    writeln!(out, "{axis}{first}{}{last}", if gap < 3 { String::from(" … ") } else { " ".repeat(gap) })
}

#[cfg(test)]
mod tests {
    use value::{Batch, Column};

    use super::*;
    use crate::picture::tests::counts;
    use crate::testing::{odd_rows, written};

    fn drawn(batch: &Batch, width: usize) -> String {
        written(&CHART, &Results { width: Some(width), ..Results::of(batch) })
    }

    #[test]
    fn groups_are_bars() {
        let mut batch = Batch::of_height(4);
        batch.set("status", Column::from_texts([Some("200"), Some("a longer name"), None, Some("below")]));
        batch.set("n", Column::from_numbers([Some(100.0), Some(50.0), Some(1.0), Some(-25.0)]));
        let expected = "\
n
200            ████████████████████ 100
a longer name  ██████████ 50
(none)         ▎ 1
below          ░░░░░ -25
";
        assert_eq!(drawn(&batch, 39), expected);
    }

    #[test]
    fn bins_are_columns_over_time() {
        let text = drawn(&counts(), 60);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "200");
        assert_eq!(lines[1], "8 ┤            █████");
        assert_eq!(lines[5], "  │      █████ █████");
        assert_eq!(lines[7], "  │█████ █████ █████");
        assert_eq!(lines[8], "0 ┤█████ █████ █████");
        assert_eq!(lines[9], "   1970-01-01 00:00:00 … 1970-01-01 00:02:00");
        assert_eq!(lines[11], "500");
    }

    #[test]
    fn gaps_in_time_are_gaps_in_the_chart() {
        let mut batch = Batch::of_height(3);
        batch.set("bin(1m)", Column::from_times([Some(0), Some(60_000), Some(240_000)]));
        batch.set("n", Column::from_numbers([Some(1.0), Some(1.0), Some(1.0)]));
        assert_eq!(drawn(&batch, 60).lines().nth(1), Some("1 ┤█████ █████             █████"));
    }

    #[test]
    fn any_rows_can_be_drawn_at_any_width() {
        for width in [1, 20, 80, 400] {
            assert!(!drawn(&odd_rows(), width).is_empty());
            let lines = drawn(&counts(), width);
            assert!(lines.lines().all(|it| visible::width(it) <= width.max(46)), "{lines}");
        }
        assert_eq!(drawn(&Batch::of_height(3), 80), "");
    }

    #[test]
    fn many_bins_share_columns_and_the_largest_shows() {
        let mut batch = Batch::of_height(1000);
        batch.set("bin(1s)", Column::from_times((0..1000).map(|it| Some(it * 1000))));
        batch.set("n", Column::from_numbers((0..1000).map(|it| Some(if it == 500 { 9.0 } else { 1.0 }))));
        let text = drawn(&batch, 80);
        assert_eq!(text.lines().nth(1).map(|it| it.matches('█').count()), Some(1), "{text}");
    }
}
