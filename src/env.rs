//! The front door for time, chance, the environment and folders: nothing else asks the system for them.

#![expect(clippy::disallowed_methods, reason = "this file is where time, chance and the environment enter")]

use crate::core::calendar::{Moment, Stamp};
use crate::store::Dice;
use jiff::tz::TimeZone;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The variable that fixes the time at the start, such as `2026-11-24T19:05:00-05:00`, for repeatable runs.
pub const NOW: &str = "SWPREP_NOW";
/// The variable that names a file by which both clocks are driven, for tests: two whole numbers, the milliseconds to add
/// to the wall clock and to the monotonic clock.
pub const CLOCK: &str = "SWPREP_CLOCK";
/// The variable that fixes chance, for repeatable runs.
pub const SEED: &str = "SWPREP_SEED";
/// The variable that names the data directory.
pub const DATA_DIR: &str = "SWPREP_DATA_DIR";

/// Both clocks of this machine.
#[derive(Clone, Debug)]
pub struct SystemClock {
    start: Instant,
    fixed: Option<Stamp>,
    driven: Option<PathBuf>,
    zone: TimeZone,
}

impl SystemClock {
    /// The system's clocks, or the time that `SWPREP_NOW` fixes.
    ///
    /// # Errors
    /// `SWPREP_NOW` is set and is no time.
    pub fn new() -> anyhow::Result<Self> {
        let fixed = match text(NOW) {
            None => None,
            Some(text) => Some(parse_stamp(&text).ok_or_else(|| {
                anyhow::anyhow!("{NOW}={text:?} is not a time; write it like 2026-11-24T19:05:00-05:00")
            })?),
        };
        Ok(Self { start: Instant::now(), fixed, driven: text(CLOCK).map(PathBuf::from), zone: TimeZone::system() })
    }

    /// Now.
    pub fn now(&self) -> Moment {
        let mono = self.start.elapsed();
        let wall = self.fixed.map_or_else(
            || {
                let at = jiff::Timestamp::now();
                Stamp { ms: at.as_millisecond(), offset_min: (self.zone.to_offset(at).seconds() / 60) as i16 }
            },
            |fixed| Stamp { ms: fixed.ms.saturating_add(mono.as_millis() as i64), ..fixed },
        );
        let (wall_ms, mono_ms) = self.driven.as_deref().map_or((0, 0), driven_by);
        let wall = Stamp { ms: wall.ms.saturating_add(wall_ms), ..wall };
        Moment { wall, mono: mono + Duration::from_millis(mono_ms) }
    }
}

/// What a file adds to the clocks; nothing where it says nothing.
fn driven_by(file: &Path) -> (i64, u64) {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let mut numbers = text.split_whitespace();
    let wall = numbers.next().and_then(|n| n.parse().ok()).unwrap_or(0);
    (wall, numbers.next().and_then(|n| n.parse().ok()).unwrap_or(0))
}

/// A time with its offset: `2026-11-24T19:05:00-05:00` or `…Z`.
fn parse_stamp(text: &str) -> Option<Stamp> {
    let at: jiff::Timestamp = text.parse().ok()?;
    let pieces = jiff::fmt::temporal::Pieces::parse(text).ok()?;
    let offset = pieces.to_numeric_offset().map_or(0, |o| o.seconds() / 60);
    Some(Stamp { ms: at.as_millisecond(), offset_min: offset as i16 })
}

/// The seed that `SWPREP_SEED` fixes, if it is set.
///
/// # Errors
/// It is no number.
pub fn fixed_seed() -> anyhow::Result<Option<u64>> {
    text(SEED)
        .map(|seed| seed.parse().map_err(|_| anyhow::anyhow!("{SEED}={seed:?} is not a whole number")))
        .transpose()
}

/// A source of chance: from the system, or from a fixed seed.
pub fn dice(seed: Option<u64>) -> Dice {
    let mut chance = seed.map_or_else(|| ChaCha8Rng::from_rng(&mut rand::rng()), ChaCha8Rng::seed_from_u64);
    Box::new(move || chance.random())
}

/// The data directory of this platform, unless another was named.
///
/// # Errors
/// The system knows no home directory.
pub fn data_dir(named: Option<PathBuf>) -> anyhow::Result<PathBuf> {
    if let Some(dir) = named {
        return Ok(dir);
    }
    let dirs = directories::ProjectDirs::from("", "", "swprep")
        .ok_or_else(|| anyhow::anyhow!("this system names no home directory; name a folder with --data-dir DIR"))?;
    Ok(dirs.data_dir().to_owned())
}

/// Lets a file that meets a limit on its size be an error like a full disk, which is told, and not the program's end.
pub fn outlive_file_limits() {
    #[cfg(unix)]
    {
        // The signal's own effect is replaced by a note that nobody reads; a failure leaves things as they were.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default());
    }
}

/// Whether colour is unwanted (`NO_COLOR` is set to anything, <https://no-color.org>).
pub fn no_color() -> bool {
    text("NO_COLOR").is_some()
}

/// Whether the terminal can do no more than print lines.
pub fn dumb_terminal() -> bool {
    text("TERM").is_some_and(|t| t == "dumb")
}

/// A variable that is set and not empty.
fn text(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|v| !v.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_time_keeps_its_offset() {
        let stamp = parse_stamp("2026-11-24T19:05:00-05:00").unwrap();
        assert_eq!(stamp.local_text(), "2026-11-24 19:05");
        assert!(parse_stamp("tomorrow").is_none());
    }

    #[test]
    fn a_seed_fixes_chance() {
        let (mut a, mut b) = (dice(Some(3)), dice(Some(3)));
        assert_eq!((a(), a()), (b(), b()));
    }
}
