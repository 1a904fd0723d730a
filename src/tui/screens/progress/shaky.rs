//! The shakiest rules, and practice of them.

use super::sheet::{ENOUGH, Sheet, too_few};
use crate::core::bank::ObjectiveId;
use crate::core::pick::{self, Scope, Which};
use crate::core::stats::{Stats, WeakObjective};
use crate::tui::screen::{Context, Effect};
use crate::tui::text::{hanging, paragraph};
use ratatui::text::{Line, Span};
use std::ops::Range;

/// The list as it is drawn.
pub struct Rules {
    /// All lines.
    pub lines: Vec<Line<'static>>,
    /// The marked rule's first line.
    pub focus: usize,
    /// The lines that must be in sight: the marked rule, and above the first one what the list means.
    pub span: Range<usize>,
}

/// The list, with one rule marked.
pub fn lines(stats: &Stats, sheet: &Sheet<'_>, selected: usize) -> Rules {
    let theme = sheet.theme;
    let mut lines = paragraph(&meaning(stats), sheet.width, theme.strong);
    let mut rules = Rules { lines: vec![], focus: 0, span: 0..1 };
    for (n, rule) in stats.weakest.iter().enumerate() {
        lines.push(Line::default());
        let focus = lines.len();
        let (mark, style) = if n == selected { ("▸", theme.strong.patch(theme.focus)) } else { (" ", theme.text) };
        let head = vec![Span::styled(format!("{mark}{:>2}  ", n + 1), style)];
        lines.extend(hanging(head, &rule.title, sheet.width, style));
        lines.push(Line::styled(format!("     {}", figures(rule)), theme.quiet));
        if n == selected {
            rules.focus = focus;
            rules.span = if n == 0 { 0 } else { focus }..lines.len();
        }
    }
    rules.lines = lines;
    rules
}

fn figures(rule: &WeakObjective) -> String {
    format!("{} of {} right, {}", rule.answers.right, rule.answers.of, rule.recall_words())
}

fn meaning(stats: &Stats) -> String {
    match (stats.weakest.len(), stats.answers.of) {
        (0, _) => "No rule is met yet. Study a little, and your shakiest rules stand here.".into(),
        (_, answers) if answers < ENOUGH => too_few(answers, "which rules are shaky"),
        (1, _) => "This is the one that you would soonest miss. Enter begins practice of it.".into(),
        (n, _) => {
            format!(
                "These are the ones that you would soonest miss. Enter begins practice of the marked one, a of all {n}."
            )
        }
    }
}

/// Practice of those rules, each once and as many as fit in a day; of a single rule, its questions. Or word that there
/// are none.
pub fn practice(objectives: Vec<ObjectiveId>, cx: &Context<'_>) -> Vec<Effect> {
    if objectives.is_empty() {
        return vec![Effect::Notice("No rule is met yet. Begin with Study.".into())];
    }
    let which = if objectives.len() == 1 { Which::All } else { Which::Rules };
    let scope = Scope { objectives, which, ..Scope::default() };
    let questions = match which {
        Which::Rules => pick::rules(cx.library(), cx.progress(), &scope).len(),
        _ => pick::practice_items(cx.library(), cx.progress(), &scope).count(),
    };
    if questions == 0 {
        return vec![Effect::Notice("All questions of this are in your open exam. Hand it in first.".into())];
    }
    let fit = pick::questions_in(cx.progress(), cx.settings().minutes_per_day);
    vec![Effect::Study(scope, questions.min(fit))]
}

#[cfg(test)]
mod tests {
    use super::super::tests::{sheet, some_stats, text};
    use super::*;

    #[test]
    fn every_rule_shows_its_counts_and_a_fresh_miss_is_not_called_known() {
        let stats = some_stats();
        let rules = lines(&stats, &sheet(40, 9), 1);
        let all = text(&rules.lines);
        assert!(all.contains("1 of 4 right, tomorrow about 62 %"), "{all}");
        assert!(all.contains("0 of 1 right, missed so far") && !all.contains("100 %"), "{all}");
        let marked = text(&rules.lines[rules.span]);
        assert!(marked.contains("▸ 2") && marked.contains("missed so far"), "{marked}");
    }
}
