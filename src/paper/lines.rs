//! The report as plain lines, as they are read aloud.

use super::{footnote, parts, score_range, summary, warnings};
use crate::core::report::{Earlier, Report};

/// The whole report, a line for each sentence.
pub fn lines(report: &Report, earlier: &[Earlier]) -> Vec<String> {
    let mut lines = warnings(report);
    let range = score_range(report);
    lines.push(format!("Report. {} of {} right,{}.", report.score.right, report.score.of, range.trim_start()));
    lines.extend(summary(report));
    for part in parts(report, earlier) {
        lines.push(format!("{}:", part.title));
        lines.extend(part.rows.iter().map(|row| format!("  {}: {} of {}", row.name, row.share.right, row.share.of)));
        lines.extend(part.counts.iter().map(|(name, n)| format!("  {name}: {n}")));
        lines.extend(part.words.iter().map(|words| format!("  {words}")));
    }
    lines.extend(footnote(report).map(str::to_owned));
    lines
}
