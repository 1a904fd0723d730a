//! What can be written beside a question on every page that shows its key: a note, a doubt, the wish to study its rule.

use super::keys::Key;
use super::screen::{Context, Effect, Hint, hint};
use super::text::{hanging, paragraph};
use super::text_field::TextField;
use super::theme::Theme;
use crate::core::bank::{ItemId, ObjectiveId};
use crate::core::event::{Event, Fact};
use crate::core::pick::{Scope, rules};
use crate::core::remarks::{LENGTH, Notes, doubted, noted, notes_on, wanted};
use crate::paper::remarks::study_words;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// The question on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The item.
    pub item: ItemId,
    /// The version of it that is shown: its content hash.
    pub hash: String,
    /// The objective that it tests.
    pub objective: ObjectiveId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Note,
    Doubt,
}

/// The line that is being typed beside a question, if one is.
#[derive(Clone, Debug, Default)]
pub struct Remarks {
    typing: Option<(Kind, Subject, TextField)>,
}

/// The keys that open a remark, for the last line and the help.
pub const HINTS: [Hint; 3] = [hint("s", "study"), hint("w", "note"), hint("!", "doubt")];

/// What the keys mean, for the help.
pub const HELP: &str = "s sends the rule to study: your next sitting asks it first; pressed again, it takes that back. w writes a note of your own. ! says what seems wrong with the question. Notes and doubts stay on this computer; `swprep notes` and `swprep doubts` print them, and you decide whether to send them to anybody.";

impl Remarks {
    /// Whether a line is being typed.
    pub fn is_typing(&self) -> bool {
        self.typing.is_some()
    }

    /// The keys while a line is being typed.
    pub fn hints(&self) -> Option<Vec<Hint>> {
        let (kind, ..) = self.typing.as_ref()?;
        let keep = if *kind == Kind::Note { "keep the note" } else { "keep the doubt" };
        Some(vec![hint("Enter", keep), hint("Esc", "leave it as it was")])
    }

    /// Answers a key; `None` where the key is none of a remark's.
    pub fn act(&mut self, key: Key, subject: Option<Subject>, cx: &Context<'_>) -> Option<Vec<Effect>> {
        if self.is_typing() {
            return Some(self.act_on_line(key, cx));
        }
        let subject = subject?;
        let known = cx.progress().item(&subject.item);
        let (kind, text) = match key {
            Key::Char('s') => return Some(send_to_study(&subject.objective, cx)),
            Key::Char('w') => (Kind::Note, known.map_or("", |k| k.note.as_str())),
            Key::Char('!') => (Kind::Doubt, known.map_or("", |k| k.doubt.as_str())),
            _ => return None,
        };
        self.typing = Some((kind, subject, TextField::holding(text, LENGTH)));
        Some(vec![])
    }

    /// Learns that facts are saved: only then is the typed line done with, so that it is not lost with a full disk.
    pub fn logged(&mut self, events: &[Event]) {
        if events.iter().any(|e| matches!(e.fact, Fact::ItemNoted(_) | Fact::ItemDoubted(_))) {
            self.typing = None;
        }
    }

    fn act_on_line(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        match key {
            Key::Enter => {
                let Some((kind, subject, field)) = &self.typing else { return vec![] };
                let empty = field.text.trim().is_empty();
                let (fact, words) = match kind {
                    Kind::Note => (
                        noted(cx.progress(), &subject.item, &field.text),
                        if empty { "The note is taken away." } else { "Note kept." },
                    ),
                    Kind::Doubt => (
                        doubted(cx.progress(), &subject.item, &subject.hash, &field.text),
                        if empty {
                            "The doubt is taken back."
                        } else {
                            "Doubt kept on this computer. `swprep doubts` prints it for you to send."
                        },
                    ),
                };
                let Some(fact) = fact else {
                    self.typing = None;
                    return vec![];
                };
                vec![Effect::Log(vec![fact]), Effect::Notice(words.into())]
            }
            Key::Esc => {
                self.typing = None;
                vec![]
            }
            key => {
                if let Some((.., field)) = &mut self.typing {
                    field.press(key);
                }
                vec![]
            }
        }
    }

    /// Draws the line that is being typed.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
        let Some((kind, _, field)) = &self.typing else { return };
        let (title, words) = match kind {
            Kind::Note => ("Note", "Enter keeps it; an empty line takes it away."),
            Kind::Doubt => (
                "What seems wrong?",
                "Such as: B is right too, see 1.07(d). Enter keeps it on this computer; an empty line takes it back. Nothing is sent.",
            ),
        };
        field.draw_box(title, words, frame, area, theme);
    }
}

/// Lets the plan ask a rule first, or takes that back.
fn send_to_study(objective: &ObjectiveId, cx: &Context<'_>) -> Vec<Effect> {
    let scope = Scope { objectives: vec![objective.clone()], ..Scope::default() };
    let wish = wanted(cx.progress(), objective);
    if wish.on && rules(cx.library(), cx.progress(), &scope).is_empty() {
        return vec![Effect::Notice(study_words(None).into())];
    }
    let words = study_words(Some(wish.on));
    vec![Effect::Log(vec![Fact::ObjectiveWanted(wish)]), Effect::Notice(words.into())]
}

/// What she has written beside a question, and whether she sent its rule to study.
pub fn lines(subject: &Subject, width: usize, cx: &Context<'_>) -> Vec<Line<'static>> {
    let theme = &cx.theme;
    let mut lines = note_lines(&notes_on(cx.progress(), &subject.item), width, theme);
    if let Some(known) = cx.progress().item(&subject.item).filter(|known| !known.doubt.is_empty()) {
        let head = vec![Span::styled("Your doubt  ", theme.title)];
        lines.extend(hanging(head, &known.doubt, width, theme.text));
    }
    if cx.progress().objective(&subject.objective).is_some_and(|known| known.wanted.is_some()) {
        lines.extend(paragraph(study_words(Some(true)), width, theme.quiet));
    }
    if !lines.is_empty() {
        lines.insert(0, Line::default());
    }
    lines
}

/// Her notes on one question, each after what it is.
pub fn note_lines(notes: &Notes<'_>, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let in_exams = notes.in_exams.iter().map(|(_, text)| ("Note in the exam  ", *text));
    let own = Some(("Your note  ", notes.note)).filter(|(_, text)| !text.is_empty());
    let line = |(head, text)| hanging(vec![Span::styled(head, theme.title)], text, width, theme.text);
    in_exams.chain(own).flat_map(line).collect()
}

#[cfg(test)]
mod tests {
    use crate::core::library::Library;
    use crate::core::progress::ItemProgress;
    use crate::core::sample;
    use crate::store::Store;
    use crate::tui::picture::{EVENING, Script};

    /// The review of an exam of thirty, with the first questions answered.
    const REVIEW: &str = "m <end> <up> <up> <up> <up> <enter> <enter> a n b n s y <enter> n";

    fn review(keys: &str) -> Script {
        Script::new().keys(REVIEW).keys(keys)
    }

    fn item(script: &Script) -> ItemProgress {
        let progress = &script.app.desk.progress;
        let id = &progress.exams[0].form.sections[0].items[0].shown.item;
        progress.item(id).unwrap().clone()
    }

    #[test]
    fn a_note_is_typed_kept_and_taken_away() {
        let script = review("w q ? n <enter>");
        assert_eq!(item(&script).note, "q?n", "every letter is a letter there");
        assert!(script.text(80, 24).contains("Note kept."));
        let script = script.keys("w x <esc>");
        assert_eq!(item(&script).note, "q?n", "escape leaves it as it was");
        let script = script.keys("w <back> <back> <back> <enter>");
        assert_eq!(item(&script).note, "");
        assert!(script.text(80, 24).contains("The note is taken away."));
    }

    #[test]
    fn a_doubt_holds_the_version_that_was_shown() {
        let script = review("! b <space> t o o <enter>");
        let known = item(&script);
        let shown = script.app.desk.progress.exams[0].form.sections[0].items[0].shown.clone();
        assert_eq!((known.doubt.as_str(), known.doubt_hash), ("b too", shown.hash));
        assert!(script.text(80, 40).contains("Your doubt  b too"), "{}", script.text(80, 40));
        assert_eq!(item(&script.keys("! <back> <back> <back> <back> <back> <enter>")).doubt, "");
    }

    /// A disk that is full for a moment does not cost her the words that she typed.
    #[test]
    fn what_could_not_be_saved_is_still_there() {
        let folder = tempfile::tempdir().unwrap();
        let library = sample::library();
        let answer = sample::answer(&library, library.topics()[0].objectives[0].items[0].id.as_str(), true, None, 0);
        let mut next = 0;
        let dice = Box::new(move || {
            next += 1;
            next
        });
        Store::open(folder.path(), dice).unwrap().append(EVENING, vec![answer.fact]).unwrap();
        let script = Script::without_saving(folder.path()).keys("l <enter> <enter> r w h i <enter>");
        let text = script.text(80, 24);
        assert!(text.contains("NOT SAVED") && text.contains("│ hi▏"), "{text}");
        assert!(!script.keys("<esc>").text(80, 24).contains("hi▏"));
    }

    /// What is sent to study is what the next sitting asks first, and a second press takes it back.
    #[test]
    fn a_rule_that_is_sent_to_study_is_asked_first() {
        let script = review("s");
        assert!(script.text(80, 24).contains("Sent to study"));
        let title = |script: Script| script.keys("<esc> <esc> s").text(80, 24);
        let text = title(script);
        assert!(text.lines().next().unwrap().contains("you asked for it"), "{text}");
        let text = title(review("s s"));
        assert!(!text.lines().next().unwrap().contains("you asked for it"), "{text}");
    }

    #[test]
    fn a_rule_of_which_nothing_can_be_asked_is_not_sent_to_study() {
        let mut script = review("");
        let library = &mut script.app.desk.library;
        *library = Library::new(library.reference.clone());
        let script = script.keys("s");
        assert!(script.text(80, 24).contains("can't be studied now"), "{}", script.text(80, 24));
        assert!(script.app.desk.progress.objectives().iter().all(|known| known.wanted.is_none()));
    }

    /// The same keys, after an answer in study and where seen questions are read again.
    #[test]
    fn the_keys_are_the_same_wherever_a_key_is_shown() {
        for path in ["l <enter> <enter> p a s", "l <enter> <enter> p a s <esc> <esc> <enter> r"] {
            let script = Script::new().keys(path).keys("w q ? <enter> ! n ? <enter> s");
            let progress = &script.app.desk.progress;
            let known = &progress.items()[0];
            let objective = &progress.objectives()[0];
            assert_eq!((known.note.as_str(), known.doubt.as_str()), ("q?", "n?"), "{path}");
            assert!(objective.wanted.is_some() && !known.doubt_hash.is_empty(), "{path}");
            let text = script.text(80, 60);
            assert!(text.contains("Your note  q?") && text.contains("Your doubt  n?"), "{text}");
        }
        let open = Script::new().keys("s w");
        assert!(!open.text(80, 24).contains("Note"), "no notes before the answer");
    }
}
