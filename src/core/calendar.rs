//! Time as values: moments, stamps and study days.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Milliseconds in a day.
pub const DAY_MS: i64 = 86_400_000;

/// The hour of local civil time at which a study day begins.
pub const ROLLOVER_HOUR: i64 = 4;

/// A wall-clock time with the local offset that was in force: what records carry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stamp {
    /// Milliseconds since 1970-01-01 in UTC.
    pub ms: i64,
    /// Minutes that local time is ahead of UTC.
    pub offset_min: i16,
}

/// Now, on both clocks: the wall clock for records and days, the monotonic one for timers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moment {
    /// Wall-clock time.
    pub wall: Stamp,
    /// Time since some fixed point; never set back.
    pub mono: Duration,
}

/// A day of study: from four in the morning to four in the morning, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StudyDay(pub i32);

impl Stamp {
    /// The study day that this moment belongs to.
    ///
    /// The subtraction is made in local civil time, where it can't be disturbed by a change of the clocks.
    pub fn day(self) -> StudyDay {
        let local = self.ms.saturating_add(i64::from(self.offset_min) * 60_000);
        StudyDay(clamp_day(local.saturating_sub(ROLLOVER_HOUR * 3_600_000).div_euclid(DAY_MS)))
    }

    /// Local date and time, such as `2026-11-24 19:05`.
    pub fn local_text(self) -> String {
        let local = self.ms.saturating_add(i64::from(self.offset_min) * 60_000);
        let date = StudyDay(clamp_day(local.div_euclid(DAY_MS))).date();
        let minutes = local.rem_euclid(DAY_MS) / 60_000;
        format!("{date} {:02}:{:02}", minutes / 60, minutes % 60)
    }
}

impl StudyDay {
    /// The study day of a civil date.
    pub fn of(date: Date) -> Self {
        let days = date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24;
        Self(clamp_day(days))
    }

    /// The civil date.
    pub fn date(self) -> Date {
        Date::constant(1970, 1, 1).saturating_add(jiff::SignedDuration::from_hours(i64::from(self.0) * 24))
    }

    /// Days from `earlier` to this day; negative if this day comes first.
    pub fn since(self, earlier: Self) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    /// The day `days` later.
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }
}

/// Days outside of civil dates (years 1 to 9999) are drawn to the nearest one, so that a wild clock can't overflow.
fn clamp_day(days: i64) -> i32 {
    days.clamp(-719_162, 2_932_896) as i32
}

/// A duration as people read it: `1:02:03`, or `12:05` under an hour.
pub fn clock_text(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{rest:02}") } else { format!("{minutes}:{rest:02}") }
}

/// A duration in words: `45 s`, `12 min`, `1 h 20 min`.
pub fn words(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0..=89 => format!("{seconds} s"),
        90..=3599 => format!("{} min", (seconds + 30) / 60),
        _ => match (seconds / 3600, seconds / 60 % 60) {
            (hours, 0) => format!("{hours} h"),
            (hours, minutes) => format!("{hours} h {minutes} min"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(text: &str, offset_min: i16) -> Stamp {
        let at: jiff::Timestamp = text.parse().unwrap();
        Stamp { ms: at.as_millisecond(), offset_min }
    }

    #[test]
    fn a_day_begins_at_four_local_time() {
        let day = |text, offset| stamp(text, offset).day().date().to_string();
        assert_eq!(day("2026-11-24T03:59:59Z", 0), "2026-11-23");
        assert_eq!(day("2026-11-24T04:00:00Z", 0), "2026-11-24");
        assert_eq!(day("2026-11-24T08:59:00Z", -300), "2026-11-23");
        // The night on which New York's clocks go forward: 04:30 in the new time is already the new day.
        assert_eq!(day("2026-03-08T08:30:00Z", -240), "2026-03-08");
        // And back: 03:30 in winter time still belongs to the day before.
        assert_eq!(day("2026-11-01T08:30:00Z", -300), "2026-10-31");
    }

    #[test]
    fn dates_and_days_agree() {
        for text in ["1970-01-01", "2026-11-24", "2028-02-29", "1969-12-31"] {
            let date: Date = text.parse().unwrap();
            assert_eq!(StudyDay::of(date).date(), date);
        }
    }

    #[test]
    fn a_wild_clock_does_not_overflow() {
        for ms in [i64::MIN, i64::MAX] {
            let stamp = Stamp { ms, offset_min: i16::MAX };
            let _ = (stamp.day().date(), stamp.local_text());
        }
    }

    #[test]
    fn durations_read_well() {
        assert_eq!(clock_text(Duration::from_secs(3723)), "1:02:03");
        assert_eq!(clock_text(Duration::from_secs(65)), "1:05");
        assert_eq!(words(Duration::from_mins(12)), "12 min");
        assert_eq!(words(Duration::from_mins(80)), "1 h 20 min");
    }
}
