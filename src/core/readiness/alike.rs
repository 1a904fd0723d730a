//! Figures of questions that were never met: most are alike in all that the model sees of them, and what follows is worked
//! out once for all of those.

use super::syllabus::Rule;
use foldhash::fast::FixedState;
use std::collections::HashMap;

/// What alone tells a question of a rule that was never met from another such question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kind {
    area: usize,
    difficulty: u64,
    guess: u64,
}

impl Kind {
    /// By the place of the area, the difficulty in logits, and the chance to guess it.
    pub fn new(area: usize, difficulty: f64, guess: f64) -> Self {
        Self { area, difficulty: difficulty.to_bits(), guess: guess.to_bits() }
    }

    /// The kind of a rule's questions, were it never met.
    pub fn of(rule: &Rule<'_>) -> Self {
        Self::new(rule.area, rule.difficulty, rule.guess)
    }
}

/// One row of figures for each kind.
#[derive(Debug, Default)]
pub struct Alike {
    rows: HashMap<Kind, Vec<f64>, FixedState>,
    /// The last row that belongs to no kind.
    other: Vec<f64>,
}

impl Alike {
    /// The figures of a kind, worked out where they are not known yet; without a kind, worked out each time.
    pub fn get(&mut self, kind: Option<Kind>, work_out: impl FnOnce(&mut Vec<f64>)) -> &[f64] {
        let Some(kind) = kind else {
            work_out(&mut self.other);
            return &self.other;
        };
        self.rows.entry(kind).or_insert_with(|| {
            let mut row = vec![];
            work_out(&mut row);
            row
        })
    }

    /// How many kinds are known.
    #[cfg(test)]
    pub(in crate::core) fn kinds(&self) -> usize {
        self.rows.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_worked_out_once_and_what_has_none_each_time() {
        let mut alike = Alike::default();
        let mut times = 0;
        let mut get = |kind: Option<Kind>, figure: f64| {
            let row = alike.get(kind, |row| {
                times += 1;
                row.clear();
                row.push(figure);
            });
            row.to_vec()
        };
        let kind = |area, difficulty, guess| Some(Kind::new(area, difficulty, guess));
        assert_eq!(get(kind(0, 0.5, 0.25), 1.0), [1.0]);
        assert_eq!(get(kind(0, 0.5, 0.25), 2.0), [1.0], "alike");
        for (n, other) in
            [kind(1, 0.5, 0.25), kind(0, 0.6, 0.25), kind(0, 0.5, 0.5), None, None].into_iter().enumerate()
        {
            assert_eq!(get(other, n as f64), [n as f64]);
        }
        assert_eq!(times, 6);
    }
}
