//! A question of an exam as it was asked and answered, in words.

use crate::core::bank::Item;
use crate::core::calendar::words;
use crate::core::confidence::Confidence;
use crate::core::event::{FormItem, Shown};
use crate::core::exam::{Exam, Slot};
use crate::core::library::Library;
use crate::core::report::{Miss, right};
use crate::text::letter;
use crate::text::sanitize::clean;
use serde::Serialize;
use std::borrow::Cow;
use std::time::Duration;

/// What became of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The key was chosen.
    Right,
    /// Another option was chosen.
    Wrong,
    /// Nothing was chosen.
    LeftOpen,
}

impl Outcome {
    /// Its sign, beside which a word always stands.
    pub fn sign(self) -> char {
        match self {
            Self::Right => '✓',
            Self::Wrong => '✗',
            Self::LeftOpen => '–',
        }
    }

    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Wrong => "wrong",
            Self::LeftOpen => "left open",
        }
    }
}

/// An option, in the place where it was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The letter before it.
    pub letter: char,
    /// The option.
    pub text: String,
    /// Whether it is the key.
    pub key: bool,
    /// Whether she chose it.
    pub chosen: bool,
    /// Whether she struck it out.
    pub struck: bool,
    /// Why it is right, or why it tempts.
    pub why: String,
    /// The kind of temptation, where she fell for it.
    pub trap: Option<String>,
}

impl Choice {
    /// What it was, in words.
    pub fn marks(&self) -> Vec<&'static str> {
        let marks = [(self.key, "the key"), (self.chosen, "your answer"), (self.struck, "struck out")];
        marks.into_iter().filter_map(|(on, words)| on.then_some(words)).collect()
    }
}

/// A question with everything that can be said of it. All texts are clean.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Question {
    /// The section, from 1.
    pub section: usize,
    /// The number in it, from 1.
    pub number: usize,
    /// Its place in words.
    #[serde(skip)]
    pub heading: String,
    /// The item.
    pub id: String,
    /// What became of it.
    pub outcome: Outcome,
    /// The same in a sentence.
    pub verdict: String,
    /// How it was answered, in short words.
    pub facts: Vec<String>,
    /// The scene and the question; `None` where no copy was kept.
    pub stem: Option<String>,
    /// Its options, from top to bottom.
    pub options: Vec<Choice>,
    /// Her note beside it.
    pub note: String,
    /// The rule behind it; `None` where the rule is gone.
    pub rule: Option<String>,
    /// Where the rule comes from.
    pub sources: Vec<String>,
    /// Whether it has been edited since it was asked.
    pub edited: bool,
}

/// Every question that was on the screen, in the order of the exam. `item` finds a question as it was shown.
pub fn questions<'a>(exam: &Exam, library: &Library, item: &dyn Fn(&Shown) -> Option<Cow<'a, Item>>) -> Vec<Question> {
    let seen = exam.items().filter(|(_, _, _, slot)| slot.opened);
    seen.map(|(section, n, form, slot)| question(exam, section, n, form, slot, library, item(&form.shown).as_deref()))
        .collect()
}

fn question(
    exam: &Exam,
    section: usize,
    n: usize,
    form: &FormItem,
    slot: &Slot,
    library: &Library,
    item: Option<&Item>,
) -> Question {
    let owned = |text: &str| clean(text).into_owned();
    let place = |option: u8| letter(form.shown.order.iter().position(|o| *o == option).unwrap_or(0));
    let key = place(form.shown.key);
    let (outcome, verdict) = match slot.choice {
        None => (Outcome::LeftOpen, format!("Left open. The key is {key}.")),
        Some(_) if right(form, slot) => (Outcome::Right, format!("Right: {key}.")),
        Some(choice) => (Outcome::Wrong, format!("You chose {}; the key is {key}.", place(choice))),
    };
    let options = item.map_or_else(Vec::new, |item| {
        let shown = form.shown.order.iter().enumerate();
        let option = |(place, file): (usize, &u8)| {
            let option = item.options.get(usize::from(*file))?;
            let chosen = slot.choice == Some(*file);
            let trap = option.trap.as_ref().filter(|_| chosen).map(|t| owned(library.trap_name(t.as_str())));
            Some(Choice {
                letter: letter(place),
                text: owned(&option.text),
                key: *file == form.shown.key,
                chosen,
                struck: slot.struck.contains(file),
                why: owned(&option.why),
                trap,
            })
        };
        shown.filter_map(option).collect()
    });
    let objective = library.objective(&form.shown.objective).map(|(_, objective)| objective);
    let edited = library.item(&form.shown.item).is_none_or(|found| found.item.content_hash() != form.shown.hash);
    let heading = if exam.form.sections.len() > 1 {
        format!("Section {}, question {}", section + 1, n + 1)
    } else {
        format!("Question {}", n + 1)
    };
    Question {
        section: section + 1,
        number: n + 1,
        heading,
        id: owned(form.shown.item.as_str()),
        outcome,
        verdict,
        facts: facts(exam, section, n, form, slot, &place),
        stem: item.map(|item| owned(&item.stem)),
        options,
        note: owned(&slot.note),
        rule: objective.map(|o| owned(&o.rule)),
        sources: objective.map(|o| o.refs.iter().map(|r| owned(&library.cite(r))).collect()).unwrap_or_default(),
        edited,
    }
}

/// How a question was answered.
fn facts(
    exam: &Exam,
    section: usize,
    n: usize,
    form: &FormItem,
    slot: &Slot,
    place: &dyn Fn(u8) -> char,
) -> Vec<String> {
    let new = exam.first_sight.get(section).and_then(|s| s.get(n)).copied().unwrap_or(true);
    let mut facts =
        vec![if new { "new to you" } else { "met before" }.to_owned(), words(Duration::from_millis(slot.ms))];
    if let Some(confidence) = slot.confidence.filter(|_| slot.choice.is_some()) {
        let words = match confidence {
            Confidence::Sure => "you were sure",
            Confidence::Leaning => "you leaned to it",
            Confidence::Guessing => "you guessed",
        };
        facts.push(words.to_owned());
    }
    facts.extend(slot.changed_from().map(|first| format!("changed from {}", place(first))));
    if slot.flagged {
        facts.push("flagged".to_owned());
    }
    if let Some(again) = slot.reconsidered {
        let right = if again == form.shown.key { "right" } else { "not right" };
        facts.push(format!("second look: {}, {right}", place(again)));
    }
    if !form.scored {
        facts.push("not scored: it was being tried out".to_owned());
    } else if let Some(miss) = Miss::of(exam, section, form, slot).filter(|m| *m != Miss::LeftOpen) {
        facts.push(miss.title().to_owned());
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::event::ExamLength;
    use crate::core::sample::sat;

    fn asked(exam: &Exam, library: &Library) -> Vec<Question> {
        questions(exam, library, &|shown| library.item(&shown.item).map(|f| Cow::Owned(f.item.clone())))
    }

    #[test]
    fn letters_and_keys_are_those_of_the_screen() {
        let (exam, library) = sat(ExamLength::Items(9), |n| (n < 8).then_some(n % 2 == 0));
        let all = asked(&exam, &library);
        assert_eq!(all.len(), 9);
        for (question, (_, _, form, slot)) in all.iter().zip(exam.items()) {
            let keys: Vec<_> = question.options.iter().filter(|o| o.key).collect();
            let item = library.item(&form.shown.item).unwrap().item;
            assert_eq!((keys.len(), &keys[0].text), (1, &item.options[item.key_index()].text));
            assert!(question.verdict.contains(keys[0].letter), "{}", question.verdict);
            let chosen: Vec<_> = question.options.iter().filter(|o| o.chosen).map(|o| o.text.clone()).collect();
            let want: Vec<_> = slot.choice.iter().map(|c| item.options[usize::from(*c)].text.clone()).collect();
            assert_eq!(chosen, want);
        }
        assert_eq!(all[0].outcome, Outcome::Right);
        assert!(all[1].outcome == Outcome::Wrong && all[1].options.iter().any(|o| o.chosen && o.trap.is_some()));
        assert!(all[8].verdict.starts_with("Left open."));
    }

    #[test]
    fn what_was_never_on_the_screen_keeps_its_key() {
        let (mut exam, library) = sat(ExamLength::Items(4), |_| Some(true));
        exam.slots[0][2].opened = false;
        assert_eq!(asked(&exam, &library).iter().map(|q| q.number).collect::<Vec<_>>(), [1, 2, 4]);
    }

    #[test]
    fn a_question_without_a_copy_still_says_how_it_went() {
        let (mut exam, library) = sat(ExamLength::Items(1), |_| Some(false));
        exam.slots[0][0].reconsidered = Some(exam.form.sections[0].items[0].shown.key);
        exam.slots[0][0].note = "ask\u{1b}[31m Ann".into();
        let question = questions(&exam, &library, &|_| None).remove(0);
        assert!(question.stem.is_none() && question.options.is_empty() && question.rule.is_some());
        assert!(question.facts.iter().any(|f| f.starts_with("second look: ") && f.ends_with(", right")));
        assert_eq!(question.note, "ask Ann");
    }
}
