//! How the time of an exam was used.

use super::right;
use crate::core::exam::Exam;
use crate::core::interval::Share;
use serde::Serialize;

/// The end of a section whose answers are looked at by themselves.
const LAST_MS: u64 = 30 * 60_000;

/// So many of the slowest items are named.
const SLOWEST: usize = 5;

/// A quarter of each section, by the order of its items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Quarter {
    /// Those that were answered, and how many were right.
    pub share: Share,
    /// Mean active seconds for each item that was on the screen.
    pub seconds_each: u64,
}

/// An item that took long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Slow {
    /// The section, from 1.
    pub section: usize,
    /// The item's number in it, from 1.
    pub number: usize,
    /// Active seconds.
    pub seconds: u64,
    /// Whether it was answered rightly.
    pub right: bool,
}

/// How the time of an exam was used. Unscored items count here: they take time like all others.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Pace {
    /// The four quarters.
    pub quarters: Vec<Quarter>,
    /// The slowest items, the slowest first.
    pub slowest: Vec<Slow>,
    /// Answers last given in the final half hour of a section; `None` where no section is that long.
    pub last_half_hour: Option<Share>,
}

impl Pace {
    /// Reads an exam.
    pub fn of(exam: &Exam) -> Self {
        let mut shares = [Share::default(); 4];
        let mut times = [(0_u64, 0_u64); 4];
        let mut slowest = vec![];
        let long = |limit: Option<u64>| limit.is_some_and(|l| l > LAST_MS);
        let mut last = exam.form.sections.iter().any(|s| long(s.limit_ms)).then(Share::default);
        for (section, n, item, slot) in exam.items().filter(|(_, _, _, slot)| slot.opened) {
            let form = &exam.form.sections[section];
            let quarter = (n * 4 / form.items.len().max(1)).min(3);
            times[quarter] = (times[quarter].0 + slot.ms, times[quarter].1 + 1);
            let ok = right(item, slot);
            if slot.choice.is_some() {
                shares[quarter] = shares[quarter].with(ok);
            }
            if let (Some(limit), Some(answered), Some(share)) = (form.limit_ms, slot.answered_ms, &mut last)
                && limit > LAST_MS
                && answered >= limit - LAST_MS
            {
                *share = share.with(ok);
            }
            slowest.push(Slow { section: section + 1, number: n + 1, seconds: slot.ms / 1000, right: ok });
        }
        slowest.sort_by_key(|slow| std::cmp::Reverse(slow.seconds));
        slowest.truncate(SLOWEST);
        let quarters = shares.into_iter().zip(times);
        let quarters = quarters.map(|(share, (ms, of))| Quarter { share, seconds_each: ms / 1000 / of.max(1) });
        Self { quarters: quarters.collect(), slowest, last_half_hour: last }
    }
}
