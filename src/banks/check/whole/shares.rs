//! Shares of the bank: four options, levels, difficulty, and how hard the stems are to read.

use super::super::BankTest;
use super::super::item::Look;
use super::super::stem::reading_grade;
use super::{allowance, empty, ranked};
use crate::core::bank::{Difficulty, Level};
use crate::core::library::Reference;
use std::collections::BTreeMap;

/// The range of each level's share; the exam asks mostly for application and reasoning.
const LEVELS: [(Level, f64, f64); 3] =
    [(Level::Recall, 0.0, 0.15), (Level::Application, 0.50, 0.80), (Level::Reasoning, 0.15, 0.40)];

/// The range of each difficulty's share.
const DIFFICULTIES: [(Difficulty, f64, f64); 3] =
    [(Difficulty::Easy, 0.10, 0.30), (Difficulty::Medium, 0.40, 0.65), (Difficulty::Hard, 0.20, 0.40)];

/// The fewest kinds of traps in a bank.
const KINDS: usize = 12;

/// The largest share of one trap.
const TRAP_SHARE: f64 = 0.25;

/// All tests of shares.
pub fn tests(looks: &[Look<'_>], reference: &Reference) -> Vec<BankTest> {
    vec![
        four_options(looks),
        ranges(
            "levels",
            looks.len(),
            LEVELS.map(|(level, low, high)| {
                (level.id(), looks.iter().filter(|l| l.item.level == level).count(), low, high)
            }),
        ),
        ranges(
            "difficulties",
            looks.len(),
            DIFFICULTIES.map(|(difficulty, low, high)| {
                (difficulty.id(), looks.iter().filter(|l| l.item.difficulty == difficulty).count(), low, high)
            }),
        ),
        reading(looks),
        traps(looks, reference),
    ]
}

fn four_options(looks: &[Look<'_>]) -> BankTest {
    let found: Vec<String> = looks.iter().filter(|l| l.options.len() == 4).map(|l| l.id().to_owned()).collect();
    let share = found.len() as f64 / looks.len().max(1) as f64;
    BankTest {
        name: "four_options",
        value: format!("{share:.2}"),
        want: "at most 0.10".into(),
        ok: share <= 0.10,
        detail: found,
    }
}

fn ranges(name: &'static str, items: usize, parts: [(&str, usize, f64, f64); 3]) -> BankTest {
    let share = |count: usize| count as f64 / items.max(1) as f64;
    let want = parts.map(|(what, _, low, high)| format!("{what} {low:.2} to {high:.2}")).join(", ");
    if items == 0 {
        return empty(name, &want);
    }
    let value = parts.map(|(what, count, ..)| format!("{what} {:.2}", share(count))).join(", ");
    let ok = parts.iter().all(|&(_, count, low, high)| (low..=high).contains(&share(count)));
    let detail = parts.map(|(what, count, ..)| format!("{what}: {count} of {items}")).to_vec();
    BankTest { name, value, want, ok, detail }
}

/// Exam stems are written at about grades 8 to 11; plainer ones are welcome, for a tired reader loses nothing by them.
const READING: &str = "6 to 11";

fn reading(looks: &[Look<'_>]) -> BankTest {
    const NAME: &str = "reading_grade";
    let mut grades: Vec<(f64, &str)> = looks.iter().filter_map(|l| Some((reading_grade(&l.stem)?, l.id()))).collect();
    if grades.is_empty() {
        return empty(NAME, READING);
    }
    let mean = grades.iter().map(|(grade, _)| grade).sum::<f64>() / grades.len() as f64;
    grades.sort_by(|a, b| b.0.total_cmp(&a.0));
    let detail = grades.iter().take(10).map(|(grade, id)| format!("{id}: {grade:.1}")).collect();
    // The mean is shown to one digit, and judged as it is shown.
    let ok = (6.0..=11.0).contains(&((mean * 10.0).round() / 10.0));
    BankTest { name: NAME, value: format!("{mean:.1}"), want: READING.into(), ok, detail }
}

/// How many kinds of temptation there are, and whether one is overdone.
fn traps(looks: &[Look<'_>], reference: &Reference) -> BankTest {
    let mut counts: BTreeMap<String, usize> = reference.traps.iter().map(|t| (t.id.clone(), 0)).collect();
    for trap in looks.iter().flat_map(|l| &l.item.options).filter_map(|o| o.trap.as_ref()) {
        *counts.entry(trap.0.clone()).or_default() += 1;
    }
    let uses: usize = counts.values().sum();
    let list = ranked(counts);
    let kinds = list.iter().filter(|(_, n)| *n > 0).count();
    let (most, top) = list.first().map_or(("", 0), |(trap, n)| (trap.as_str(), *n));
    BankTest {
        name: "traps",
        value: format!("{kinds} kinds, {:.2} {most}", top as f64 / uses.max(1) as f64),
        want: format!("{KINDS} kinds or more, none above {TRAP_SHARE:.2}"),
        ok: uses < 10 * KINDS || (kinds >= KINDS && top <= allowance(TRAP_SHARE, uses, 0)),
        detail: list.iter().map(|(trap, n)| format!("{trap}: {n}")).collect(),
    }
}
