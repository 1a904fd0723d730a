//! The first screen: the one thing to do now, and the ways to everything else.

use super::{exam_setup, history, library, practice, progress, settings};
use crate::core::pick::{self, Scope, Today};
use crate::core::reserve::first_sight_exams;
use crate::core::stats;
use crate::tui::app::phase_title;
use crate::tui::keys::{Key, moved};
use crate::tui::layout::{column, more_below, scrolled};
use crate::tui::screen::{Context, Effect, Hint, Later, Screen, State, hint};
use crate::tui::text::{count, paragraph, window};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// The first screen.
#[derive(Debug, Default)]
pub struct Home {
    selected: usize,
    /// Today's study, and of what it was planned.
    today: Option<(State, Today)>,
}

/// The most lines of a small window that the sentence fills with its reason.
const FEW_LINES: usize = 4;

/// What the menu offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    Resume,
    Study,
    Practice,
    Exam,
    Progress,
    Library,
    History,
    Settings,
}

impl Entry {
    fn letter(self) -> char {
        match self {
            Self::Resume => 'r',
            Self::Study => 's',
            Self::Practice => 'p',
            Self::Exam => 'm',
            Self::Progress => 'g',
            Self::Library => 'l',
            Self::History => 'h',
            Self::Settings => 't',
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Resume => "Resume the exam",
            Self::Study => "Study",
            Self::Practice => "Practice",
            Self::Exam => "Mock exam",
            Self::Progress => "Progress",
            Self::Library => "Library",
            Self::History => "History",
            Self::Settings => "Settings",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Resume => "all answers saved, the clock waits",
            Self::Study => "what is due, and new rules",
            Self::Practice => "choose topics and questions",
            Self::Exam => "timed, like the real one",
            Self::Progress => "areas, topics, forecast",
            Self::Library => "every rule, to read and search",
            Self::History => "past exams and their reports",
            Self::Settings => "exam, date, minutes, colors",
        }
    }
}

fn entries(cx: &Context<'_>) -> Vec<Entry> {
    use Entry::{Exam, History, Library, Practice, Progress, Resume, Settings, Study};
    let mut entries = vec![Study, Practice, Exam, Progress, Library, History, Settings];
    if cx.progress().open_exam().is_some() {
        entries.insert(0, Resume);
    }
    entries
}

impl Home {
    fn entry(&self, cx: &Context<'_>) -> Entry {
        let entries = entries(cx);
        entries[self.selected.min(entries.len() - 1)]
    }

    /// The key that opens it: Enter where it is marked.
    fn key(&self, entry: Entry, cx: &Context<'_>) -> String {
        if self.entry(cx) == entry { "Enter".into() } else { entry.letter().into() }
    }

    fn open(entry: Entry, cx: &Context<'_>) -> Vec<Effect> {
        match entry {
            Entry::Resume => match cx.progress().open_exam() {
                Some(exam) => vec![Effect::ResumeExam(exam.id().clone())],
                None => vec![],
            },
            Entry::Study => {
                let (_, questions) = pick::next_sitting(cx.progress(), cx.today());
                vec![Effect::Study(Scope::default(), questions)]
            }
            Entry::Practice => vec![Effect::Open(Box::new(practice::Practice::new(cx)))],
            Entry::Exam if cx.progress().open_exam().is_some() => {
                vec![Effect::Notice(
                    "An exam is still open. Resume it (r) and hand it in, or end it there, before you begin another."
                        .into(),
                )]
            }
            Entry::Exam => vec![Effect::Open(Box::new(exam_setup::ExamSetup::new(cx)))],
            Entry::Progress => vec![Effect::Open(Box::new(progress::ProgressScreen::new(cx)))],
            Entry::Library => vec![Effect::Open(Box::new(library::LibraryScreen::new(cx)))],
            Entry::History => vec![Effect::Open(Box::new(history::History::new(cx)))],
            Entry::Settings => vec![Effect::Open(Box::new(settings::SettingsScreen::new(cx)))],
        }
    }

    /// What a plan made now would follow from; none is wanted while an exam is open.
    fn state(cx: &Context<'_>) -> Option<State> {
        cx.progress().open_exam().is_none().then(|| cx.state())
    }

    /// Today's plan, unless it is still to be made or to be made anew.
    fn kept(&self, cx: &Context<'_>) -> Option<&Today> {
        let state = Self::state(cx)?;
        self.today.as_ref().filter(|(of, _)| *of == state).map(|(_, today)| today)
    }

    /// The one thing to do now, in a sentence or two; with the reason of the first question, if wanted.
    fn now(&self, cx: &Context<'_>, with_reason: bool) -> String {
        let progress = cx.progress();
        if let Some(exam) = progress.open_exam() {
            let answered = exam.items().filter(|(_, _, _, slot)| slot.choice.is_some()).count();
            let (spent, _) = cx.desk.clock_of(exam, cx.now.wall);
            // In the break, what is left is the break's time and not the exam's.
            let left = exam.limit().filter(|_| exam.section().is_some()).map_or_else(String::new, |limit| {
                format!(", {} left", crate::core::calendar::clock_text(limit.saturating_sub(spent)))
            });
            return format!(
                "An exam waits: {}, {answered} of {} answered{left}. All answers are saved. {} resumes it.",
                phase_title(exam.phase, exam.form.sections.len()),
                exam.items().count(),
                self.key(Entry::Resume, cx)
            );
        }
        let key = self.key(Entry::Study, cx);
        let next = match self.kept(cx) {
            Some(today) => today.words(&key, with_reason),
            None => Today::unplanned(progress, cx.today()).words(&key, with_reason),
        };
        if progress.answers.is_empty() {
            format!("Welcome. {next} Every answer is saved at once; you can stop at any moment.")
        } else {
            next
        }
    }

    fn standing(cx: &Context<'_>) -> String {
        let (met, all) = stats::objectives_met(cx.library(), cx.progress());
        let exams = first_sight_exams(cx.library(), cx.progress(), cx.settings().category);
        let exams = match exams {
            0 => "No full mock exam of new questions is left.".to_owned(),
            exams => format!("New questions for {}.", count(exams, "full mock exam")),
        };
        format!("{met} of {all} rules met, {}. {exams}", count(cx.progress().answers.len(), "answer"))
    }
}

impl Screen for Home {
    fn title(&self, cx: &Context<'_>) -> String {
        format!("swprep · {}", cx.settings().category.title())
    }

    fn status(&self, cx: &Context<'_>) -> String {
        let Some(date) = cx.settings().exam_date else { return String::new() };
        match crate::core::calendar::StudyDay::of(date).since(cx.today()) {
            0 => "the exam is today".into(),
            days @ 1.. => format!("{} to the exam", count(days as usize, "day")),
            _ => "the exam date has passed".into(),
        }
    }

    fn hints(&self, cx: &Context<'_>) -> Vec<Hint> {
        let enter = match self.entry(cx) {
            Entry::Resume => "resume",
            Entry::Study => "begin",
            _ => "open",
        };
        vec![hint("Enter", enter), hint("q", "quit"), hint("↑↓", "choose")]
    }

    fn help(&self) -> &'static str {
        "Study asks what is due and what is new, and shows the reasons at once. A mock exam is timed and shows them at the end. Everything you answer is saved as you answer it; leaving at any moment loses nothing."
    }

    fn act(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        let entries = entries(cx);
        self.selected = self.selected.min(entries.len() - 1);
        match key {
            Key::Enter => Self::open(entries[self.selected], cx),
            Key::Char(c) => {
                if let Some(entry) = entries.iter().find(|e| e.letter() == c) {
                    Self::open(*entry, cx)
                } else {
                    self.selected = key.step().map_or(self.selected, |s| moved(self.selected, s, entries.len()));
                    vec![]
                }
            }
            Key::Tab => {
                self.selected = (self.selected + 1) % entries.len();
                vec![]
            }
            key => {
                self.selected = key.step().map_or(self.selected, |s| moved(self.selected, s, entries.len()));
                vec![]
            }
        }
    }

    fn later(&mut self, cx: &Context<'_>) -> Later {
        let Some(state) = Self::state(cx).filter(|_| self.kept(cx).is_none()) else { return Later::Nothing };
        self.today = Some((state, Today::planned(cx.library(), cx.progress(), cx.today())));
        Later::Done
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let theme = &cx.theme;
        let area = column(area);
        let width = area.width as usize;
        let roomy = area.height >= 18;
        let mut lines = paragraph(&self.now(cx, true), width, theme.strong);
        if !roomy && lines.len() > FEW_LINES {
            lines = paragraph(&self.now(cx, false), width, theme.strong);
        }
        if roomy {
            lines.extend(paragraph(&Self::standing(cx), width, theme.quiet));
        }
        lines.push(Line::default());
        let entries = entries(cx);
        let selected = self.selected.min(entries.len() - 1);
        let room = (area.height as usize).saturating_sub(lines.len()).max(1);
        let mut cursor = lines.len();
        let shown = window(selected, entries.len(), room);
        for n in shown.clone() {
            let entry = entries[n];
            let focus = n == selected;
            if focus {
                cursor = lines.len();
            }
            let style = if focus { theme.strong.patch(theme.focus) } else { theme.text };
            let mut spans = vec![
                Span::styled(format!(" {} ", entry.letter()), theme.key),
                Span::styled(format!(" {:<16}", entry.title()), style),
            ];
            if width >= 56 {
                spans.push(Span::styled(format!("  {}", entry.words()), theme.quiet));
            }
            lines.push(Line::from(spans));
        }
        scrolled(frame, area, lines, 0, Some(cursor), theme);
        if shown.end < entries.len() {
            more_below(frame, Rect { y: area.y + area.height.saturating_sub(1), height: 1, ..area }, theme);
        }
    }
}

#[cfg(test)]
mod tests;
