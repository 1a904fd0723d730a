//! Past exams, the newest first, each with its score and the way to its report.

use super::report::ReportScreen;
use crate::core::event::ExamLength;
use crate::core::exam::{Ending, Exam, Phase};
use crate::core::interval::LIKELY;
use crate::core::report::Report;
use crate::tui::app::phase_title;
use crate::tui::keys::{Key, moved};
use crate::tui::layout::{column, scrolled};
use crate::tui::screen::{Context, Effect, Hint, Screen, hint};
use crate::tui::text::{count, cut, paragraph, window};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// The list of past exams.
#[derive(Debug)]
pub struct History {
    place: usize,
}

impl History {
    /// Opens with the newest exam selected.
    pub fn new(_cx: &Context<'_>) -> Self {
        Self { place: 0 }
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
        match Self::exam(self.place, cx) {
            None => vec![hint("Esc", "back")],
            Some(exam) => {
                let enter = if exam.is_open() { "resume" } else { "report" };
                vec![hint("Enter", enter), hint("↑↓", "choose"), hint("Esc", "back")]
            }
        }
    }

    fn help(&self) -> &'static str {
        "Every exam that you have begun. A score is one draw; likely means that in four of five such cases the truth lies inside. Questions left open count as wrong, but say nothing about the range. Enter opens a report, or goes on with an open exam."
    }

    fn act(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        match key {
            Key::Enter | Key::Right => self.open(cx),
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
            lines.push(Line::from(Span::styled(cut(&format!(" {} ", what(exam, width)), width), style)));
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
