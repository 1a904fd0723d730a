//! The stack of screens, and the one place where their wishes are carried out.

use super::keys::Key;
use super::layout;
use super::screen::{Context, Effect, Later, Screen};
use super::screens;
use super::text::wrap;
use super::theme::Theme;
use crate::core::bank::BankFile;
use crate::core::calendar::Moment;
use crate::core::exam::Phase;
use crate::core::pick::{Scope, seed_of};
use crate::core::settings::ThemeName;
use crate::desk::{Desk, join};
use crate::text::one_line;
use crate::text::sanitize::shown_path;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use std::time::Duration;

/// The most letters that a paste types: more than any field holds.
const LONGEST_PASTE: usize = 1000;

/// The full-screen program, apart from terminal and time.
pub struct App {
    /// Log, progress and questions.
    pub desk: Desk,
    screens: Vec<Box<dyn Screen>>,
    forced_theme: Option<ThemeName>,
    notice: Option<String>,
    /// How many of the desk's troubles have been told.
    told: usize,
    help: Option<u16>,
    asking: Option<&'static str>,
    leaving: bool,
}

impl App {
    /// The program with its first screen open. `theme` overrides the learner's own choice.
    pub fn new(desk: Desk, theme: Option<ThemeName>) -> Self {
        let mut app = Self {
            desk,
            screens: vec![],
            forced_theme: theme,
            notice: None,
            told: 0,
            help: None,
            asking: None,
            leaving: false,
        };
        app.tell_trouble();
        app.screens.push(Box::new(screens::home::Home::default()));
        if !app.desk.progress.settings.welcomed && app.desk.progress.open_exam().is_none() {
            app.screens.push(Box::new(screens::welcome::Welcome::new(&app.desk.progress.settings)));
        }
        app
    }

    /// Shows the program in another theme.
    #[cfg(test)]
    pub(super) fn force_theme(&mut self, theme: ThemeName) {
        self.forced_theme = Some(theme);
    }

    /// The learner's own banks have been read: from now on their questions are at hand too.
    pub fn banks_arrived(&mut self, banks: Vec<BankFile>, troubles: Vec<String>) {
        self.desk.troubles.extend(join(&mut self.desk.library, banks));
        self.desk.troubles.extend(troubles);
        self.tell_trouble();
    }

    /// Says the next trouble that was not told yet, where nothing else is being said.
    fn tell_trouble(&mut self) {
        if self.notice.is_none()
            && let Some(trouble) = self.desk.troubles.get(self.told)
        {
            self.notice = Some(trouble.clone());
            self.told += 1;
        }
    }

    /// Carries out wishes in order, and drops those that follow one which could not be saved: no "marked" without a mark.
    /// Gives whether all were carried out.
    pub fn perform(&mut self, effects: Vec<Effect>, now: Moment) -> bool {
        effects.into_iter().all(|effect| self.perform_one(effect, now))
    }

    /// Whether the program is to be left.
    pub fn is_leaving(&self) -> bool {
        self.leaving
    }

    /// Answers a key.
    pub fn press(&mut self, key: Key, now: Moment) {
        if self.asking.is_some() {
            match key {
                Key::Char('y' | 'Y') | Key::Interrupt => self.leave(now),
                Key::Char('n' | 'N') | Key::Esc | Key::Enter => self.asking = None,
                _ => {}
            }
            return;
        }
        self.notice = None;
        let takes_text = self.takes_text();
        if let Some(scroll) = self.help {
            self.help = match key {
                Key::Down | Key::Char('j') => Some(scroll.saturating_add(1)),
                Key::Up | Key::Char('k') => Some(scroll.saturating_sub(1)),
                _ => None,
            };
            if key != Key::Interrupt {
                return;
            }
        }
        match key {
            Key::Char('?') if !takes_text => self.help = Some(0),
            Key::Char('q') if !takes_text => self.ask_to_leave(now),
            Key::Interrupt => self.ask_to_leave(now),
            Key::Suspend | Key::Redraw => {}
            key => {
                // Only keys roll the dice: what is drawn must not depend on how long nobody pressed one.
                let seed = self.desk.roll();
                let effects = self.with_chance(now, seed, |screen, cx| screen.act(key, cx));
                self.perform(effects, now);
                self.tell_trouble();
            }
        }
    }

    /// Types a pasted text into the field that is open, as one line; elsewhere, and beyond what a field holds, it is
    /// dropped.
    pub fn paste(&mut self, text: &str, now: Moment) {
        let start: String = text.chars().take(LONGEST_PASTE).collect();
        for letter in one_line(&start).chars() {
            if !self.takes_text() {
                return;
            }
            self.press(Key::Char(letter), now);
        }
    }

    /// Whether letters are typed into a field now.
    pub fn takes_text(&self) -> bool {
        self.help.is_none() && self.asking.is_none() && self.top().is_some_and(Screen::takes_text)
    }

    /// Lets the top screen look at the time.
    pub fn tick(&mut self, now: Moment) {
        let effects = self.with_top(now, |screen, cx| screen.tick(cx));
        self.perform(effects, now);
    }

    /// Lets the top screen work out a piece of what its first picture could do without.
    pub fn later(&mut self, now: Moment) -> Later {
        let cx = context(&self.desk, self.forced_theme, now, 0);
        self.screens.last_mut().map_or(Later::Nothing, |screen| screen.later(&cx))
    }

    /// When the top screen wants to look at the time again.
    pub fn wake_in(&mut self, now: Moment) -> Option<Duration> {
        let cx = context(&self.desk, self.forced_theme, now, 0);
        self.screens.last().and_then(|s| s.wake_in(&cx))
    }

    /// Takes what must not be lost when the program is about to end.
    pub fn leave(&mut self, now: Moment) {
        let effects = self.with_top(now, |screen, cx| screen.leave(cx));
        self.perform(effects, now);
        self.leaving = true;
    }

    /// Draws everything.
    pub fn draw(&self, frame: &mut Frame<'_>, now: Moment) {
        let area = frame.area();
        if area.width < layout::SMALLEST.0 || area.height < layout::SMALLEST.1 {
            layout::too_small(frame, area);
            return;
        }
        let cx = context(&self.desk, self.forced_theme, now, 0);
        let Some(screen) = self.top() else { return };
        let parts = layout::parts(area);
        layout::head(frame, parts.head, &screen.title(&cx), &screen.status(&cx), &cx.theme);
        screen.draw(frame, parts.body, &cx);
        layout::foot(frame, parts.foot, &screen.hints(&cx), screen.takes_text(), &cx.theme);
        if let Some(notice) = &self.notice {
            Self::draw_notice(frame, parts.notice, notice, &cx.theme);
        }
        if let Some(scroll) = self.help {
            let width = (area.width as usize).saturating_sub(6).min(70);
            let lines = layout::help_lines(screen, &cx, width);
            layout::dialog(frame, area, "Help", lines, scroll, &cx.theme);
        }
        if let Some(question) = self.asking {
            let width = (area.width as usize).saturating_sub(6).min(60);
            let mut lines: Vec<Line<'static>> =
                wrap(question, width).into_iter().map(|l| Line::styled(l, cx.theme.text)).collect();
            lines.push(Line::default());
            lines.push(Line::styled("y  leave     n  stay", cx.theme.key));
            layout::dialog(frame, area, "Leave swprep?", lines, 0, &cx.theme);
        }
        cx.theme.paint(frame.buffer_mut());
    }

    fn draw_notice(frame: &mut Frame<'_>, row: Rect, notice: &str, theme: &Theme) {
        let lines = wrap(notice, row.width as usize);
        let height = (lines.len() as u16).clamp(1, 3).min(row.y + 1);
        let place = Rect { y: row.y + 1 - height, height, ..row };
        frame.render_widget(ratatui::widgets::Clear, place);
        let lines: Vec<Line<'_>> = lines.into_iter().map(|l| Line::styled(l, theme.warning)).collect();
        frame.render_widget(ratatui::widgets::Paragraph::new(lines), place);
    }

    fn top(&self) -> Option<&dyn Screen> {
        self.screens.last().map(AsRef::as_ref)
    }

    fn ask_to_leave(&mut self, now: Moment) {
        let cx = context(&self.desk, self.forced_theme, now, 0);
        match self.screens.last().and_then(|s| s.ask_before_quitting(&cx)) {
            Some(question) => self.asking = Some(question),
            None => self.leave(now),
        }
    }

    fn with_top(
        &mut self,
        now: Moment,
        work: impl FnOnce(&mut dyn Screen, &Context<'_>) -> Vec<Effect>,
    ) -> Vec<Effect> {
        self.with_chance(now, 0, work)
    }

    fn with_chance(
        &mut self,
        now: Moment,
        seed: u64,
        work: impl FnOnce(&mut dyn Screen, &Context<'_>) -> Vec<Effect>,
    ) -> Vec<Effect> {
        let cx = context(&self.desk, self.forced_theme, now, seed);
        self.screens.last_mut().map(|screen| work(screen.as_mut(), &cx)).unwrap_or_default()
    }

    /// Carries out one wish; false if it could not be saved.
    fn perform_one(&mut self, effect: Effect, now: Moment) -> bool {
        match effect {
            Effect::Log(facts) => match self.desk.log(now.wall, facts) {
                Ok(events) => {
                    let effects = self.with_top(now, |screen, cx| screen.logged(&events, cx));
                    return self.perform(effects, now);
                }
                Err(error) => return self.not_saved(&error),
            },
            Effect::Retract(event) => match self.desk.retract(now.wall, event) {
                Ok(()) => {
                    self.with_top(now, |screen, cx| {
                        screen.retracted(cx);
                        vec![]
                    });
                }
                Err(error) => return self.not_saved(&error),
            },
            Effect::Beat(exam, phase, spent) => {
                if let Err(error) = self.desk.beat(&exam, phase, spent, now.wall) {
                    return self.not_saved(&error);
                }
            }
            Effect::Open(screen) => self.screens.push(screen),
            Effect::Replace(screen) => {
                self.notice = None;
                self.close_top(now);
                self.screens.push(screen);
            }
            Effect::Study(scope, count) => {
                let screen = self.sitting(scope, count, now);
                self.replace_unless_home(screen, now);
            }
            Effect::OpenStudy(scope, count) => {
                let screen = self.sitting(scope, count, now);
                self.screens.push(screen);
            }
            Effect::StartExam(request) => match self.desk.start_exam(now.wall, &request) {
                Ok(Some(id)) => return self.perform_one(Effect::ResumeExam(id), now),
                Ok(None) => {
                    self.notice = Some("The question bank holds no question for this exam.".into());
                }
                Err(error) => return self.not_saved(&error),
            },
            Effect::ResumeExam(id) => {
                let cx = context(&self.desk, self.forced_theme, now, 0);
                if let Some(screen) = screens::exam::ExamScreen::resume(&id, &cx) {
                    self.replace_unless_home(Box::new(screen), now);
                    let effects = self.with_top(now, |screen, cx| screen.tick(cx));
                    return self.perform(effects, now);
                }
            }
            Effect::Back => {
                if self.screens.len() > 1 {
                    self.close_top(now);
                } else {
                    self.leave(now);
                }
            }
            Effect::Home => {
                while self.screens.len() > 1 {
                    self.close_top(now);
                }
            }
            Effect::SaveReport(stem, ending, text) => match self.desk.save_report(&stem, ending, &text) {
                Ok(path) => self.notice = Some(format!("Saved: {}", shown_path(&path))),
                Err(error) => {
                    self.notice = Some(format!("The report was not saved: {error}."));
                    return false;
                }
            },
            Effect::Notice(text) => self.notice = Some(text),
            Effect::Quit => self.leave(now),
        }
        true
    }

    fn sitting(&mut self, scope: Scope, count: usize, now: Moment) -> Box<dyn Screen> {
        let session = self.desk.new_name(now.wall);
        let chance = self.desk.roll();
        let seed = seed_of(&scope, &self.desk.progress, now.wall.day(), chance);
        let cx = context(&self.desk, self.forced_theme, now, seed);
        Box::new(screens::study::StudyScreen::begin(session, scope, count, &cx))
    }

    fn replace_unless_home(&mut self, screen: Box<dyn Screen>, now: Moment) {
        if self.screens.len() > 1 {
            self.close_top(now);
        }
        self.screens.push(screen);
    }

    fn close_top(&mut self, now: Moment) {
        let effects = self.with_top(now, |screen, cx| screen.leave(cx));
        // Leaving may save a heartbeat; opening or closing screens from there would never end.
        let harmless = |effect: &Effect| matches!(effect, Effect::Log(_) | Effect::Beat(..) | Effect::Notice(_));
        self.perform(effects.into_iter().filter(harmless).collect(), now);
        self.screens.pop();
    }

    /// Tells that something could not be saved; false, as the answer of [`Self::perform_one`].
    fn not_saved(&mut self, error: &crate::store::StoreError) -> bool {
        self.notice = Some(format!("NOT SAVED: {error}. Nothing was changed; mend the cause and press the key again."));
        false
    }
}

fn context(desk: &Desk, forced: Option<ThemeName>, now: Moment, seed: u64) -> Context<'_> {
    let theme = Theme::of(forced.unwrap_or(desk.progress.settings.theme));
    Context { now, seed, desk, theme }
}

/// Where an exam goes on: in a section or in a break.
pub fn phase_title(phase: Phase, sections: usize) -> String {
    match phase {
        Phase::Section(n) if sections > 1 => format!("section {} of {sections}", n + 1),
        Phase::Section(_) => "in progress".into(),
        Phase::Rest(_) | Phase::Break(_) => "break".into(),
        Phase::Ended(_) => "ended".into(),
    }
}

#[cfg(test)]
mod tests;
