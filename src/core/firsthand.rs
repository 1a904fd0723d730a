//! What first answers say: a memory of each rule that no question answered before has touched.
//!
//! A question that was seen before may be remembered itself. So its answers count for study, but never for what is
//! said about new questions.

use super::calendar::StudyDay;
use super::confidence::{Confidence, ConfidenceMeaning};
use super::memory::{Evidence, Memory, learn};

/// What first answers had shown of a rule before one of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trace {
    /// The memory that they made.
    pub memory: Memory,
    /// Right ones.
    pub wins: u16,
    /// Wrong ones.
    pub fails: u16,
}

/// An answer to a question never seen before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FirstSight {
    /// The place of its objective in `Progress::objectives`.
    pub objective: usize,
    /// The day.
    pub day: StudyDay,
    /// Whether it was right.
    pub right: bool,
    /// How sure she said she was.
    pub confidence: Option<Confidence>,
    /// The author's forecast of its difficulty, in logits.
    pub difficulty: f64,
    /// The chance to guess it: one in the options that were left.
    pub guess: f64,
    /// Its rule before; `None` if no question of it had been answered.
    pub before: Option<Trace>,
    /// Its rule after; as before where no reasons were shown, as in an exam.
    pub after: Option<Trace>,
}

impl Trace {
    /// What is shown after one more answer, and the chance that it came from knowing, given that it was right.
    pub fn after(before: Option<&Self>, evidence: &Evidence, meaning: &ConfidenceMeaning) -> (Self, f64) {
        let learned = learn(before.map(|t| &t.memory), evidence, meaning);
        let (wins, fails) = before.map_or((0, 0), |t| (t.wins, t.fails));
        let trace = Self {
            memory: learned.memory,
            wins: wins.saturating_add(u16::from(evidence.right)),
            fails: fails.saturating_add(u16::from(!evidence.right)),
        };
        (trace, learned.known)
    }
}

/// All first answers, in order.
#[derive(Clone, Debug, Default)]
pub struct FirstSights {
    answers: Vec<FirstSight>,
    /// By objective: the place of its last first answer.
    last: Vec<Option<u32>>,
    meaning: ConfidenceMeaning,
}

impl FirstSights {
    /// All, in order.
    pub fn all(&self) -> &[FirstSight] {
        &self.answers
    }

    /// What first answers show of an objective, by its place in `Progress::objectives`.
    pub fn trace(&self, objective: usize) -> Option<Trace> {
        let place = (*self.last.get(objective)?)?;
        self.answers.get(place as usize)?.after
    }

    /// By the place of each objective: what first answers before a day show of it.
    pub fn traces_before(&self, day: StudyDay) -> Vec<Option<Trace>> {
        let mut traces = vec![None; self.last.len()];
        for answer in self.answers.iter().filter(|a| a.day < day) {
            traces[answer.objective] = answer.after;
        }
        traces
    }

    /// Takes a first answer in; `taught` is whether the reasons followed it.
    ///
    /// An exam teaches nothing while it is sat. Whether its keys are read afterwards is not known question by question,
    /// so its answers tell what she knew, and leave what she has learned as it was.
    pub fn note(&mut self, objective: usize, evidence: &Evidence, taught: bool) {
        let before = self.trace(objective);
        let (seen, known) = Trace::after(before.as_ref(), evidence, &self.meaning);
        self.meaning.learn(evidence.confidence, if evidence.right { known } else { 0.0 });
        if self.last.len() <= objective {
            self.last.resize(objective + 1, None);
        }
        self.last[objective] = u32::try_from(self.answers.len()).ok();
        self.answers.push(FirstSight {
            objective,
            day: evidence.day,
            right: evidence.right,
            confidence: evidence.confidence,
            difficulty: evidence.item_difficulty,
            guess: 1.0 / f64::from(evidence.options_left.max(1)),
            before,
            after: if taught { Some(seen) } else { before },
        });
    }
}
