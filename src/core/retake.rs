//! After a real exam that was not passed: where its points were lost, what that means for practice, and what has changed.

use super::bank::Category;
use super::calendar::StudyDay;
use super::event::{Count, RealResult};
use super::interval::Share;
use super::library::Library;
use super::outline::Outline;
use super::progress::Progress;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// How much of the weight follows the points that were lost; the rest stays with the outline.
///
/// Half: the next exam has the outline's weights again, and one exam's counts by area are a small sample.
const LEAN: f64 = 0.5;

/// The last result of a category, if that exam was not passed and its report told the areas.
pub fn failed(progress: &Progress, category: Category) -> Option<&RealResult> {
    let last = progress.results.iter().rev().find(|r| r.category == category)?;
    (!last.passed && !last.areas.is_empty()).then_some(last)
}

/// The weight of each area for practice and short exams, in outline order; they sum to 1.
pub fn weights(outline: &Outline, progress: &Progress, category: Category) -> Vec<f64> {
    let of_outline = outline.areas.iter().map(|a| a.weight_percent.get(&category).copied().unwrap_or(0.0));
    let weights = normal(of_outline.collect());
    let Some(result) = failed(progress, category) else { return weights };
    let lost = |count: &Count| f64::from(count.of.saturating_sub(count.right));
    let lost = normal(outline.areas.iter().map(|a| result.areas.get(&a.code).map_or(0.0, lost)).collect());
    weights.iter().zip(lost).map(|(weight, lost)| (1.0 - LEAN) * weight + LEAN * lost).collect()
}

fn normal(weights: Vec<f64>) -> Vec<f64> {
    let sum: f64 = weights.iter().sum();
    if sum <= 0.0 {
        return vec![1.0 / weights.len().max(1) as f64; weights.len()];
    }
    weights.into_iter().map(|w| w / sum).collect()
}

/// One area before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaChange {
    /// The area's name.
    pub name: String,
    /// In the real exam.
    pub before: Share,
    /// Questions met for the first time since then.
    pub after: Share,
}

/// What has changed since a result, by area.
pub fn since(library: &Library, progress: &Progress, result: &RealResult) -> Vec<AreaChange> {
    let outline = library.outline();
    let day = StudyDay::of(result.date);
    let mut after: BTreeMap<usize, Share> = BTreeMap::new();
    for answer in progress.answers.iter().filter(|a| a.first_sight && a.at.day() > day) {
        let objective = progress.objectives().get(answer.objective).and_then(|o| library.objective(&o.id));
        let area = objective
            .and_then(|(_, o)| library.examined_as(o, result.category))
            .and_then(|statement| outline.area_index(&statement.area));
        if let Some(area) = area {
            let share = after.entry(area).or_default();
            *share = share.with(answer.right);
        }
    }
    let change = |(place, area): (usize, &super::outline::Area)| {
        let count = result.areas.get(&area.code)?;
        let before = Share::new(count.right, count.of);
        Some(AreaChange { name: area.name.clone(), before, after: after.get(&place).copied().unwrap_or_default() })
    };
    outline.areas.iter().enumerate().filter_map(change).collect()
}

/// The most questions that one area of a report can have; more is a slip of the finger.
const MOST: u32 = 200;

/// Reads `24 of 40` or `24/40`; nothing for an empty text.
///
/// # Errors
/// What to type instead.
pub fn parse_count(text: &str) -> Result<Option<Count>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let numbers: Vec<Option<u32>> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty()).map(|p| p.parse().ok()).collect();
    match numbers.as_slice() {
        [Some(right), Some(of)] if *of > 0 && right <= of && *of <= MOST => Ok(Some(Count { right: *right, of: *of })),
        [Some(_), Some(_)] => Err(format!("The first number is at most the second, and the second at most {MOST}.")),
        _ => Err("Type two numbers as they stand in the report, such as 24 of 40.".into()),
    }
}

/// Reads the day of an exam that is over.
///
/// # Errors
/// What to type instead.
pub fn parse_past_day(text: &str, today: StudyDay) -> Result<Date, String> {
    let date = super::settings::parse_date(text.trim(), today)?;
    if StudyDay::of(date) > today { Err("That day has not come yet.".into()) } else { Ok(date) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::event::Fact;
    use crate::core::sample;

    fn result(passed: bool) -> RealResult {
        let count = |right, of| Count { right, of };
        let areas = [("I", count(30, 40)), ("II", count(15, 35)), ("III", count(25, 35))];
        RealResult {
            date: sample::day(2).date(),
            category: Category::Clinical,
            passed,
            areas: areas.into_iter().map(|(code, count)| (code.to_owned(), count)).collect(),
        }
    }

    #[test]
    fn practice_leans_to_where_the_points_were_lost() {
        let outline = sample::outline();
        let mut progress = Progress::default();
        let plain = weights(&outline, &progress, Category::Clinical);
        assert!((plain.iter().sum::<f64>() - 1.0).abs() < 1e-9 && (plain[0] - 0.36).abs() < 1e-9);
        progress.evolve(&sample::event(Fact::RealResult(result(false)), 3));
        // Lost: 10, 20 and 10 of 40 points.
        let leaning = weights(&outline, &progress, Category::Clinical);
        let wanted = [0.5 * 0.36 + 0.125, 0.5 * 0.32 + 0.25, 0.5 * 0.32 + 0.125];
        assert!(leaning.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-9), "{leaning:?}");
        assert_eq!(
            weights(&outline, &progress, Category::Masters),
            weights(&outline, &Progress::default(), Category::Masters)
        );
        progress.evolve(&sample::event(Fact::RealResult(result(true)), 9));
        assert_eq!(weights(&outline, &progress, Category::Clinical), plain, "passed: nothing to lean to");
    }

    #[test]
    fn only_new_questions_since_then_stand_beside_it() {
        let library = sample::library();
        let mut progress = Progress::default();
        let ids: Vec<String> = library.items().take(3).map(|i| i.item.id.as_str().to_owned()).collect();
        progress.evolve(&sample::answer(&library, &ids[0], true, None, 1));
        progress.evolve(&sample::answer(&library, &ids[1], true, None, 4));
        progress.evolve(&sample::answer(&library, &ids[1], true, None, 5));
        let changes = since(&library, &progress, &result(false));
        assert_eq!(changes.iter().map(|c| c.after.of).sum::<u32>(), 1);
        assert_eq!((changes[1].before.right, changes[1].before.of), (15, 35));
    }

    #[test]
    fn counts_are_read_as_they_are_written() {
        assert_eq!(parse_count("24 of 40"), Ok(Some(Count { right: 24, of: 40 })));
        assert_eq!(parse_count("24/40"), parse_count(" 24 - 40 "));
        assert_eq!(parse_count("  "), Ok(None));
        assert!(parse_count("40/24").is_err() && parse_count("24").is_err() && parse_count("1/99999999999").is_err());
    }

    #[test]
    fn an_exam_that_is_over_has_no_day_to_come() {
        let today = sample::day(9);
        assert_eq!(parse_past_day(&sample::day(3).date().to_string(), today), Ok(sample::day(3).date()));
        assert!(parse_past_day(&sample::day(12).date().to_string(), today).is_err());
        assert!(parse_past_day("soon", today).is_err());
    }
}
