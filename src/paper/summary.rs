//! The score in words.

use crate::core::event::ExamLength;
use crate::core::interval::Share;
use crate::core::report::Report;
use crate::text::count;

/// What must be known before the score: that the exam was cut short, or that time ran out.
pub fn warnings(report: &Report) -> Vec<String> {
    let mut words = vec![];
    if !report.complete {
        let what = if report.sections == 1 { "it was" } else { "its last section was" };
        words.push(format!("This exam was ended before {what} handed in."));
    }
    words.extend(report.timed_out.iter().map(|section| match report.sections {
        1 => "Time ran out.".to_owned(),
        _ => format!("Section {section} ran out of time."),
    }));
    words
}

/// The share of right answers, with the range where every question was answered.
pub fn score_range(report: &Report) -> String {
    let Some(value) = report.score.value() else { return String::new() };
    let likely =
        if report.left_open == 0 { format!(", likely {}", report.answered.range_words()) } else { String::new() };
    format!("   {:.0} %{likely}", value * 100.0)
}

/// The score with its share and range: `74 of 110 right, 67 %, likely 61 to 73 %`.
pub fn score_words(report: &Report) -> String {
    let words = format!("{} of {} right", report.score.right, report.score.of);
    match score_range(report).trim_start() {
        "" => words,
        range => format!("{words}, {range}"),
    }
}

/// What to make of the score, in sentences.
pub fn summary(report: &Report) -> Vec<String> {
    let mut words: Vec<String> = left_open_words(report).into_iter().collect();
    words.push(verdict(report));
    words.extend(tried_out_words(report));
    if report.seen_before.of > 0 {
        words.push(format!(
            "New to you: {} of {} right. Met before: {} of {} right; these make the score look better than it is.",
            report.first_sight.right, report.first_sight.of, report.seen_before.right, report.seen_before.of
        ));
    }
    words
}

/// Where the score lies, in one sentence that neither promises nor condemns.
fn verdict(report: &Report) -> String {
    let Share { right, of, .. } = report.score;
    if of == 0 {
        return "No question of this exam counts.".into();
    }
    if let Some(usual) = report.usual {
        let place = match right {
            r if r < usual.low => "below",
            r if r > usual.high => "above",
            _ => "inside",
        };
        return format!(
            "{right} of {of} is {place} the usual range of passing marks ({} to {}). The mark of each real form differs.",
            usual.low, usual.high
        );
    }
    match (report.length, report.complete) {
        (ExamLength::Full, true) => {
            "This exam was shorter than the real exam, so it can't be compared with the passing range."
        }
        (ExamLength::Full, false) => "This exam was ended early, so it can't be compared with the passing range.",
        _ => "Only a full exam can be compared with the passing range.",
    }
    .into()
}

/// How many of the questions counted, where some did not.
fn tried_out_words(report: &Report) -> Option<String> {
    let others = match report.items.saturating_sub(report.score.of) {
        0 => return None,
        1 => "the other was being tried out, as in the real exam, and counts for nothing",
        _ => "the others were being tried out, as in the real exam, and count for nothing",
    };
    Some(format!("{}, {} of them scored; {others}.", questions(report.items), report.score.of))
}

/// What was left open and so counts as wrong, and how the answered ones went; `None` where all were answered.
fn left_open_words(report: &Report) -> Option<String> {
    let (left, answered) = (report.left_open, report.answered);
    let (were, they) = if left == 1 { ("was", "counts") } else { ("were", "count") };
    let open = format!("{} {were} left open and {they} as wrong.", questions(left));
    match (left, answered.of) {
        (0, _) => None,
        (_, 0) => Some(open),
        (_, of) => Some(format!(
            "{open} Of the {of} answered, {} right: likely {}.",
            match answered.right {
                1 => "1 was".to_owned(),
                right => format!("{right} were"),
            },
            answered.range_words()
        )),
    }
}

fn questions(n: u32) -> String {
    count(n as usize, "question")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::exam::{Ending, Phase};
    use crate::core::sample::sat;

    fn report(length: ExamLength, answer: impl Fn(usize) -> Option<bool>) -> Report {
        let (exam, library) = sat(length, answer);
        Report::of(&exam, &library)
    }

    #[test]
    fn the_score_is_said_with_its_share_where_there_is_one() {
        let words = score_words(&report(ExamLength::Items(2), |_| Some(true)));
        assert!(words.starts_with("2 of 2 right, 100 %, likely "), "{words}");
        let mut nothing = report(ExamLength::Items(2), |_| None);
        nothing.score = Share::default();
        assert_eq!(score_words(&nothing), "0 of 0 right");
    }

    #[test]
    fn what_was_left_open_is_told() {
        assert_eq!(
            left_open_words(&report(ExamLength::Items(10), |n| (n < 6).then_some(true))).unwrap(),
            "4 questions were left open and count as wrong. Of the 6 answered, 6 were right: likely 79 to 100 %."
        );
        let words = left_open_words(&report(ExamLength::Items(2), |n| (n == 0).then_some(true))).unwrap();
        assert!(words.starts_with("1 question was left open and counts as wrong. Of the 1 answered, 1 was right"));
        let words = left_open_words(&report(ExamLength::Items(2), |_| None)).unwrap();
        assert_eq!(words, "2 questions were left open and count as wrong.");
    }

    #[test]
    fn unscored_questions_are_told_where_there_are_any() {
        let full = report(ExamLength::Full, |_| Some(true));
        let words = tried_out_words(&full).unwrap();
        assert!(words.starts_with(&format!("{} questions, {} of them scored; the others", full.items, full.score.of)));
        assert_eq!(tried_out_words(&report(ExamLength::Mini, |_| None)), None);
    }

    /// Only a whole exam of full length is held against the passing range.
    #[test]
    fn no_other_exam_is_compared_with_the_passing_range() {
        let (mut exam, library) = sat(ExamLength::Full, |_| Some(true));
        assert!(verdict(&Report::of(&exam, &library)).contains("shorter than the real exam"));
        exam.phase = Phase::Ended(Ending::Abandoned);
        assert!(verdict(&Report::of(&exam, &library)).contains("ended early"));
        assert!(verdict(&report(ExamLength::Mini, |_| Some(true))).contains("Only a full exam"));
    }
}
