//! The report of an exam.

use super::review::Review;
use crate::core::calendar::words;
use crate::core::event::ExamId;
use crate::core::interval::Share;
use crate::core::pick::{Scope, Which};
use crate::core::report::{Line as Row, Report, right};
use crate::tui::keys::{Key, moved};
use crate::tui::layout::{column, scrolled};
use crate::tui::screen::{Context, Effect, Hint, Screen, hint};
use crate::tui::text::{count, fitted, paragraph};
use crate::tui::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use std::cell::Cell;
use std::time::Duration;

/// The report of an exam on the screen.
pub struct ReportScreen {
    id: ExamId,
    scroll: usize,
    deepest: Cell<usize>,
}

impl ReportScreen {
    /// The report of that exam.
    pub fn new(id: &ExamId) -> Self {
        Self { id: id.clone(), scroll: 0, deepest: Cell::new(0) }
    }

    fn report(&self, cx: &Context<'_>) -> Option<Report> {
        cx.progress().exam(&self.id).map(|exam| Report::of(exam, cx.library()))
    }

    /// Practice of the rules that this exam showed to be shaky.
    fn study_misses(&self, cx: &Context<'_>) -> Vec<Effect> {
        let Some(exam) = cx.progress().exam(&self.id) else { return vec![] };
        let mut objectives: Vec<_> = exam
            .items()
            .filter(|(_, _, item, slot)| slot.opened && !right(item, slot))
            .map(|(_, _, item, _)| item.shown.objective.clone())
            .collect();
        objectives.sort();
        objectives.dedup();
        if objectives.is_empty() {
            return vec![Effect::Notice("Nothing was missed in this exam.".into())];
        }
        let number = objectives.len();
        let title = Some("What you missed");
        vec![Effect::OpenStudy(Scope { objectives, which: Which::Rules, title, ..Scope::default() }, number)]
    }

    fn lines(report: &Report, theme: &Theme, width: usize) -> Vec<Line<'static>> {
        let mut lines = vec![];
        if !report.complete {
            lines.extend(paragraph("This exam was ended before its last section was handed in.", width, theme.warning));
        }
        let Share { right, of, low, high } = report.score;
        let percent = report.score.value().unwrap_or(0.0) * 100.0;
        lines.push(Line::from(vec![
            Span::styled(format!("{right} of {of}"), theme.strong),
            Span::styled(
                format!("   {percent:.0} %, likely between {:.0} and {:.0} %", low * 100.0, high * 100.0),
                theme.text,
            ),
        ]));
        lines.extend(paragraph(&report.verdict(), width, theme.text));
        if report.unanswered > 0 {
            let text = format!(
                "{} left without an answer; they count as wrong.",
                count(report.unanswered as usize, "question")
            );
            lines.extend(paragraph(&text, width, theme.warning));
        }
        if report.seen_before.of > 0 {
            let text = format!(
                "New to you: {} of {} right. Met before: {} of {} right; these make the score look better than it is.",
                report.first_sight.right, report.first_sight.of, report.seen_before.right, report.seen_before.of
            );
            lines.extend(paragraph(&text, width, theme.text));
        }
        table(&mut lines, "By area", &report.areas, theme, width);
        table(&mut lines, "By part", &report.subdomains, theme, width);
        table(&mut lines, "By kind of thinking", &report.levels, theme, width);
        table(&mut lines, "By task word", &report.task_words, theme, width);
        if !report.traps.is_empty() {
            lines.push(Line::default());
            lines.push(Line::styled("What the wrong answers had in common", theme.title));
            lines.extend(
                report.traps.iter().take(5).map(|(name, n)| Line::styled(format!("  {n:>2} × {name}"), theme.text)),
            );
        }
        lines.push(Line::default());
        lines.push(Line::styled("How it went", theme.title));
        let each = report.seconds / u64::from(report.items.max(1));
        let mut facts = vec![format!(
            "{} in all, {each} s a question; {}.",
            words(Duration::from_secs(report.seconds)),
            report.time
        )];
        let changes = report.changes;
        if changes.to_right + changes.to_wrong + changes.wrong_to_wrong > 0 {
            facts.push(format!(
                "Changed answers: {} to right, {} away from right, {} from wrong to wrong.",
                changes.to_right, changes.to_wrong, changes.wrong_to_wrong
            ));
        }
        if let (times @ 1.., seconds) = report.interruptions {
            facts.push(format!(
                "Interrupted {} for {} in all; the clock stood still.",
                count(times, "time"),
                words(Duration::from_secs(seconds))
            ));
        }
        for section in &report.timed_out {
            facts.push(format!("Section {section} ran out of time."));
        }
        facts.push(format!("Begun {}. Seed {}.", report.started, report.seed));
        for fact in facts {
            lines.extend(paragraph(&fact, width, theme.text));
        }
        lines
    }
}

/// A table of shares with a bar, each with its count and range.
fn table(lines: &mut Vec<Line<'static>>, title: &'static str, rows: &[Row], theme: &Theme, width: usize) {
    if rows.is_empty() {
        return;
    }
    lines.push(Line::default());
    lines.push(Line::styled(title, theme.title));
    let bars = width >= 56;
    let name = width.saturating_sub(if bars { 36 } else { 11 }).clamp(12, 40);
    for row in rows {
        let share = &row.share;
        let mut spans = vec![
            Span::styled(format!("  {}", fitted(&row.name, name)), theme.text),
            Span::styled(format!(" {:>3}/{:<3}", share.right, share.of), theme.strong),
        ];
        if bars {
            spans.push(Span::styled(super::bar(share, 16), theme.plot));
            spans.push(Span::styled(format!(" {:>2.0}–{:.0} %", share.low * 100.0, share.high * 100.0), theme.quiet));
        }
        lines.push(Line::from(spans));
    }
}

impl Screen for ReportScreen {
    fn title(&self, cx: &Context<'_>) -> String {
        let name = cx.progress().exam(&self.id).and_then(|e| e.form.name.clone());
        format!("Report · {}", name.as_deref().unwrap_or("Mock exam"))
    }

    fn status(&self, cx: &Context<'_>) -> String {
        cx.progress().exam(&self.id).map(|e| e.started.local_text()).unwrap_or_default()
    }

    fn hints(&self, _cx: &Context<'_>) -> Vec<Hint> {
        vec![
            hint("Enter", "review all"),
            hint("w", "review missed"),
            hint("s", "study missed"),
            hint("↑↓", "scroll"),
            hint("Esc", "back"),
        ]
    }

    fn help(&self) -> &'static str {
        "A score is one draw from a range: the range in percent holds your true share in four cases of five. The reviews show every question with the reasons for each option, the rule and its source."
    }

    fn act(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        match key {
            Key::Enter => vec![Effect::Open(Box::new(Review::new(&self.id, false)))],
            Key::Char('w') => {
                let review = Review::new(&self.id, true);
                if review.is_empty(cx) {
                    vec![Effect::Notice("Nothing was missed in this exam.".into())]
                } else {
                    vec![Effect::Open(Box::new(review))]
                }
            }
            Key::Char('s') => self.study_misses(cx),
            Key::Esc => vec![Effect::Back],
            key => {
                let step = if key == Key::Char(' ') { Some(10) } else { key.step() };
                if let Some(step) = step {
                    self.scroll = moved(self.scroll, step, self.deepest.get() + 1);
                }
                vec![]
            }
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let area = column(area);
        let Some(report) = self.report(cx) else { return };
        let lines = Self::lines(&report, &cx.theme, area.width as usize);
        self.deepest.set(lines.len().saturating_sub(area.height as usize));
        scrolled(frame, area, lines, self.scroll, Some(self.scroll), &cx.theme);
    }
}
