//! The report of an exam: what the score rests on, and where the points were lost.

use super::calendar::Stamp;
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

/// What became of answers that were changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// From wrong to right.
    pub to_right: u32,
    /// From right to wrong.
    pub to_wrong: u32,
    /// From one wrong option to another.
    pub wrong_to_wrong: u32,
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
    /// Active seconds.
    pub seconds: u64,
    /// How many sections it had.
    pub sections: usize,
    /// Sections that ran out of time, counted from 1.
    pub timed_out: Vec<usize>,
    /// How often the exam stood still, and for how many seconds in all.
    pub interruptions: (usize, u64),
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
            report.changes.count(item, slot);
            // A question that was left open says nothing of what she knows; its group is named all the same.
            let answered = slot.choice.map(|_| ok);
            if let Some(statement) = library.statement(&item.statement) {
                if let Some(area) = outline.area_index(&statement.area) {
                    note(areas.entry(area).or_default(), answered);
                }
                note(subdomains.entry(&statement.subdomain).or_default(), answered);
            }
            let Some(found) = library.item(&item.shown.item) else { continue };
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
            changes: Changes::default(),
            seconds: exam.spent_ms.iter().sum::<u64>() / 1000,
            sections: exam.form.sections.len(),
            timed_out: exam.timed_out.iter().map(|s| s + 1).collect(),
            interruptions: (exam.interruptions.len(), exam.interruptions.iter().sum::<u64>() / 1000),
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

    /// Where the score lies, in one sentence that neither promises nor condemns.
    pub fn verdict(&self) -> String {
        let Share { right, of, .. } = self.score;
        if of == 0 {
            return "No question of this exam counts.".into();
        }
        if let Some(usual) = self.usual {
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
        match (self.length, self.complete) {
            (ExamLength::Full, true) => {
                "This exam was shorter than the real exam, so it can't be compared with the passing range."
            }
            (ExamLength::Full, false) => "This exam was ended early, so it can't be compared with the passing range.",
            _ => "Only a full exam can be compared with the passing range.",
        }
        .into()
    }

    /// How many of the questions counted, where some did not.
    pub fn tried_out_words(&self) -> Option<String> {
        let others = match self.items.saturating_sub(self.score.of) {
            0 => return None,
            1 => "the other was being tried out, as in the real exam, and counts for nothing",
            _ => "the others were being tried out, as in the real exam, and count for nothing",
        };
        Some(format!("{}, {} of them scored; {others}.", questions(self.items), self.score.of))
    }

    /// What was left open and so counts as wrong, and how the answered ones went; `None` where all were answered.
    pub fn left_open_words(&self) -> Option<String> {
        let (left, answered) = (self.left_open, self.answered);
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
}

impl Changes {
    fn count(&mut self, item: &FormItem, slot: &Slot) {
        let Some(last) = slot.choice else { return };
        let Some(first) = slot.earlier.first().filter(|f| **f != last) else { return };
        match (*first == item.shown.key, last == item.shown.key) {
            (true, _) => self.to_wrong += 1,
            (false, true) => self.to_right += 1,
            (false, false) => self.wrong_to_wrong += 1,
        }
    }
}

fn questions(n: u32) -> String {
    if n == 1 { "1 question".into() } else { format!("{n} questions") }
}

/// When an exam was last worked on or ended.
pub fn date(exam: &Exam) -> Stamp {
    exam.ended.unwrap_or(exam.started)
}

#[cfg(test)]
mod tests;
