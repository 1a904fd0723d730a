//! Why a question is asked, in words.

use crate::core::calendar::StudyDay;
use crate::core::progress::ObjectiveProgress;

/// Why a question is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Recall is about to fall below the goal.
    Due,
    /// She sent its rule to study.
    Wanted,
    /// It is not due yet, but today is the best day to ask it once more before the exam.
    ForExam,
    /// She was sure and wrong at the last answer, on that day.
    SureAndWrong(StudyDay),
    /// The last answer, on that day, was wrong.
    Missed(StudyDay),
    /// Its rule was never asked before.
    New,
    /// It was missed in this sitting.
    Again,
    /// She asked for it.
    Chosen,
}

impl Reason {
    /// Why an objective that was answered before is asked on a day.
    pub fn of(known: &ObjectiveProgress, day: StudyDay) -> Self {
        match known.memory.map(|m| m.last) {
            _ if known.is_owed(day) => Self::SureAndWrong(day),
            _ if known.wanted.is_some() => Self::Wanted,
            Some(last) if known.sure_and_wrong => Self::SureAndWrong(last),
            Some(last) if known.last_wrong => Self::Missed(last),
            _ if known.due().is_some_and(|due| due <= day) => Self::Due,
            _ => Self::ForExam,
        }
    }

    /// In words, as they stand above the question.
    pub fn words(self, today: StudyDay) -> String {
        match self {
            Self::Due => "due for review".into(),
            Self::Wanted => "you asked for it".into(),
            Self::ForExam => "kept fresh for the exam".into(),
            Self::SureAndWrong(day) => format!("you were sure and wrong {}", when(day, today)),
            Self::Missed(day) => format!("you missed it {}", when(day, today)),
            Self::New => "new rule".into(),
            Self::Again => "again, after a miss".into(),
            Self::Chosen => "practice".into(),
        }
    }
}

/// A day that is past, as people say it.
fn when(day: StudyDay, today: StudyDay) -> String {
    match today.since(day) {
        i32::MIN..=0 => "today".into(),
        1 => "yesterday".into(),
        2..=6 => format!("on {}", day.date().strftime("%A")),
        days => format!("{days} days ago"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_miss_is_named_with_its_day() {
        let today = StudyDay::of("2026-11-26".parse().unwrap());
        let words = |days: i32| Reason::SureAndWrong(today.plus(-days)).words(today);
        assert_eq!(words(1), "you were sure and wrong yesterday");
        assert_eq!(words(2), "you were sure and wrong on Tuesday");
        assert_eq!(words(9), "you were sure and wrong 9 days ago");
        assert_eq!(Reason::Missed(today).words(today), "you missed it today");
    }
}
