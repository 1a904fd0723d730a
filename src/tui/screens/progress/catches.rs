//! Which wrong options catch her, with a drill for each; and how she does by task word.

use super::shaky::Rules;
use super::sheet::{ENOUGH, Sheet, scale, share_words, too_few};
use crate::core::pick::{self, Scope, Which};
use crate::core::traps::{TaskWordLine, TrapLine};
use crate::tui::screen::{Context, Effect};
use crate::tui::text::{hanging, paragraph};
use ratatui::text::{Line, Span};

/// The list, with one trap marked.
pub fn lines(traps: &[TrapLine], words: &[TaskWordLine], sheet: &Sheet<'_>, selected: usize) -> Rules {
    const WORDS: usize = 38;
    let theme = sheet.theme;
    let narrow = sheet.is_narrow();
    let bar = if narrow { sheet.width.saturating_sub(2) } else { sheet.width.saturating_sub(WORDS + 2) };
    let mut lines = paragraph(&meaning(traps), sheet.width, theme.strong);
    let mut rules = Rules { lines: vec![], focus: 0, span: 0..1 };
    let share = |share: &crate::core::interval::Share, text: String, lines: &mut Vec<Line<'static>>| {
        let mut spans = vec![Span::raw("  ")];
        spans.extend(sheet.whisker(share, bar));
        if narrow {
            lines.push(Line::from(spans));
            lines.push(Line::styled(format!("  {text}"), theme.text));
        } else {
            spans.push(Span::styled(format!("  {text}"), theme.text));
            lines.push(Line::from(spans));
        }
    };
    if !traps.is_empty() {
        lines.push(Line::default());
        lines.push(Line::styled(format!("  {}", scale(bar)), theme.quiet));
    }
    for (n, trap) in traps.iter().enumerate() {
        let focus = lines.len();
        let (mark, style) = if n == selected { ("▸ ", theme.strong.patch(theme.focus)) } else { ("  ", theme.text) };
        lines.extend(hanging(vec![Span::styled(mark, style)], &trap.name, sheet.width, style));
        let of = trap.share();
        share(&of, format!("{} of {} chosen, likely {}", trap.fell, trap.chances, of.range_words()), &mut lines);
        if n == selected {
            rules.focus = focus;
            rules.span = if n == 0 { 0 } else { focus }..lines.len();
        }
    }
    if !words.is_empty() {
        lines.extend(sheet.sentence("Right at first sight, by the word that asks"));
    }
    for word in words {
        let name = if word.word.is_empty() { "none of these" } else { word.word };
        lines.push(Line::styled(format!("  {name}"), theme.text));
        share(&word.share, share_words(&word.share, true), &mut lines);
    }
    rules.lines = lines;
    rules
}

/// What catches her, if that can be told. An option that is chosen by chance alone catches one time in three.
fn meaning(traps: &[TrapLine]) -> String {
    let chances = traps.iter().map(|t| t.chances).max().unwrap_or(0);
    if chances < ENOUGH {
        return too_few(chances, "which wrong options catch you");
    }
    let keys = "Enter drills the marked one.";
    match traps.iter().find(|t| t.chances >= ENOUGH) {
        Some(worst) if worst.low > 1.0 / 3.0 => format!(
            "\"{}\" catches you more often than guessing would: {} of {} times. {keys}",
            worst.name, worst.fell, worst.chances
        ),
        Some(worst) if worst.fell > 0 => format!(
            "\"{}\" catches you most, {} of {} times. Of the kinds that you met {ENOUGH} times or more, none catches you more often than guessing would. {keys}",
            worst.name, worst.fell, worst.chances
        ),
        _ => "No kind of wrong option has caught you yet.".into(),
    }
}

/// Practice of questions that set a trap, as many as fit in a day; or word that there are none.
pub fn drill(trap: Option<&TrapLine>, cx: &Context<'_>) -> Vec<Effect> {
    let Some(trap) = trap else { return vec![Effect::Notice("No wrong option was met yet. Begin with Study.".into())] };
    let scope = Scope { traps: vec![trap.id.clone()], which: Which::All, ..Scope::default() };
    let questions = pick::practice_items(cx.library(), cx.progress(), &scope).count();
    if questions == 0 {
        return vec![Effect::Notice("No question with this trap can be asked now.".into())];
    }
    let fit = pick::questions_in(cx.progress(), cx.settings().minutes_per_day);
    vec![Effect::Study(scope, questions.min(fit))]
}

#[cfg(test)]
mod tests {
    use super::super::tests::{sheet, text};
    use super::*;
    use crate::core::interval::Share;

    fn trap(name: &str, fell: u32, chances: u32) -> TrapLine {
        let share = Share::new(fell, chances);
        TrapLine { id: name.into(), name: name.into(), fell, chances, low: share.low, high: share.high }
    }

    #[test]
    fn each_trap_shows_its_chances_and_the_words_their_shares() {
        let traps = [trap("Acts too soon", 12, 20), trap("Tells too much", 1, 18)];
        let words = [TaskWordLine { word: "FIRST", share: Share::new(8, 10) }];
        for width in [40, 76] {
            let rules = lines(&traps, &words, &sheet(width, 20), 1);
            let drawn = text(&rules.lines);
            assert!(drawn.contains("12 of 20 chosen, likely 46 to 73 %") && drawn.contains("8 of 10 right"), "{drawn}");
            assert!(text(&rules.lines[rules.span]).contains("▸ Tells too much"), "{drawn}");
        }
        assert!(meaning(&traps).contains("more often than guessing would: 12 of 20"));
        assert!(meaning(&traps[1..]).contains("none catches you more often than guessing would"));
        assert!(meaning(&[trap("x", 1, 4)]).starts_with("Too few answers"));
        assert!(meaning(&[trap("Seen thrice", 3, 3), trap("Acts too soon", 12, 20)]).contains("Acts too soon"));
    }
}
