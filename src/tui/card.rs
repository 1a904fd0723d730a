//! A question on the screen: stem, options, and after the answer the reasons.

use super::text::{hanging, paragraph, wrap};
use super::theme::Theme;
use crate::core::bank::{Item, Objective};
use crate::core::library::Library;
use crate::core::settings::Spacing;
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
    /// How it is laid out, while the key is not shown.
    pub spacing: Spacing,
    /// Highlighted words of the stem, by place.
    pub highlights: &'a [u16],
    /// The word of the stem under the cursor, by place.
    pub word: Option<u16>,
}

/// A question as lines.
pub struct CardLines {
    /// The lines.
    pub lines: Vec<Line<'static>>,
    /// The first line of each option, by its place on the screen.
    pub options: Vec<usize>,
    /// The line with the word under the cursor.
    pub word: Option<usize>,
}

impl<'a> Card<'a> {
    /// A question that nobody has touched.
    pub fn of(item: &'a Item, order: &'a [u8]) -> Self {
        Self {
            item,
            order,
            focus: None,
            chosen: None,
            struck: &[],
            reveal: false,
            spacing: Spacing::Close,
            highlights: &[],
            word: None,
        }
    }
    /// The question as lines of at most `width` cells: the stem, then the options from top to bottom.
    pub fn lines(&self, width: usize, theme: &Theme, library: &Library) -> CardLines {
        let (lines, word) = self.stem(width, theme);
        let mut card = CardLines { lines, options: vec![], word };
        if self.spacing == Spacing::OneByOne && !self.reveal {
            let place = self.focus.unwrap_or(0).min(self.order.len().saturating_sub(1));
            self.add_option(place, &mut card, width, theme, library);
            let others = format!("Option {} of {}. ↑↓ shows the others.", place + 1, self.order.len());
            card.lines.push(Line::default());
            card.lines.extend(paragraph(&others, width, theme.quiet));
            return card;
        }
        for place in 0..self.order.len() {
            if self.spacing == Spacing::Roomy && !self.reveal {
                card.lines.push(Line::default());
            }
            self.add_option(place, &mut card, width, theme, library);
        }
        card
    }

    /// The stem, its highlighted words underlined, and the line with the word under the cursor.
    fn stem(&self, width: usize, theme: &Theme) -> (Vec<Line<'static>>, Option<usize>) {
        if self.highlights.is_empty() && self.word.is_none() {
            return (paragraph(&self.item.stem, width, theme.text), None);
        }
        let mut words = WordPlaces::of(&self.item.stem);
        let mut with_cursor = None;
        let lines = wrap(&self.item.stem, width)
            .iter()
            .enumerate()
            .map(|(n, line)| {
                let mut spans = vec![];
                for piece in line.split_whitespace() {
                    let place = words.place_of(piece);
                    if !spans.is_empty() {
                        let joined =
                            self.highlights.contains(&place) && self.highlights.contains(&place.wrapping_sub(1));
                        spans.push(Span::styled(" ", if joined { theme.highlight } else { theme.text }));
                    }
                    let mut style = if self.highlights.contains(&place) { theme.highlight } else { theme.text };
                    if self.word == Some(place) {
                        style = style.patch(theme.focus);
                        with_cursor = Some(n);
                    }
                    spans.push(Span::styled(piece.to_owned(), style));
                }
                Line::from(spans)
            })
            .collect();
        (lines, with_cursor)
    }

    /// The answered question: the stem, what was chosen and the key with their reasons, the rule, the other options.
    pub fn answered(&self, objective: &Objective, width: usize, theme: &Theme, library: &Library) -> CardLines {
        let (lines, word) = self.stem(width, theme);
        let mut card = CardLines { lines, options: vec![], word };
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

/// Finds the place of each word of a text whose lines were broken, also inside a word.
struct WordPlaces<'a> {
    words: std::iter::Peekable<std::iter::Enumerate<std::str::SplitWhitespace<'a>>>,
    /// Letters of the present word that were met already.
    met: usize,
}

impl<'a> WordPlaces<'a> {
    fn of(text: &'a str) -> Self {
        Self { words: text.split_whitespace().enumerate().peekable(), met: 0 }
    }

    fn place_of(&mut self, piece: &str) -> u16 {
        let Some((place, word)) = self.words.peek().copied() else { return u16::MAX };
        self.met += piece.len();
        if self.met >= word.len() {
            self.words.next();
            self.met = 0;
        }
        u16::try_from(place).unwrap_or(u16::MAX)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample;
    use crate::core::settings::ThemeName;

    /// A highlighted word stays the same word however narrow the window is.
    #[test]
    fn highlights_hold_their_words_at_every_width() {
        let library = sample::library();
        let mut item = library.items().next().unwrap().item.clone();
        item.stem = "A self-employed person asks whether counselling-by-correspondence is permitted".into();
        let theme = Theme::of(ThemeName::Mono);
        for width in 12..80 {
            let card = Card { highlights: &[1, 5], ..Card::of(&item, &[]) };
            let lines = card.stem(width, &theme).0;
            let marked = lines.iter().flat_map(|l| &l.spans).filter(|s| s.style == theme.highlight);
            let marked: String = marked.map(|s| s.content.as_ref()).collect();
            assert_eq!(marked, "self-employedcounselling-by-correspondence", "at {width}");
            let text: String = lines.iter().map(|l| l.to_string().replace(' ', "")).collect();
            assert_eq!(text, item.stem.replace(' ', ""));
        }
    }

    #[test]
    fn one_option_at_a_time_says_that_there_are_others() {
        let library = sample::library();
        let item = library.items().next().unwrap().item;
        let card = Card { spacing: Spacing::OneByOne, focus: Some(1), ..Card::of(item, &[0, 1, 2]) };
        let lines = card.lines(76, &Theme::of(ThemeName::Mono), &library).lines;
        let text: String = lines.iter().map(|l| l.to_string() + "\n").collect();
        assert!(text.contains(&item.options[1].text) && !text.contains(&item.options[0].text), "{text}");
        assert!(text.contains("Option 2 of 3"), "{text}");
    }
}
