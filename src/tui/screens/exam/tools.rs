//! Tools of the exam room that the real exam may not have: highlights, notes, guesses, layouts.

use super::{ExamScreen, Mode};
use crate::core::confidence::Confidence;
use crate::core::event::Fact;
use crate::core::exam::{Exam, Move, Slot};
use crate::core::settings::{Setting, Spacing};
use crate::paper::room;
use crate::tui::keys::{Key, moved};
use crate::tui::screen::{Context, Effect};
use crate::tui::text_field::TextField;
use crate::tui::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;

impl ExamScreen {
    /// Answers a key while words are highlighted or a note is typed.
    pub(super) fn act_on_tool(&mut self, key: Key, exam: &Exam, cx: &Context<'_>) -> Vec<Effect> {
        match &mut self.mode {
            Mode::Note(field) => match key {
                Key::Enter => {
                    let text = std::mem::take(&mut field.text);
                    self.mode = Mode::Item;
                    self.go(Move::Note(text), cx)
                }
                Key::Esc => {
                    self.mode = Mode::Item;
                    vec![]
                }
                key => {
                    field.press(key);
                    vec![]
                }
            },
            Mode::Highlight(word) => {
                let word = *word;
                self.highlight(key, word, exam, cx)
            }
            _ => vec![],
        }
    }

    fn highlight(&mut self, key: Key, word: u16, exam: &Exam, cx: &Context<'_>) -> Vec<Effect> {
        let Some((form, slot)) = exam.open_item() else { return vec![] };
        let words = cx.desk.item_as_shown(&form.shown).map_or(0, |item| item.stem.split_whitespace().count());
        let by = |step: isize| moved(usize::from(word), step, words) as u16;
        match key {
            Key::Left => self.mode = Mode::Highlight(by(-1)),
            Key::Right => self.mode = Mode::Highlight(by(1)),
            Key::Up | Key::Char('k') => self.mode = Mode::Highlight(by(-LINE)),
            Key::Down | Key::Char('j') => self.mode = Mode::Highlight(by(LINE)),
            Key::Char(' ') => {
                let mut marked = slot.highlights.clone();
                match marked.iter().position(|w| *w == word) {
                    Some(place) => drop(marked.remove(place)),
                    None => marked.push(word),
                }
                self.mode = Mode::Highlight(by(1));
                return self.go(Move::Highlight(marked), cx);
            }
            Key::Backspace => return self.go(Move::Highlight(vec![]), cx),
            Key::Enter | Key::Esc | Key::Char('h') => self.mode = Mode::Item,
            _ => {}
        }
        vec![]
    }

    /// Marks the answer as a guess, or takes the mark away.
    pub(super) fn guess(&self, slot: &Slot, cx: &Context<'_>) -> Vec<Effect> {
        let Some(choice) = slot.choice else {
            return vec![Effect::Notice(room::GUESS_OF_NOTHING.into())];
        };
        let confidence = Some(Confidence::Guessing).filter(|_| slot.confidence != Some(Confidence::Guessing));
        let words = room::guess_words(confidence.is_some());
        let mut effects = self.go(Move::Choose(choice, confidence), cx);
        effects.push(Effect::Notice(words.into()));
        effects
    }
}

/// So many words lie between a word and the one below it, more or less.
const LINE: isize = 10;

/// The next way to lay a question out, for exams and study alike.
pub fn change_layout(cx: &Context<'_>) -> Vec<Effect> {
    let now = cx.settings().spacing;
    let place = Spacing::ALL.iter().position(|s| *s == now).unwrap_or(0);
    let next = Spacing::ALL[(place + 1) % Spacing::ALL.len()];
    vec![Effect::Log(vec![Fact::Set(Setting::Spacing(next))]), Effect::Notice(format!("Options {}.", next.title()))]
}

/// Draws the note that is being typed.
pub fn draw_note(field: &TextField, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let words = "Enter keeps it. It stands below the question and in the review.";
    field.draw_box("Note", words, frame, area, theme);
}

#[cfg(test)]
mod tests {
    use crate::core::confidence::Confidence;
    use crate::core::exam::{Phase, Slot};
    use crate::core::sample;
    use crate::core::settings::Setting;
    use crate::tui::picture::Script;

    fn exam(keys: &str) -> Script {
        Script::new().keys("m <down> <enter> <enter>").keys(keys)
    }

    fn slot(script: &Script) -> Slot {
        script.app.desk.progress.exams[0].slots[0][0].clone()
    }

    #[test]
    fn words_are_highlighted_one_by_one_and_taken_back() {
        let script = exam("h <space> <space> <enter>");
        assert_eq!(slot(&script).highlights, [0, 1]);
        let script = script.keys("h <space> <enter>");
        assert_eq!(slot(&script).highlights, [1], "a second press takes it back");
        assert!(slot(&script.keys("h <back> <enter>")).highlights.is_empty());
    }

    #[test]
    fn a_note_holds_every_letter_and_stands_below_the_question() {
        let script = exam("w a q ? <enter>");
        assert_eq!((slot(&script).note.as_str(), slot(&script).choice), ("aq?", None));
        let text = script.text(80, 24);
        assert!(text.contains("Note  aq?"), "{text}");
        let script = script.keys("w x <esc>");
        assert_eq!(slot(&script).note, "aq?", "escape keeps the note as it was");
    }

    #[test]
    fn capital_letters_are_sure_and_u_is_a_guess() {
        let sure = exam("B");
        assert_eq!(slot(&sure).confidence, Some(Confidence::Sure));
        let guess = exam("b u");
        assert_eq!(slot(&guess).confidence, Some(Confidence::Guessing));
        assert_eq!(slot(&guess.keys("u")).confidence, None);
        assert!(exam("u").text(80, 24).contains("Answer first."));
    }

    #[test]
    fn a_break_covers_the_question_and_its_clock_runs() {
        let script = exam("r r").pass(25);
        let text = script.text(80, 24);
        assert!(text.contains("The exam's clock runs on") && !text.contains("Scene"), "{text}");
        let script = script.keys("a <enter>");
        assert!(script.text(80, 24).contains("1/30"));
        let exam = &script.app.desk.progress.exams[0];
        assert_eq!((exam.away, slot(&script).choice), (false, None), "a letter answers nothing in a break");
        assert_eq!(exam.away_ms, 27_000);
    }

    #[test]
    fn an_extra_break_must_have_been_granted() {
        assert!(exam("r s").text(80, 24).contains("1/30"), "none was granted");
        let granted = [Setting::Welcomed, Setting::ExtraBreaks(1)];
        let script = Script::with(sample::library(), &granted, None).keys("m <down> <enter> <enter> r s");
        assert_eq!(script.app.desk.progress.exams[0].phase, Phase::Rest(0));
        assert!(script.text(80, 24).contains("Extra break. The exam's clock stands still."));
        let script = script.keys("<enter> r");
        assert!(script.text(80, 24).contains("No break with a stopped clock is left"));
    }

    /// The small window follows the cursor, wherever the options had been scrolled to.
    #[test]
    fn the_word_under_the_cursor_is_in_sight() {
        let script = exam("<down> <down> <pgdn> h");
        let at = |script: &Script| script.cursor(24, 8).unwrap().y;
        let first = at(&script);
        assert!(script.text(24, 8).lines().nth(1).is_some_and(|line| line.starts_with("A ")), "{}", script.text(24, 8));
        let script = script.keys(&"<right> ".repeat(20));
        let text = script.text(24, 8);
        assert!(text.contains("What is the BEST") || text.contains("should"), "the end of the stem:\n{text}");
        assert!(at(&script) > first, "the cursor went down with the word");
    }
}
