//! What to study next: which objectives, in what order, and which sibling of each.

use super::bank::{Category, Item, ItemId, Objective, ObjectiveId, StatementId, TopicId, TrapId};
use super::calendar::StudyDay;
use super::confidence::Confidence;
use super::draw::Draw;
use super::library::{ItemRef, Library, Topic};
use super::outline::Statement;
use super::planner::{Planner, minutes_done};
use super::progress::Progress;
use super::reserve::reserve;
use super::retake;
use super::stats::study_ms;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

mod reason;
mod today;

pub use reason::Reason;
pub use today::{Beyond, Next, Sitting, Today, next_sitting, seed_of};

/// Which questions are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// Today's session: what is due, and new objectives between.
    #[default]
    Plan,
    /// Any.
    All,
    /// Each rule once, by whichever of its questions is best now.
    Rules,
    /// Never seen.
    Unseen,
    /// Wrong at the last answer.
    Missed,
    /// Marked by the learner.
    Flagged,
    /// Guessed at the last answer, right or wrong.
    Guessed,
}

impl Which {
    /// The choices of the practice builder.
    pub const PRACTICE: [Self; 5] = [Self::All, Self::Unseen, Self::Missed, Self::Flagged, Self::Guessed];

    /// The word on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::All => "any",
            Self::Rules => "rules",
            Self::Unseen => "unseen",
            Self::Missed => "missed",
            Self::Flagged => "marked",
            Self::Guessed => "guessed",
        }
    }

    /// The kind of practice of that word.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::PRACTICE.into_iter().find(|w| w.id() == id)
    }

    /// In words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Plan => "due and new",
            Self::All => "any question",
            Self::Rules => "each rule once",
            Self::Unseen => "not seen yet",
            Self::Missed => "missed last time",
            Self::Flagged => "marked by you",
            Self::Guessed => "guessed last time",
        }
    }
}

/// What a sitting is about. Empty lists mean everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Only these topics.
    pub topics: Vec<TopicId>,
    /// Only these areas of the outline, by code.
    pub areas: Vec<String>,
    /// Only these statements.
    pub statements: Vec<StatementId>,
    /// Only these objectives.
    pub objectives: Vec<ObjectiveId>,
    /// Only questions with a wrong option of these kinds.
    pub traps: Vec<TrapId>,
    /// Which of those.
    pub which: Which,
    /// What the sitting is called, where it has a name of its own.
    pub title: Option<&'static str>,
}

/// One question to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// The objective.
    pub objective: ObjectiveId,
    /// The item, where it must be this one; otherwise the best sibling is taken when its turn comes.
    pub item: Option<ItemId>,
    /// Why it is asked.
    pub reason: Reason,
}

impl Scope {
    /// Whether an objective belongs to the scope, for a category.
    fn holds(&self, library: &Library, topic: &Topic, objective: &Objective, category: Category) -> bool {
        let Some(statement) = library.examined_as(objective, category) else { return false };
        (self.topics.is_empty() || self.topics.contains(&topic.id))
            && (self.areas.is_empty() || self.areas.contains(&statement.area))
            && (self.statements.is_empty() || objective.statements.iter().any(|s| self.statements.contains(s)))
            && (self.objectives.is_empty() || self.objectives.contains(&objective.id))
    }
}

/// Seconds that a question takes this person with its reasons: 55 until her pace is known.
pub fn seconds_each(progress: &Progress) -> f64 {
    let recent: Vec<u64> =
        progress.answers.iter().rev().filter(|a| !a.in_exam && a.ms > 0).take(50).map(study_ms).collect();
    if recent.len() < 10 {
        return 55.0;
    }
    (recent.iter().sum::<u64>() as f64 / recent.len() as f64 / 1000.0).clamp(20.0, 180.0)
}

/// How many questions fit in so many minutes, at this person's own pace.
pub fn questions_in(progress: &Progress, minutes: u16) -> usize {
    ((f64::from(minutes) * 60.0 / seconds_each(progress)).round() as usize).max(3)
}

/// Minutes that so many questions take this person.
pub fn minutes_for(progress: &Progress, questions: usize) -> f64 {
    questions as f64 * seconds_each(progress) / 60.0
}

/// Objectives of the scope of which a question can be asked now.
pub fn rules<'a>(library: &'a Library, progress: &Progress, scope: &Scope) -> Vec<&'a Objective> {
    let category = progress.settings.category;
    let taken = progress.in_open_exam();
    library
        .objectives()
        .filter(|(topic, o)| scope.holds(library, topic, o, category))
        .map(|(_, o)| o)
        .filter(|o| o.items.iter().any(|i| library.suits(o, i, category) && !taken.contains(&i.id)))
        .collect()
}

/// Objectives that are due on a day: what she asked for, then what was wrong while she was sure, most forgotten first.
pub fn due<'a>(library: &'a Library, progress: &Progress, scope: &Scope, day: StudyDay) -> Vec<&'a ObjectiveId> {
    let mut due: Vec<_> = rules(library, progress, scope)
        .into_iter()
        .filter_map(|o| {
            let known = progress.objective(&o.id)?;
            let (owed, wanted) = (known.is_owed(day), known.wanted.is_some());
            if !owed && !wanted && known.due().is_none_or(|due| due > day) {
                return None;
            }
            let recall = known.memory.map_or(0.0, |m| m.recall(day));
            Some(((!owed, !wanted, !known.sure_and_wrong), recall, &o.id))
        })
        .collect();
    due.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(b.2)));
    due.into_iter().map(|(_, _, id)| id).collect()
}

/// No area is left out altogether, whatever the weights say.
pub(super) const LEAST_WEIGHT: f64 = 0.001;

/// New objectives of one statement that wait for their turn.
struct Waiting<'a> {
    area: usize,
    /// How many were taken already.
    uses: usize,
    /// Each with its place in the draw.
    queue: VecDeque<(usize, &'a ObjectiveId)>,
}

/// At most `count` objectives never answered, spread by the outline: each area in proportion to its weight, each
/// statement in turn.
pub(super) fn new_objectives<'a>(
    library: &'a Library,
    progress: &Progress,
    rules: &[&'a Objective],
    count: usize,
    draw: &mut Draw,
) -> Vec<&'a ObjectiveId> {
    let category = progress.settings.category;
    let outline = library.outline();
    let mut fresh: Vec<(&ObjectiveId, &Statement)> = rules
        .iter()
        .filter(|o| progress.objective(&o.id).is_none_or(|known| known.memory.is_none() && known.wanted.is_none()))
        .filter_map(|o| Some((&o.id, library.examined_as(o, category)?)))
        .collect();
    draw.shuffle(&mut fresh);
    let mut waiting: BTreeMap<&StatementId, Waiting<'_>> = BTreeMap::new();
    for (n, (id, statement)) in fresh.into_iter().enumerate() {
        let Some(area) = outline.area_index(&statement.area) else { continue };
        let new = || Waiting { area, uses: 0, queue: VecDeque::new() };
        waiting.entry(&statement.id).or_insert_with(new).queue.push_back((n, id));
    }
    let weights = retake::weights(outline, progress, category);
    let weight = |area: usize| weights[area].max(LEAST_WEIGHT);
    let mut by_area = vec![0.0_f64; outline.areas.len()];
    let mut ordered = vec![];
    while ordered.len() < count {
        let load = |w: &Waiting<'_>| (by_area[w.area] + 1.0) / weight(w.area);
        let next = waiting
            .values_mut()
            .filter_map(|w| Some((w.queue.front()?.0, w)))
            .min_by(|(m, a), (n, b)| load(a).total_cmp(&load(b)).then(a.uses.cmp(&b.uses)).then(m.cmp(n)));
        let Some((_, statement)) = next else { break };
        by_area[statement.area] += 1.0;
        statement.uses += 1;
        ordered.extend(statement.queue.pop_front().map(|(_, id)| id));
    }
    ordered
}

/// The day of the exam that the plan is made for, unless it is past.
pub fn exam_ahead(progress: &Progress, day: StudyDay) -> Option<StudyDay> {
    progress.settings.exam_date.map(StudyDay::of).filter(|exam| *exam >= day)
}

/// The questions of a sitting.
pub fn plan(
    library: &Library,
    progress: &Progress,
    scope: &Scope,
    day: StudyDay,
    count: usize,
    seed: u64,
) -> Vec<Task> {
    let mut draw = Draw::new(seed);
    match scope.which {
        Which::Plan => {}
        Which::Rules => {
            let chosen = |o: &Objective| Task { objective: o.id.clone(), item: None, reason: Reason::Chosen };
            let tasks = rules(library, progress, scope).into_iter().map(chosen).collect();
            return practice(tasks, count, &mut draw);
        }
        _ => {
            let chosen = |i: ItemRef<'_>| Task {
                objective: i.objective.id.clone(),
                item: Some(i.item.id.clone()),
                reason: Reason::Chosen,
            };
            let tasks = practice_items(library, progress, scope).map(chosen).collect();
            return practice(tasks, count, &mut draw);
        }
    }
    if let Some(exam) = exam_ahead(progress, day) {
        return Planner::new(exam, day, minutes_done(progress, day)).tasks(library, progress, scope, count, seed);
    }
    let why = |o| (o, progress.objective(o).map_or(Reason::Due, |known| Reason::of(known, day)));
    let due: Vec<_> = due(library, progress, scope, day).into_iter().map(why).collect();
    let owed = due.iter().take_while(|(_, reason)| *reason == Reason::SureAndWrong(day)).count();
    let mut due = due.into_iter();
    let fresh = new_objectives(library, progress, &rules(library, progress, scope), count, &mut draw);
    let mut fresh = fresh.into_iter().map(|o| (o, Reason::New));
    // What is owed of today, then two due ones, then a new one: what was learned is kept, and no part of the outline waits
    // for ever.
    let mut tasks = vec![];
    while tasks.len() < count {
        let next = if tasks.len().checked_sub(owed).is_some_and(|n| n % 3 == 2) {
            fresh.next().or_else(|| due.next())
        } else {
            due.next().or_else(|| fresh.next())
        };
        let Some((objective, reason)) = next else { break };
        tasks.push(Task { objective: objective.clone(), item: None, reason });
    }
    interleave(tasks)
}

/// So many of the tasks in random order.
fn practice(mut tasks: Vec<Task>, count: usize, draw: &mut Draw) -> Vec<Task> {
    draw.shuffle(&mut tasks);
    tasks.truncate(count);
    interleave(tasks)
}

/// The items that a practice scope holds; those kept back for mock exams are left out.
pub fn practice_items<'a>(
    library: &'a Library,
    progress: &'a Progress,
    scope: &'a Scope,
) -> impl Iterator<Item = ItemRef<'a>> {
    let category = progress.settings.category;
    let taken = progress.in_open_exam();
    let kept = reserve(library, progress).items;
    library.items().filter(move |i| {
        scope.holds(library, i.topic, i.objective, category)
            && library.suits(i.objective, i.item, category)
            && !taken.contains(&i.item.id)
            && !kept.contains(&i.item.id)
            && (scope.traps.is_empty()
                || i.item.options.iter().filter_map(|o| o.trap.as_ref()).any(|t| scope.traps.contains(t)))
            && wanted(progress, &i.item.id, scope.which)
    })
}

fn wanted(progress: &Progress, id: &ItemId, which: Which) -> bool {
    let item = progress.item(id);
    match which {
        Which::Plan | Which::All | Which::Rules => true,
        Which::Unseen => item.is_none_or(|i| i.times == 0),
        Which::Missed => item.is_some_and(|i| i.last_right == Some(false)),
        Which::Flagged => item.is_some_and(|i| i.flagged),
        Which::Guessed => item.is_some_and(|i| i.last_confidence == Some(Confidence::Guessing)),
    }
}

/// Mixes topics: no more than two questions of one topic in a row where another topic is at hand.
pub(super) fn interleave(mut tasks: Vec<Task>) -> Vec<Task> {
    for n in 2..tasks.len() {
        let same = |a: &Task, b: &Task| a.objective.topic() == b.objective.topic();
        if same(&tasks[n - 2], &tasks[n - 1])
            && same(&tasks[n - 1], &tasks[n])
            && let Some(other) = (n + 1..tasks.len()).find(|m| !same(&tasks[*m], &tasks[n]))
        {
            let task = tasks.remove(other);
            tasks.insert(n, task);
        }
    }
    tasks
}

/// The sibling to ask: one not yet asked in this sitting, unseen before seen, then the one seen longest ago. What is
/// kept back for mock exams is not asked.
pub fn sibling<'a>(
    library: &'a Library,
    progress: &Progress,
    objective: &ObjectiveId,
    asked: &BTreeSet<ItemId>,
    draw: &mut Draw,
) -> Option<ItemRef<'a>> {
    let (topic, objective) = library.objective(objective)?;
    let category = progress.settings.category;
    let taken = progress.in_open_exam();
    let kept = reserve(library, progress).items;
    let free = |i: &&Item| library.suits(objective, i, category) && !taken.contains(&i.id) && !kept.contains(&i.id);
    let mut siblings: Vec<&Item> = objective.items.iter().filter(free).collect();
    draw.shuffle(&mut siblings);
    let item =
        siblings.into_iter().min_by_key(|i| (asked.contains(&i.id), progress.item(&i.id).and_then(|p| p.last)))?;
    Some(ItemRef { topic, objective, item })
}

/// Whether every question of an objective that suits the learner's exam has been seen, but for those kept back.
pub fn exhausted(library: &Library, progress: &Progress, id: &ObjectiveId) -> bool {
    let category = progress.settings.category;
    let kept = reserve(library, progress).items;
    let asked = |o: &Objective, i: &Item| library.suits(o, i, category) && !kept.contains(&i.id);
    library.objective(id).is_some_and(|(_, o)| o.items.iter().filter(|i| asked(o, i)).all(|i| progress.seen(&i.id)))
}

#[cfg(test)]
mod tests;
