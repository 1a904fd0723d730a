//! The search of the library: a line to type in, and the rules that hold every word of it.

use crate::core::bank::{Objective, ObjectiveId};
use crate::core::library::Library;
use crate::tui::keys::{Key, moved};
use crate::tui::text::count;
use crate::tui::text_field::TextField;
use crate::tui::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;

/// The longest search, in characters.
const LONGEST: usize = 80;
/// What stands before the typed text.
const LABEL: &str = "Search  ";

/// A search that is being typed.
#[derive(Debug)]
pub struct Search {
    field: TextField,
    found: Vec<ObjectiveId>,
    place: usize,
    /// Whether the last key moved in the list; the terminal's cursor stands there then, and in the text otherwise.
    in_list: bool,
}

impl Default for Search {
    fn default() -> Self {
        Self { field: TextField::holding("", LONGEST), found: vec![], place: 0, in_list: false }
    }
}

impl Search {
    /// Types, deletes, or moves in the list.
    pub fn act(&mut self, key: Key, library: &Library) {
        match key {
            key if self.field.press(key) => self.look(library),
            key => {
                if let Some(step) = key.step() {
                    self.place = moved(self.place, step, self.found.len());
                    self.in_list = !self.found.is_empty();
                }
            }
        }
    }

    fn look(&mut self, library: &Library) {
        self.found = find(library, &self.field.text).into_iter().map(|o| o.id.clone()).collect();
        self.place = 0;
        self.in_list = false;
    }

    /// The rules that were found.
    pub fn found<'a>(&self, library: &'a Library) -> Vec<&'a Objective> {
        self.found.iter().filter_map(|id| library.objective(id)).map(|(_, o)| o).collect()
    }

    /// The selected place in the list.
    pub fn place(&self) -> usize {
        self.place
    }

    /// The selected rule.
    pub fn selected<'a>(&self, library: &'a Library) -> Option<&'a Objective> {
        library.objective(self.found.get(self.place)?).map(|(_, o)| o)
    }

    /// How many were found.
    pub fn status(&self) -> String {
        if self.field.text.trim().is_empty() {
            String::new()
        } else {
            format!("{} found", count(self.found.len(), "rule"))
        }
    }

    /// What to say where the list is empty.
    pub fn words_for_nothing(&self) -> Option<&'static str> {
        match (self.field.text.trim().is_empty(), self.found.is_empty()) {
            (true, _) => Some("Type a word or two, such as a duty, a method or a condition."),
            (false, true) => Some("No rule holds all of these words. Backspace takes the last letter away."),
            (false, false) => None,
        }
    }

    /// Draws the line that is typed in, its end always in sight.
    pub fn draw_field(&self, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
        let x = self.field.draw(LABEL, frame, area, theme);
        if !self.in_list {
            frame.set_cursor_position((x, area.y));
        }
    }
}

/// The rules that hold every word of the query, in whatever case: first those that hold them in the title.
fn find<'a>(library: &'a Library, query: &str) -> Vec<&'a Objective> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    if words.is_empty() {
        return vec![];
    }
    let holds = |text: &str| words.iter().all(|w| text.contains(w.as_str()));
    let mut found: Vec<(bool, &Objective)> = library
        .objectives()
        .filter_map(|(_, objective)| {
            let title = objective.title.to_lowercase();
            if holds(&title) {
                return Some((false, objective));
            }
            let mut text = title + "\n" + objective.id.as_str() + "\n" + &objective.rule.to_lowercase();
            for item in &objective.items {
                text.push('\n');
                text += item.id.as_str();
                text.push('\n');
                text += &item.stem.to_lowercase();
            }
            holds(&text).then_some((true, objective))
        })
        .collect();
    found.sort_by_key(|(elsewhere, _)| *elsewhere);
    found.into_iter().map(|(_, objective)| objective).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample;

    #[test]
    fn words_are_found_wherever_they_stand_and_titles_come_first() {
        let library = sample::library();
        assert_eq!(find(&library, "INFORMED consent")[0].title, "Informed consent before and during services");
        assert_eq!(find(&library, "hospital").len(), 60, "every rule has a scene there");
        assert_eq!(find(&library, "(SCENE 60.)").len(), 3, "one in each topic");
        assert_eq!(find(&library, "ethics-0004")[0].id.as_str(), "ethics.sample.rule-02");
        assert!(find(&library, "consent xyzzy").is_empty());
        assert!(find(&library, "  ").is_empty());
    }
}
