//! Past exams, the newest first, each with its score and the way to its report, to a file, to another exam beside it.

use super::compare::Compare;
use super::export::Export;
use super::report::ReportScreen;
use crate::core::event::{ExamId, ExamLength, ExamRenamed, Fact};
use crate::core::exam::{Ending, Exam, NAME_LENGTH, Phase};
use crate::core::interval::LIKELY;
use crate::core::report::Report;
use crate::text::one_line;
use crate::tui::app::phase_title;
use crate::tui::keys::{Key, moved};
use crate::tui::layout::{column, scrolled};
use crate::tui::screen::{Context, Effect, Hint, Screen, hint};
use crate::tui::text::{count, cut, paragraph, window};
use crate::tui::text_field::TextField;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// The list of past exams.
#[derive(Debug)]
pub struct History {
    place: usize,
    /// The exam to be compared with another.
    marked: Option<ExamId>,
    /// The name that is being typed.
    renaming: Option<TextField>,
}

impl History {
    /// Opens with the newest exam selected.
    pub fn new(_cx: &Context<'_>) -> Self {
        Self { place: 0, marked: None, renaming: None }
    }

    /// The exam at a place, the newest first.
    fn exam<'a>(place: usize, cx: &Context<'a>) -> Option<&'a Exam> {
        cx.progress().exams.iter().rev().nth(place)
    }

    fn open(&self, cx: &Context<'_>) -> Vec<Effect> {
        match Self::exam(self.place, cx) {
            Some(exam) if exam.is_open() => vec![Effect::ResumeExam(exam.id().clone())],
            Some(exam) => vec![Effect::Open(Box::new(ReportScreen::new(exam.id())))],
            None => vec![],
        }
    }

    /// Marks an exam, or compares it with the marked one.
    fn compare(&mut self, cx: &Context<'_>) -> Vec<Effect> {
        let Some(exam) = Self::exam(self.place, cx) else { return vec![] };
        if exam.is_open() {
            return vec![Effect::Notice("An open exam has no score yet, so it can't be compared.".into())];
        }
        match self.marked.take() {
            None if cx.progress().exams.iter().filter(|e| !e.is_open()).count() < 2 => {
                vec![Effect::Notice("There is no second exam to set beside this one yet.".into())]
            }
            None => {
                self.marked = Some(exam.id().clone());
                vec![Effect::Notice("Marked. Go to another exam and press c to set the two beside each other.".into())]
            }
            Some(marked) if marked == *exam.id() => vec![Effect::Notice("The mark is taken away.".into())],
            Some(marked) => vec![Effect::Open(Box::new(Compare::new(&marked, exam.id())))],
        }
    }

    fn export(&self, cx: &Context<'_>) -> Vec<Effect> {
        match Self::exam(self.place, cx) {
            Some(exam) if exam.is_open() => {
                vec![Effect::Notice("An open exam tells no keys; its report can be saved when it is over.".into())]
            }
            Some(exam) => vec![Effect::Open(Box::new(Export::new(exam.id())))],
            None => vec![],
        }
    }

    /// Answers a key while a name is typed.
    fn type_name(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        match (key, &mut self.renaming, Self::exam(self.place, cx)) {
            (Key::Enter, Some(field), Some(exam)) => {
                let name = Some(one_line(&field.text)).filter(|name| !name.is_empty());
                let exam = exam.id().clone();
                self.renaming = None;
                vec![Effect::Log(vec![Fact::ExamRenamed(ExamRenamed { exam, name })])]
            }
            (Key::Esc, ..) => {
                self.renaming = None;
                vec![]
            }
            (key, Some(field), _) => {
                field.press(key);
                vec![]
            }
            _ => vec![],
        }
    }
}

/// Below this width, words are left out.
const NARROW: usize = 52;

/// When, which and how long.
fn what(exam: &Exam, width: usize) -> String {
    let length = match exam.form.length {
        ExamLength::Full => "Full",
        ExamLength::Half => "Half",
        ExamLength::Mini => "Mini",
        ExamLength::Items(_) => "Short",
    };
    let kind = match &exam.form.name {
        Some(name) => format!("{name}, {}", length.to_lowercase()),
        None if width < NARROW => length.to_owned(),
        None => format!("{length} mock exam"),
    };
    format!("{}  {kind}, {}", exam.started.local_text(), count(exam.items().count(), "question"))
}

/// What became of it. An open exam's score stays unsaid.
fn outcome(exam: &Exam, cx: &Context<'_>, width: usize) -> String {
    let ending = match exam.phase {
        Phase::Ended(Ending::Complete) => "complete",
        Phase::Ended(Ending::Abandoned) => "ended early",
        phase => {
            let answered = exam.items().filter(|(_, _, _, slot)| slot.choice.is_some()).count();
            return format!("open: {}, {answered} answered", phase_title(phase, exam.form.sections.len()));
        }
    };
    let report = Report::of(exam, cx.library());
    let (score, narrow) = (report.score, width < NARROW);
    let mut words =
        if narrow { format!("{}/{}", score.right, score.of) } else { format!("{} of {} right", score.right, score.of) };
    if report.left_open > 0 {
        words = format!("{words}, {} {}", report.left_open, if narrow { "open" } else { "left open" });
    }
    if report.answered.of > 0 {
        let range = report.answered.range_words();
        words = format!("{words}  {}{range}", if narrow { "" } else { "likely " });
    }
    format!("{words}  {ending}")
}

impl Screen for History {
    fn title(&self, _cx: &Context<'_>) -> String {
        "History".into()
    }

    fn status(&self, cx: &Context<'_>) -> String {
        match cx.progress().exams.len() {
            0 => String::new(),
            all => format!("{}/{all}", (self.place + 1).min(all)),
        }
    }

    fn hints(&self, cx: &Context<'_>) -> Vec<Hint> {
        if self.renaming.is_some() {
            return vec![hint("Enter", "keep the name"), hint("Esc", "as it was")];
        }
        match Self::exam(self.place, cx) {
            None => vec![hint("Esc", "back")],
            Some(exam) => {
                let enter = if exam.is_open() { "resume" } else { "report" };
                let compare = if self.marked.is_some() { "compare with it" } else { "compare" };
                let mut hints = vec![hint("Enter", enter), hint("↑↓", "choose")];
                if !exam.is_open() {
                    hints.extend([hint("c", compare), hint("e", "export")]);
                }
                hints.extend([hint("r", "rename"), hint("Esc", "back")]);
                hints
            }
        }
    }

    fn help(&self) -> &'static str {
        "Every exam that you have begun. A score is one draw; likely means that in four of five such cases the truth lies inside. Questions left open count as wrong, but say nothing about the range. Enter opens a report, or goes on with an open exam. c on one exam and then on another sets the two beside each other; e saves a report as a file."
    }

    fn takes_text(&self) -> bool {
        self.renaming.is_some()
    }

    fn act(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        if self.renaming.is_some() {
            return self.type_name(key, cx);
        }
        match key {
            Key::Enter | Key::Right => self.open(cx),
            Key::Char('c') => self.compare(cx),
            Key::Char('e') => self.export(cx),
            Key::Char('r') => {
                let name = |exam: &Exam| one_line(exam.form.name.as_deref().unwrap_or_default());
                self.renaming = Self::exam(self.place, cx).map(|e| TextField::holding(&name(e), NAME_LENGTH));
                vec![]
            }
            Key::Esc | Key::Left => vec![Effect::Back],
            key => {
                let len = cx.progress().exams.len();
                self.place = key.step().map_or(self.place, |s| moved(self.place, s, len));
                vec![]
            }
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let area = column(area);
        let (theme, width) = (&cx.theme, area.width as usize);
        let len = cx.progress().exams.len();
        if len == 0 {
            let words = "No exam yet. Esc goes back to the first screen; m begins a mock exam there. Its score and report will stand here.";
            scrolled(frame, area, paragraph(words, width, theme.text), 0, Some(0), theme);
            return;
        }
        // Two lines for each exam, and an empty one between where there is room.
        let gap = usize::from(area.height >= 15);
        let fit = ((area.height as usize + gap) / (2 + gap)).max(1);
        let mut shown = window(self.place, len, fit);
        // The mark that there is more needs a row of its own.
        let more = shown.end < len && fit > 1;
        if more && fit * (2 + gap) - gap >= area.height as usize {
            shown = window(self.place, len, fit - 1);
        }
        let mut lines = vec![];
        let mut cursor = 0;
        for place in shown.clone() {
            let Some(exam) = Self::exam(place, cx) else { continue };
            let focus = place == self.place;
            if focus {
                cursor = lines.len();
            }
            let style = if focus { theme.strong.patch(theme.focus) } else { theme.text };
            let mark = if self.marked.as_ref() == Some(exam.id()) { '●' } else { ' ' };
            lines.push(Line::from(Span::styled(cut(&format!("{mark}{} ", what(exam, width)), width), style)));
            let style = if exam.is_open() { theme.warning } else { theme.text };
            lines.push(Line::from(Span::styled(cut(&format!("  {}", outcome(exam, cx, width)), width), style)));
            if gap > 0 && place + 1 < shown.end {
                lines.push(Line::default());
            }
        }
        let likely = lines.iter().any(|l| l.to_string().contains("likely"));
        if likely && lines.len() + 2 <= area.height as usize {
            lines.push(Line::default());
            lines.extend(paragraph(LIKELY, width, theme.quiet));
        }
        scrolled(frame, area, lines, 0, Some(cursor), theme);
        if more {
            crate::tui::layout::more_below(frame, Rect { y: area.y + area.height - 1, height: 1, ..area }, theme);
        }
        if let Some(field) = &self.renaming {
            let words = "Enter keeps it, Esc leaves it as it was. An empty name takes it away.";
            field.draw_box("Another name", words, frame, frame.area(), theme);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::picture::Script;

    #[test]
    fn a_finished_exam_opens_its_report() {
        let script = Script::new().keys("m <down> <enter> <enter> a s y <esc> h");
        let text = script.text(80, 24);
        assert!(text.contains("Mini mock exam, 30 questions") && text.contains("complete"), "{text}");
        assert!(script.keys("<enter>").text(80, 24).contains("Report · Mock exam"));
    }

    /// A mini exam of three answers, back on the first screen.
    const SAT: &str = "m <down> <enter> <enter> a n b n c s y <esc>";

    #[test]
    fn an_exam_is_renamed_and_the_name_can_be_taken_away() {
        let script = Script::new().keys(SAT).keys("h r q ? <space> e");
        let text = script.text(80, 24);
        assert!(text.contains("q? e▏") && !text.contains("Leave swprep"), "{text}");
        assert!(!script.keys("<esc>").text(80, 24).contains("q? e"), "escape keeps the name as it was");
        let script = Script::new().keys(SAT).keys("h r <space> q <space> <space> b <enter>");
        assert!(script.text(80, 24).contains("  q b, mini, 30 questions"), "{}", script.text(80, 24));
        let script = script.keys("<enter>");
        assert!(script.text(80, 24).contains("Report · q b"), "{}", script.text(80, 24));
        let script = script.keys("<esc> r <back> <back> <back> <enter>");
        assert!(script.text(80, 24).contains("Mini mock exam"), "{}", script.text(80, 24));
    }

    #[test]
    fn two_marked_exams_are_compared_and_an_open_one_is_not() {
        let script = Script::new().keys(SAT).keys("h c");
        assert!(script.text(80, 24).contains("no second exam"));
        let script = script.keys("<esc>").keys(SAT).keys("m <down> <enter> <enter> a <esc> y h");
        for key in ["c", "e"] {
            let script = Script::new().keys(SAT).keys("m <down> <enter> <enter> a <esc> y h").keys(key);
            assert!(script.text(80, 24).contains("An open exam"), "{key}");
        }
        let script = script.keys("<down> c");
        assert!(script.text(80, 24).lines().any(|l| l.trim_start().starts_with('●')), "{}", script.text(80, 24));
        let script = script.keys("c c <down> c");
        assert!(script.text(80, 24).starts_with("  Two exams"), "{}", script.text(80, 24));
    }

    #[test]
    fn the_range_speaks_of_what_was_answered() {
        let text = Script::new().keys("m <down> <enter> <enter> a n b n s y <esc> h").text(80, 24);
        assert!(text.contains("28 left open  likely ") && text.contains(" %  complete"), "{text}");
        let text = Script::new().keys("m <down> <enter> <enter> s y <esc> h").text(80, 24);
        assert!(text.contains("0 of 30 right, 30 left open  complete"), "{text}");
    }

    #[test]
    fn an_open_exam_is_resumed_and_keeps_its_score_to_itself() {
        let script = Script::new().keys("m <down> <enter> <enter> a n b <esc> y h");
        let text = script.text(80, 24);
        assert!(text.contains("open: in progress, 2 answered") && !text.contains('%'), "{text}");
        assert!(script.keys("<enter>").text(80, 24).contains("2/30"), "the second question again");
    }
}
