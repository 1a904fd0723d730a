//! The report of an exam.

use super::progress::sheet::{Sheet, narrow_range};
use super::review::Review;
use crate::core::calendar::words;
use crate::core::event::ExamId;
use crate::core::interval::{LIKELY, Share};
use crate::core::pick::{Scope, Which};
use crate::core::report::{Line as Row, Report, right};
use crate::tui::keys::Key;
use crate::tui::layout::{column, scrolled};
use crate::tui::screen::{Context, Effect, Hint, Screen, hint};
use crate::tui::text::{count, fitted, hanging, paragraph};
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
        let mut lines = Self::score(report, theme, width);
        let (mut kinds, mut likely) = (vec![], report.answered.of > 0);
        for (title, rows) in [
            ("By area", &report.areas),
            ("By part", &report.subdomains),
            ("By kind of thinking", &report.levels),
            ("By task word", &report.task_words),
        ] {
            likely |= table(&mut kinds, title, rows, theme, width);
        }
        if kinds.is_empty() {
            kinds.push(Line::default());
            kinds.extend(paragraph("Too few answers to say more by area or kind.", width, theme.quiet));
        } else if report.left_open > 0 {
            kinds.extend(paragraph("Counted here: the questions that you answered.", width, theme.quiet));
        }
        lines.extend(kinds);
        if !report.traps.is_empty() {
            lines.push(Line::default());
            lines.push(Line::styled("What the wrong answers had in common", theme.title));
            let (shown, others) = report.traps.split_at(report.traps.len().min(TRAPS));
            for (name, n) in shown {
                let head = vec![Span::styled(format!("  {n:>2} × "), theme.text)];
                lines.extend(hanging(head, name, width, theme.text));
            }
            if !others.is_empty() {
                lines.push(Line::styled(format!("  and {}", count(others.len(), "other")), theme.quiet));
            }
        }
        lines.push(Line::default());
        lines.push(Line::styled("How it went", theme.title));
        for fact in facts(report) {
            lines.extend(paragraph(&fact, width, theme.text));
        }
        if likely {
            lines.push(Line::default());
            lines.extend(paragraph(LIKELY, width, theme.quiet));
        }
        lines
    }

    /// What counts, and what to make of it.
    fn score(report: &Report, theme: &Theme, width: usize) -> Vec<Line<'static>> {
        let mut lines = vec![];
        if !report.complete {
            let words = match report.sections {
                1 => "This exam was ended before it was handed in.",
                _ => "This exam was ended before its last section was handed in.",
            };
            lines.extend(paragraph(words, width, theme.warning));
        }
        for section in &report.timed_out {
            let words = match report.sections {
                1 => "Time ran out.".to_owned(),
                _ => format!("Section {section} ran out of time."),
            };
            lines.extend(paragraph(&words, width, theme.warning));
        }
        let Share { right, of, .. } = report.score;
        let mut score = vec![Span::styled(format!("{right} of {of} right"), theme.strong)];
        if let Some(value) = report.score.value() {
            let likely = match report.left_open {
                0 => format!(", likely {}", report.answered.range_words()),
                _ => String::new(),
            };
            score.push(Span::styled(format!("   {:.0} %{likely}", value * 100.0), theme.text));
        }
        lines.push(Line::from(score));
        for words in [report.left_open_words(), Some(report.verdict()), report.tried_out_words()].into_iter().flatten()
        {
            lines.extend(paragraph(&words, width, theme.text));
        }
        if report.seen_before.of > 0 {
            let text = format!(
                "New to you: {} of {} right. Met before: {} of {} right; these make the score look better than it is.",
                report.first_sight.right, report.first_sight.of, report.seen_before.right, report.seen_before.of
            );
            lines.extend(paragraph(&text, width, theme.text));
        }
        lines
    }
}

/// So many kinds of wrong answers are named.
const TRAPS: usize = 5;

/// A group with fewer questions says nothing.
const TOO_FEW: u32 = 3;

/// How the exam went, in sentences.
fn facts(report: &Report) -> Vec<String> {
    let (all, each) = (words(Duration::from_secs(report.seconds)), report.seconds_each());
    let mut facts = vec![format!("{all} in all, {each} s for each answered question; {}.", report.time)];
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
    facts.push(format!("Begun {}. Seed {}.", report.started, report.seed));
    facts
}

/// A table of shares, each with its count and, where there is room, its range; tells whether it shows a range.
fn table(lines: &mut Vec<Line<'static>>, title: &'static str, rows: &[Row], theme: &Theme, width: usize) -> bool {
    let (few, enough): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| row.share.of < TOO_FEW);
    if enough.is_empty() {
        return false;
    }
    lines.push(Line::default());
    lines.push(Line::styled(title, theme.title));
    let sheet = Sheet { theme, width, height: 0 };
    let bars = !sheet.is_narrow();
    let name = width.saturating_sub(if bars { 38 } else { 11 }).clamp(12, 40);
    for row in &enough {
        let share = &row.share;
        let mut spans = vec![
            Span::styled(format!("  {}", fitted(&row.name, name)), theme.text),
            Span::styled(format!(" {:>3}/{:<3} ", share.right, share.of), theme.strong),
        ];
        if bars {
            spans.extend(sheet.whisker(share, 16));
            spans.push(Span::styled(format!(" {}", narrow_range(share)), theme.quiet));
        }
        lines.push(Line::from(spans));
    }
    if !few.is_empty() {
        let names: Vec<&str> = few.iter().map(|row| row.name.as_str()).collect();
        let head = vec![Span::styled("  too few to say: ", theme.quiet)];
        lines.extend(hanging(head, &names.join(", "), width, theme.quiet));
    }
    bars
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
        "A score is one draw: your true share is likely inside the range beside it. The reviews show every question with the reasons for each option, the rule and its source."
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
                self.scroll = key.scrolled(self.scroll, self.deepest.get());
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::settings::ThemeName;
    use crate::tui::picture::Script;

    /// The report in a window so high that all of it is seen.
    fn shown(script: &Script) -> String {
        let text = script.text(80, 80);
        assert!(text.contains("Report · "), "{text}");
        text
    }

    #[test]
    fn a_short_full_exam_says_what_counted_and_makes_no_comparison() {
        let script = Script::new().keys("m <enter> a n b n c s y <enter> a n b s y");
        let text = shown(&script);
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains("shorter than the real exam, so it can't be compared"), "{text}");
        assert!(flat.contains("55 questions, 52 of them scored; the others were being tried out"), "{text}");
        assert!(flat.contains("left open and count as wrong. Of the"), "{text}");
        assert_eq!(flat.matches("four of five").count(), 1, "{text}");
        assert!(!flat.contains(" counts as wrong") && !flat.contains("four cases"), "{text}");
        let small: String =
            (0..8).fold((String::new(), script), |(all, s), _| (all + &s.text(40, 12), s.keys("<space>"))).0;
        assert!(small.contains("in four of five"), "{small}");
    }

    #[test]
    fn time_that_ran_out_is_said_near_the_top() {
        let script = Script::new().keys("m <enter> a").pass(3600).keys("<enter> a s y");
        let first: Vec<String> = shown(&script).lines().skip(2).take(2).map(str::to_owned).collect();
        assert!(first[0].contains("Section 1 ran out of time."), "{first:?}");
        let text = shown(&Script::new().keys("m <down> <enter> a").pass(3700));
        assert!(text.contains("Time ran out.") && !text.contains("Section"), "{text}");
    }

    fn row(name: &str, right: u32, of: u32) -> Row {
        Row { name: name.into(), share: Share::new(right, of) }
    }

    #[test]
    fn groups_that_are_too_small_share_one_line() {
        let theme = Theme::of(ThemeName::Mono);
        let drawn = |rows: &[Row], width| {
            let mut lines = vec![];
            let likely = table(&mut lines, "By part", rows, &theme, width);
            (lines.iter().map(|l| l.to_string() + "\n").collect::<String>(), likely)
        };
        let rows = [row("Ethics", 2, 3), row("Intake", 1, 2), row("Termination", 0, 1)];
        let (text, likely) = drawn(&rows, 76);
        assert!(text.contains("too few to say: Intake, Termination") && !text.contains("1/2"), "{text}");
        assert!(likely && text.contains("├") && text.contains("32–89 %"), "{text}");
        let (text, likely) = drawn(&rows, 40);
        assert!(text.contains("2/3") && !text.contains('├') && !likely, "{text}");
        assert_eq!(drawn(&rows[1..], 76), (String::new(), false), "nothing can be said");
    }

    #[test]
    fn an_exam_of_three_answers_claims_nothing_about_areas() {
        let text = shown(&Script::new().keys("m <down> <enter> a n b s y"));
        assert!(text.contains("Too few answers to say more by area or kind.") && !text.contains("By area"), "{text}");
    }

    #[test]
    fn five_traps_are_named_and_the_others_counted() {
        let script = Script::new().keys("m <down> <enter> a s y");
        let cx = script.app.desk.progress.exams.last().unwrap();
        let mut report = Report::of(cx, &script.app.desk.library);
        report.traps = (0..7).map(|n| (format!("Trap {n}"), 2)).collect();
        let lines = ReportScreen::lines(&report, &Theme::of(ThemeName::Mono), 76);
        let text: String = lines.iter().map(|l| l.to_string() + "\n").collect();
        assert!(text.contains("2 × Trap 4") && !text.contains("Trap 5") && text.contains("and 2 others"), "{text}");
    }
}
