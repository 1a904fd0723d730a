//! How much time there really is: minutes a day that are done, and seconds that a question takes her.

use crate::core::calendar::StudyDay;
use crate::core::progress::Progress;
use crate::core::stats::study_ms;
use std::collections::BTreeMap;

/// So many days back are looked at.
const DAYS: i32 = 14;
/// So many days of study at the minutes of the setting are taken as given before the first.
const PRIOR: f64 = 3.0;

/// Minutes a day that can be counted on: the median of the days on which she studied lately, times the share of days on
/// which she did. The days before her first answer are taken as studied, at the minutes of the setting, as far as they
/// are needed.
pub fn minutes_done(progress: &Progress, today: StudyDay) -> f64 {
    let setting = f64::from(progress.settings.minutes_per_day);
    let Some(first) = progress.answers.first().map(|a| a.at.day()) else { return setting };
    let mut by_day: BTreeMap<StudyDay, u64> = BTreeMap::new();
    for answer in progress.answers.iter().rev() {
        let day = answer.at.day();
        if today.since(day) > DAYS {
            break;
        }
        if day < today && !answer.in_exam {
            *by_day.entry(day).or_default() += study_ms(answer);
        }
    }
    let studied = by_day.len() as f64;
    let days = f64::from(today.since(first).clamp(0, DAYS)).max(studied);
    let mut minutes: Vec<f64> = by_day.into_values().map(|ms| ms as f64 / 60_000.0).collect();
    minutes.extend([setting; PRIOR as usize]);
    minutes.sort_by(f64::total_cmp);
    minutes[minutes.len() / 2] * (studied + PRIOR) / (days + PRIOR)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample;

    /// Study of 24 answers, 20 seconds each and as long to read: 16 minutes.
    fn studied(days: impl IntoIterator<Item = i64>) -> Progress {
        let library = sample::library();
        let mut progress = sample::learner();
        for day in days {
            for n in 1..=24 {
                progress.evolve(&sample::answer(&library, &format!("ethics-{n:04}"), true, None, day));
            }
        }
        progress
    }

    #[test]
    fn first_the_setting_then_what_is_done() {
        let today = sample::day(20);
        assert!((minutes_done(&sample::learner(), today) - 20.0).abs() < 1e-9);
        let started = minutes_done(&studied([19]), today);
        assert!(started > 18.0, "one day says little: {started}");
        let steady = minutes_done(&studied(0..20), today);
        assert!((15.0..17.0).contains(&steady), "{steady}");
        let every_other = minutes_done(&studied((0..20).step_by(2)), today);
        assert!((8.0..11.0).contains(&every_other), "{every_other}");
    }

    #[test]
    fn a_week_without_study_does_not_stop_the_plan() {
        let minutes = minutes_done(&studied(0..11), sample::day(20));
        assert!(minutes > 4.0 && minutes < 16.0, "{minutes}");
        assert!(minutes_done(&studied(0..11), sample::day(60)) > 2.0);
    }
}
