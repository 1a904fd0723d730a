//! Active time: what an exam's clock counts.

use crate::core::calendar::{DAY_MS, Moment};
use std::time::Duration;

/// A longer gap between two looks at the clock is an interruption (sleep, a stopped program), not active time.
pub const GAP: Duration = Duration::from_secs(30);

/// Counts the time in which the program really ran.
#[derive(Clone, Copy, Debug)]
pub struct ActiveClock {
    spent: Duration,
    last: Moment,
}

impl ActiveClock {
    /// A clock that goes on from `spent`.
    pub fn resume(spent: Duration, now: Moment) -> Self {
        Self { spent, last: now }
    }

    /// Active time up to the last tick.
    pub fn spent(&self) -> Duration {
        self.spent
    }

    /// Counts a standstill as well, where nothing is given back.
    pub fn count(&mut self, gap: Duration) {
        self.spent = self.spent.saturating_add(gap);
    }

    /// The monotonic time of the last tick.
    pub fn last_look(&self) -> Duration {
        self.last.mono
    }

    /// Counts the time since the last tick, and returns a standstill if there was one.
    ///
    /// Only the monotonic clock counts, so that a wall clock set forward or back changes nothing. Where the monotonic
    /// clock stands still in sleep (Linux, macOS), the wall clock shows the gap; where it runs on (Windows), it does
    /// so itself.
    pub fn tick(&mut self, now: Moment) -> Option<Duration> {
        let mono = now.mono.saturating_sub(self.last.mono);
        let wall = Duration::from_millis(now.wall.ms.saturating_sub(self.last.wall.ms).max(0) as u64);
        self.last = now;
        if mono > GAP {
            return Some(mono);
        }
        self.spent += mono;
        // A difference of a week or more is somebody setting the clock, not a laptop asleep in mid exam.
        let asleep = wall.saturating_sub(mono);
        (asleep > GAP && asleep < Duration::from_millis(7 * DAY_MS as u64)).then_some(asleep)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::calendar::Stamp;

    fn moment(wall_ms: i64, mono_ms: u64) -> Moment {
        Moment { wall: Stamp { ms: wall_ms, offset_min: 0 }, mono: Duration::from_millis(mono_ms) }
    }

    #[test]
    fn wall_clock_jumps_change_nothing() {
        let ten_years = 3650 * DAY_MS;
        for jump in [ten_years, -ten_years] {
            let mut clock = ActiveClock::resume(Duration::ZERO, moment(0, 0));
            assert_eq!(clock.tick(moment(jump + 1000, 1000)), None);
            assert_eq!(clock.spent(), Duration::from_secs(1));
        }
    }

    #[test]
    fn sleep_is_an_interruption_on_either_kind_of_clock() {
        let hour = 3_600_000;
        let mut clock = ActiveClock::resume(Duration::ZERO, moment(0, 0));
        assert!(clock.tick(moment(hour, 1000)).is_some(), "monotonic clock stood still");
        assert_eq!(clock.spent(), Duration::from_secs(1));
        assert!(clock.tick(moment(2 * hour, 1000 + hour as u64)).is_some(), "monotonic clock ran on");
        assert_eq!(clock.spent(), Duration::from_secs(1));
    }
}
