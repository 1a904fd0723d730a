//! One question of an exam that is over, in words: how it went, and why it was missed.

use crate::core::calendar::words;
use crate::core::confidence::Confidence;
use crate::core::event::FormItem;
use crate::core::exam::{Exam, Slot};
use crate::core::report::Miss;
use crate::text::letter;
use std::time::Duration;

/// What was answered, and the key.
pub fn verdict(item: &FormItem, slot: &Slot) -> String {
    let key = letter_of(item.shown.key, item);
    let unscored = if item.scored { "" } else { " This question was one of the unscored ones." };
    match slot.choice {
        None => format!("No answer. The key is {key}.{unscored}"),
        Some(choice) if choice == item.shown.key => format!("Right: {key}.{unscored}"),
        Some(choice) => format!("You chose {}; the key is {key}.{unscored}", letter_of(choice, item)),
    }
}

/// How it went, in sentences: why it was missed, what else she chose, how sure she was, the time, whether it was new.
pub fn story(exam: &Exam, section: usize, n: usize) -> Vec<String> {
    let item = exam.form.sections.get(section).and_then(|s| s.items.get(n));
    let Some((item, slot)) = item.zip(exam.slots.get(section).and_then(|s| s.get(n))) else { return vec![] };
    let mut story = vec![];
    let miss = Miss::of(exam, section, item, slot);
    if let Some(miss) = miss {
        story.push(format!("Why it was missed: {}.", miss.title()));
    }
    if let Some(first) = slot.changed_from() {
        story.push(format!("First you chose {}.", letter_of(first, item)));
    }
    if let Some(again) = slot.reconsidered {
        story.push(format!("Without a clock you chose {}.", letter_of(again, item)));
    }
    match slot.confidence.filter(|_| slot.choice.is_some()) {
        Some(Confidence::Sure) if miss != Some(Miss::SureAndWrong) => story.push("You were sure.".into()),
        Some(Confidence::Guessing) => story.push("You guessed.".into()),
        _ => {}
    }
    let time = words(Duration::from_millis(slot.ms));
    story.push(match slot.choice {
        Some(_) => format!("It took {time}."),
        None => format!("It was on the screen for {time}."),
    });
    if slot.flagged {
        story.push("You flagged it.".into());
    }
    let new = exam.first_sight.get(section).and_then(|s| s.get(n)).copied().unwrap_or(false);
    story.push(if new { "It was new to you.".into() } else { "You had met it before.".into() });
    story
}

/// The letter under which an option was shown.
fn letter_of(option: u8, item: &FormItem) -> char {
    letter(item.shown.order.iter().position(|o| *o == option).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::event::ExamLength;
    use crate::core::sample::sat;

    fn exam() -> Exam {
        sat(ExamLength::Items(2), |_| Some(false)).0
    }

    /// Everything that is known of a question stands there, by the letters that were on the screen.
    #[test]
    fn the_story_tells_what_she_did() {
        let mut exam = exam();
        let order = exam.form.sections[0].items[0].shown.order.clone();
        let key = exam.form.sections[0].items[0].shown.key;
        let letter = |option| letter(order.iter().position(|o| *o == option).unwrap());
        let other = exam.slots[0][0].choice.unwrap();
        exam.slots[0][0] = Slot {
            earlier: vec![key],
            reconsidered: Some(key),
            confidence: Some(Confidence::Guessing),
            flagged: true,
            ms: 45_000,
            ..exam.slots[0][0].clone()
        };
        let told = story(&exam, 0, 0).join(" ");
        let want = format!(
            "Why it was missed: changed away from the right answer. First you chose {0}. Without a clock you chose {0}. You guessed. It took 45 s. You flagged it. It was new to you.",
            letter(key)
        );
        assert_eq!(told, want);
        let words = verdict(&exam.form.sections[0].items[0], &exam.slots[0][0]);
        assert_eq!(words, format!("You chose {}; the key is {}.", letter(other), letter(key)));
    }

    #[test]
    fn what_was_not_done_is_not_told() {
        let mut exam = exam();
        exam.slots[0][0] = Slot {
            choice: Some(exam.form.sections[0].items[0].shown.key),
            confidence: Some(Confidence::Sure),
            ms: 9_000,
            ..Slot::default()
        };
        exam.first_sight[0][0] = false;
        assert_eq!(story(&exam, 0, 0).join(" "), "You were sure. It took 9 s. You had met it before.");
        let shown = &exam.form.sections[0].items[0].shown;
        exam.slots[0][0].choice = shown.order.iter().copied().find(|option| *option != shown.key);
        let told = story(&exam, 0, 0).join(" ");
        assert_eq!(told, "Why it was missed: sure, and wrong. It took 9 s. You had met it before.");
        exam.slots[0][0].choice = None;
        let told = story(&exam, 0, 0).join(" ");
        assert_eq!(told, "Why it was missed: left open. It was on the screen for 9 s. You had met it before.");
        assert!(verdict(&exam.form.sections[0].items[0], &exam.slots[0][0]).starts_with("No answer. The key is "));
        assert!(story(&exam, 0, 9).is_empty());
    }
}
