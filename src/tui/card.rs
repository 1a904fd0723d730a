//! A question on the screen: stem, options, and after the answer the reasons.

use super::text::{hanging, paragraph};
use super::theme::Theme;
use crate::core::bank::{Item, Objective};
use crate::core::library::Library;
pub use crate::text::letter;
use ratatui::text::{Line, Span};

/// What is to be seen of a question.
pub struct Card<'a> {
    /// The question.
    pub item: &'a Item,
    /// Its options from top to bottom, as file positions.
    pub order: &'a [u8],
    /// The option under the cursor, by its place on the screen.
    pub focus: Option<usize>,
    /// The chosen option, as a file position.
    pub chosen: Option<u8>,
    /// Struck options, as file positions.
    pub struck: &'a [u8],
    /// Whether the key is shown, with every reason.
    pub reveal: bool,
}

/// A question as lines.
pub struct CardLines {
    /// The lines.
    pub lines: Vec<Line<'static>>,
    /// The first line of each option, by its place on the screen.
    pub options: Vec<usize>,
}

impl Card<'_> {
    /// The question as lines of at most `width` cells: the stem, then the options from top to bottom.
    pub fn lines(&self, width: usize, theme: &Theme, library: &Library) -> CardLines {
        let mut card = CardLines { lines: paragraph(&self.item.stem, width, theme.text), options: vec![] };
        for place in 0..self.order.len() {
            self.add_option(place, &mut card, width, theme, library);
        }
        card
    }

    /// The answered question: the stem, what was chosen and the key with their reasons, the rule, the other options.
    pub fn answered(&self, objective: &Objective, width: usize, theme: &Theme, library: &Library) -> CardLines {
        let mut card = CardLines { lines: paragraph(&self.item.stem, width, theme.text), options: vec![] };
        let is_key = |file: u8| self.item.options.get(usize::from(file)).is_some_and(|o| o.key);
        let at = |wanted: &dyn Fn(u8) -> bool| self.order.iter().position(|file| wanted(*file));
        let mut first: Vec<usize> = at(&|file| self.chosen == Some(file)).into_iter().collect();
        first.extend(at(&is_key).filter(|key| !first.contains(key)));
        for place in &first {
            self.add_option(*place, &mut card, width, theme, library);
        }
        card.lines.extend(rule_lines(objective, library, width, theme));
        for place in (0..self.order.len()).filter(|place| !first.contains(place)) {
            self.add_option(place, &mut card, width, theme, library);
        }
        card
    }

    /// Adds an empty line and the option at that place, with its reason if the key is shown.
    fn add_option(&self, place: usize, card: &mut CardLines, width: usize, theme: &Theme, library: &Library) {
        let Some(file) = self.order.get(place) else { return };
        let Some(option) = self.item.options.get(usize::from(*file)) else { return };
        let lines = &mut card.lines;
        lines.push(Line::default());
        card.options.resize(card.options.len().max(place + 1), lines.len());
        card.options[place] = lines.len();
        let chosen = self.chosen == Some(*file);
        let struck = self.struck.contains(file);
        let (mark, style) = match (self.reveal, option.key, chosen) {
            (true, true, _) => ("✓", theme.right),
            (true, false, true) => ("✗", theme.wrong),
            (false, _, true) => ("●", theme.strong),
            (false, _, false) if struck => ("–", theme.struck),
            (_, _, false) => (" ", theme.text),
        };
        // Only the letter is turned over: a whole line in reverse would look like an answer already given.
        let focused = self.focus == Some(place) && !self.reveal;
        let letter_style = if focused { style.patch(theme.focus) } else { style };
        let head = vec![
            Span::styled(format!("{mark} "), style),
            Span::styled(format!(" {} ", letter(place)), letter_style),
            Span::raw(" "),
        ];
        lines.extend(hanging(head, &option.text, width, style));
        if self.reveal {
            let indent = || vec![Span::raw("      ")];
            lines.extend(hanging(indent(), &option.why, width, theme.text));
            if let Some(trap) = option.trap.as_ref().filter(|_| chosen) {
                let name = format!("The trap: {}.", library.trap_name(trap.as_str()).to_lowercase());
                lines.extend(hanging(indent(), &name, width, theme.quiet));
            }
        }
    }
}

/// The rule behind a question, and where it comes from.
pub fn rule_lines(objective: &Objective, library: &Library, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = vec![Line::default(), Line::styled("The rule", theme.title)];
    lines.extend(paragraph(&objective.rule, width, theme.text));
    for reference in &objective.refs {
        let head = vec![Span::styled("Source  ", theme.quiet)];
        lines.extend(hanging(head, &library.cite(reference), width, theme.quiet));
    }
    lines
}
