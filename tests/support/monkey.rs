//! A monkey at the keyboard: keys, pastes, broken bytes, resizes, stops and clocks set wrong, in any order.

use super::Pty;
use super::clock::Clock;
use rand::seq::IndexedRandom;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};
use swprep::store::Store;

/// What a person may press, what screens wait for most often several times.
#[rustfmt::skip]
const KEYS: &[&str] = &[
    "\r", "\r", "\r", "\r", " ", "\t", "\x1b[Z", "\x7f", "\x1b[A", "\x1b[B", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[F", "a",
    "a", "b", "b", "c", "d", "e", "A", "B", "C", "1", "2", "3", "4", "5", "s", "s", "m", "g",
    "h", "l", "j", "j", "k", "n", "n", "p", "f", "x", "r", "t", "u", "w", "y", "?", "/", "-",
    "+", "é", "日", "\x0c", "\x1b", "\x1b[M !!", "\x1b[<0;3;3M", "\x1b[I", "\x1b[O", "\x1b[200~a\r\nb\x1b[201~", "\x1bOP", "\x1b[24~",
];

/// What the monkey has done, and how long the program took to end when it was asked to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub sessions: usize,
    pub keys: usize,
    pub resizes: usize,
    pub stops: usize,
    /// Sessions that the monkey ended itself, by the keys that leave.
    pub left: usize,
    pub slowest_end: Duration,
}

/// Plays until the time is over, beside so many threads that do nothing but use the processor.
///
/// # Panics
/// The program hangs, breaks, leaves the terminal changed or its log unreadable. The seed of the session is told.
pub fn play(time: Duration, seed: u64, hogs: usize) -> Tally {
    let stop = Arc::new(AtomicBool::new(false));
    let threads: Vec<_> = (0..hogs)
        .map(|_| {
            let stop = Arc::clone(&stop);
            std::thread::spawn(move || {
                let mut n = 0_u64;
                while !stop.load(Ordering::Relaxed) {
                    n = black_box(n.wrapping_mul(3).wrapping_add(1));
                }
            })
        })
        .collect();
    let start = Instant::now();
    let mut tally = Tally::default();
    let mut seed = seed;
    while start.elapsed() < time {
        // A profile lives for some sessions, so that the monkey also meets what it has left behind.
        let dir = tempfile::tempdir().unwrap();
        for _ in 0..6 {
            if start.elapsed() >= time {
                break;
            }
            eprintln!("session {seed}");
            session(dir.path(), seed, &mut tally);
            seed += 1;
        }
    }
    stop.store(true, Ordering::Relaxed);
    for thread in threads {
        thread.join().unwrap();
    }
    tally
}

fn session(dir: &Path, seed: u64, tally: &mut Tally) {
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let clock = Clock::new(dir.join("clock"));
    let args: &[&[&str]] = &[&[], &[], &["study"], &["exam", "--length", "mini"], &["exam"], &["resume"]];
    let mut p = Pty::start(dir, args.choose(&mut chance).unwrap(), &[clock.env()]);
    let keys = p.keyboard();
    // Before it has taken the terminal, Control and C is a signal.
    let mut going = true;
    while going && !String::from_utf8_lossy(&p.bytes).contains("\x1b[?1049h") {
        p.listen(Duration::from_millis(10));
        going = p.child.try_wait().unwrap().is_none();
    }
    for _ in 0..chance.random_range(10..60) {
        if !going {
            break;
        }
        deed(&mut p, &keys, &clock, &mut chance, tally);
        p.listen(Duration::from_millis(chance.random_range(0..8)));
        going = p.child.try_wait().unwrap().is_none();
    }
    tally.sessions += 1;
    if going {
        tally.left += 1;
        leave(&mut p, &keys, tally);
    }
    let how = p.child.wait().unwrap();
    // Its last words may still be on their way; the line is closed behind them.
    p.listen(Duration::from_secs(30));
    let text = String::from_utf8_lossy(&p.bytes);
    assert!(!text.contains("panicked"), "it broke: {text}");
    // What can't be opened, such as an exam beside an open one, is said with the code 1. Control and C that is typed
    // while the program sleeps is a signal.
    let is_signal = matches!(how.signal(), Some("Interrupt" | "Quit"));
    assert!(matches!((how.exit_code(), how.signal()), (0 | 1, None)) || is_signal, "{how:?}: {}", end_of(&p));
    eprintln!("  {how:?}");
    p.assert_left_clean();
    let folder = dir.join("profiles/default");
    if folder.exists() {
        let store = Store::open(&folder, Box::new(|| 1)).unwrap();
        store.pages(|page| page.events().for_each(|event| drop(event.unwrap()))).unwrap();
    }
}

/// Asks the program to end, as a person at her wits' end would.
fn leave(p: &mut Pty, keys: &Keyboard, tally: &mut Tally) {
    p.resize(80, 24);
    let start = Instant::now();
    while p.child.try_wait().unwrap().is_none() {
        assert!(start.elapsed() < Duration::from_secs(30), "it hangs: {}", end_of(p));
        p.signal_if_alive("CONT");
        type_bytes(keys, b"\x1b\x03y");
        p.listen(Duration::from_millis(20));
    }
    tally.slowest_end = tally.slowest_end.max(start.elapsed());
}

type Keyboard = Sender<Vec<u8>>;

fn type_bytes(keys: &Keyboard, bytes: &[u8]) {
    let _ = keys.send(bytes.to_vec());
}

/// The last of what the program has written.
fn end_of(p: &Pty) -> String {
    String::from_utf8_lossy(&p.bytes[p.bytes.len().saturating_sub(3000)..]).replace('\x1b', "␛")
}

fn deed(p: &mut Pty, keys: &Keyboard, clock: &Clock, chance: &mut ChaCha8Rng, tally: &mut Tally) {
    let mut size = |chance: &mut ChaCha8Rng| {
        tally.resizes += 1;
        (chance.random_range(1..=300), chance.random_range(1..=100))
    };
    match chance.random_range(0..20) {
        0 => {
            let (cols, rows) = size(chance);
            p.resize(cols, rows);
        }
        1 => {
            for _ in 0..chance.random_range(5..40) {
                let (cols, rows) = size(chance);
                p.resize(cols, rows);
            }
        }
        2 => {
            p.resize(80, 24);
        }
        3 => {
            type_bytes(keys, b"\x1a");
            tally.stops += 1;
        }
        4 => {
            p.signal("TSTP");
            tally.stops += 1;
        }
        5 => {
            p.signal("WINCH");
        }
        6 => clock.pass(chance.random_range(0..4000)),
        7 => clock.jump(chance.random_range(-315_360_000..=315_360_000)),
        8 => {
            let mut bytes = vec![0; chance.random_range(1..60)];
            chance.fill_bytes(&mut bytes);
            type_bytes(keys, &bytes);
        }
        9 => {
            let count = chance.random_range(1500..2500);
            type_keys(keys, count, chance, tally);
        }
        _ => {
            let count = chance.random_range(1..40);
            type_keys(keys, count, chance, tally);
        }
    }
    // It may have been stopped by any of these.
    p.signal_if_alive("CONT");
}

fn type_keys(keys: &Keyboard, count: usize, chance: &mut ChaCha8Rng, tally: &mut Tally) {
    let text: String = (0..count).map(|_| *KEYS.choose(chance).unwrap()).collect();
    type_bytes(keys, text.as_bytes());
    tally.keys += count;
}
