//! The fold: from the log of events to everything that is known about the learner.

mod records;
mod set_clock;

pub use records::{AnswerRecord, ItemProgress, ObjectiveProgress};

use super::bank::{ItemId, ObjectiveId};
use super::calendar::{Stamp, StudyDay};
use super::confidence::{Confidence, ConfidenceMeaning};
use super::event::{Answered, Event, EventId, ExamId, Fact, RealResult, Shown};
use super::exam::Exam;
use super::firsthand::FirstSights;
use super::memory::{Evidence, Memory, learn};
use super::settings::Settings;
use foldhash::fast::FixedState;
use std::collections::{HashMap, HashSet};

/// Everything that is known about a learner.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    /// Her choices.
    pub settings: Settings,
    /// What her confidence means.
    pub meaning: ConfidenceMeaning,
    /// Every answer, in order.
    pub answers: Vec<AnswerRecord>,
    /// Every exam, in order; the last may be open.
    pub exams: Vec<Exam>,
    /// Results of real exams, in the order in which they were typed in.
    pub results: Vec<RealResult>,
    /// Entries of the log that are damaged or missing.
    pub left_out: u64,
    /// Events that were taken in: more after each, also after one that takes another back.
    pub events: u64,
    items: Vec<ItemProgress>,
    objectives: Vec<ObjectiveProgress>,
    item_places: HashMap<ItemId, usize, FixedState>,
    objective_places: HashMap<ObjectiveId, usize, FixedState>,
    first_sights: FirstSights,
    gone: HashSet<EventId>,
    /// Chance of this person's own: from the identity of her first event.
    seed: Option<u64>,
    /// The latest day of an answer, as far as the clock that said so was right.
    latest: Option<StudyDay>,
}

impl Progress {
    /// What a whole log says; outside tests a log comes page by page.
    #[cfg(test)]
    pub fn replay<'a>(events: impl IntoIterator<Item = &'a Event> + Clone) -> Self {
        let retracted = |e: &Event| if let Fact::Retracted(r) = &e.fact { Some(r.event) } else { None };
        let mut progress = Self::without(events.clone().into_iter().filter_map(retracted).collect());
        for event in events {
            progress.evolve(event);
        }
        progress
    }

    /// Nothing yet. The events that are `gone`, because they were taken back, will count as if they had never been, but
    /// for one thing: an answer that was taken back leaves its item seen, since the reasons were read.
    pub fn without(gone: HashSet<EventId>) -> Self {
        Self { gone, ..Self::default() }
    }

    /// Notes that so many entries of the log are damaged or missing, so that what all this says may be wrong by them.
    pub fn leave_out(&mut self, entries: u64) {
        self.left_out = entries;
        for exam in &mut self.exams {
            exam.doubtful = entries > 0;
        }
    }

    /// Applies one event. [`Fact::Retracted`] by itself changes nothing: the log must be read anew after it.
    pub fn evolve(&mut self, event: &Event) {
        self.events += 1;
        self.seed.get_or_insert(event.id.0.as_u64_pair().1);
        if self.gone.contains(&event.id) {
            if let Fact::Answered(answer) = &event.fact {
                self.see(&answer.shown.item, event.at);
            }
            return;
        }
        match &event.fact {
            Fact::Set(setting) => self.settings.apply(setting),
            Fact::Answered(answer) => self.study_answer(event, answer),
            Fact::ItemFlagged(f) => {
                let place = self.item_place(&f.item);
                self.items[place].flagged = f.on;
            }
            Fact::ItemShown(f) => {
                self.see(&f.item, event.at);
            }
            Fact::ExamStarted(form) => {
                let mut exam = Exam::begin(form.clone(), event.at, |id| self.seen(id));
                exam.doubtful = self.left_out > 0;
                self.exams.push(exam);
            }
            Fact::ItemNoted(f) => {
                let place = self.item_place(&f.item);
                self.items[place].note.clone_from(&f.text);
            }
            Fact::ItemDoubted(f) => {
                let place = self.item_place(&f.item);
                self.items[place].doubt.clone_from(&f.text);
                self.items[place].doubt_hash.clone_from(&f.hash);
            }
            Fact::ObjectiveWanted(f) => {
                let place = self.objective_place(&f.objective);
                self.objectives[place].wanted = f.on.then(|| event.at.day());
            }
            Fact::RealResult(result) => self.results.push(result.clone()),
            Fact::Retracted(_) => {}
            Fact::ExamOpened(_)
            | Fact::ExamAnswered(_)
            | Fact::ExamFlagged(_)
            | Fact::ExamStruck(_)
            | Fact::SectionSubmitted(_)
            | Fact::BreakEnded(_)
            | Fact::ExamInterrupted(_)
            | Fact::ExamNoted(_)
            | Fact::ExamHighlighted(_)
            | Fact::ExamAway(_)
            | Fact::RestBegan(_)
            | Fact::RestEnded(_)
            | Fact::ExamReconsidered(_)
            | Fact::KeysShown(_)
            | Fact::ExamRenamed(_)
            | Fact::ExamAbandoned(_) => self.exam_fact(event),
        }
    }

    /// A number of this person's own, the same at every start and on every device.
    pub fn seed(&self) -> u64 {
        self.seed.unwrap_or(0)
    }

    /// Items that were met, in the order of first meeting.
    pub fn items(&self) -> &[ItemProgress] {
        &self.items
    }

    /// Objectives that were met or asked for, in that order.
    pub fn objectives(&self) -> &[ObjectiveProgress] {
        &self.objectives
    }

    /// What answers to questions never seen before say.
    pub fn first_sights(&self) -> &FirstSights {
        &self.first_sights
    }

    /// The place of an objective in [`Self::objectives`], if it was met.
    pub fn objective_at(&self, id: &ObjectiveId) -> Option<usize> {
        self.objective_places.get(id).copied()
    }

    /// What is known of an item.
    pub fn item(&self, id: &ItemId) -> Option<&ItemProgress> {
        self.item_places.get(id).map(|n| &self.items[*n])
    }

    /// What is known of an objective.
    pub fn objective(&self, id: &ObjectiveId) -> Option<&ObjectiveProgress> {
        self.objective_places.get(id).map(|n| &self.objectives[*n])
    }

    /// The memory of an objective, if it was ever answered.
    pub fn memory(&self, id: &ObjectiveId) -> Option<&Memory> {
        self.objective(id)?.memory.as_ref()
    }

    /// Whether the item was ever on the screen.
    pub fn seen(&self, id: &ItemId) -> bool {
        self.item(id).is_some_and(|i| i.times > 0)
    }

    /// The exam that is not over yet.
    pub fn open_exam(&self) -> Option<&Exam> {
        self.exams.iter().rev().find(|e| e.is_open())
    }

    /// The exam of that id.
    pub fn exam(&self, id: &ExamId) -> Option<&Exam> {
        self.exams.iter().rev().find(|e| e.id() == id)
    }

    /// Items of the open exam: they must not be met elsewhere before it is over.
    pub fn in_open_exam(&self) -> HashSet<&ItemId> {
        let open = self.exams.iter().filter(|e| e.is_open());
        open.flat_map(|e| e.items().map(|(_, _, item, _)| &item.shown.item)).collect()
    }

    /// Answers given on a study day.
    pub fn answers_on(&self, day: StudyDay) -> impl Iterator<Item = &AnswerRecord> {
        self.answers.iter().filter(move |a| a.at.day() == day)
    }

    fn study_answer(&mut self, event: &Event, answer: &Answered) {
        let left = answer.shown.order.len().saturating_sub(answer.struck.len());
        self.record(event, &answer.shown, answer.choice, answer.confidence, left, u64::from(answer.ms), false);
    }

    /// Applies an exam's fact. Its answers count once it is over: until then they would tell keys of a running exam.
    fn exam_fact(&mut self, event: &Event) {
        let Some(id) = event.fact.exam() else { return };
        let Some(exam) = self.exams.iter_mut().rev().find(|e| e.id() == id) else { return };
        let was_open = exam.is_open();
        exam.evolve(&event.fact, event.at);
        if exam.is_open() || !was_open {
            return;
        }
        let opened = exam.items().filter(|(_, _, _, slot)| slot.opened);
        let opened: Vec<_> = opened.map(|(_, _, item, slot)| (item.shown.clone(), slot.clone())).collect();
        for (shown, slot) in opened {
            let left = shown.order.len().saturating_sub(slot.struck.len());
            match slot.choice {
                Some(choice) => self.record(event, &shown, choice, slot.confidence, left, slot.ms, true),
                None => {
                    self.see(&shown.item, event.at);
                }
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one record, from two kinds of events")]
    fn record(
        &mut self,
        event: &Event,
        shown: &Shown,
        choice: u8,
        confidence: Option<Confidence>,
        left: usize,
        ms: u64,
        in_exam: bool,
    ) {
        self.notice_day(event.at.day());
        let right = choice == shown.key;
        let last = self.item(&shown.item).and_then(|i| i.last);
        let item = self.see(&shown.item, event.at);
        let first_sight = self.items[item].times == 1;
        self.items[item].last_right = Some(right);
        self.items[item].last_confidence = confidence;
        let objective = self.objective_place(&shown.objective);
        let evidence = Evidence {
            right,
            confidence,
            item_difficulty: shown.difficulty.logit(),
            options_left: left.max(1) as u8,
            days_since_seen: last.map(|last| event.at.day().since(last.day())),
            day: event.at.day(),
        };
        if first_sight {
            self.first_sights.note(objective, &evidence, !in_exam);
        }
        let known = &mut self.objectives[objective];
        let learned = learn(known.memory.as_ref(), &evidence, &self.meaning);
        known.memory = Some(learned.memory);
        known.answers += 1;
        known.right += u32::from(right);
        known.last_wrong = !right;
        // An exam asks what it draws; the wish was for study.
        known.wanted = known.wanted.filter(|_| in_exam);
        known.sure_and_wrong = !right && confidence == Some(Confidence::Sure);
        self.meaning.learn(confidence, if right { learned.known } else { 0.0 });
        self.answers.push(AnswerRecord {
            event: event.id,
            at: event.at,
            item,
            objective,
            choice,
            right,
            confidence,
            first_sight,
            ms,
            in_exam,
            recall: learned.recall.map(|recall| recall as f32),
        });
    }

    fn see(&mut self, id: &ItemId, at: Stamp) -> usize {
        let place = self.item_place(id);
        let item = &mut self.items[place];
        item.times += 1;
        item.last = Some(at);
        place
    }

    fn item_place(&mut self, id: &ItemId) -> usize {
        if let Some(place) = self.item_places.get(id) {
            return *place;
        }
        self.items.push(ItemProgress {
            id: id.clone(),
            times: 0,
            last: None,
            last_right: None,
            last_confidence: None,
            flagged: false,
            note: String::new(),
            doubt: String::new(),
            doubt_hash: String::new(),
        });
        self.item_places.insert(id.clone(), self.items.len() - 1);
        self.items.len() - 1
    }

    fn objective_place(&mut self, id: &ObjectiveId) -> usize {
        if let Some(place) = self.objective_places.get(id) {
            return *place;
        }
        self.objectives.push(ObjectiveProgress {
            id: id.clone(),
            memory: None,
            answers: 0,
            right: 0,
            sure_and_wrong: false,
            last_wrong: false,
            wanted: None,
        });
        self.objective_places.insert(id.clone(), self.objectives.len() - 1);
        self.objectives.len() - 1
    }
}

#[cfg(test)]
mod tests;
