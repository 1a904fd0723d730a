//! What a screen is.
//!
//! To add one: write `screens/NAME.rs` with a struct and `impl Screen`, name it in `screens.rs`, and open it from
//! somewhere with [`Effect::Open`]. Keys, help, resizing, saving and errors come from around it.

use super::keys::Key;
use super::theme::Theme;
use crate::core::bank::ItemId;
use crate::core::calendar::{Moment, StudyDay};
use crate::core::event::{Event, EventId, ExamId, Fact, ItemFlagged};
use crate::core::exam::Phase;
use crate::core::form::FormRequest;
use crate::core::library::Library;
use crate::core::pick::Scope;
use crate::core::progress::Progress;
use crate::core::settings::Settings;
use crate::desk::Desk;
use ratatui::Frame;
use ratatui::layout::Rect;
use std::time::Duration;

/// What a screen may look at.
pub struct Context<'a> {
    /// Now.
    pub now: Moment,
    /// A random number, new for each key press.
    pub seed: u64,
    /// The log's meaning, the questions, and items as they were shown.
    pub desk: &'a Desk,
    /// The styles.
    pub theme: Theme,
}

/// See [`Context::state`].
pub type State = (u64, usize, StudyDay);

impl<'a> Context<'a> {
    /// The questions.
    pub fn library(&self) -> &'a Library {
        &self.desk.library
    }

    /// Everything that the log says.
    pub fn progress(&self) -> &'a Progress {
        &self.desk.progress
    }

    /// The learner's choices.
    pub fn settings(&self) -> &'a Settings {
        &self.desk.progress.settings
    }

    /// The study day.
    pub fn today(&self) -> StudyDay {
        self.now.wall.day()
    }

    /// Events of the log, rules at hand, and the day: what follows from the log may be kept as long as these stay.
    pub fn state(&self) -> State {
        (self.progress().events, self.library().objectives().count(), self.today())
    }

    /// Whether the learner has marked a question.
    pub fn is_marked(&self, item: &ItemId) -> bool {
        self.progress().item(item).is_some_and(|i| i.flagged)
    }
}

/// A key and what it does here: the last line and the help are made of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The key, as it is printed.
    pub key: &'static str,
    /// What it does.
    pub words: &'static str,
}

/// Short for a [`Hint`].
pub const fn hint(key: &'static str, words: &'static str) -> Hint {
    Hint { key, words }
}

/// What a screen wants done.
pub enum Effect {
    /// Save facts; what they mean takes effect only then.
    Log(Vec<Fact>),
    /// Take an event back.
    Retract(EventId),
    /// Note how far an exam's clock has come.
    Beat(ExamId, Phase, Duration),
    /// Show another screen above this one.
    Open(Box<dyn Screen>),
    /// Show another screen in place of this one.
    Replace(Box<dyn Screen>),
    /// Begin a sitting of so many questions in place of this screen.
    Study(Scope, usize),
    /// Begin a sitting of so many questions above this screen, so that its end leads back here.
    OpenStudy(Scope, usize),
    /// Draw a form and begin the exam in place of this screen.
    StartExam(FormRequest),
    /// Go on with an exam in place of this screen.
    ResumeExam(ExamId),
    /// Close this screen.
    Back,
    /// Close all screens but the first.
    Home,
    /// Write a report to a file: its name without the ending, the ending, the text. The path is said then.
    SaveReport(String, &'static str, String),
    /// Say something in the line above the keys, until the next key.
    Notice(String),
    /// Leave the program.
    Quit,
}

impl Effect {
    /// Marks a question, or takes its mark away, and says so.
    pub fn turn_mark(item: &ItemId, cx: &Context<'_>) -> Vec<Self> {
        let on = !cx.is_marked(item);
        let words = if on { "Marked. Practice can ask for marked questions." } else { "The mark is taken away." };
        let fact = Fact::ItemFlagged(ItemFlagged { item: item.clone(), on });
        vec![Self::Log(vec![fact]), Self::Notice(words.into())]
    }
}

/// What came of working on what a screen's first picture can do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Later {
    /// There is nothing to work out.
    Nothing,
    /// A piece was worked out, and there is more to do.
    More,
    /// The last piece was worked out, and is to be shown.
    Done,
}

/// A screen.
pub trait Screen {
    /// Its name, in the first line.
    fn title(&self, cx: &Context<'_>) -> String;

    /// What stands at the right end of the first line: a count, a clock.
    fn status(&self, _cx: &Context<'_>) -> String {
        String::new()
    }

    /// Its keys, the most useful first: as many as fit stand in the last line, all of them in the help.
    fn hints(&self, cx: &Context<'_>) -> Vec<Hint>;

    /// Sentences for the help, where the keys alone do not tell enough.
    fn help(&self) -> &'static str {
        ""
    }

    /// Whether letters are typed into a field here, so that `?` and `q` are letters too.
    fn takes_text(&self) -> bool {
        false
    }

    /// Answers a key.
    fn act(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect>;

    /// Looks at the time.
    fn tick(&mut self, _cx: &Context<'_>) -> Vec<Effect> {
        vec![]
    }

    /// Works out a piece of what its first picture can do without: a few milliseconds, for a key may come meanwhile.
    ///
    /// It is called after each picture while nobody presses a key, until nothing is left; and again after every wake,
    /// about once a second, for another day may have begun. So it must see at little cost that nothing is left.
    fn later(&mut self, _cx: &Context<'_>) -> Later {
        Later::Nothing
    }

    /// Learns that its facts are saved.
    fn logged(&mut self, _events: &[Event], _cx: &Context<'_>) -> Vec<Effect> {
        vec![]
    }

    /// Learns that an event was taken back.
    fn retracted(&mut self, _cx: &Context<'_>) {}

    /// Is about to be closed, or the program to be left.
    fn leave(&mut self, _cx: &Context<'_>) -> Vec<Effect> {
        vec![]
    }

    /// When it wants to look at the time again; never, for most.
    fn wake_in(&self, _cx: &Context<'_>) -> Option<Duration> {
        None
    }

    /// Whether leaving the program must be asked about; the question, if so.
    fn ask_before_quitting(&self, _cx: &Context<'_>) -> Option<&'static str> {
        None
    }

    /// Draws itself. The same state gives the same picture.
    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>);
}

#[cfg(test)]
mod tests {
    use crate::tui::picture::Script;

    #[test]
    fn a_question_is_marked_and_unmarked_in_the_same_words_wherever_it_is_read() {
        for path in
            ["s a s", "m <down> <enter> <enter> a s y <enter> n", "l <enter> <enter> p a s <esc> <esc> <enter> r"]
        {
            let script = Script::new().keys(path).keys("m");
            assert!(script.text(80, 24).contains("Marked. Practice can ask for marked questions."), "{path}");
            assert!(script.app.desk.progress.items().iter().any(|i| i.flagged), "{path}");
            let script = script.keys("m");
            assert!(script.text(80, 24).contains("The mark is taken away."), "{path}");
            assert!(script.app.desk.progress.items().iter().all(|i| !i.flagged), "{path}");
        }
    }
}
