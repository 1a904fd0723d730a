//! The loop: wait for a key or for the time to come, answer, draw.

use super::app::App;
use super::keys::{self, Key};
use super::screen::Later;
use super::terminal;
use crate::core::bank::BankFile;
use crate::core::calendar::Moment;
use ratatui::Terminal;
use ratatui::backend::Backend;
use ratatui::crossterm::event::{self, Event};
use std::io::{self, IsTerminal};
use std::sync::mpsc::{Receiver, TryRecvError};
use std::time::Duration;

/// What comes in from outside.
#[derive(Debug)]
pub enum Incoming {
    /// A key.
    Key(Key),
    /// A text that was pasted.
    Paste(String),
    /// The window has another size, or must be drawn anew.
    Redraw,
    /// The time has come that was waited for.
    Wake,
    /// There will be no more keys.
    Closed,
}

/// Where keys come from: the terminal, or a test's script.
pub trait Input {
    /// Waits for the next thing, at most so long.
    ///
    /// # Errors
    /// The terminal is gone.
    fn next(&mut self, wait: Option<Duration>) -> io::Result<Incoming>;

    /// Whether more is waiting already; then drawing can wait too.
    ///
    /// # Errors
    /// The terminal is gone.
    fn is_waiting(&mut self) -> io::Result<bool>;

    /// Learns whether a text may be pasted from now on.
    ///
    /// # Errors
    /// The terminal is gone.
    fn expect_text(&mut self, _on: bool) -> io::Result<()> {
        Ok(())
    }
}

/// Keys from the terminal.
#[derive(Debug)]
pub struct TerminalInput;

impl Input for TerminalInput {
    fn next(&mut self, wait: Option<Duration>) -> io::Result<Incoming> {
        // Once a second we look whether the program was asleep meanwhile; nothing is drawn for it.
        let wait = wait.unwrap_or(Duration::from_secs(1)).min(Duration::from_secs(1));
        let ready = event::poll(wait)?;
        if terminal::take_stale() {
            return Ok(Incoming::Redraw);
        }
        if !ready {
            // A terminal can go without a signal; then there would be nothing to wait for, and no waiting either.
            return Ok(if io::stdin().is_terminal() { Incoming::Wake } else { Incoming::Closed });
        }
        match event::read()? {
            Event::Resize(..) => Ok(Incoming::Redraw),
            Event::Paste(text) => Ok(Incoming::Paste(text)),
            event => Ok(keys::key(&event).map_or(Incoming::Wake, Incoming::Key)),
        }
    }

    fn is_waiting(&mut self) -> io::Result<bool> {
        // With no time at all, the terminal is not even looked at.
        event::poll(Duration::from_micros(100))
    }

    fn expect_text(&mut self, on: bool) -> io::Result<()> {
        terminal::expect_text(on)
    }
}

/// User banks that are read once the first picture stands, with what is wrong with them in words.
pub type Arriving = Receiver<(Vec<BankFile>, Vec<String>)>;

/// Runs the program until it is left. Once the first picture stands, user banks are asked for by `user_banks`.
///
/// # Errors
/// The terminal is gone. Every answer is saved by then.
pub fn run<B: Backend>(
    app: &mut App,
    screen: &mut Terminal<B>,
    input: &mut dyn Input,
    now: &dyn Fn() -> Moment,
    user_banks: impl FnOnce() -> Option<Arriving>,
) -> anyhow::Result<()>
where
    B::Error: Send + Sync + 'static,
{
    let mut user_banks = Some(user_banks);
    let mut arriving: Option<Arriving> = None;
    let mut stale = true;
    // Whether the picture that stands may have been drawn without something that is still to be worked out.
    let mut early = false;
    while !app.is_leaving() {
        if let Some(banks) = &arriving {
            match banks.try_recv() {
                Ok((banks, troubles)) => {
                    app.banks_arrived(banks, troubles);
                    arriving = None;
                    stale = true;
                }
                Err(TryRecvError::Disconnected) => arriving = None,
                Err(TryRecvError::Empty) => {}
            }
        }
        input.expect_text(app.takes_text())?;
        if stale && !input.is_waiting()? {
            screen.draw(|frame| app.draw(frame, now()))?;
            stale = false;
            early = true;
            arriving = user_banks.take().map_or(arriving, |ask| ask());
        }
        if early && !stale && !input.is_waiting()? {
            match app.later(now()) {
                Later::Nothing => early = false,
                Later::More => continue,
                Later::Done => {
                    stale = true;
                    continue;
                }
            }
        }
        let mut wait = app.wake_in(now());
        if arriving.is_some() {
            wait = Some(wait.map_or(ARRIVAL, |w| w.min(ARRIVAL)));
        }
        match input.next(wait)? {
            Incoming::Key(Key::Suspend) => terminal::suspend(),
            Incoming::Key(key) => {
                if key == Key::Redraw {
                    forget(screen)?;
                }
                app.press(key, now());
                stale = true;
            }
            Incoming::Paste(text) => {
                app.paste(&text, now());
                stale = true;
            }
            Incoming::Redraw => {
                forget(screen)?;
                stale = true;
            }
            Incoming::Wake => {
                stale |= app.wake_in(now()).is_some();
                app.tick(now());
                // The day may have changed.
                early = true;
            }
            Incoming::Closed => app.leave(now()),
        }
    }
    Ok(())
}

/// Clears the screen, so that the next picture is drawn whole.
///
/// `Terminal::clear` asks the terminal where its cursor stands, and fails where no answer comes; this asks nothing.
fn forget<B: Backend>(screen: &mut Terminal<B>) -> Result<(), B::Error> {
    let size = screen.size()?;
    screen.resize(size.into())
}

/// How often the arrival of user banks is looked for.
const ARRIVAL: Duration = Duration::from_millis(20);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::calendar::{DAY_MS, Stamp};
    use crate::core::event::Fact;
    use crate::core::sample;
    use crate::core::settings::Setting;
    use crate::tui::picture::{EVENING, Script, picture};
    use ratatui::backend::TestBackend;
    use std::cell::Cell;
    use std::sync::mpsc::channel;

    /// Does one thing after another, each when the loop waits.
    struct Steps<'a> {
        steps: Vec<Box<dyn FnOnce() -> Incoming + 'a>>,
        /// Says whether more is waiting already.
        waiting: Box<dyn FnMut() -> bool + 'a>,
    }

    impl<'a> Steps<'a> {
        fn new(steps: Vec<Box<dyn FnOnce() -> Incoming + 'a>>) -> Self {
            Self { steps, waiting: Box::new(|| false) }
        }
    }

    impl Input for Steps<'_> {
        fn next(&mut self, _wait: Option<Duration>) -> io::Result<Incoming> {
            Ok(if self.steps.is_empty() { Incoming::Closed } else { self.steps.remove(0)() })
        }

        fn is_waiting(&mut self) -> io::Result<bool> {
            Ok((self.waiting)())
        }
    }

    /// The first screen of a learner who has answered half of the sample over ten days.
    fn studied() -> App {
        let mut app = Script::new().app;
        let library = sample::library();
        for (n, item) in library.items().step_by(2).enumerate() {
            let at = Stamp { ms: EVENING.ms - (9 - n as i64 / 10) * DAY_MS, ..EVENING };
            let answer = sample::answer(&library, item.item.id.as_str(), n % 4 > 0, None, 0);
            app.desk.log(at, vec![answer.fact]).unwrap();
        }
        app
    }

    #[test]
    fn what_a_picture_can_do_without_comes_right_after_it_and_without_a_key() {
        let now = || Moment { wall: EVENING, mono: Duration::from_secs(1) };
        let points = |screen: &Terminal<TestBackend>| {
            let shown = picture(screen.backend().buffer(), None);
            assert!(shown.contains("Forecast of each of the last days"), "{shown}");
            (shown.lines().count(), shown.matches('●').count())
        };
        let mut early = studied();
        early.press(Key::Char('g'), now());
        let mut first = Terminal::new(TestBackend::new(100, 40)).unwrap();
        first.draw(|frame| early.draw(frame, now())).unwrap();

        let mut app = studied();
        let mut screen = Terminal::new(TestBackend::new(100, 40)).unwrap();
        let mut steps = Steps::new(vec![Box::new(|| Incoming::Key(Key::Char('g'))), Box::new(|| Incoming::Wake)]);
        run(&mut app, &mut screen, &mut steps, &now, || None).unwrap();
        assert!(points(&screen).1 >= points(&first).1 + 4, "{:?} {:?}", points(&screen), points(&first));
    }

    #[test]
    fn own_banks_that_come_late_are_counted_without_a_key() {
        let mut app = Script::new().app;
        let mut screen = Terminal::new(TestBackend::new(80, 24)).unwrap();
        let (send, arriving) = channel();
        let come = || {
            send.send((vec![sample::own_bank()], vec![])).unwrap();
            Incoming::Wake
        };
        // The second wake comes after the picture that follows the arrival.
        let mut steps = Steps::new(vec![Box::new(|| Incoming::Wake), Box::new(come), Box::new(|| Incoming::Wake)]);
        let now = || Moment { wall: EVENING, mono: Duration::from_secs(1) };
        run(&mut app, &mut screen, &mut steps, &now, || Some(arriving)).unwrap();
        let shown = picture(screen.backend().buffer(), None);
        assert!(shown.contains("of 61 rules"), "{shown}");
        assert!(Script::new().text(80, 24).contains("of 60 rules"));
    }

    /// How many pieces the screen still works out.
    fn pieces(app: &mut App, now: Moment) -> usize {
        std::iter::from_fn(|| Some(app.later(now))).take_while(|later| *later != Later::Nothing).count()
    }

    #[test]
    fn a_key_that_waits_stops_what_can_be_worked_out_later() {
        let now = || Moment { wall: EVENING, mono: Duration::from_secs(1) };
        let mut other = studied();
        other.press(Key::Char('g'), now());
        let all = pieces(&mut other, now());
        assert!(all > 5, "{all}");

        // After the key, the picture and one piece come before the next key is there.
        let quiet = Cell::new(usize::MAX);
        let key = || {
            quiet.set(2);
            Incoming::Key(Key::Char('g'))
        };
        let mut steps = Steps::new(vec![Box::new(key)]);
        steps.waiting = Box::new(|| {
            let left = quiet.get();
            quiet.set(left.saturating_sub(1));
            left == 0
        });
        let mut app = studied();
        let mut screen = Terminal::new(TestBackend::new(100, 40)).unwrap();
        run(&mut app, &mut screen, &mut steps, &now, || None).unwrap();
        assert_eq!(pieces(&mut app, now()), all - 1);
    }

    #[test]
    fn own_banks_are_asked_for_once_the_first_picture_stands() {
        let looks = Cell::new(0);
        // Whoever draws asks for the time.
        let now = || {
            looks.set(looks.get() + 1);
            Moment { wall: EVENING, mono: Duration::from_secs(1) }
        };
        let asked = Cell::new(None);
        let banks = || {
            asked.set(Some(looks.get()));
            None
        };
        let mut screen = Terminal::new(TestBackend::new(80, 24)).unwrap();
        run(&mut Script::new().app, &mut screen, &mut Steps::new(vec![]), &now, banks).unwrap();
        assert_eq!(asked.get(), Some(1), "the one picture before it");
    }

    #[test]
    fn another_study_day_is_told_on_the_first_screen_without_a_key() {
        let mut app = studied();
        let items = (1..=10).map(|n| format!("ethics-{:04}", n * 2));
        let answers = items.map(|item| sample::answer(&sample::library(), &item, true, None, 0).fact).collect();
        let minutes = Fact::Set(Setting::MinutesPerDay(5));
        app.desk.log(EVENING, answers).unwrap();
        app.desk.log(EVENING, vec![minutes]).unwrap();
        let days = Cell::new(0);
        let now = || {
            let wall = Stamp { ms: EVENING.ms + days.get() * DAY_MS, ..EVENING };
            Moment { wall, mono: Duration::from_secs(1) }
        };
        let mut screen = Terminal::new(TestBackend::new(80, 24)).unwrap();
        let mut shown = |app: &mut App, steps: Vec<Box<dyn FnOnce() -> Incoming + '_>>| {
            run(app, &mut screen, &mut Steps::new(steps), &now, || None).unwrap();
            picture(screen.backend().buffer(), None)
        };
        let evening = shown(&mut app, vec![]);
        assert!(evening.contains("Done for today. "), "{evening}");
        let mut app = App::new(app.desk, None);
        let morning = || {
            days.set(1);
            Incoming::Wake
        };
        let told = shown(&mut app, vec![Box::new(|| Incoming::Wake), Box::new(morning)]);
        assert!(told.contains("Enter begins today's study: about 5 minutes, "), "{told}");
    }
}
