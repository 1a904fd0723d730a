//! Saving a report as a file.

use crate::core::event::{ExamId, Fact, KeysShown};
use crate::core::report::second_look_left;
use crate::paper::{Document, Format};
use crate::text::sanitize::shown_path;
use crate::tui::keys::{Key, moved};
use crate::tui::layout::{column, scrolled};
use crate::tui::screen::{Context, Effect, Hint, Screen, hint};
use crate::tui::text::{count, hanging, paragraph};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// What can be chosen: the key, the form, what it is for.
const CHOICES: [(char, Format, &str, &str); 3] = [
    ('h', Format::Html, "A page (HTML)", "to read in a browser, or to print"),
    ('m', Format::Markdown, "Text (Markdown)", "to edit, or to keep among your notes"),
    ('j', Format::Json, "Data (JSON)", "for other programs"),
];

/// The choice of a file's form.
pub struct Export {
    id: ExamId,
    place: usize,
    /// Whether the keys are wanted although a second look is still possible.
    with_keys: bool,
}

impl Export {
    /// The report of that exam, which is over.
    pub fn new(id: &ExamId) -> Self {
        Self { id: id.clone(), place: 0, with_keys: false }
    }

    /// How many questions wait for a second look.
    fn left(&self, cx: &Context<'_>) -> usize {
        cx.progress().exam(&self.id).map_or(0, |exam| second_look_left(exam, cx.library()))
    }

    fn save(&self, format: Format, cx: &Context<'_>) -> Vec<Effect> {
        let Some(exam) = cx.progress().exam(&self.id) else { return vec![] };
        let item = |shown: &_| cx.desk.item_as_shown(shown);
        let Some(document) = Document::of(exam, cx.progress(), cx.library(), &item, self.with_keys) else {
            return vec![];
        };
        let Ok(text) = document.write(format) else {
            return vec![Effect::Notice("The report could not be written.".into())];
        };
        let mut effects = vec![];
        if self.with_keys && self.left(cx) > 0 {
            effects.push(Effect::Log(vec![Fact::KeysShown(KeysShown { exam: self.id.clone() })]));
        }
        effects.extend([Effect::SaveReport(document.file_name(), format.id(), text), Effect::Back]);
        effects
    }

    /// What the file will hold of the questions, and how to change that.
    fn questions_words(&self, left: usize) -> String {
        match (left, self.with_keys) {
            (0, _) => "The file holds every question with your answer, the key, the reasons and sources.".into(),
            (_, true) => "The file will hold the questions with their keys, and no second look is possible after it. k leaves them out.".into(),
            (left, false) => format!(
                "The file will hold no questions: {} can still be answered again before the keys are shown. k puts questions and keys in, and ends that.",
                count(left, "question")
            ),
        }
    }
}

impl Screen for Export {
    fn title(&self, _cx: &Context<'_>) -> String {
        "Save the report".into()
    }

    fn hints(&self, cx: &Context<'_>) -> Vec<Hint> {
        let mut hints = vec![hint("Enter", "save"), hint("↑↓", "choose")];
        if self.left(cx) > 0 {
            hints.push(hint("k", if self.with_keys { "without keys" } else { "with keys" }));
        }
        hints.push(hint("Esc", "back"));
        hints
    }

    fn help(&self) -> &'static str {
        "The report becomes a file that only you can read, in the folder reports beside your progress. No file is ever written over. The page needs no network; a browser prints it on A4 or Letter."
    }

    fn act(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        match key {
            Key::Enter => self.save(CHOICES[self.place].1, cx),
            Key::Esc | Key::Left => vec![Effect::Back],
            // The letter k moves up in other lists; here it stands for keys.
            Key::Char('k') => {
                self.with_keys = !self.with_keys && self.left(cx) > 0;
                vec![]
            }
            Key::Char(c) if CHOICES.iter().any(|(letter, ..)| *letter == c) => {
                let format = CHOICES.iter().find(|(letter, ..)| *letter == c).map(|(_, format, ..)| *format);
                format.map(|format| self.save(format, cx)).unwrap_or_default()
            }
            key => {
                // j is a form here, so that only arrows and the like move.
                self.place = key.step().map_or(self.place, |step| moved(self.place, step, CHOICES.len()));
                vec![]
            }
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let area = column(area);
        let (theme, width) = (&cx.theme, area.width as usize);
        let mut lines = vec![];
        for (place, (letter, _, name, purpose)) in CHOICES.iter().enumerate() {
            let focus = place == self.place;
            let style = if focus { theme.strong.patch(theme.focus) } else { theme.text };
            let mut line = vec![
                Span::styled(format!(" {letter} "), theme.key),
                Span::raw(" "),
                Span::styled(format!(" {name} "), style),
            ];
            if width >= 60 {
                line.push(Span::styled(format!(" {purpose}"), theme.quiet));
            }
            lines.push(Line::from(line));
        }
        lines.push(Line::default());
        let left = self.left(cx);
        let style = if left > 0 { theme.warning } else { theme.text };
        lines.extend(paragraph(&self.questions_words(left), width, style));
        if let Some(folder) = &cx.desk.reports {
            lines.push(Line::default());
            lines.extend(hanging(vec![Span::styled("Folder  ", theme.quiet)], &shown_path(folder), width, theme.quiet));
        }
        scrolled(frame, area, lines, 0, Some(self.place), theme);
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::picture::Script;
    use std::fs;

    /// A mini exam with two answers, of which one is flagged, at its report.
    const SAT: &str = "m <end> <up> <up> <up> <up> <enter> <enter> a n b f s y";

    fn reports(script: &mut Script) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        script.app.desk.reports = Some(dir.path().join("reports"));
        dir
    }

    fn names(dir: &tempfile::TempDir) -> Vec<String> {
        let entries = fs::read_dir(dir.path().join("reports")).map(Iterator::collect::<Vec<_>>).unwrap_or_default();
        let mut names: Vec<_> = entries.into_iter().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn each_export_is_a_new_file_and_its_path_is_said() {
        let mut script = Script::new().keys(SAT);
        let dir = reports(&mut script);
        let script = script.keys("e h");
        let text = script.text(120, 24);
        assert!(text.contains("Report · ") && text.contains("Saved: "), "{text}");
        let script = script.keys("e <enter> e m e <down> <down> <enter>");
        let stem = "2026-11-24-mock-exam";
        assert_eq!(
            names(&dir),
            [format!("{stem}-2.html"), format!("{stem}.html"), format!("{stem}.json"), format!("{stem}.md")]
        );
        drop(script);
    }

    #[test]
    fn the_keys_come_only_when_asked_for_and_end_the_second_look() {
        let mut script = Script::new().keys(SAT);
        let dir = reports(&mut script);
        let script = script.keys("e");
        assert!(script.text(80, 24).contains("will hold no questions"), "{}", script.text(80, 24));
        let script = script.keys("m");
        assert!(!script.app.desk.progress.exams[0].keys_shown);
        let read = |name: &str| fs::read_to_string(dir.path().join("reports").join(name)).unwrap();
        assert!(!read("2026-11-24-mock-exam.md").contains("The rule."));
        let script = script.keys("e k m");
        assert!(script.app.desk.progress.exams[0].keys_shown);
        assert!(read("2026-11-24-mock-exam-2.md").contains("The rule."));
        assert!(script.keys("e").text(80, 24).contains("holds every question"));
    }

    #[test]
    fn what_can_not_be_written_is_said_and_shows_no_key() {
        let script = Script::new().keys(SAT).keys("e k h");
        let text = script.text(80, 24);
        assert!(text.contains("was not saved") && text.contains("Save the report"), "{text}");
    }
}
