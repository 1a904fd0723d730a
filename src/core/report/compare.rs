//! One exam beside the earlier ones, without seeing a trend in chance.

use super::Report;
use crate::core::exam::{Ending, Exam, Phase};
use crate::core::interval::Share;
use crate::core::library::Library;
use crate::core::progress::Progress;

/// An earlier exam of the same kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Earlier {
    /// When it began, in local time.
    pub started: String,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// Its scored questions that were new, and how many were right.
    pub first_sight: Share,
}

/// The range of the difference between two shares, later less earlier, at the width of [`Share`].
///
/// Newcombe 1998, method 10 (<https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C873::AID-SIM779%3E3.0.CO;2-I>).
pub fn difference(later: &Share, earlier: &Share) -> Option<(f64, f64)> {
    let (p, q) = (later.value()?, earlier.value()?);
    let low = (p - q) - ((p - later.low).powi(2) + (earlier.high - q).powi(2)).sqrt();
    let high = (p - q) + ((later.high - p).powi(2) + (q - earlier.low).powi(2)).sqrt();
    Some((low, high))
}

/// What can be said of a difference, in a sentence.
pub fn difference_words(later: &Share, earlier: &Share) -> Option<String> {
    let points = |share: f64| (share.abs() * 100.0).round();
    let (low, high) = difference(later, earlier)?;
    Some(if low > 0.0 {
        format!("Higher, likely by {} to {} of 100.", points(low), points(high))
    } else if high < 0.0 {
        format!("Lower, likely by {} to {} of 100.", points(high), points(low))
    } else {
        "The difference can be chance.".to_owned()
    })
}

/// The earlier whole exams of the same length and category, the newest first.
pub fn earlier(exam: &Exam, progress: &Progress, library: &Library) -> Vec<Earlier> {
    let alike = |other: &&Exam| {
        other.id() != exam.id()
            && other.started.ms < exam.started.ms
            && other.phase == Phase::Ended(Ending::Complete)
            && other.form.category == exam.form.category
            && other.form.length == exam.form.length
    };
    let read = |other: &Exam| {
        let report = Report::of(other, library);
        Earlier { started: report.started, name: report.name, first_sight: report.first_sight }
    };
    progress.exams.iter().rev().filter(alike).map(read).filter(|e| e.first_sight.of > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newcombe_matches_a_worked_example() {
        // 56 of 70 against 48 of 80 at z = 1.28155. Wilson: 0.7325 to 0.8539 and 0.5282 to 0.6676.
        // Low: 0.2 - sqrt(0.0675² + 0.0676²) = 0.1045; high: 0.2 + sqrt(0.0539² + 0.0718²) = 0.2897.
        let (low, high) = difference(&Share::new(56, 70), &Share::new(48, 80)).unwrap();
        assert!((low - 0.1045).abs() < 0.001 && (high - 0.2897).abs() < 0.001, "{low} {high}");
    }

    #[test]
    fn a_difference_that_can_be_chance_is_no_trend() {
        let words = |later, earlier| difference_words(&later, &earlier).unwrap();
        assert_eq!(words(Share::new(75, 110), Share::new(70, 110)), "The difference can be chance.");
        assert!(words(Share::new(95, 110), Share::new(70, 110)).starts_with("Higher, likely by 1"));
        assert!(words(Share::new(50, 110), Share::new(70, 110)).starts_with("Lower, likely by 1"));
        assert_eq!(difference_words(&Share::new(0, 0), &Share::new(70, 110)), None);
    }
}
