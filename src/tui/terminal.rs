//! Entering and leaving the terminal, and the signals of the system.
//!
//! There is one way back, [`restore`]: the guard's drop, the panic hook and the signal thread all take it.

use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{DisableBracketedPaste, DisableMouseCapture};
use ratatui::crossterm::execute;
use ratatui::crossterm::style::{ResetColor, force_color_output};
use ratatui::crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use std::io::{self, IsTerminal, stdout};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the terminal is ours at the moment.
static ENTERED: AtomicBool = AtomicBool::new(false);
/// Whether the screen must be drawn anew, because the program was asleep.
static STALE: AtomicBool = AtomicBool::new(false);

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
        HOOK.call_once(|| {
            let before = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                restore();
                before(panic);
            }));
        });
        let guard = Self;
        take()?;
        signals::watch();
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
    execute!(stdout(), EnterAlternateScreen)
}

/// Gives the terminal back as it was. Harmless to repeat; write errors on a dead terminal are ignored.
pub fn restore() {
    if ENTERED.swap(false, Ordering::SeqCst) {
        let _ = execute!(stdout(), ResetColor, DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, Show);
        let _ = disable_raw_mode();
    }
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
mod signals {
    use super::{ENTERED, Ordering, STALE, restore, take};
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::{emulate_default_handler, raise};
    use std::sync::Once;

    /// Starts the thread that answers signals. Every answer is already saved, so a signal may end the program at once.
    pub fn watch() {
        static START: Once = Once::new();
        START.call_once(|| {
            let Ok(mut signals) = Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGCONT]) else { return };
            std::thread::spawn(move || {
                for signal in signals.forever() {
                    match signal {
                        SIGTSTP => {
                            let ours = ENTERED.load(Ordering::SeqCst);
                            restore();
                            let _ = emulate_default_handler(SIGTSTP);
                            if ours {
                                let _ = take();
                                STALE.store(true, Ordering::SeqCst);
                            }
                        }
                        SIGCONT => STALE.store(true, Ordering::SeqCst),
                        _ => {
                            restore();
                            let _ = emulate_default_handler(signal);
                        }
                    }
                }
            });
        });
    }

    pub fn suspend() {
        let _ = raise(SIGTSTP);
    }
}

#[cfg(not(unix))]
mod signals {
    pub fn watch() {}
    pub fn suspend() {}
}
