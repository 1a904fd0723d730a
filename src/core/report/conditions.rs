//! Whether an exam was sat as the real one is.

use crate::core::event::ExamLength;
use crate::core::exam::{Ending, Exam, Phase};
use crate::core::settings::TimeFactor;

/// What was other than on the day of the exam, in words; empty where nothing was.
pub fn departures(exam: &Exam) -> Vec<&'static str> {
    let full = exam.form.length == ExamLength::Full;
    let complete = exam.phase == Phase::Ended(Ending::Complete);
    [
        (!full, "it was not a full exam"),
        (!complete, "it was ended early"),
        (exam.form.time == TimeFactor::Untimed, "it had no time limit"),
        (!exam.form.strict && !exam.interruptions.is_empty(), "the clock stood still in between"),
        (exam.doubtful, "entries of the log are damaged or missing, so numbers here may be wrong"),
    ]
    .into_iter()
    .filter_map(|(departs, words)| departs.then_some(words))
    .collect()
}
