//! The plots: drawings in the page, placed in percent, so that they fill their column at any width and on paper.
//!
//! A plot by itself says in its title what it shows. In a table the same row holds the numbers, so that a drawing there
//! is hidden from screen readers instead of saying everything twice.

use super::escape::escape;
use crate::core::interval::Share;
use crate::core::outline::PassRange;
use crate::core::report::{Line, Pace, Report};
use crate::paper::parts::QUARTERS;

/// Percent of a drawing's width at its left and right that stay free, so that a dot at either end is whole.
const MARGIN: f64 = 2.5;

/// Where a share from 0 to 1 lies, in percent of the width.
fn x(share: f64) -> String {
    format!("{:.2}%", MARGIN + share.clamp(0.0, 1.0) * (100.0 - 2.0 * MARGIN))
}

/// A range as a line with ends, and the share as a dot, both at a height in pixels.
fn whisker(share: &Share, y: u32, ranged: bool) -> String {
    let Some(value) = share.value() else { return String::new() };
    let (low, high) = (x(share.low), x(share.high));
    let line = if ranged {
        let end = |x: &str| format!("<line class=\"range\" x1=\"{x}\" x2=\"{x}\" y1=\"{}\" y2=\"{}\"/>", y - 5, y + 5);
        format!("<line class=\"range\" x1=\"{low}\" x2=\"{high}\" y1=\"{y}\" y2=\"{y}\"/>{}{}", end(&low), end(&high))
    } else {
        String::new()
    };
    format!("{line}<circle class=\"dot\" cx=\"{}\" cy=\"{y}\" r=\"5\"/>", x(value))
}

fn text(class: &str, share: f64, y: u32, words: &str) -> String {
    format!("<text class=\"{class}\" x=\"{}\" y=\"{y}\">{}</text>", x(share), escape(words))
}

/// The score on a line from none to all, with its range and, for a whole exam, the usual range of passing marks.
pub fn score(report: &Report) -> String {
    let Share { right, of, .. } = report.score;
    if of == 0 {
        return String::new();
    }
    let share = |mark: u32| f64::from(mark) / f64::from(of);
    let ranged = report.left_open == 0;
    let mut words = format!("{right} of {of} right");
    if ranged {
        let mark = |share: f64| (share * f64::from(of)).round();
        words += &format!(", likely {} to {}", mark(report.score.low), mark(report.score.high));
    }
    words.push('.');
    let mut marks = vec![(0, "0".to_owned()), (of, of.to_string())];
    let mut band = String::new();
    if let Some(PassRange { low, high, .. }) = report.usual {
        words += &format!(" The usual passing marks lie between {low} and {high}.");
        let width = (share(high) - share(low)) * (100.0 - 2.0 * MARGIN);
        band = format!(
            "<rect class=\"band\" x=\"{}\" width=\"{width:.2}%\" y=\"22\" height=\"50\"/>{}",
            x(share(low)),
            text("label", share(low).midpoint(share(high)), 14, &format!("usual passing marks, {low} to {high}"))
        );
        marks.extend([(low, low.to_string()), (high, high.to_string())]);
    }
    let axis = format!("<line class=\"axis\" x1=\"{}\" x2=\"{}\" y1=\"72\" y2=\"72\"/>", x(0.0), x(1.0));
    let ticks: String = marks.iter().map(|(mark, words)| tick(share(*mark), words)).collect();
    let dot = whisker(&report.score, 54, ranged) + &text("value", share(right), 40, &right.to_string());
    format!(
        "<figure>\n<svg class=\"line\" role=\"img\" width=\"100%\" height=\"94\"><title>{}</title>{band}{axis}{ticks}{dot}</svg>\n</figure>\n",
        escape(&words)
    )
}

fn tick(share: f64, words: &str) -> String {
    let at = x(share);
    format!("<line class=\"axis\" x1=\"{at}\" x2=\"{at}\" y1=\"72\" y2=\"77\"/>{}", text("label", share, 91, words))
}

/// The head of a column of shares: its scale.
fn scale() -> String {
    let words = [("label first", 0.0, "0"), ("label", 0.5, "50"), ("label last", 1.0, "100 %")];
    let labels: String = words.iter().map(|(class, share, words)| text(class, *share, 15, words)).collect();
    format!("<th class=\"plot\"><svg width=\"100%\" height=\"20\" aria-hidden=\"true\">{labels}</svg></th>")
}

/// The cells of a share: its count, its plot, its range.
fn cells(share: &Share) -> String {
    let grid: String = [0.0, 0.25, 0.5, 0.75, 1.0]
        .into_iter()
        .map(|at| format!("<line class=\"grid\" x1=\"{0}\" x2=\"{0}\" y1=\"0\" y2=\"100%\"/>", x(at)))
        .collect();
    let likely = if share.of > 0 { share.range_words() } else { "–".to_owned() };
    format!(
        "<td class=\"count\">{} of {}</td><td class=\"plot\"><svg width=\"100%\" height=\"30\" aria-hidden=\"true\">{grid}{}</svg></td><td class=\"likely\">{likely}</td>",
        share.right,
        share.of,
        whisker(share, 15, true)
    )
}

/// Shares as a table, each a dot with its range.
pub fn shares(rows: &[Line]) -> String {
    let body: String = rows
        .iter()
        .map(|row| format!("<tr><th scope=\"row\">{}</th>{}</tr>\n", escape(&row.name), cells(&row.share)))
        .collect();
    format!(
        "<table>\n<thead><tr><td></td><th scope=\"col\">right</th>{}<th scope=\"col\">likely</th></tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n",
        scale()
    )
}

/// The pace by quarters: seconds as bars, shares as dots.
pub fn pace(pace: &Pace) -> String {
    let longest = pace.quarters.iter().map(|q| q.seconds_each).max().unwrap_or(0);
    let quarter = |(name, quarter): (&str, &crate::core::report::Quarter)| {
        let bar = bar(quarter.seconds_each as f64 / longest.max(1) as f64);
        format!(
            "<tr><th scope=\"row\">{name}</th><td class=\"count\">{} s</td><td class=\"bar\">{bar}</td>{}</tr>\n",
            quarter.seconds_each,
            cells(&quarter.share)
        )
    };
    let mut body: String = QUARTERS.into_iter().zip(&pace.quarters).map(quarter).collect();
    if let Some(share) = pace.last_half_hour.filter(|s| s.of > 0) {
        body += &format!(
            "<tr><th scope=\"row\">in the last 30 minutes</th><td></td><td class=\"bar\"></td>{}</tr>\n",
            cells(&share)
        );
    }
    format!(
        "<table class=\"pace\">\n<thead><tr><td></td><th scope=\"col\" colspan=\"2\">seconds each</th><th scope=\"col\">right</th>{}<th scope=\"col\">likely</th></tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n",
        scale()
    )
}

/// A bar from nothing to a share of its column.
fn bar(share: f64) -> String {
    format!(
        "<svg width=\"100%\" height=\"30\" aria-hidden=\"true\"><rect class=\"amount\" x=\"0\" y=\"10\" height=\"10\" width=\"{:.2}%\"/></svg>",
        share.clamp(0.0, 1.0) * 100.0
    )
}

/// Counts as a table, each with a bar.
pub fn counts(counts: &[(String, u32)]) -> String {
    let most = counts.iter().map(|(_, n)| *n).max().unwrap_or(0).max(1);
    let row = |(name, n): &(String, u32)| {
        format!(
            "<tr><th scope=\"row\">{}</th><td class=\"count\">{n}</td><td class=\"bar\">{}</td></tr>\n",
            escape(name),
            bar(f64::from(*n) / f64::from(most))
        )
    };
    let body: String = counts.iter().map(row).collect();
    format!("<table class=\"counts\">\n<tbody>\n{body}</tbody>\n</table>\n")
}
