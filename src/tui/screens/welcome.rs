//! The first run: what swprep is, and three questions, each of which may be skipped.

use super::settings::more_minutes;
use crate::core::bank::Category;
use crate::core::event::{Event, Fact};
use crate::core::pick::questions_in;
use crate::core::settings::{Setting, Settings};
use crate::tui::date_field::{DateField, Typed, echo};
use crate::tui::keys::{Key, moved};
use crate::tui::layout::{column, scrolled};
use crate::tui::screen::{Context, Effect, Hint, Screen, hint};
use crate::tui::text::{paragraph, window};
use jiff::civil::Date;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const WELCOME: &str =
    "Practice for the social work licensing exams. Not affiliated with ASWB. Nothing leaves this computer.";

/// A question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Exam,
    Date,
    Minutes,
}

impl Step {
    const ALL: [Self; 3] = [Self::Exam, Self::Date, Self::Minutes];

    fn number(self) -> usize {
        Self::ALL.iter().position(|s| *s == self).unwrap_or(0) + 1
    }
}

/// The first-run questions. Nothing is saved before the last of them is answered or skipped.
pub struct Welcome {
    /// What a question that is skipped leaves in place.
    before: Settings,
    step: Step,
    category: Category,
    date: Option<Date>,
    field: DateField,
    minutes: u16,
}

impl Welcome {
    /// Begins with the first question; what the settings hold is offered as the answer.
    pub fn new(settings: &Settings) -> Self {
        Self {
            before: settings.clone(),
            step: Step::Exam,
            category: settings.category,
            date: settings.exam_date,
            field: DateField::holding(settings.exam_date),
            minutes: settings.minutes_per_day,
        }
    }

    fn finish(&self) -> Vec<Effect> {
        let settings = [
            Setting::Category(self.category),
            Setting::ExamDate(self.date),
            Setting::MinutesPerDay(self.minutes),
            Setting::Welcomed,
        ];
        vec![Effect::Log(settings.into_iter().map(Fact::Set).collect())]
    }

    /// Leaves one question as it was and goes on to the next.
    fn skip(&mut self) -> Vec<Effect> {
        match self.step {
            Step::Exam => self.category = self.before.category,
            Step::Date => {
                self.date = self.before.exam_date;
                self.field = DateField::holding(self.date);
            }
            Step::Minutes => self.minutes = self.before.minutes_per_day,
        }
        self.next()
    }

    fn next(&mut self) -> Vec<Effect> {
        self.step = match self.step {
            Step::Exam => Step::Date,
            Step::Date => Step::Minutes,
            Step::Minutes => return self.finish(),
        };
        vec![]
    }

    fn act_on_date(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        match self.field.press(key, cx.today()) {
            Typed::More => vec![],
            Typed::Cancelled => self.skip(),
            Typed::Entered(date) => {
                self.date = date;
                self.next()
            }
        }
    }

    fn change(&mut self, by: isize) {
        match self.step {
            Step::Exam => {
                let place = Category::ALL.iter().position(|c| *c == self.category).unwrap_or(0);
                self.category = Category::ALL[moved(place, by, Category::ALL.len())];
            }
            Step::Date => {}
            Step::Minutes => self.minutes = more_minutes(self.minutes, by),
        }
    }

    /// The question's lines, and which of them has the focus.
    fn lines(&self, width: usize, cx: &Context<'_>) -> (Vec<Line<'static>>, usize) {
        let theme = &cx.theme;
        let focus = theme.strong.patch(theme.focus);
        let ask = |text: &str| paragraph(text, width, theme.strong);
        match self.step {
            Step::Exam => {
                let mut lines = ask("Which exam will you take?");
                let first = lines.len();
                let mut at = first;
                for category in Category::ALL {
                    let chosen = category == self.category;
                    if chosen {
                        at = lines.len();
                    }
                    let (mark, style) = if chosen { ("▸", focus) } else { (" ", theme.text) };
                    lines.push(Line::from(Span::styled(format!("{mark} {} ", category.title()), style)));
                }
                (lines, at)
            }
            Step::Date => {
                let mut lines = ask("When is your exam?");
                let at = lines.len();
                lines.push(Line::from(vec![
                    Span::styled("▸ ", theme.key),
                    Span::styled(format!("{:<12}", self.field.text), focus),
                ]));
                let (text, style) = match (&self.field.trouble, echo(&self.field.text, cx.today())) {
                    (Some(trouble), _) => (trouble.clone(), theme.warning),
                    (None, Some(words)) => (words, theme.text),
                    (None, None) if self.field.text.is_empty() => (
                        "Type it as you like, such as 1/12/2027 or Jan 12 2027, or press Enter if you do not know yet."
                            .into(),
                        theme.text,
                    ),
                    (None, None) => ("The whole date with its year, then Enter.".into(), theme.text),
                };
                lines.push(Line::default());
                lines.extend(paragraph(&text, width, style));
                (lines, at)
            }
            Step::Minutes => {
                let mut lines = ask("How many minutes a day do you have?");
                let at = lines.len();
                lines.push(Line::from(Span::styled(format!("▸ {} minutes ", self.minutes), focus)));
                let questions = questions_in(cx.progress(), self.minutes);
                lines.push(Line::default());
                let text = format!(
                    "About {questions} questions with their reasons. ←→ changes it; a few minutes on most days do more than one long evening."
                );
                lines.extend(paragraph(&text, width, theme.text));
                (lines, at)
            }
        }
    }
}

impl Screen for Welcome {
    fn title(&self, _cx: &Context<'_>) -> String {
        "Welcome to swprep".into()
    }

    fn status(&self, _cx: &Context<'_>) -> String {
        format!("{} of {}", self.step.number(), Step::ALL.len())
    }

    fn hints(&self, _cx: &Context<'_>) -> Vec<Hint> {
        let enter = match self.step {
            Step::Date if self.field.text.is_empty() => "not known yet",
            Step::Exam | Step::Date => "next",
            Step::Minutes => "begin",
        };
        let mut hints = vec![hint("Enter", enter), hint("Esc", "skip")];
        match self.step {
            Step::Exam => hints.push(hint("↑↓", "choose")),
            Step::Date => hints.push(hint("Shift-Tab", "question before")),
            Step::Minutes => hints.extend([hint("←→", "change"), hint("Shift-Tab", "question before")]),
        }
        hints
    }

    fn help(&self) -> &'static str {
        "Three questions, each with an answer already in place: Enter takes it, Esc skips the question. Everything can be changed later in the settings."
    }

    fn takes_text(&self) -> bool {
        self.step == Step::Date
    }

    fn act(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        if key == Key::BackTab {
            self.step = if self.step == Step::Minutes { Step::Date } else { Step::Exam };
            return vec![];
        }
        if self.step == Step::Date {
            return self.act_on_date(key, cx);
        }
        match key {
            Key::Esc => return self.skip(),
            Key::Enter => return self.next(),
            Key::Right | Key::Char('+' | '=') => self.change(1),
            Key::Left | Key::Char('-') => self.change(-1),
            // Up is more minutes, but the line above in a list.
            key => {
                if let Some(step) = key.step() {
                    self.change(if self.step == Step::Minutes { -step } else { step });
                }
            }
        }
        vec![]
    }

    fn logged(&mut self, _events: &[Event], _cx: &Context<'_>) -> Vec<Effect> {
        vec![Effect::Back]
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let theme = &cx.theme;
        let area = column(area);
        let (width, height) = (area.width as usize, area.height as usize);
        let (question, focus) = self.lines(width, cx);
        let mut lines = paragraph(WELCOME, width, theme.text);
        lines.push(Line::default());
        let at = lines.len() + focus;
        lines.extend(question);
        let scroll = window(at, lines.len(), height).start;
        scrolled(frame, area, lines, scroll, Some(at), theme);
        if self.step == Step::Date && at - scroll < height {
            let x = (2 + self.field.text.len()).min(width.saturating_sub(1)) as u16;
            frame.set_cursor_position((area.x + x, area.y + (at - scroll) as u16));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::app::App;
    use crate::tui::screens::trial::{Trial, picture};
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    fn settings(effects: &[Effect]) -> Vec<Setting> {
        let [Effect::Log(facts)] = effects else { return vec![] };
        facts.iter().filter_map(|f| if let Fact::Set(s) = f { Some(s.clone()) } else { None }).collect()
    }

    fn typed(screen: &mut Welcome, trial: &Trial, keys: &[Key]) -> Vec<Setting> {
        keys.iter().flat_map(|k| settings(&screen.act(*k, &trial.context()))).collect()
    }

    #[test]
    fn three_enters_take_the_defaults_in_one_entry() {
        let trial = Trial::with_answers(0);
        let mut screen = Welcome::new(&Settings::default());
        let logged = typed(&mut screen, &trial, &[Key::Enter, Key::Enter, Key::Enter]);
        let want = [
            Setting::Category(Category::Clinical),
            Setting::ExamDate(None),
            Setting::MinutesPerDay(20),
            Setting::Welcomed,
        ];
        assert_eq!(logged, want);
    }

    #[test]
    fn escape_skips_one_question_and_leaves_its_default() {
        let trial = Trial::with_answers(0);
        let mut screen = Welcome::new(&Settings::default());
        let mut keys = vec![Key::Up, Key::Up, Key::Enter];
        keys.extend("2/8/2027".chars().map(Key::Char));
        keys.extend([Key::Enter, Key::Up, Key::Esc]);
        let want = [
            Setting::Category(Category::Masters),
            Setting::ExamDate(Some("2027-02-08".parse().unwrap())),
            Setting::MinutesPerDay(20),
            Setting::Welcomed,
        ];
        assert_eq!(typed(&mut screen, &trial, &keys), want);
        let mut screen = Welcome::new(&Settings::default());
        assert!(typed(&mut screen, &trial, &[Key::Up, Key::Esc, Key::Char('2'), Key::Esc]).is_empty());
        assert!(picture(&screen, &trial, 80, 24).contains("3 of 3"));
        let logged = typed(&mut screen, &trial, &[Key::Up, Key::Enter]);
        let want = [
            Setting::Category(Category::Clinical),
            Setting::ExamDate(None),
            Setting::MinutesPerDay(25),
            Setting::Welcomed,
        ];
        assert_eq!(logged, want, "what was skipped is as it was, and half a date is none");
    }

    #[test]
    fn a_date_is_echoed_with_its_weekday_while_it_is_typed() {
        let trial = Trial::with_answers(0);
        let mut screen = Welcome::new(&Settings::default());
        let keys: Vec<Key> = "Jan 12 2027".chars().map(Key::Char).collect();
        typed(&mut screen, &trial, &[Key::Enter]);
        typed(&mut screen, &trial, &keys[..8]);
        assert!(picture(&screen, &trial, 40, 12).contains("The whole date"));
        typed(&mut screen, &trial, &keys[8..]);
        let drawn = picture(&screen, &trial, 80, 24);
        assert!(drawn.contains("Tuesday, January 12, 2027, in 49 days."), "{drawn}");
        assert!(screen.takes_text(), "a letter is no command here");
    }

    #[test]
    fn minutes_rise_with_up_and_right() {
        let trial = Trial::with_answers(0);
        let mut screen = Welcome::new(&Settings::default());
        let keys = [Key::Enter, Key::Enter, Key::Up, Key::Right, Key::Down, Key::Up, Key::Enter];
        assert_eq!(typed(&mut screen, &trial, &keys)[2], Setting::MinutesPerDay(30));
    }

    #[test]
    fn the_first_run_is_over_once_it_is_saved() {
        let trial = Trial::with_answers(0);
        let now = trial.context().now;
        let mut app = App::new(trial.desk, None);
        app.press(Key::Enter, now);
        app.press(Key::Char('2'), now);
        assert!(!app.desk.progress.settings.welcomed, "nothing is saved half way");
        app.press(Key::Esc, now);
        app.press(Key::Esc, now);
        assert!(app.desk.progress.settings.welcomed);
        app.press(Key::Char('t'), now);
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        terminal.draw(|frame| app.draw(frame, now)).unwrap();
        assert!(terminal.backend().to_string().contains("Settings"), "home was below, and opens the settings");
    }

    #[test]
    fn the_small_window_holds_each_whole_question() {
        let trial = Trial::with_answers(0);
        let mut screen = Welcome::new(&Settings::default());
        for _ in Step::ALL {
            let drawn = picture(&screen, &trial, 40, 12);
            assert!(drawn.contains("Not affiliated") && !drawn.contains("more ↓"), "{drawn}");
            screen.act(Key::Enter, &trial.context());
        }
    }
}
