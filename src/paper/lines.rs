//! The report as plain lines, as they are read aloud.

use super::{footnote, parts, score_words, summary, warnings};
use crate::core::report::{Earlier, Report};

/// The whole report, a line for each sentence.
pub fn lines(report: &Report, earlier: &[Earlier]) -> Vec<String> {
    let mut lines = warnings(report);
    lines.push(format!("Report. {}.", score_words(report)));
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
