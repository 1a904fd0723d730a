//! What was chosen for a practice sitting, and what follows from it.

use crate::core::bank::{StatementId, TopicId};
use crate::core::library::Library;
use crate::core::outline::Statement;
use crate::core::pick::{Scope, Which, practice_items};
use crate::core::progress::Progress;
use crate::tui::keys::moved;
use crate::tui::text::count;

/// Numbers of questions that can be chosen; the last is all of them.
const NUMBERS: [usize; 5] = [5, 10, 20, 40, usize::MAX];

/// The choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Topics; none means all.
    pub topics: Vec<TopicId>,
    /// An area's code; none means any.
    pub area: Option<String>,
    /// A statement; none means any.
    pub statement: Option<StatementId>,
    /// The kind of questions.
    pub which: Which,
    number: usize,
}

impl Default for Choice {
    fn default() -> Self {
        Self { topics: vec![], area: None, statement: None, which: Which::All, number: 1 }
    }
}

impl Choice {
    /// The scope of the sitting.
    pub fn scope(&self) -> Scope {
        Scope {
            topics: self.topics.clone(),
            areas: self.area.iter().cloned().collect(),
            statements: self.statement.iter().cloned().collect(),
            which: self.which,
            ..Scope::default()
        }
    }

    /// How many questions will be asked where `fit` fit.
    pub fn asked(&self, fit: usize) -> usize {
        NUMBERS[self.number].min(fit)
    }

    /// The number in words.
    pub fn number_words(&self) -> String {
        match NUMBERS[self.number] {
            usize::MAX => "all".into(),
            n => n.to_string(),
        }
    }

    /// Goes on to another number, around the end.
    pub fn turn_number(&mut self, by: isize) {
        self.number = turned(self.number, by, NUMBERS.len());
    }

    /// Goes on to another kind of questions, around the end.
    pub fn turn_kind(&mut self, by: isize) {
        let place = Which::PRACTICE.iter().position(|w| *w == self.which).unwrap_or(0);
        self.which = Which::PRACTICE[turned(place, by, Which::PRACTICE.len())];
    }

    /// Goes on to another area, around the end; the first place is any.
    pub fn turn_area(&mut self, by: isize, library: &Library, progress: &Progress) {
        let areas = &library.outline().areas;
        let place = self.area.as_ref().and_then(|code| areas.iter().position(|a| a.code == *code));
        let place = turned(place.map_or(0, |n| n + 1), by, areas.len() + 1);
        self.area = place.checked_sub(1).map(|n| areas[n].code.clone());
        self.drop_lost_statement(library, progress);
    }

    /// Marks a topic, or takes its mark away.
    pub fn toggle(&mut self, topic: &TopicId, library: &Library, progress: &Progress) {
        if self.topics.contains(topic) {
            self.topics.retain(|t| t != topic);
        } else {
            self.topics.push(topic.clone());
        }
        self.drop_lost_statement(library, progress);
    }

    /// A statement that the other choices leave without a question would only hide why nothing fits.
    fn drop_lost_statement(&mut self, library: &Library, progress: &Progress) {
        if let Some(id) = &self.statement
            && !self.statements(library, progress).iter().any(|(s, _)| s.id == *id)
        {
            self.statement = None;
        }
    }

    /// The statements that have questions under the other choices, in outline order, each with their number.
    pub fn statements<'a>(&self, library: &'a Library, progress: &Progress) -> Vec<(&'a Statement, usize)> {
        let scope = Self { statement: None, which: Which::All, ..self.clone() }.scope();
        let mut items = std::collections::HashMap::new();
        for item in practice_items(library, progress, &scope) {
            for id in &item.objective.statements {
                *items.entry(id.clone()).or_insert(0_usize) += 1;
            }
        }
        let outline = library.outline();
        let category = progress.settings.category;
        let examined = outline.statements.iter().filter(|s| outline.examines(category, s));
        examined.filter_map(|s| items.get(&s.id).map(|n| (s, *n))).collect()
    }

    /// How many questions of each topic of the library fit all choices but the topics.
    pub fn fit_by_topic(&self, library: &Library, progress: &Progress) -> Vec<usize> {
        let mut fit = vec![0; library.topics().len()];
        let scope = Self { topics: vec![], ..self.clone() }.scope();
        for item in practice_items(library, progress, &scope) {
            if let Some(place) = library.topics().iter().position(|t| t.id == item.topic.id) {
                fit[place] += 1;
            }
        }
        fit
    }

    fn fit(&self, library: &Library, progress: &Progress) -> usize {
        practice_items(library, progress, &self.scope()).count()
    }

    /// Where nothing fits: which one change helps.
    pub fn advice(&self, library: &Library, progress: &Progress) -> String {
        let freed = [
            (Self { which: Which::All, ..self.clone() }, "Set Questions to “any question”"),
            (Self { statement: None, ..self.clone() }, "Set Statement to “any”"),
            (Self { area: None, statement: None, ..self.clone() }, "Set Area to “any”"),
            (Self { topics: vec![], ..self.clone() }, "Mark no topic"),
            (Self::default(), "Reset all choices with r"),
        ];
        for (choice, change) in freed {
            let fit = choice.fit(library, progress);
            if fit > 0 {
                return format!("No question fits. {change}: then {}.", fits(fit));
            }
        }
        "There is no question to practice: the question banks hold none for your exam.".into()
    }
}

/// `1 question fits`, `2 questions fit`.
pub fn fits(n: usize) -> String {
    format!("{} {}", count(n, "question"), if n == 1 { "fits" } else { "fit" })
}

/// A place moved around the end of `len`.
fn turned(place: usize, by: isize, len: usize) -> usize {
    if by < 0 && place == 0 {
        len - 1
    } else if by > 0 && place + 1 == len {
        0
    } else {
        moved(place, by, len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample;

    #[test]
    fn an_empty_choice_names_the_one_change_that_helps() {
        let (library, progress) = (sample::library(), sample::learner());
        let missed = Choice { which: Which::Missed, ..Choice::default() };
        assert_eq!(
            missed.advice(&library, &progress),
            "No question fits. Set Questions to “any question”: then 180 questions fit."
        );
        let lost = Choice { topics: vec!["gone".into()], which: Which::Flagged, ..Choice::default() };
        assert!(lost.advice(&library, &progress).contains("Reset all choices with r: then 180"));
    }

    #[test]
    fn a_statement_that_the_area_does_not_hold_is_dropped() {
        let (library, progress) = (sample::library(), sample::learner());
        let mut choice = Choice::default();
        let statements = choice.statements(&library, &progress);
        assert_eq!(statements.iter().map(|(_, n)| n).sum::<usize>(), 180);
        choice.statement = Some("IA-01".into());
        choice.turn_area(1, &library, &progress);
        assert_eq!(choice.statement, Some("IA-01".into()), "it is in area I");
        choice.turn_area(1, &library, &progress);
        assert_eq!((choice.area.as_deref(), choice.statement), (Some("II"), None));
    }
}
