//! Which kinds of wrong options catch her, and how she does by task word: first answers only.

use super::bank::TrapId;
use super::interval::Share;
use super::library::Library;
use super::progress::Progress;
use foldhash::fast::FixedState;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// One kind of wrong option.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrapLine {
    /// Its id.
    pub id: TrapId,
    /// Its name.
    pub name: String,
    /// How often it was chosen.
    pub fell: u32,
    /// Options of that kind that were offered: chances to fall for it.
    pub chances: u32,
    /// Lower end of the share's range.
    pub low: f64,
    /// Upper end of the share's range.
    pub high: f64,
}

impl TrapLine {
    /// The share that she fell for, as a share.
    pub fn share(&self) -> Share {
        Share::new(self.fell, self.chances)
    }
}

/// How she does where a task word asks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TaskWordLine {
    /// FIRST, NEXT, BEST or MOST; empty for questions without one.
    pub word: &'static str,
    /// Right at first sight.
    pub share: Share,
}

/// The kinds of wrong options by the share of chances that she fell for, the most dangerous first.
///
/// They are ordered by the lower end of the range, so that one fall of one chance is not called the worst.
pub fn traps(library: &Library, progress: &Progress) -> Vec<TrapLine> {
    let mut counts: HashMap<&TrapId, (u32, u32), FixedState> = HashMap::default();
    for answer in progress.answers.iter().filter(|a| a.first_sight) {
        let Some(found) = progress.items().get(answer.item).and_then(|i| library.item(&i.id)) else { continue };
        // What was chosen is known by its place; the answer itself says whether it was the key.
        let chosen = found.item.options.get(usize::from(answer.choice)).filter(|_| !answer.right);
        let chosen = chosen.and_then(|o| o.trap.as_ref());
        // Each option is a chance of its own: where two of three set the same trap, guessing falls for it twice as often.
        for trap in found.item.options.iter().filter_map(|o| o.trap.as_ref()) {
            counts.entry(trap).or_default().1 += 1;
        }
        if let Some(trap) = chosen {
            counts.entry(trap).or_default().0 += 1;
        }
    }
    let mut lines: Vec<TrapLine> = counts
        .into_iter()
        .map(|(trap, (fell, chances))| {
            let share = Share::new(fell, chances);
            let name = library.trap_name(trap.as_str()).to_owned();
            TrapLine { id: trap.clone(), name, fell, chances, low: share.low, high: share.high }
        })
        .collect();
    lines.sort_by(|a, b| b.low.total_cmp(&a.low).then(b.fell.cmp(&a.fell)).then_with(|| a.id.cmp(&b.id)));
    lines
}

/// How she does at first sight by task word.
pub fn task_words(library: &Library, progress: &Progress) -> Vec<TaskWordLine> {
    let mut words: BTreeMap<&'static str, Share> = BTreeMap::new();
    for answer in progress.answers.iter().filter(|a| a.first_sight) {
        let Some(found) = progress.items().get(answer.item).and_then(|i| library.item(&i.id)) else { continue };
        let share = words.entry(found.item.task_word().unwrap_or("")).or_default();
        *share = share.with(answer.right);
    }
    let mut lines: Vec<TaskWordLine> = words.into_iter().map(|(word, share)| TaskWordLine { word, share }).collect();
    lines.sort_by_key(|line| (line.word.is_empty(), line.word));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample;

    /// In the sample a wrong answer is the option after the key: always the referral that comes too soon.
    #[test]
    fn falls_are_counted_of_the_chances_to_fall() {
        let library = sample::library();
        let mut progress = Progress::default();
        for (n, right) in [(1, false), (2, true), (3, false), (4, true)] {
            progress.evolve(&sample::answer(&library, &format!("ethics-{n:04}"), right, None, 0));
        }
        progress.evolve(&sample::answer(&library, "ethics-0001", false, None, 3));
        let lines = traps(&library, &progress);
        assert_eq!((lines[0].id.as_str(), lines[0].fell, lines[0].chances), ("acts-too-soon", 2, 4));
        assert_eq!((lines[1].id.as_str(), lines[1].fell, lines[1].chances), ("over-discloses", 0, 4));
        let words = task_words(&library, &progress);
        assert_eq!((words[0].word, words[0].share.of), ("BEST", 1));
        assert_eq!((words[1].word, words[1].share.right, words[1].share.of), ("FIRST", 1, 3));
    }
}
