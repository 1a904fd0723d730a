//! What the system tells the program: end, sleep, wake.

use super::{ENTERED, Ordering, draw_anew, restore, take};
use ratatui::crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use signal_hook::low_level::{emulate_default_handler, raise};
use std::io::stdout;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Once};
use std::time::Duration;

/// How long a signal waits for the terminal to take the farewell, before it looks whether the line stands still. Such a line
/// takes none, and the program must end all the same.
const FAREWELL: Duration = Duration::from_millis(150);
/// How often it looks; a machine that is very busy may only be slow.
const PATIENCE: u32 = 20;
/// After so many looks in a row at a full line, about a second, the line stands still.
const FULL: u32 = 7;

/// Starts the thread that answers signals. Every answer is already saved, so a signal may end the program at once.
pub fn watch() {
    static START: Once = Once::new();
    START.call_once(|| {
        let Ok(mut signals) = Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGCONT]) else { return };
        std::thread::spawn(move || {
            for signal in signals.forever() {
                match signal {
                    SIGTSTP => sleep(),
                    SIGCONT => wake_up(),
                    _ => end(signal),
                }
            }
        });
    });
}

/// Puts the program to sleep, as Control and Z does elsewhere.
pub fn suspend() {
    let _ = raise(SIGTSTP);
}

/// Wakes the loop: it takes the signal for a change of the window.
pub fn wake() {
    let _ = raise(SIGWINCH);
}

/// Gives the terminal back and ends as the signal would have ended the program.
fn end(signal: i32) {
    let _silence = give_back();
    // Where the farewell could not be said, this much works without a word.
    let _ = disable_raw_mode();
    let _ = emulate_default_handler(signal);
}

/// Gives the terminal back, stops, and takes it again when the program goes on.
fn sleep() {
    if !ENTERED.load(Ordering::SeqCst) {
        let _ = emulate_default_handler(SIGTSTP);
        return;
    }
    // A terminal that takes no byte can't be left; she can't see that it was, either.
    let Some(silence) = give_back() else { return };
    let _ = emulate_default_handler(SIGTSTP);
    let _ = silence.send(());
}

/// Goes on after a stop that the program did not see coming; the shell may have set the terminal up for itself.
///
/// It waits for the screen on a thread of its own, so that other signals are heard meanwhile.
fn wake_up() {
    std::thread::spawn(|| {
        let _screen = stdout().lock();
        if ENTERED.load(Ordering::SeqCst) {
            let _ = disable_raw_mode().and_then(|()| enable_raw_mode());
            draw_anew();
        }
    });
}

/// Restores the terminal and lets nothing more be drawn until a word is sent, which takes it again; `None` where it takes
/// no byte in time, and is left as it is.
fn give_back() -> Option<Sender<()>> {
    let (again, word) = channel();
    let (done, is_done) = channel();
    let late = Arc::new(AtomicBool::new(false));
    let is_late = Arc::clone(&late);
    std::thread::spawn(move || {
        let _screen = stdout().lock();
        if is_late.load(Ordering::SeqCst) {
            return;
        }
        let ours = ENTERED.load(Ordering::SeqCst);
        restore();
        let _ = done.send(());
        // Nobody waits for one that came too late by a hair; the program goes on, and with it its screen.
        let goes_on = word.recv().is_ok() || is_late.load(Ordering::SeqCst);
        if ours && goes_on {
            let _ = take();
            draw_anew();
        }
    });
    let mut full = 0;
    for _ in 0..PATIENCE {
        if is_done.recv_timeout(FAREWELL).is_ok() {
            return Some(again);
        }
        full = if takes_bytes() { 0 } else { full + 1 };
        if full == FULL {
            break;
        }
    }
    late.store(true, Ordering::SeqCst);
    None
}

/// Whether the terminal takes a byte now.
fn takes_bytes() -> bool {
    let out = stdout();
    let mut fds = [PollFd::new(&out, PollFlags::OUT)];
    poll(&mut fds, Some(&Timespec::default())).is_ok_and(|ready| ready > 0)
}
