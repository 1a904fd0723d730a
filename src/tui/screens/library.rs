//! The library: every topic with its rules, to browse and to search.

mod search;

use super::objective::ObjectiveScreen;
use crate::core::bank::Objective;
use crate::core::progress::ObjectiveProgress;
use crate::tui::keys::{Key, moved};
use crate::tui::layout::column;
use crate::tui::list::{list, row};
use crate::tui::screen::{Context, Effect, Hint, Screen, hint};
use crate::tui::text::{count, fitted, paragraph};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use search::Search;

/// The library on the screen.
#[derive(Debug)]
pub struct LibraryScreen {
    topic: usize,
    /// The selected rule of the open topic; `None` while topics are listed.
    rule: Option<usize>,
    search: Option<Search>,
}

impl LibraryScreen {
    /// Opens with the list of topics.
    pub fn new(_cx: &Context<'_>) -> Self {
        Self { topic: 0, rule: None, search: None }
    }

    fn open(objective: Option<&Objective>) -> Vec<Effect> {
        match objective {
            Some(objective) => vec![Effect::Open(Box::new(ObjectiveScreen::new(&objective.id)))],
            None => vec![],
        }
    }

    fn act_on_search(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        let Some(search) = &mut self.search else { return vec![] };
        match key {
            Key::Esc => self.search = None,
            Key::Enter => return Self::open(search.selected(cx.library())),
            key => search.act(key, cx.library()),
        }
        vec![]
    }

    fn draw_topics(&self, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let (theme, width) = (&cx.theme, area.width as usize);
        let topics = cx.library().topics();
        let name = width.saturating_sub(30).clamp(16, 40);
        let line = |n: usize, focus: bool| {
            let topic = &topics[n];
            let states: Vec<&str> = topic.objectives.iter().map(|o| state(o, cx)).collect();
            let of = |word: &str| states.iter().filter(|s| **s == word).count();
            let (new, due) = (of("new"), of("due"));
            let due = if due > 0 { format!("  {due:>3} due") } else { String::new() };
            let words = format!("{:>4}  {new:>3} new{due}", count(states.len(), "rule"));
            row(&format!("{} {words}", fitted(&topic.title, name)), focus, width, theme)
        };
        list(frame, area, topics.len(), self.topic, line, "", theme);
    }
}

/// What a learner knows of a rule, in a word.
fn state(objective: &Objective, cx: &Context<'_>) -> &'static str {
    if cx.library().examined_as(objective, cx.settings().category).is_none() {
        return "other";
    }
    match cx.progress().objective(&objective.id).and_then(ObjectiveProgress::due) {
        None => "new",
        Some(day) if day <= cx.today() => "due",
        Some(_) => "met",
    }
}

/// Draws rules as rows, and the rule of the selected one in full below them.
fn draw_rules(frame: &mut Frame<'_>, area: Rect, rules: &[&Objective], selected: usize, cx: &Context<'_>) {
    let (theme, width) = (&cx.theme, area.width as usize);
    let about = rules.get(selected).map_or("", |o| o.rule.as_str());
    let line = |n: usize, focus: bool| {
        let objective = rules[n];
        row(&format!("{:<5}  {}", state(objective, cx), objective.title), focus, width, theme)
    };
    list(frame, area, rules.len(), selected, line, about, theme);
}

impl Screen for LibraryScreen {
    fn title(&self, cx: &Context<'_>) -> String {
        match (&self.search, self.rule) {
            (Some(_), _) => "Library · search".into(),
            (None, Some(_)) => {
                format!("Library · {}", cx.library().topics().get(self.topic).map_or("", |t| t.title.as_str()))
            }
            (None, None) => "Library".into(),
        }
    }

    fn status(&self, cx: &Context<'_>) -> String {
        match (&self.search, self.rule) {
            (Some(search), _) => search.status(),
            (None, Some(rule)) => {
                let len = cx.library().topics().get(self.topic).map_or(0, |t| t.objectives.len());
                format!("{}/{len}", (rule + 1).min(len))
            }
            (None, None) => count(cx.library().objectives().count(), "rule"),
        }
    }

    fn hints(&self, _cx: &Context<'_>) -> Vec<Hint> {
        match (&self.search, self.rule) {
            (Some(_), _) => vec![hint("Esc", "end the search"), hint("Enter", "open"), hint("↑↓", "choose")],
            (None, Some(_)) => {
                vec![hint("Enter", "open"), hint("↑↓", "choose"), hint("/", "search"), hint("Esc", "topics")]
            }
            (None, None) => {
                vec![hint("Enter", "open"), hint("↑↓", "choose"), hint("/", "search"), hint("Esc", "back")]
            }
        }
    }

    fn help(&self) -> &'static str {
        "Every rule of the question banks, with its source. The search finds rules that hold all the words you type, in their title, text, name or questions. The word before a rule says where you stand: new (no question of it answered yet), due (for review), met, other (not asked in your exam). Questions that you have not seen stay closed, so that they can still test you."
    }

    fn takes_text(&self) -> bool {
        self.search.is_some()
    }

    fn act(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        if self.search.is_some() {
            return self.act_on_search(key, cx);
        }
        let topics = cx.library().topics();
        let objectives = topics.get(self.topic).map_or(&[][..], |t| &t.objectives);
        match (key, self.rule) {
            (Key::Char('/'), _) => self.search = Some(Search::default()),
            (Key::Enter | Key::Right, Some(rule)) => return Self::open(objectives.get(rule)),
            (Key::Enter | Key::Right, None) if !objectives.is_empty() => self.rule = Some(0),
            (Key::Esc | Key::Left | Key::Backspace, Some(_)) => self.rule = None,
            (Key::Esc, None) => return vec![Effect::Back],
            (key, Some(rule)) => {
                self.rule = Some(key.step().map_or(rule, |s| moved(rule, s, objectives.len())));
            }
            (key, None) => {
                self.topic = key.step().map_or(self.topic, |s| moved(self.topic, s, topics.len()));
            }
        }
        vec![]
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let area = column(area);
        let (theme, width) = (&cx.theme, area.width as usize);
        if let Some(search) = &self.search {
            let field = Rect { height: area.height.min(1), ..area };
            let rest = Rect { y: area.y + field.height, height: area.height - field.height, ..area };
            let rules = search.found(cx.library());
            draw_rules(frame, rest, &rules, search.place(), cx);
            search.draw_field(frame, field, theme);
            if let Some(words) = search.words_for_nothing() {
                frame.render_widget(
                    ratatui::widgets::Paragraph::new(paragraph(words, width, theme.quiet)),
                    Rect { y: rest.y + 1, height: rest.height.saturating_sub(1), ..rest },
                );
            }
            return;
        }
        let topics = cx.library().topics();
        if topics.is_empty() {
            let words = "There are no questions here. swprep bank check says what is wrong with a bank.";
            let lines: Vec<Line<'static>> = paragraph(words, width, theme.warning);
            crate::tui::layout::scrolled(frame, area, lines, 0, Some(0), theme);
            return;
        }
        match self.rule {
            Some(rule) => {
                let rules: Vec<&Objective> =
                    topics.get(self.topic).map(|t| t.objectives.iter().collect()).unwrap_or_default();
                draw_rules(frame, area, &rules, rule, cx);
            }
            None => self.draw_topics(frame, area, cx),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::picture::Script;

    #[test]
    fn every_letter_can_be_searched_for_and_escape_ends_the_search() {
        let script = Script::new().keys("l / q ? /");
        assert!(script.text(80, 24).contains("Search  q?/"));
        let script = script.keys("<esc>");
        assert!(script.text(80, 24).starts_with("  Library  "), "back among the topics");
        assert!(!script.keys("<esc>").app.is_leaving(), "back on the first screen");
    }

    #[test]
    fn a_rule_that_was_found_opens() {
        let script = Script::new().keys("l / C O N S E N T <enter>");
        assert!(script.text(80, 24).contains("(Rule 10 of ethics.)"));
        assert!(script.keys("<esc>").text(80, 24).contains("Search  CONSENT"), "the search waits behind it");
    }

    #[test]
    fn the_last_rule_can_be_reached_in_a_small_window() {
        let text = Script::new().keys("l <down> <enter> <end>").text(40, 12);
        assert!(text.contains("20/20") && text.contains("(Rule 20 of"), "{text}");
    }
}
