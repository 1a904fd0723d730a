//! Entering and leaving the terminal, and the signals of the system.
//!
//! There is one way back, [`restore`]: the guard's drop, the panic hook and the signal thread all take it. Whoever takes the
//! terminal or gives it back holds standard output meanwhile, so that no two do so at once and nothing is drawn between.

use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{DisableBracketedPaste, DisableFocusChange, DisableMouseCapture, EnableBracketedPaste};
use ratatui::crossterm::execute;
use ratatui::crossterm::style::{ResetColor, force_color_output};
use ratatui::crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use std::io::{self, IsTerminal, stdout};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// Whether the terminal is ours at the moment.
static ENTERED: AtomicBool = AtomicBool::new(false);
/// Whether the screen must be drawn anew, because the program was asleep.
static STALE: AtomicBool = AtomicBool::new(false);

/// Whether text that is pasted comes as one piece, not as keys.
static PASTE: AtomicBool = AtomicBool::new(false);

/// The panic hook is set once, however often the terminal is entered.
static HOOK: Once = Once::new();

/// Holds the terminal until it is dropped.
pub struct Guard;

impl Guard {
    /// Takes the terminal.
    ///
    /// # Errors
    /// There is none, or it can't be set up; it is then left as it was.
    pub fn enter() -> io::Result<Self> {
        if !stdout().is_terminal() || !io::stdin().is_terminal() {
            return Err(io::Error::other("not a terminal"));
        }
        // Our themes know NO_COLOR. The library's own handling of it wipes out reverse and bold text as well.
        force_color_output(true);
        let owner = thread::current().id();
        HOOK.call_once(|| {
            let before = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                let _screen = stdout().lock();
                let ours = ENTERED.load(Ordering::SeqCst);
                restore();
                before(panic);
                if ours && thread::current().id() != owner {
                    // Another thread's fault does not end the program by itself. What it said stays on the other screen.
                    let _ = take();
                    draw_anew();
                }
            }));
        });
        let guard = Self;
        // Before the terminal is taken: a signal that comes between would leave it taken.
        signals::watch();
        let screen = stdout().lock();
        take()?;
        drop(screen);
        Ok(guard)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

fn take() -> io::Result<()> {
    ENTERED.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen)?;
    if PASTE.load(Ordering::SeqCst) { execute!(stdout(), EnableBracketedPaste) } else { Ok(()) }
}

/// Gives the terminal back as it was. Harmless to repeat; write errors on a dead terminal are ignored.
pub fn restore() {
    let _screen = stdout().lock();
    if ENTERED.swap(false, Ordering::SeqCst) {
        let _ = execute!(
            stdout(),
            ResetColor,
            DisableMouseCapture,
            DisableFocusChange,
            DisableBracketedPaste,
            LeaveAlternateScreen,
            Show
        );
        let _ = disable_raw_mode();
    }
}

/// Says whether a text may be pasted now, as one piece. Elsewhere a terminal whose paste never ends would swallow keys.
///
/// # Errors
/// The terminal is gone.
pub fn expect_text(on: bool) -> io::Result<()> {
    if PASTE.swap(on, Ordering::SeqCst) == on {
        return Ok(());
    }
    if on { execute!(stdout(), EnableBracketedPaste) } else { execute!(stdout(), DisableBracketedPaste) }
}

/// Asks the loop to draw the whole screen, without waiting for a key.
fn draw_anew() {
    STALE.store(true, Ordering::SeqCst);
    signals::wake();
}

/// Whether the screen must be drawn anew; asking clears it.
pub fn take_stale() -> bool {
    STALE.swap(false, Ordering::SeqCst)
}

/// Puts the program to sleep, as Control and Z does elsewhere.
pub fn suspend() {
    signals::suspend();
}

#[cfg(unix)]
mod signals;

#[cfg(not(unix))]
mod signals {
    pub fn watch() {}
    pub fn suspend() {}
    pub fn wake() {}
}
