//! An exam with its running clock and its log.

use super::super::{Console, question};
use crate::core::calendar::{Moment, words};
use crate::core::confidence::Confidence;
use crate::core::event::{ExamId, Fact};
use crate::core::exam::{Exam, Move, Phase, Sitting};
use crate::desk::Desk;
use crate::paper::room as say;
use crate::text::count;
use std::time::Duration;

/// An exam with its running clock and its log.
pub struct Room<'a> {
    /// The log and the questions.
    pub desk: &'a mut Desk,
    id: &'a ExamId,
    now: &'a dyn Fn() -> Moment,
    sitting: Sitting,
}

impl<'a> Room<'a> {
    /// Goes on with an exam where it was left.
    pub fn enter(desk: &'a mut Desk, id: &'a ExamId, now: &'a dyn Fn() -> Moment) -> anyhow::Result<Self> {
        let at = now();
        let exam = desk.progress.exam(id).ok_or_else(gone)?;
        let (spent, away) = desk.clock_of(exam, at.wall);
        let sitting = Sitting::resume(exam, spent, away, at);
        Ok(Self { desk, id, now, sitting })
    }

    /// The exam as it stands.
    pub fn exam(&self) -> anyhow::Result<&Exam> {
        self.desk.progress.exam(self.id).ok_or_else(gone)
    }

    /// Questions of the running section without an answer.
    pub fn open_items(&self) -> anyhow::Result<usize> {
        Ok(self.exam()?.running().map_or(0, |(_, slots)| slots.iter().filter(|s| s.choice.is_none()).count()))
    }

    /// What is left of the section or the break.
    pub fn left(&self) -> anyhow::Result<Option<Duration>> {
        Ok(self.sitting.left(self.exam()?))
    }

    /// Looks at the clock. True if the exam stands elsewhere now: a section ran out, or the break is over.
    pub fn tick(&mut self, console: &mut Console<'_>) -> anyhow::Result<bool> {
        let now = (self.now)();
        let exam = self.desk.progress.exam(self.id).ok_or_else(gone)?;
        let (phase, look) = (exam.phase, self.sitting.look(exam, now));
        let over = look.is_over();
        self.save(look.facts, console)?;
        if over {
            console.gap()?;
            let rest = matches!(phase, Phase::Break(_) | Phase::Rest(_));
            console.say(if rest { "The break is over." } else { say::TIME_IS_UP })?;
        }
        if let Some(minutes) = look.warning {
            console.gap()?;
            console.say(&format!("{}{}", count(minutes as usize, "minute"), say::left_in(self.exam()?)))?;
        }
        if let Some(spent) = look.beat {
            // A note that can't be written costs at most some seconds of exam time, in her favour.
            let _ = self.desk.beat(self.id, phase, spent, now.wall);
        }
        Ok(over)
    }

    /// Does a move, and saves what follows from it.
    pub fn go(&mut self, mv: Move, console: &mut Console<'_>) -> anyhow::Result<()> {
        let facts = self.sitting.decide(self.exam()?, mv);
        self.save(facts, console)?;
        // A section that has just begun shows its first item.
        if let Some((_, slot)) = self.exam()?.open_item()
            && !slot.opened
        {
            let position = self.exam()?.position;
            let facts = self.sitting.decide(self.exam()?, Move::Open(position));
            self.save(facts, console)?;
        }
        Ok(())
    }

    /// Saves facts. Where that fails she is told, nothing has changed, and the exam goes on.
    fn save(&mut self, facts: Vec<Fact>, console: &mut Console<'_>) -> anyhow::Result<()> {
        if facts.is_empty() {
            return Ok(());
        }
        let now = (self.now)();
        match self.desk.log(now.wall, facts) {
            Ok(events) => {
                let exam = self.desk.progress.exam(self.id).ok_or_else(gone)?;
                for event in events {
                    self.sitting.logged(&event.fact, exam, now);
                }
            }
            Err(error) => {
                console.gap()?;
                console.say(&format!("NOT SAVED: {error}. Nothing was changed; mend the cause and type it again."))?;
            }
        }
        Ok(())
    }

    /// Prints the open question, or that it is the break.
    pub fn show(&self, console: &mut Console<'_>) -> anyhow::Result<()> {
        let exam = self.exam()?;
        console.gap()?;
        if let Some(is) = say::break_words(exam) {
            let left = self.left()?.map_or_else(String::new, |left| format!(" {} {}.", words(left), is.of));
            console.say(&format!("{}{left} {}", is.head, is.end))?;
            console.prompt(&format!("Enter: {}. q pauses:", is.enter))?;
            return Ok(());
        }
        let (Some((form, slot)), Some((items, _))) = (exam.open_item(), exam.running()) else { return Ok(()) };
        let flag = if slot.flagged { " Flagged." } else { "" };
        let given = slot
            .choice
            .map_or_else(String::new, |c| format!(" Your answer: {}.", question::letter_of(c, &form.shown.order)));
        let sure = match slot.confidence.filter(|_| slot.choice.is_some()) {
            Some(Confidence::Sure) => " Sure.",
            Some(Confidence::Guessing) => " A guess.",
            Some(Confidence::Leaning) | None => "",
        };
        console.say(&format!("Question {} of {}.{flag}{given}{sure}", exam.position + 1, items.len()))?;
        match self.desk.item_as_shown(&form.shown) {
            Some(item) => question::ask(&item, &form.shown.order, &slot.struck, console)?,
            None => console.say("This question is no longer in the bank and no copy of it was kept.")?,
        }
        if !slot.note.is_empty() {
            console.say(&format!("Your note: {}", slot.note))?;
        }
        console.prompt("Answer?")?;
        Ok(())
    }

    /// What is open and what is flagged, in words.
    pub fn list(&self) -> anyhow::Result<String> {
        let Some((_, slots)) = self.exam()?.running() else { return Ok(String::new()) };
        let numbers = |wanted: &dyn Fn(usize) -> bool| {
            let found: Vec<String> = (0..slots.len()).filter(|n| wanted(*n)).map(|n| (n + 1).to_string()).collect();
            if found.is_empty() { "none".to_owned() } else { found.join(", ") }
        };
        let open = numbers(&|n| slots[n].choice.is_none());
        Ok(format!("Unanswered: {open}. Flagged: {}.", numbers(&|n| slots[n].flagged)))
    }

    /// Leaves the exam open.
    pub fn pause(&mut self, console: &mut Console<'_>) -> anyhow::Result<()> {
        self.tick(console)?;
        let phase = self.exam()?.phase;
        let _ = self.desk.beat(self.id, phase, self.sitting.spent(), (self.now)().wall);
        console.gap()?;
        console.say(&format!("Paused. {} `swprep resume` goes on.", say::leaving(self.exam()?)))?;
        Ok(())
    }
}

fn gone() -> anyhow::Error {
    anyhow::anyhow!("the exam is gone from the log")
}
