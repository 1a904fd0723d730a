//! What a person works with: her log, what it says, and the questions. Both front ends work through it.

use crate::core::bank::{BankFile, Item, ItemId};
use crate::core::calendar::Stamp;
use crate::core::event::{Event, EventId, ExamId, ExamLength, Fact, Retracted, Shown};
use crate::core::exam::{Exam, Phase};
use crate::core::form::{FormRequest, SEEDS, draw_form};
use crate::core::library::{Library, Origin};
use crate::core::progress::Progress;
use crate::store::backup::Why;
use crate::store::check::Census;
use crate::store::log::{Page, Unread};
use crate::store::{Dice, Heartbeat, Store, StoreError, report_file};
use std::borrow::Cow;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::mpsc;
use std::time::Duration;

/// A learner's log with what follows from it, and the questions at hand.
pub struct Desk {
    /// Everything that the log says.
    pub progress: Progress,
    /// The questions.
    pub library: Library,
    /// What could not be read or saved, to be told once.
    pub troubles: Vec<String>,
    /// Where reports are saved; `None` for a log that lies nowhere.
    pub reports: Option<PathBuf>,
    store: Store,
    dice: Dice,
}

impl Desk {
    /// Reads a log.
    ///
    /// # Errors
    /// The log can't be read.
    pub fn new(store: Store, library: Library, dice: Dice) -> Result<Self, StoreError> {
        let (progress, troubles) = read(&store)?;
        Ok(Self { progress, library, troubles, reports: None, store, dice })
    }

    /// A random number.
    pub fn roll(&mut self) -> u64 {
        (self.dice)()
    }

    /// Saves facts, and lets what they mean take effect only then.
    ///
    /// # Errors
    /// They could not be saved; nothing has changed.
    pub fn log(&mut self, at: Stamp, facts: Vec<Fact>) -> Result<Vec<Event>, StoreError> {
        let doubted = facts.iter().filter_map(|fact| match fact {
            Fact::ItemDoubted(doubt) if !doubt.text.is_empty() => self.library.item(&doubt.item),
            _ => None,
        });
        let doubted: Vec<&Item> = doubted.map(|found| found.item).collect();
        if !doubted.is_empty() {
            // The authors must be able to read what was doubted, whatever the bank says by then.
            self.store.keep_items(doubted)?;
        }
        let events = self.store.append(at, facts)?;
        let open = self.progress.open_exam().is_some();
        for event in &events {
            self.progress.evolve(event);
        }
        if open && self.progress.open_exam().is_none() {
            self.back_up_exam(at);
        }
        Ok(events)
    }

    /// Backs up an exam that is over. It is saved already, so a failure is told and changes nothing.
    fn back_up_exam(&mut self, at: Stamp) {
        if let Err(error) = self.store.back_up(at, Why::Exam) {
            self.troubles.push(format!("Your answers are saved, but no backup of them could be made: {error}."));
        }
    }

    /// Takes an event back and reads the log anew.
    ///
    /// # Errors
    /// It could not be saved; nothing has changed.
    pub fn retract(&mut self, at: Stamp, event: EventId) -> Result<(), StoreError> {
        self.store.append(at, vec![Fact::Retracted(Retracted { event })])?;
        (self.progress, _) = read(&self.store)?;
        Ok(())
    }

    /// A new name for a sitting or an exam.
    pub fn new_name(&mut self, at: Stamp) -> String {
        self.store.new_name(at)
    }

    /// An exam of that length, as the settings have it.
    pub fn exam_request(&mut self, length: ExamLength) -> FormRequest {
        let seed = self.roll() % SEEDS;
        let settings = &self.progress.settings;
        FormRequest {
            time: settings.time_factor,
            extra_breaks: settings.extra_breaks,
            ..FormRequest::standard(settings.category, length, seed)
        }
    }

    /// Draws a form and begins the exam; where one is open already, that one is given instead of a second.
    /// `None` where the bank has nothing for it.
    ///
    /// # Errors
    /// It could not be saved; no exam was begun.
    pub fn start_exam(&mut self, at: Stamp, request: &FormRequest) -> Result<Option<ExamId>, StoreError> {
        if let Some(open) = self.progress.open_exam() {
            return Ok(Some(open.id().clone()));
        }
        let id = ExamId(self.store.new_name(at));
        let Some(form) = draw_form(&self.library, &self.progress, request, id.clone()) else { return Ok(None) };
        let items: Vec<&Item> = form
            .sections
            .iter()
            .flat_map(|s| &s.items)
            .filter_map(|i| self.library.item(&i.shown.item))
            .map(|found| found.item)
            .collect();
        self.store.keep_items(items)?;
        self.log(at, vec![Fact::ExamStarted(form)])?;
        Ok(Some(id))
    }

    /// The item as it was shown: from the bank if it is unchanged, otherwise from the copy that was kept.
    pub fn item_as_shown(&self, shown: &Shown) -> Option<Cow<'_, Item>> {
        self.item_of_version(&shown.item, &shown.hash)
    }

    /// The item as it stood with that content hash, from the bank or from the copy that was kept.
    pub fn item_of_version(&self, id: &ItemId, hash: &str) -> Option<Cow<'_, Item>> {
        if let Some(found) = self.library.item(id)
            && found.item.content_hash() == hash
        {
            return Some(Cow::Borrowed(found.item));
        }
        self.store.kept_item(hash).ok().flatten().map(Cow::Owned)
    }

    /// Saves a report under a name that is still free, and gives its path.
    ///
    /// # Errors
    /// It could not be written, or there is no folder for reports.
    pub fn save_report(&self, stem: &str, ending: &str, text: &str) -> Result<PathBuf, StoreError> {
        let folder = self.reports.as_deref().ok_or(StoreError::NoFolder)?;
        report_file::save(folder, stem, ending, text)
    }

    /// Notes how far an exam's clock has come.
    ///
    /// # Errors
    /// It could not be written.
    pub fn beat(&mut self, exam: &ExamId, phase: Phase, spent: Duration, at: Stamp) -> Result<(), StoreError> {
        self.store.beat(exam, &Heartbeat { phase: phase_name(phase), spent, at_ms: at.ms })
    }

    /// Where the clock of an exam stands, and how long the exam has stood still.
    pub fn clock_of(&self, exam: &Exam, now: Stamp) -> (Duration, Duration) {
        let beat = self.store.last_beat(exam.id()).ok().flatten();
        let spent =
            exam.resumed_at(beat.as_ref().filter(|b| b.phase == phase_name(exam.phase)).map(|b| (exam.phase, b.spent)));
        let last = beat.map_or(exam.touched.ms, |b| b.at_ms.max(exam.touched.ms));
        (spent, Duration::from_millis(now.ms.saturating_sub(last).max(0) as u64))
    }

    /// The log itself, for export and import.
    pub fn store(&mut self) -> &mut Store {
        &mut self.store
    }
}

/// Lets banks of the learner's own join the questions, and tells in words what can't be taken in.
pub fn join(library: &mut Library, banks: Vec<BankFile>) -> Option<String> {
    let taken: Vec<String> = banks.into_iter().flat_map(|bank| library.add(bank, Origin::User)).collect();
    let named = taken.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = if taken.len() > NAMED { ", …" } else { "" };
    let words = || format!("{} ids of your own banks are taken already and were left out: {named}{more}", taken.len());
    (!taken.is_empty()).then(words)
}

/// The most ids that a sentence names.
const NAMED: usize = 5;

/// Pages that may wait, so that a long log never lies in memory as a whole.
const WAITING: usize = 4;

/// What the log says, and what is left out of it, in words.
///
/// The file is read here and understood on a thread beside it, which halves the wait for a long log.
fn read(store: &Store) -> Result<(Progress, Vec<String>), StoreError> {
    let gone = store.retracted()?;
    let mut progress = Progress::without(gone.clone());
    std::thread::scope(|scope| {
        let (send, receive) = mpsc::sync_channel::<Page>(WAITING);
        let understood = scope.spawn(move || {
            let mut unknown = 0;
            let mut taken_back = HashSet::new();
            for page in receive {
                for event in page.events() {
                    match event {
                        Ok(event) => {
                            if let Fact::Retracted(retracted) = &event.fact {
                                taken_back.insert(retracted.event);
                            }
                            progress.evolve(&event);
                        }
                        Err(Unread::Unknown(_)) => unknown += 1,
                        // They are counted where they are read.
                        Err(Unread::Damaged) => {}
                    }
                }
            }
            (progress, unknown, taken_back)
        });
        let read = store.pages(|page| drop(send.send(page)));
        drop(send);
        let (mut progress, unknown, taken_back) = match understood.join() {
            Ok(understood) => understood,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        let census = read?;
        if taken_back != gone {
            return Err(StoreError::Damaged("its list of what was taken back is not that of its entries".into()));
        }
        progress.leave_out(census.damaged + census.missing);
        Ok((progress, left_out(&census, unknown)))
    })
}

/// What is left out of a log, in words.
fn left_out(census: &Census, unknown: usize) -> Vec<String> {
    let mut troubles = vec![];
    if !census.is_whole() {
        let parts = [(census.damaged, "damaged"), (census.missing, "missing")];
        let parts: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        troubles.push(format!(
            "Entries of your log: {}. All others are safe. Numbers leave these out and may be wrong; \
             `swprep doctor --fix` brings back what a backup still holds.",
            parts.join(", ")
        ));
    }
    if unknown > 0 {
        troubles.push(match unknown {
            1 => "1 entry of your log is of a newer version of swprep and is left out; it stays in the file.".into(),
            n => format!(
                "{n} entries of your log are of a newer version of swprep and are left out; they stay in the file."
            ),
        });
    }
    troubles
}

fn phase_name(phase: Phase) -> String {
    match phase {
        Phase::Section(n) => format!("section {n}"),
        Phase::Rest(n) => format!("rest {n}"),
        Phase::Break(n) => format!("break {n}"),
        Phase::Ended(_) => "ended".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::draw::Draw;
    use crate::core::event::{Answered, ItemDoubted};
    use crate::core::form::shown;
    use crate::core::progress::ObjectiveProgress;
    use crate::core::sample;
    use crate::store::log::PAGE;

    const AT: Stamp = Stamp { ms: 1_795_565_100_000, offset_min: -300 };

    fn desk(folder: &std::path::Path) -> Desk {
        let dice = || -> Dice {
            let mut n = 0;
            Box::new(move || {
                n += 1;
                n
            })
        };
        Desk::new(Store::open(folder, dice()).unwrap(), sample::library(), dice()).unwrap()
    }

    /// What is known of each objective, in the order of their ids.
    fn known(desk: &Desk) -> Vec<ObjectiveProgress> {
        let mut known = desk.progress.objectives().to_vec();
        known.sort_by(|a, b| a.id.cmp(&b.id));
        known
    }

    /// What was doubted can be read in that version after the bank has changed.
    #[test]
    fn a_doubted_version_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = desk(folder.path());
        let item = desk.library.items().next().unwrap().item.clone();
        let hash = item.content_hash();
        let doubt = |text: &str| {
            Fact::ItemDoubted(ItemDoubted { item: item.id.clone(), hash: hash.clone(), text: text.into() })
        };
        desk.library = Library::default();
        desk.log(AT, vec![doubt("two keys")]).unwrap();
        assert!(desk.item_of_version(&item.id, &hash).is_none(), "nothing was there to keep");
        desk.library = sample::library();
        desk.log(AT, vec![doubt("two keys")]).unwrap();
        desk.library = Library::default();
        assert_eq!(desk.item_of_version(&item.id, &hash).unwrap().stem, item.stem);
    }

    /// A log of several pages says the same whether it was lived through or read, and what was taken back is as if
    /// it had never been.
    #[test]
    fn a_log_that_is_read_says_what_it_said_when_it_was_written() {
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let [mut lived, mut spared] = [&folders[0], &folders[1]].map(|folder| desk(folder.path()));
        let items: Vec<_> = lived.library.items().map(|i| shown(&i, &mut Draw::new(1))).collect();
        let mut facts = items.iter().cycle().enumerate().map(|(n, shown)| {
            let choice = if n % 3 == 0 { shown.order[0] } else { shown.key };
            let shown = shown.clone();
            Fact::Answered(Answered { session: "s".into(), shown, choice, confidence: None, ms: 9, struck: vec![] })
        });
        let mistaken = lived.log(AT, facts.next().into_iter().collect()).unwrap()[0].id;
        for hours in 1..=PAGE as i64 / 2 {
            let at = Stamp { ms: AT.ms + hours * 7_200_000, ..AT };
            let facts: Vec<Fact> = facts.by_ref().take(5).collect();
            lived.log(at, facts.clone()).unwrap();
            spared.log(at, facts).unwrap();
        }
        assert_ne!(known(&lived), known(&spared));
        lived.retract(AT, mistaken).unwrap();
        assert_eq!(lived.progress.answers.len(), PAGE / 2 * 5);
        assert_eq!(known(&lived), known(&spared));
        drop(lived);
        assert_eq!(known(&desk(folders[0].path())), known(&spared));
    }
}
