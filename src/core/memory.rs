//! Memory of an objective: FSRS-6, with answers as soft evidence.

use super::calendar::StudyDay;
use super::confidence::{Confidence, ConfidenceMeaning};
use super::fsrs6::{MISSED_FIRST, RIGHT_FIRST, Reviews, State, log_recall};

/// The chance that a rule never met in this program is known beforehand: the mean of the prior Beta(1.5, 3.5).
pub const KNOWN_BEFORE: f64 = 0.3;

/// The retention that due days aim at.
pub const RETENTION: f64 = 0.9;

/// The chance that a question met on the same day is answered rightly because it is recognized, and the days after which
/// that chance has fallen to a third: a judgment, not a measurement.
const FAMILIAR: f64 = 0.5;
const FAMILIAR_DAYS: f64 = 14.0;

/// What is remembered of an objective.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Memory {
    /// FSRS stability: days until the chance of recall has fallen to 0.9.
    pub stability: f32,
    /// FSRS difficulty, 1 to 10.
    pub difficulty: f32,
    /// The day of the last answer.
    pub last: StudyDay,
}

/// An answer as evidence.
#[derive(Clone, Copy, Debug)]
pub struct Evidence {
    /// Whether it was right.
    pub right: bool,
    /// How sure she was.
    pub confidence: Option<Confidence>,
    /// The item's difficulty on the logit scale.
    pub item_difficulty: f64,
    /// Options that were left to choose from.
    pub options_left: u8,
    /// Days since this very question was met, if it was.
    pub days_since_seen: Option<i32>,
    /// The day.
    pub day: StudyDay,
}

impl Memory {
    /// The chance of recall on a day, 0 to 1 (FSRS-6's power curve).
    pub fn recall(&self, day: StudyDay) -> f64 {
        let days = day.since(self.last).max(0) as f32;
        f64::from(log_recall(self.stability, days).exp())
    }

    /// The day on which recall has fallen to [`RETENTION`]; never the day of the last answer itself.
    pub fn due(&self) -> StudyDay {
        self.last.plus((self.stability.round() as i32).clamp(1, 36_500))
    }
}

/// What an answer shows and leaves behind.
#[derive(Clone, Copy, Debug)]
pub struct Learned {
    /// The chance of recall that it met, if the last answer was given on an earlier day.
    pub recall: Option<f64>,
    /// The chance that it came from knowing, given that it was right.
    pub known: f64,
    /// The memory after it.
    pub memory: Memory,
}

/// Takes an answer in.
pub fn learn(before: Option<&Memory>, evidence: &Evidence, meaning: &ConfidenceMeaning) -> Learned {
    let recall = before.map(|memory| memory.recall(evidence.day));
    let known = known_chance(recall.unwrap_or(KNOWN_BEFORE), evidence, meaning);
    Learned {
        recall: before.filter(|memory| memory.last < evidence.day).and(recall),
        known,
        memory: blend(before, recall, evidence, known),
    }
}

/// The memory after an answer that came from knowing with a chance, if it was right.
pub fn after(before: Option<&Memory>, evidence: &Evidence, known: f64) -> Memory {
    blend(before, before.map(|memory| memory.recall(evidence.day)), evidence, known)
}

/// Bayes' rule over knowing and guessing.
///
/// `p = k / (k + (1 - k) g L)`: k the chance of recall before, lowered by the item's difficulty; g the chance of
/// guessing or of recognizing the very question; L the likelihood ratio of the confidence given.
fn known_chance(recall: f64, evidence: &Evidence, meaning: &ConfidenceMeaning) -> f64 {
    let recall = recall.clamp(0.01, 0.99);
    let odds = recall / (1.0 - recall) * (-evidence.item_difficulty).exp();
    let knowing = odds / (1.0 + odds);
    let blind = 1.0 / f64::from(evidence.options_left.max(1));
    let seen = |days: i32| FAMILIAR * (-f64::from(days.max(0)) / FAMILIAR_DAYS).exp();
    let guess = blind + (1.0 - blind) * evidence.days_since_seen.map_or(0.0, seen);
    let likelihood = meaning.likelihood_ratio(evidence.confidence);
    knowing / (knowing + (1.0 - knowing) * guess * likelihood)
}

/// Wrong is FSRS's Again, right is a blend of Good and Again by the chance that it was known.
fn blend(before: Option<&Memory>, recall: Option<f64>, evidence: &Evidence, known: f64) -> Memory {
    let (good, again) = before.zip(recall).map_or((RIGHT_FIRST, MISSED_FIRST), |(memory, recall)| {
        let reviews = Reviews::of(State { stability: memory.stability, difficulty: memory.difficulty });
        if evidence.day > memory.last {
            (reviews.good(recall as f32), reviews.again(recall as f32))
        } else {
            (reviews.good_today(), reviews.again_today())
        }
    });
    let p = if evidence.right { known.clamp(0.0, 1.0) as f32 } else { 0.0 };
    Memory {
        stability: (p * good.stability.ln() + (1.0 - p) * again.stability.ln()).exp(),
        difficulty: p * good.difficulty + (1.0 - p) * again.difficulty,
        last: before.map_or(evidence.day, |m| m.last.max(evidence.day)),
    }
}

/// The logistic function.
pub fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(right: bool, confidence: Option<Confidence>, day: i32) -> Evidence {
        Evidence { right, confidence, item_difficulty: 0.0, options_left: 3, days_since_seen: None, day: StudyDay(day) }
    }

    /// FSRS-6 with its default weights, every answer Good on its due day: the intervals published for it.
    #[test]
    fn good_answers_give_the_published_intervals() {
        let mut memory: Option<Memory> = None;
        let mut day = 0;
        for want in [2.31, 10.96, 46.28, 162.9, 497.0] {
            let next = after(memory.as_ref(), &evidence(true, None, day), 1.0);
            assert!((f64::from(next.stability) / want - 1.0).abs() < 0.01, "{} is not {want}", next.stability);
            day = next.due().0;
            memory = Some(next);
        }
    }

    #[test]
    fn a_guess_is_weaker_evidence_than_a_sure_answer() {
        let meaning = ConfidenceMeaning::default();
        let stability = |confidence| {
            let e = evidence(true, confidence, 0);
            learn(None, &e, &meaning).memory.stability
        };
        assert!(stability(Some(Confidence::Guessing)) < stability(Some(Confidence::Leaning)));
        assert!(stability(Some(Confidence::Leaning)) < stability(Some(Confidence::Sure)));
        let wrong = after(None, &evidence(false, Some(Confidence::Sure), 0), 0.0).stability;
        assert!(wrong < stability(Some(Confidence::Guessing)));
    }

    #[test]
    fn the_same_question_again_is_weaker_evidence_than_a_fresh_one() {
        let memory = Memory { stability: 2.0, difficulty: 6.0, last: StudyDay(0) };
        let known = |days_since_seen| {
            let answer = Evidence { days_since_seen, ..evidence(true, None, 5) };
            learn(Some(&memory), &answer, &ConfidenceMeaning::default()).known
        };
        let order = [known(Some(0)), known(Some(5)), known(Some(60)), known(None)];
        assert!(order.is_sorted() && order[3] > order[0] + 0.05, "{order:?}");
    }

    #[test]
    fn recall_falls_and_due_comes_after_today() {
        let memory = Memory { stability: 0.2, difficulty: 6.0, last: StudyDay(100) };
        assert!(memory.recall(StudyDay(101)) < memory.recall(StudyDay(100)));
        assert_eq!(memory.due(), StudyDay(101));
    }

    /// A clock that was set back must not break the memory.
    #[test]
    fn a_day_before_the_last_answer_is_taken_as_the_same_day() {
        let before = Memory { stability: 3.0, difficulty: 5.0, last: StudyDay(100) };
        let after = after(Some(&before), &evidence(true, None, 90), 1.0);
        assert_eq!(after.last, StudyDay(100));
        assert!(after.stability.is_finite());
    }
}
