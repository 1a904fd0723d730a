//! The report of an exam.

use super::export::Export;
use super::progress::sheet::{Sheet, narrow_range};
use super::review::Review;
use super::second_look::SecondLook;
use crate::core::event::{ExamId, Fact, KeysShown};
use crate::core::pick::{Scope, Which};
use crate::core::report::{Earlier, Line as Row, Report, earlier, right, second_look_left};
use crate::paper::room::second_look_offer;
use crate::paper::{footnote, parts, score_range, summary, warnings};
use crate::tui::keys::Key;
use crate::tui::layout::{column, dialog, scrolled};
use crate::tui::screen::{Context, Effect, Hint, Screen, hint};
use crate::tui::text::{fitted, hanging, paragraph};
use crate::tui::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use std::cell::Cell;

/// What shows keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    All,
    Missed,
    Study,
}

/// The report of an exam on the screen.
pub struct ReportScreen {
    id: ExamId,
    /// What was asked for when a second look was offered instead.
    asking: Option<Wanted>,
    scroll: usize,
    deepest: Cell<usize>,
}

impl ReportScreen {
    /// The report of that exam.
    pub fn new(id: &ExamId) -> Self {
        Self { id: id.clone(), asking: None, scroll: 0, deepest: Cell::new(0) }
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
        let number = objectives.len();
        let title = Some("What you missed");
        vec![Effect::OpenStudy(Scope { objectives, which: Which::Rules, title, ..Scope::default() }, number)]
    }

    /// The report as lines.
    fn lines(report: &Report, earlier: &[Earlier], theme: &Theme, width: usize) -> Vec<Line<'static>> {
        let mut lines = score(report, theme, width);
        for part in parts(report, earlier) {
            lines.push(Line::default());
            lines.push(Line::styled(part.title, theme.title));
            lines.extend(table(&part.rows, theme, width));
            for (name, n) in &part.counts {
                let head = vec![Span::styled(format!("  {n:>3}  "), theme.strong)];
                lines.extend(hanging(head, name, width, theme.text));
            }
            for words in &part.words {
                lines.extend(hanging(vec![Span::raw("  ")], words, width, theme.text));
            }
        }
        if let Some(likely) = footnote(report) {
            lines.push(Line::default());
            lines.extend(paragraph(likely, width, theme.quiet));
        }
        lines
    }

    /// Opens what shows keys. While a second look without keys is still possible, it is offered first.
    fn show_keys(&mut self, wanted: Wanted, cx: &Context<'_>) -> Vec<Effect> {
        let Some(exam) = cx.progress().exam(&self.id) else { return vec![] };
        if wanted != Wanted::All && !exam.items().any(|(_, _, item, slot)| slot.opened && !right(item, slot)) {
            return vec![Effect::Notice("Nothing was missed in this exam.".into())];
        }
        if self.asking.is_none() && second_look_left(exam, cx.library()) > 0 {
            self.asking = Some(wanted);
            return vec![];
        }
        self.asking = None;
        let mut effects = vec![];
        if !exam.keys_shown {
            effects.push(Effect::Log(vec![Fact::KeysShown(KeysShown { exam: self.id.clone() })]));
        }
        effects.extend(match wanted {
            Wanted::All => vec![Effect::Open(Box::new(Review::new(&self.id, false)))],
            Wanted::Missed => vec![Effect::Open(Box::new(Review::new(&self.id, true)))],
            Wanted::Study => self.study_misses(cx),
        });
        effects
    }

    fn second_look(&mut self, cx: &Context<'_>) -> Vec<Effect> {
        self.asking = None;
        let Some(exam) = cx.progress().exam(&self.id) else { return vec![] };
        if exam.keys_shown {
            return vec![Effect::Notice(
                "The keys of this exam have been shown: a second look would say nothing.".into(),
            )];
        }
        if second_look_left(exam, cx.library()) == 0 {
            return vec![Effect::Notice("No question is left for a second look.".into())];
        }
        vec![Effect::Open(Box::new(SecondLook::new(&self.id)))]
    }
}

/// What counts, and what to make of it.
fn score(report: &Report, theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let mut lines = vec![];
    for words in warnings(report) {
        lines.extend(paragraph(&words, width, theme.warning));
    }
    lines.push(Line::from(vec![
        Span::styled(format!("{} of {} right", report.score.right, report.score.of), theme.strong),
        Span::styled(score_range(report), theme.text),
    ]));
    for words in summary(report) {
        lines.extend(paragraph(&words, width, theme.text));
    }
    lines
}

/// A table of shares, each with its count and, where there is room, its range.
fn table(rows: &[Row], theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let sheet = Sheet { theme, width, height: 0 };
    let bars = !sheet.is_narrow();
    let name = width.saturating_sub(if bars { 38 } else { 11 }).clamp(12, 40);
    let line = |row: &Row| {
        let share = &row.share;
        let mut spans = vec![
            Span::styled(format!("  {}", fitted(&row.name, name)), theme.text),
            Span::styled(format!(" {:>3}/{:<3} ", share.right, share.of), theme.strong),
        ];
        if bars && share.of > 0 {
            spans.extend(sheet.whisker(share, 16));
            spans.push(Span::styled(format!(" {}", narrow_range(share)), theme.quiet));
        }
        Line::from(spans)
    };
    rows.iter().map(line).collect()
}

/// Draws the question whether to look again before the keys are shown.
fn draw_question(left: usize, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let width = (area.width as usize).saturating_sub(6).min(60);
    let mut lines = paragraph(&second_look_offer(left), width, theme.text);
    lines.push(Line::default());
    lines.push(Line::styled("y  look again first", theme.key));
    lines.push(Line::styled("n  show the keys", theme.key));
    dialog(frame, area, "A second look?", lines, 0, theme);
}

impl Screen for ReportScreen {
    fn title(&self, cx: &Context<'_>) -> String {
        let name = cx.progress().exam(&self.id).and_then(|e| e.form.name.clone());
        format!("Report · {}", name.as_deref().unwrap_or("Mock exam"))
    }

    fn status(&self, cx: &Context<'_>) -> String {
        cx.progress().exam(&self.id).map(|e| e.started.local_text()).unwrap_or_default()
    }

    fn hints(&self, cx: &Context<'_>) -> Vec<Hint> {
        if self.asking.is_some() {
            return vec![hint("y", "look again first"), hint("n", "show the keys"), hint("Esc", "back")];
        }
        let mut hints = vec![hint("Enter", "review all"), hint("w", "review missed"), hint("s", "study missed")];
        if cx.progress().exam(&self.id).is_some_and(|e| second_look_left(e, cx.library()) > 0) {
            hints.insert(0, hint("b", "second look"));
        }
        hints.extend([hint("↑↓", "scroll"), hint("e", "export"), hint("Esc", "back")]);
        hints
    }

    fn help(&self) -> &'static str {
        "A score is one draw: your true share is likely inside the range beside it. The second look asks what you flagged, changed, guessed, left open or answered very fast once more, without a clock and before any key is shown. The reviews show every question with the reasons for each option, the rule and its source."
    }

    fn act(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        if let Some(wanted) = self.asking {
            return match key {
                Key::Char('y' | 'Y' | 'b') | Key::Enter => self.second_look(cx),
                Key::Char('n' | 'N') => self.show_keys(wanted, cx),
                Key::Esc => {
                    self.asking = None;
                    vec![]
                }
                _ => vec![],
            };
        }
        match key {
            Key::Enter => self.show_keys(Wanted::All, cx),
            Key::Char('w') => self.show_keys(Wanted::Missed, cx),
            Key::Char('s') => self.show_keys(Wanted::Study, cx),
            Key::Char('b') => self.second_look(cx),
            Key::Char('e') => vec![Effect::Open(Box::new(Export::new(&self.id)))],
            Key::Esc => vec![Effect::Back],
            key => {
                self.scroll = key.scrolled(self.scroll, self.deepest.get());
                vec![]
            }
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let area = column(area);
        let Some(exam) = cx.progress().exam(&self.id) else { return };
        let report = Report::of(exam, cx.library());
        let earlier = earlier(exam, cx.progress(), cx.library());
        let lines = Self::lines(&report, &earlier, &cx.theme, area.width as usize);
        self.deepest.set(lines.len().saturating_sub(area.height as usize));
        scrolled(frame, area, lines, self.scroll, Some(self.scroll), &cx.theme);
        if self.asking.is_some() {
            draw_question(second_look_left(exam, cx.library()), frame, frame.area(), &cx.theme);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::interval::Share;
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
        let script = Script::new().keys("m <enter> <enter> a n b n c s y <enter> a n b s y");
        let text = shown(&script);
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains("shorter than the real exam, so it can't be compared"), "{text}");
        assert!(flat.contains("55 questions, 50 of them scored; the others were being tried out"), "{text}");
        assert!(flat.contains("left open and count as wrong. Of the"), "{text}");
        assert_eq!(flat.matches("four of five").count(), 1, "{text}");
        assert!(!flat.contains(" counts as wrong") && !flat.contains("four cases"), "{text}");
        let small: String =
            (0..8).fold((String::new(), script), |(all, s), _| (all + &s.text(40, 12), s.keys("<space>"))).0;
        assert!(small.contains("in four of five"), "{small}");
    }

    #[test]
    fn time_that_ran_out_is_said_near_the_top() {
        let script = Script::new().keys("m <enter> <enter> a").pass(3600).keys("<enter> a s y");
        let first: Vec<String> = shown(&script).lines().skip(2).take(2).map(str::to_owned).collect();
        assert!(first[0].contains("Section 1 ran out of time."), "{first:?}");
        let text = shown(&Script::new().keys("m <down> <enter> <enter> a").pass(3700));
        assert!(text.contains("Time ran out.") && !text.contains("Section"), "{text}");
    }

    #[test]
    fn a_narrow_window_leaves_the_ranges_out() {
        let theme = Theme::of(ThemeName::Mono);
        let rows = [Row { name: "Ethics".into(), share: Share::new(2, 3) }];
        let drawn = |width| table(&rows, &theme, width).iter().map(ToString::to_string).collect::<String>();
        assert!(drawn(76).contains("├") && drawn(76).contains("32–89 %"), "{}", drawn(76));
        assert!(drawn(40).contains("2/3") && !drawn(40).contains('├'), "{}", drawn(40));
    }

    #[test]
    fn an_exam_of_three_answers_claims_nothing_about_areas() {
        let text = shown(&Script::new().keys("m <down> <enter> <enter> a n b s y"));
        assert!(text.contains("Too few answers to say more by area or kind.") && !text.contains("By area"), "{text}");
    }
}
