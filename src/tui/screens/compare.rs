//! Two exams beside each other; in a narrow window below each other.

use crate::core::event::ExamId;
use crate::core::interval::Share;
use crate::paper::{Column, Comparison, Pair, compare};
use crate::tui::keys::Key;
use crate::tui::layout::{column, scrolled};
use crate::tui::screen::{Context, Effect, Hint, Screen, hint};
use crate::tui::text::{cut, fitted, hanging, paragraph};
use crate::tui::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use std::cell::Cell;

/// Below this width the exams stand below each other.
const NARROW: usize = 64;

/// Two exams, whichever came first.
pub struct Compare {
    ids: [ExamId; 2],
    scroll: usize,
    deepest: Cell<usize>,
}

impl Compare {
    /// Those two, which are over.
    pub fn new(one: &ExamId, other: &ExamId) -> Self {
        Self { ids: [one.clone(), other.clone()], scroll: 0, deepest: Cell::new(0) }
    }

    fn compared(&self, cx: &Context<'_>) -> Option<Comparison> {
        compare([&self.ids[0], &self.ids[1]], cx.progress(), cx.library())
    }
}

fn share_words(share: &Share) -> String {
    if share.of == 0 {
        return "none".to_owned();
    }
    format!("{}/{}  {:.0}–{:.0} %", share.right, share.of, share.low * 100.0, share.high * 100.0)
}

/// The exams in two columns.
fn beside(compared: &Comparison, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let half = width.saturating_sub(4) / 2;
    let row = |left: &str, right: &str, style| {
        Line::from(vec![
            Span::styled(fitted(left, half), style),
            Span::raw("    "),
            Span::styled(cut(right, half), style),
        ])
    };
    let Comparison { earlier, later, .. } = compared;
    let mut lines = vec![
        row(&format!("Earlier: {}", earlier.title), &format!("Later: {}", later.title), theme.title),
        row(&earlier.started, &later.started, theme.text),
        row(&earlier.score, &later.score, theme.strong),
        row(&earlier.pace, &later.pace, theme.text),
    ];
    for Pair { name, earlier, later, words } in &compared.pairs {
        lines.extend([Line::default(), Line::styled(cut(name, width), theme.title)]);
        lines.push(row(&share_words(earlier), &share_words(later), theme.text));
        lines.extend(paragraph(words, width, theme.strong));
    }
    lines
}

/// The exams one after the other in each group.
fn below(compared: &Comparison, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = vec![];
    for (place, Column { title, started, score, pace }) in [("Earlier", &compared.earlier), ("Later", &compared.later)]
    {
        lines.extend(paragraph(&format!("{place}: {title}"), width, theme.title));
        for words in [started, score, pace] {
            lines.extend(hanging(vec![Span::raw("  ")], words, width, theme.text));
        }
    }
    for Pair { name, earlier, later, words } in &compared.pairs {
        lines.push(Line::default());
        lines.extend(paragraph(name, width, theme.title));
        lines.push(Line::styled(format!("  earlier  {}", share_words(earlier)), theme.text));
        lines.push(Line::styled(format!("  later    {}", share_words(later)), theme.text));
        lines.extend(hanging(vec![Span::raw("  ")], words, width, theme.strong));
    }
    lines
}

impl Screen for Compare {
    fn title(&self, _cx: &Context<'_>) -> String {
        "Two exams beside each other".into()
    }

    fn hints(&self, _cx: &Context<'_>) -> Vec<Hint> {
        vec![hint("↑↓", "scroll"), hint("Esc", "back")]
    }

    fn help(&self) -> &'static str {
        "A difference is called higher or lower only where chance alone would seldom make it. Most differences between two exams are chance: two scores are two draws. The row of questions that were new to you is the fairest."
    }

    fn act(&mut self, key: Key, _cx: &Context<'_>) -> Vec<Effect> {
        match key {
            Key::Esc | Key::Left => return vec![Effect::Back],
            key => self.scroll = key.scrolled(self.scroll, self.deepest.get()),
        }
        vec![]
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let area = column(area);
        let (theme, width) = (&cx.theme, area.width as usize);
        let Some(compared) = self.compared(cx) else { return };
        let mut lines = if width < NARROW { below(&compared, width, theme) } else { beside(&compared, width, theme) };
        lines.push(Line::default());
        for remark in &compared.remarks {
            lines.extend(paragraph(remark, width, theme.quiet));
        }
        self.deepest.set(lines.len().saturating_sub(area.height as usize));
        scrolled(frame, area, lines, self.scroll, Some(self.scroll), theme);
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::picture::Script;

    #[test]
    fn two_exams_stand_side_by_side_or_below_each_other() {
        let sat = "m <end> <up> <up> <up> <up> <enter> <enter> a n b n c n a s y <esc>";
        let script = Script::new().keys(sat).keys(sat).keys("h c <down> c");
        let wide = script.text(80, 40);
        assert!(wide.lines().any(|l| l.contains("Earlier: Mock exam") && l.contains("Later: Mock exam")), "{wide}");
        assert!(wide.contains("The difference can be chance.") && wide.contains("by chance alone"), "{wide}");
        let narrow = script.text(40, 60);
        assert!(narrow.lines().any(|l| l.trim() == "Later: Mock exam"), "{narrow}");
        assert!(script.keys("<esc>").text(80, 24).starts_with("  History"));
    }
}
