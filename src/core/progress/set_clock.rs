//! A computer's clock that was wrong for a time, and was set right: no rule may be lost for years by it.

use super::Progress;
use crate::core::calendar::StudyDay;

/// A longer time without any answer is taken for a clock that was set: two years.
const LONGEST_PAUSE: i32 = 730;
/// What is taken for the time since an answer that was given by a clock so far behind: nobody knows how long it was.
const UNKNOWN_PAUSE: i32 = 60;

impl Progress {
    /// Learns the day of the next answer, which follows the others in the order in which they were written.
    ///
    /// A day before the latest one shows that the clock was ahead: what was answered then was answered no later than now.
    /// A flight over the date line takes one day back and is no such sign. A day years after the latest one shows, more
    /// likely than so long a pause, that the clock was behind: nobody has known a rule for decades by it.
    pub(super) fn notice_day(&mut self, day: StudyDay) {
        let latest = self.latest.replace(day).unwrap_or(day);
        let was_ahead = day.plus(1) < latest;
        let was_behind = day.since(latest) > LONGEST_PAUSE;
        if !was_ahead {
            self.latest = Some(day.max(latest));
        }
        if !was_ahead && !was_behind {
            return;
        }
        for known in &mut self.objectives {
            if let Some(memory) = &mut known.memory {
                let earliest = if was_behind { day.plus(-UNKNOWN_PAUSE) } else { memory.last };
                memory.last = memory.last.max(earliest).min(day);
            }
            known.wanted = known.wanted.map(|wanted| wanted.min(day));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::calendar::{DAY_MS, Stamp};
    use crate::core::event::Event;
    use crate::core::library::Library;
    use crate::core::pick::{self, Scope};
    use crate::core::sample;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;
    use std::sync::LazyLock;

    /// What happens between two answers.
    #[derive(Clone, Debug)]
    enum Step {
        /// Time passes: minutes.
        Pass(i64),
        /// The wall clock is set, by minutes, up to ten years.
        Set(i64),
        /// It is set right.
        SetRight,
        /// A flight: another zone.
        Fly(usize),
        /// An item is answered, right or wrong.
        Answer(usize, bool),
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            4 => (0..600_i64).prop_map(Step::Pass),
            2 => (0..40 * 1440_i64).prop_map(Step::Pass),
            1 => (-5_256_000..=5_256_000_i64).prop_map(Step::Set),
            1 => Just(Step::SetRight),
            1 => (0..ZONES.len()).prop_map(Step::Fly),
            6 => (0..4_usize, any::<bool>()).prop_map(|(item, right)| Step::Answer(item, right)),
        ]
    }

    /// Zones by their rules: New York, Berlin, Lord Howe with its half hour, Auckland, Honolulu.
    const ZONES: [&str; 5] = [
        "EST5EDT,M3.2.0,M11.1.0",
        "CET-1CEST,M3.5.0,M10.5.0/3",
        "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
        "NZST-12NZDT,M9.5.0,M4.1.0/3",
        "HST10",
    ];

    /// Hours before both nights on which clocks change: a zone and milliseconds.
    const NIGHTS: [(usize, i64); 6] = [
        (0, 1_772_928_000_000),
        (0, 1_793_491_200_000),
        (1, 1_774_742_400_000),
        (1, 1_792_886_400_000),
        (2, 1_775_304_000_000),
        (2, 1_791_028_800_000),
    ];

    static LIBRARY: LazyLock<Library> = LazyLock::new(sample::library);

    /// What the clock on the wall says in a zone.
    fn stamp(ms: i64, zone: &TimeZone) -> Stamp {
        let at = jiff::Timestamp::from_millisecond(ms).unwrap();
        Stamp { ms, offset_min: (zone.to_offset(at).seconds() / 60) as i16 }
    }

    proptest! {
        // The same sequences each time: several wrong clocks in a row may leave a wait that is a little longer.
        #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(10), ..ProptestConfig::with_cases(10_000) })]

        /// Whatever the clock said in between: once it is right, every answered rule comes back within a year or so,
        /// none is due again on the day of its answer, and a study day is the date on the wall, four hours before.
        #[test]
        fn no_rule_is_lost_by_a_clock(night in prop::sample::select(NIGHTS.to_vec()), steps in prop::collection::vec(step(), 1..14)) {
            let library = &*LIBRARY;
            let items: Vec<&str> = library.items().map(|i| i.item.id.as_str()).collect();
            let (mut now, mut wrong) = (night.1, 0);
            let mut zone = TimeZone::posix(ZONES[night.0]).unwrap();
            let mut progress = sample::learner();
            let answer = |progress: &mut Progress, item: usize, right, at: Stamp| {
                let event = Event { at, ..sample::answer(library, items[item], right, None, 0) };
                progress.evolve(&event);
                progress.answers.last().unwrap().objective
            };
            for step in steps {
                match step {
                    Step::Pass(minutes) => now += minutes * 60_000,
                    Step::Set(minutes) => wrong = minutes * 60_000,
                    Step::SetRight => wrong = 0,
                    Step::Fly(to) => zone = TimeZone::posix(ZONES[to]).unwrap(),
                    Step::Answer(item, right) => {
                        let at = stamp(now + wrong, &zone);
                        let known = answer(&mut progress, item, right, at);
                        let due = progress.objectives()[known].due().unwrap();
                        prop_assert!(due > at.day(), "due again on the same day");
                        let local = zone.to_datetime(jiff::Timestamp::from_millisecond(at.ms).unwrap());
                        let before_four = i32::from(local.hour() < 4);
                        prop_assert_eq!(at.day().plus(before_four).date(), local.date());
                    }
                }
            }
            let at = stamp(now, &zone);
            answer(&mut progress, 0, true, at);
            for known in progress.objectives() {
                let wait = known.due().unwrap().since(at.day());
                prop_assert!(wait <= 500, "{} waits for {wait} days", known.id);
                let recall = known.memory.unwrap().recall(at.day());
                prop_assert!((0.0..=1.0).contains(&recall));
            }
            let later = at.day().plus(501);
            prop_assert_eq!(pick::due(library, &progress, &Scope::default(), later).len(), progress.objectives().len());
        }
    }

    /// A day that goes back by a flight is no clock that was wrong.
    #[test]
    fn the_date_line_changes_no_memory() {
        let library = sample::library();
        let at = |day: i64| Event {
            at: Stamp { ms: day * DAY_MS, offset_min: 0 },
            ..sample::answer(&library, "ethics-0001", true, None, 0)
        };
        let mut progress = sample::learner();
        progress.evolve(&at(20_001));
        let before = progress.objectives()[0].memory;
        progress.notice_day(at(20_000).at.day());
        assert_eq!(progress.objectives()[0].memory, before);
    }
}
