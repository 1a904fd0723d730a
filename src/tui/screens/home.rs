//! The first screen: the one thing to do now, and the ways to everything else.

use super::{exam_setup, history, library, practice, progress, settings};
use crate::core::pick::{self, Scope};
use crate::core::reserve::first_sight_exams;
use crate::core::stats;
use crate::tui::app::phase_title;
use crate::tui::keys::{Key, moved};
use crate::tui::layout::{column, more_below, scrolled};
use crate::tui::screen::{Context, Effect, Hint, Screen, hint};
use crate::tui::text::{count, paragraph, window};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// The first screen.
#[derive(Debug, Default)]
pub struct Home {
    selected: usize,
}

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

    fn open(entry: Entry, cx: &Context<'_>) -> Vec<Effect> {
        match entry {
            Entry::Resume => match cx.progress().open_exam() {
                Some(exam) => vec![Effect::ResumeExam(exam.id().clone())],
                None => vec![],
            },
            Entry::Study => {
                let minutes = stats::minutes_left(cx.progress(), cx.today()).unwrap_or(cx.settings().minutes_per_day);
                vec![Effect::Study(Scope::default(), pick::questions_in(cx.progress(), minutes))]
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

    /// The one thing to do now, in a sentence or two.
    fn now(cx: &Context<'_>) -> String {
        let progress = cx.progress();
        if let Some(exam) = progress.open_exam() {
            let answered = exam.items().filter(|(_, _, _, slot)| slot.choice.is_some()).count();
            let (spent, _) = cx.desk.clock_of(exam, cx.now.wall);
            // In the break, what is left is the break's time and not the exam's.
            let left = exam.limit().filter(|_| exam.section().is_some()).map_or_else(String::new, |limit| {
                format!(", {} left", crate::core::calendar::clock_text(limit.saturating_sub(spent)))
            });
            return format!(
                "An exam waits: {}, {answered} of {} answered{left}. All answers are saved. Enter resumes it.",
                phase_title(exam.phase, exam.form.sections.len()),
                exam.items().count()
            );
        }
        let due = |day| pick::due(cx.library(), progress, &Scope::default(), day).len();
        let (today, minutes) = (due(cx.today()), cx.settings().minutes_per_day);
        let done = stats::minutes_studied(progress, cx.today());
        let next = match (stats::minutes_left(progress, cx.today()), today) {
            (None, _) => {
                let back = match due(cx.today().plus(1)) {
                    0 => "No rule comes back tomorrow.".to_owned(),
                    1 => "1 rule comes back tomorrow.".to_owned(),
                    rules => format!("{rules} rules come back tomorrow."),
                };
                format!("Done for today. {back} Enter goes on, if you like.")
            }
            (Some(_), today) if done > 0.0 => {
                let next = match today {
                    0 => "Nothing more is due; Enter goes on with new rules.".to_owned(),
                    due => format!("{} still due. Enter goes on.", count(due, "rule")),
                };
                format!("{} of about {minutes} minutes done today. {next}", (done as usize).max(1))
            }
            (Some(_), 0) => {
                let questions = pick::questions_in(progress, minutes);
                format!("Enter begins today's study: about {minutes} minutes, {}.", count(questions, "question"))
            }
            (Some(_), due) => format!(
                "Enter begins today's study: about {minutes} minutes. {} due for review; new ones come between.",
                count(due, "rule")
            ),
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

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let theme = &cx.theme;
        let area = column(area);
        let width = area.width as usize;
        let roomy = area.height >= 18;
        let mut lines = paragraph(&Self::now(cx), width, theme.strong);
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
mod tests {
    use crate::core::sample;
    use crate::core::settings::Setting;
    use crate::tui::picture::Script;

    /// A study question that takes a minute, and its answer.
    fn minute(script: Script) -> Script {
        script.pass(60).keys("a s <enter>")
    }

    #[test]
    fn the_days_minutes_fill_until_it_is_done() {
        let settings = [Setting::Welcomed, Setting::Reserve(0), Setting::MinutesPerDay(10)];
        let script = Script::with(sample::library(), &settings, None);
        assert!(script.text(80, 24).contains("about 10 minutes"));
        let script = minute(minute(script.keys("s"))).keys("<esc> <esc>");
        let text = script.text(80, 24);
        assert!(text.contains("4 of about 10 minutes done today. Nothing more is due"), "{text}");
        let script = minute(minute(minute(script.keys("s")))).keys("<esc> <esc>");
        let text = script.text(80, 24);
        assert!(text.contains("Done for today. 2 rules come back tomorrow."), "{text}");
        assert!(script.keys("<enter>").text(80, 24).contains("Study"), "there may be more");
    }

    #[test]
    fn the_key_line_says_what_enter_does_and_not_the_whole_menu() {
        let script = Script::new();
        let last = |script: &Script| script.text(80, 24).trim_end().lines().last().unwrap_or_default().to_owned();
        assert_eq!(last(&script).trim(), "Enter begin   q quit   ↑↓ choose   ? help");
        let script = script.keys("<down> <down>");
        assert!(last(&script).contains("Enter open"));
        let script = Script::new().keys("m <enter> <enter> a <esc> y");
        assert!(last(&script).contains("Enter resume"));
        assert!(script.text(80, 24).contains(" left. All answers"));
    }

    #[test]
    fn the_breaks_time_is_not_called_the_exams() {
        let text = Script::new().keys("m <enter> <enter> a s y <esc> y").text(80, 24);
        assert!(text.contains("An exam waits: break") && !text.contains(" left. All"), "{text}");
    }
}
