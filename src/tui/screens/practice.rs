//! Practice to one's own choice: topics, area, statement, kind and number of questions.

mod choice;

use crate::core::pick::practice_items;
use crate::tui::keys::{Key, moved};
use crate::tui::layout::{column, scrolled};
use crate::tui::list::{list, row};
use crate::tui::screen::{Context, Effect, Hint, Screen, hint};
use crate::tui::text::{fitted, paragraph, window};
use choice::{Choice, fits};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// The builder of a practice sitting.
#[derive(Debug)]
pub struct Practice {
    choice: Choice,
    row: usize,
    /// The selected place in the open list of statements; the first place means any.
    statements: Option<usize>,
}

/// What can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    Kind,
    Number,
    Area,
    Statement,
    /// A topic, by its place in the library.
    Topic(usize),
}

impl Practice {
    /// Opens with ten of all questions chosen.
    pub fn new(_cx: &Context<'_>) -> Self {
        Self { choice: Choice::default(), row: 0, statements: None }
    }

    fn rows(cx: &Context<'_>) -> Vec<Row> {
        let topics = (0..cx.library().topics().len()).map(Row::Topic);
        [Row::Kind, Row::Number, Row::Area, Row::Statement].into_iter().chain(topics).collect()
    }

    fn change(&mut self, row: Row, by: isize, cx: &Context<'_>) {
        match row {
            Row::Kind => self.choice.turn_kind(by),
            Row::Number => self.choice.turn_number(by),
            Row::Area => self.choice.turn_area(by, cx.library(), cx.progress()),
            Row::Statement => {
                let listed = self.choice.statements(cx.library(), cx.progress());
                let chosen = listed.iter().position(|(s, _)| Some(&s.id) == self.choice.statement.as_ref());
                self.statements = Some(chosen.map_or(0, |n| n + 1));
            }
            Row::Topic(n) => {
                if let Some(topic) = cx.library().topics().get(n) {
                    self.choice.toggle(&topic.id, cx.library(), cx.progress());
                }
            }
        }
    }

    fn begin(&self, cx: &Context<'_>) -> Vec<Effect> {
        let scope = self.choice.scope();
        match practice_items(cx.library(), cx.progress(), &scope).count() {
            0 => vec![Effect::Notice(self.choice.advice(cx.library(), cx.progress()))],
            fit => vec![Effect::Study(scope, self.choice.asked(fit))],
        }
    }

    fn act_on_statements(&mut self, place: usize, key: Key, cx: &Context<'_>) {
        let listed = self.choice.statements(cx.library(), cx.progress());
        match key {
            Key::Enter | Key::Char(' ') => {
                self.choice.statement = place.checked_sub(1).and_then(|n| listed.get(n)).map(|(s, _)| s.id.clone());
                self.statements = None;
            }
            Key::Esc | Key::Left => self.statements = None,
            key => {
                let step = key.step().unwrap_or(0);
                self.statements = Some(moved(place, step, listed.len() + 1));
            }
        }
    }

    /// The row as it is read; `fit` holds each topic's number of questions.
    fn words(&self, row: Row, fit: &[usize], cx: &Context<'_>, width: usize) -> String {
        let turn = |name: &str, value: &str| format!("{}‹ {value} ›", fitted(name, 11));
        match row {
            Row::Kind => turn("Questions", self.choice.which.title()),
            Row::Number => turn("How many", &self.choice.number_words()),
            Row::Area => {
                let area = self.choice.area.as_ref();
                let area = area.and_then(|code| cx.library().outline().areas.iter().find(|a| a.code == *code));
                turn("Area", area.map_or("any", |a| a.name.as_str()))
            }
            Row::Statement => {
                let statement = self.choice.statement.as_ref().and_then(|id| cx.library().statement(id));
                fitted("Statement", 11) + statement.map_or("any (Space lists them)", |s| s.label.as_str())
            }
            Row::Topic(n) => {
                let Some(topic) = cx.library().topics().get(n) else { return String::new() };
                let mark = if self.choice.topics.contains(&topic.id) { "[x]" } else { "[ ]" };
                let fit = fit.get(n).copied().unwrap_or(0);
                format!("{mark} {} {fit:>5}", fitted(&topic.title, width.saturating_sub(12).min(40)))
            }
        }
    }

    fn draw_statements(&self, place: usize, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let (theme, width) = (&cx.theme, area.width as usize);
        let listed = self.choice.statements(cx.library(), cx.progress());
        let line = |n: usize, focus: bool| match n.checked_sub(1).and_then(|n| listed.get(n)) {
            None => row("any", focus, width, theme),
            Some((statement, items)) => {
                row(&format!("{:<8}{items:>4}  {}", statement.id.as_str(), statement.label), focus, width, theme)
            }
        };
        let about = match place.checked_sub(1).and_then(|n| listed.get(n)) {
            None => "Every statement of the outline.".to_owned(),
            Some((statement, _)) => format!("{}. {}", statement.label, statement.scope),
        };
        list(frame, area, listed.len() + 1, place, line, &about, theme);
    }
}

impl Screen for Practice {
    fn title(&self, _cx: &Context<'_>) -> String {
        if self.statements.is_some() { "Practice · statement".into() } else { "Practice".into() }
    }

    fn hints(&self, _cx: &Context<'_>) -> Vec<Hint> {
        if self.statements.is_some() {
            return vec![hint("Enter", "choose"), hint("↑↓", "move"), hint("Esc", "back")];
        }
        vec![
            hint("Enter", "begin"),
            hint("Space", "change"),
            hint("Esc", "back"),
            hint("↑↓", "move"),
            hint("r", "reset"),
            hint("←→", "change"),
        ]
    }

    fn help(&self) -> &'static str {
        "Choose what to be asked; with no topic marked, every topic counts. The number beside a topic is how many of its questions fit the other choices. The statements are those of the exam's outline. Space or the arrows change the row, Enter begins. Questions of an open exam stay out until it is over."
    }

    fn act(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        if let Some(place) = self.statements {
            self.act_on_statements(place, key, cx);
            return vec![];
        }
        let rows = Self::rows(cx);
        self.row = self.row.min(rows.len() - 1);
        match key {
            Key::Enter => return self.begin(cx),
            Key::Esc => return vec![Effect::Back],
            Key::Char(' ') | Key::Right => self.change(rows[self.row], 1, cx),
            Key::Left => self.change(rows[self.row], -1, cx),
            Key::Char('r') => self.choice = Choice::default(),
            Key::Tab => self.row = (self.row + 1) % rows.len(),
            key => self.row = key.step().map_or(self.row, |s| moved(self.row, s, rows.len())),
        }
        vec![]
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let area = column(area);
        if let Some(place) = self.statements {
            self.draw_statements(place, frame, area, cx);
            return;
        }
        let (theme, width) = (&cx.theme, area.width as usize);
        let fit = practice_items(cx.library(), cx.progress(), &self.choice.scope()).count();
        let mut head = match fit {
            0 => paragraph(&self.choice.advice(cx.library(), cx.progress()), width, theme.warning),
            fit => {
                let words = format!("{}. Enter begins with {}.", fits(fit), self.choice.asked(fit));
                paragraph(&words, width, theme.strong)
            }
        };
        if area.height >= 12 {
            head.push(Line::default());
        }
        let height = (head.len() as u16).min(area.height);
        frame.render_widget(ratatui::widgets::Paragraph::new(head), Rect { height, ..area });
        let rest = Rect { y: area.y + height, height: area.height - height, ..area };
        let rows = Self::rows(cx);
        let selected = self.row.min(rows.len() - 1);
        let by_topic = self.choice.fit_by_topic(cx.library(), cx.progress());
        let mut lines = vec![];
        let mut cursor = 0;
        for (n, what) in rows.into_iter().enumerate() {
            if what == Row::Topic(0) {
                lines.push(Line::default());
                lines.push(Line::styled("Topics (none marked: all)", theme.title));
            }
            if n == selected {
                cursor = lines.len();
            }
            lines.push(row(&self.words(what, &by_topic, cx, width), n == selected, width, theme));
        }
        let scroll = window(cursor, lines.len(), rest.height as usize).start;
        scrolled(frame, rest, lines, scroll, Some(cursor), theme);
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::picture::Script;

    #[test]
    fn a_chosen_topic_is_all_that_is_asked() {
        let script = Script::new().keys("p <end> <space> <enter>");
        let text = script.text(80, 24);
        assert!(text.contains("Practice · Evidence-Based Practice") && text.contains("1/10"), "{text}");
    }

    #[test]
    fn a_statement_can_be_chosen_and_taken_back() {
        let script = Script::new().keys("p <down> <down> <down> <space> <down> <enter>");
        let text = script.text(80, 24);
        assert!(text.contains("3 questions fit") && text.contains("Statement  Core values"), "{text}");
        let script = script.keys("<space> <home> <enter>");
        assert!(script.text(80, 24).contains("180 questions fit"));
    }

    #[test]
    fn where_nothing_fits_enter_says_what_to_change() {
        let script = Script::new().keys("p <left> <enter>");
        let text = script.text(80, 24);
        assert!(text.starts_with("  Practice") && text.matches("then 180 questions fit").count() == 2, "{text}");
        assert!(script.keys("r").text(80, 24).contains("180 questions fit. Enter begins with 10."));
    }

    #[test]
    fn a_missed_question_can_be_asked_for() {
        let script = Script::new().keys("p <enter> a s <enter> b s <enter> c s <esc> <esc> p <right> <right>");
        let text = script.text(80, 24);
        assert!(text.contains("fit. Enter begins") || text.contains("1 question fits"), "{text}");
    }
}
