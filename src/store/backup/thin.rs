//! Which backups are kept: many young ones, fewer old ones, and never less than three.

use super::Backup;
use crate::core::calendar::{DAY_MS, StudyDay};
use std::collections::HashSet;

/// So many of the newest are kept, whenever they were made.
const NEWEST: usize = 10;
/// The newest of so many days, weeks and months are kept as well.
const DAYS: usize = 7;
const WEEKS: usize = 8;
const MONTHS: usize = 12;
/// All together are kept under so many bytes, if that leaves [`LEAST`] of them.
const MOST_BYTES: u64 = 50 << 20;
const LEAST: usize = 3;

/// The day of a moment, in UTC.
pub fn day(at_ms: i64) -> i64 {
    at_ms.div_euclid(DAY_MS)
}

/// The backups that may go, of a list that begins with the newest.
pub fn surplus(backups: &[Backup]) -> Vec<&Backup> {
    let month = |b: &Backup| {
        let date = StudyDay(day(b.at_ms) as i32).date();
        i64::from(date.year()) * 12 + i64::from(date.month())
    };
    let mut kept: HashSet<u64> = backups.iter().take(NEWEST).map(|b| b.number).collect();
    let mut newest_of_each = |span: &dyn Fn(&Backup) -> i64, most: usize| {
        let mut spans = HashSet::new();
        kept.extend(backups.iter().filter(|b| spans.len() < most && spans.insert(span(b))).map(|b| b.number));
    };
    newest_of_each(&|b| day(b.at_ms), DAYS);
    // Weeks begin on Monday; 1970-01-01 was a Thursday.
    newest_of_each(&|b| (day(b.at_ms) + 3).div_euclid(7), WEEKS);
    newest_of_each(&month, MONTHS);
    let mut bytes = 0;
    let mut room = 0;
    let (mut gone, mut stays) = (vec![], |b: &Backup| {
        let is_kept = kept.contains(&b.number) && (bytes + b.bytes <= MOST_BYTES || room < LEAST);
        if is_kept {
            bytes += b.bytes;
            room += 1;
        }
        is_kept
    });
    gone.extend(backups.iter().filter(|b| !stays(b)));
    gone
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::backup::Why;

    fn backups(every_ms: i64, count: i64, bytes: u64) -> Vec<Backup> {
        let one = |n: i64| Backup {
            path: format!("{n}").into(),
            number: n.unsigned_abs(),
            at_ms: 1_795_500_000_000 + n * every_ms,
            events: 1,
            why: Why::Daily,
            bytes,
        };
        (0..count).rev().map(one).collect()
    }

    #[test]
    fn two_years_of_days_leave_some_of_each_span() {
        let all = backups(DAY_MS, 730, 1000);
        let gone = surplus(&all).len();
        let kept = all.len() - gone;
        // 10 newest hold the 7 days; 8 weeks and 12 months reach further back.
        assert!((26..=30).contains(&kept), "{kept}");
        let gone: Vec<u64> = surplus(&all).iter().map(|b| b.number).collect();
        assert!((720..730).all(|n| !gone.contains(&n)), "the ten newest stay");
        let oldest = (0..730).find(|n| !gone.contains(n)).unwrap();
        assert!((380..420).contains(&oldest), "the oldest kept is of the month eleven months before, not {oldest}");
    }

    #[test]
    fn many_of_one_day_leave_ten() {
        let all = backups(1000, 40, 1000);
        assert_eq!(surplus(&all).len(), 30);
    }

    #[test]
    fn large_ones_leave_three() {
        let all = backups(DAY_MS, 12, 40 << 20);
        assert_eq!(surplus(&all).len(), 9);
        assert_eq!(surplus(&backups(DAY_MS, 2, 90 << 20)).len(), 0);
    }
}
