//! The report of an exam: what the score rests on, and where the points were lost.

mod changes;
mod compare;
mod conditions;
mod doubt;
mod pace;

pub use changes::{Change, Changes, Effect};
pub use compare::{Earlier, difference, difference_words, earlier};
pub use conditions::departures;
pub use doubt::{Miss, doubt, doubtful, keys_are_free, misses, rushed, second_look_left};
pub use pace::{Pace, Quarter, Slow};

use super::confidence::Confidence;
use super::event::{ExamLength, FormItem};
use super::exam::{Ending, Exam, Phase, Slot};
use super::interval::Share;
use super::library::Library;
use super::outline::PassRange;
use serde::Serialize;
use std::collections::BTreeMap;

/// Right answers of one group of items.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// The group's name.
    pub name: String,
    /// How many of those that were answered were right.
    pub share: Share,
}

/// The report of an exam.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The exam's identity.
    pub exam: String,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// The category's file name.
    pub category: &'static str,
    /// When it began, in local time.
    pub started: String,
    /// Whether its last section was handed in or ran out.
    pub complete: bool,
    /// Items that count, and how many were right. Unanswered ones count as wrong.
    pub score: Share,
    /// Items shown to her, scored or not.
    pub items: u32,
    /// Items left without an answer, scored or not.
    pub unanswered: u32,
    /// Scored items left without an answer: they count as wrong.
    pub left_open: u32,
    /// The scored items that were answered, and how many were right: what the range is drawn from.
    pub answered: Share,
    /// By area of the outline.
    pub areas: Vec<Line>,
    /// By subdomain.
    pub subdomains: Vec<Line>,
    /// By level.
    pub levels: Vec<Line>,
    /// By task word (FIRST, NEXT, BEST, MOST).
    pub task_words: Vec<Line>,
    /// How often each kind of distractor was chosen, most often first.
    pub traps: Vec<(String, u32)>,
    /// Items never seen before the exam.
    pub first_sight: Share,
    /// Items seen before.
    pub seen_before: Share,
    /// Changed answers.
    pub changes: Changes,
    /// Answers of which she said that she was sure.
    pub sure: Share,
    /// Answers of which she said that she guessed.
    pub guessed: Share,
    /// Answers given faster than the question can be read.
    pub rushed: Share,
    /// How many scored items were missed for each reason.
    pub misses: Vec<(Miss, u32)>,
    /// How the time was used.
    pub pace: Pace,
    /// Active seconds.
    pub seconds: u64,
    /// How many sections it had.
    pub sections: usize,
    /// Sections that ran out of time, counted from 1.
    pub timed_out: Vec<usize>,
    /// How often the exam stood still, and for how many seconds in all.
    pub interruptions: (usize, u64),
    /// Extra breaks with the clock stopped: how many, and seconds in all.
    pub rests: (usize, u64),
    /// Seconds for which she was away while the clock ran.
    pub away: u64,
    /// Whether the clock ran on while the program did not.
    pub strict: bool,
    /// What was other than on the day of the exam, in words.
    pub departures: Vec<&'static str>,
    /// The time it gave, in words.
    pub time: &'static str,
    /// What the form was drawn with.
    pub seed: u64,
    /// How long it was meant to be.
    #[serde(skip)]
    pub length: ExamLength,
    /// The usual passing range, where the exam was a whole one.
    #[serde(skip)]
    pub usual: Option<PassRange>,
}

/// Whether an item was answered rightly.
pub fn right(item: &FormItem, slot: &Slot) -> bool {
    slot.choice == Some(item.shown.key)
}

/// Adds an answer to its group, if there is one.
fn note(share: &mut Share, answered: Option<bool>) {
    if let Some(right) = answered {
        *share = share.with(right);
    }
}

impl Report {
    /// Reads an exam.
    pub fn of(exam: &Exam, library: &Library) -> Self {
        let mut report = Self::blank(exam, library);
        let mut areas: BTreeMap<usize, Share> = BTreeMap::new();
        let mut subdomains: BTreeMap<&str, Share> = BTreeMap::new();
        let mut levels: BTreeMap<_, Share> = BTreeMap::new();
        let mut words: BTreeMap<&str, Share> = BTreeMap::new();
        let mut traps: BTreeMap<&str, u32> = BTreeMap::new();
        let outline = library.outline();
        for (section, n, item, slot) in exam.items() {
            report.items += 1;
            report.unanswered += u32::from(slot.choice.is_none());
            if !item.scored {
                continue;
            }
            let ok = right(item, slot);
            report.score = report.score.with(ok);
            match slot.choice {
                Some(_) => report.answered = report.answered.with(ok),
                None => report.left_open += 1,
            }
            let group = if exam.first_sight[section][n] { &mut report.first_sight } else { &mut report.seen_before };
            *group = group.with(ok);
            match slot.confidence.filter(|_| slot.choice.is_some()) {
                Some(Confidence::Sure) => report.sure = report.sure.with(ok),
                Some(Confidence::Guessing) => report.guessed = report.guessed.with(ok),
                Some(Confidence::Leaning) | None => {}
            }
            // A question that was left open says nothing of what she knows; its group is named all the same.
            let answered = slot.choice.map(|_| ok);
            if let Some(statement) = library.statement(&item.statement) {
                if let Some(area) = outline.area_index(&statement.area) {
                    note(areas.entry(area).or_default(), answered);
                }
                note(subdomains.entry(&statement.subdomain).or_default(), answered);
            }
            let Some(found) = library.item(&item.shown.item) else { continue };
            if rushed(found.item, slot) {
                report.rushed = report.rushed.with(ok);
            }
            note(levels.entry(found.item.level).or_default(), answered);
            if let Some(word) = found.item.task_word() {
                note(words.entry(word).or_default(), answered);
            }
            let chosen = slot.choice.and_then(|c| found.item.options.get(usize::from(c)));
            if let Some(trap) = chosen.and_then(|o| o.trap.as_ref()) {
                *traps.entry(library.trap_name(trap.as_str())).or_default() += 1;
            }
        }
        report.areas =
            areas.into_iter().map(|(n, share)| Line { name: outline.areas[n].name.clone(), share }).collect();
        report.subdomains = subdomains
            .into_iter()
            .map(|(code, share)| Line { name: outline.subdomain_name(code).to_owned(), share })
            .collect();
        report.levels = levels.into_iter().map(|(l, share)| Line { name: l.id().to_owned(), share }).collect();
        report.task_words = words.into_iter().map(|(w, share)| Line { name: w.to_owned(), share }).collect();
        report.traps = traps.into_iter().map(|(name, n)| (name.to_owned(), n)).collect();
        report.traps.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        report
    }

    fn blank(exam: &Exam, library: &Library) -> Self {
        let figures = library.outline().exams.get(&exam.form.category);
        let scored = exam.items().filter(|(_, _, item, _)| item.scored).count();
        let complete = exam.phase == Phase::Ended(Ending::Complete);
        let usual = figures
            .filter(|f| exam.form.length == ExamLength::Full && complete && f.scored_items == scored)
            .map(|f| f.usual_pass_range);
        Self {
            exam: exam.id().0.clone(),
            name: exam.form.name.clone(),
            category: exam.form.category.id(),
            started: exam.started.local_text(),
            complete,
            score: Share::default(),
            items: 0,
            unanswered: 0,
            left_open: 0,
            answered: Share::default(),
            areas: vec![],
            subdomains: vec![],
            levels: vec![],
            task_words: vec![],
            traps: vec![],
            first_sight: Share::default(),
            seen_before: Share::default(),
            changes: Changes::of(exam),
            sure: Share::default(),
            guessed: Share::default(),
            rushed: Share::default(),
            misses: misses(exam),
            pace: Pace::of(exam),
            seconds: exam.spent_ms.iter().sum::<u64>() / 1000,
            sections: exam.form.sections.len(),
            timed_out: exam.timed_out.iter().map(|s| s + 1).collect(),
            interruptions: (exam.interruptions.len(), exam.interruptions.iter().sum::<u64>() / 1000),
            rests: (exam.rests.len(), exam.rests.iter().sum::<u64>() / 1000),
            away: exam.away_ms / 1000,
            strict: exam.form.strict,
            departures: departures(exam),
            time: exam.form.time.title(),
            seed: exam.form.seed,
            length: exam.form.length,
            usual,
        }
    }

    /// Active seconds for each question that was answered.
    pub fn seconds_each(&self) -> u64 {
        self.seconds / u64::from(self.items.saturating_sub(self.unanswered).max(1))
    }
}

#[cfg(test)]
mod tests;
