//! What is likely to come to mind tomorrow, statement by statement; and minutes of study, day by day.

use super::calendar::StudyDay;
use super::library::Library;
use super::progress::Progress;
use super::stats::study_ms;
use serde::Serialize;
use std::collections::HashMap;

/// One statement of the outline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatementRecall {
    /// Its id.
    pub id: String,
    /// Its label.
    pub name: String,
    /// The code of its part of an area.
    pub part: String,
    /// The title of that part.
    pub part_name: String,
    /// Rules in the bank.
    pub rules: usize,
    /// Rules met.
    pub rules_met: usize,
    /// The mean estimated recall of the rules met, tomorrow; `None` where none was met.
    pub recall: Option<f64>,
}

/// Every statement of the category's outline, in outline order.
pub fn recall_map(library: &Library, progress: &Progress, today: StudyDay) -> Vec<StatementRecall> {
    let (outline, category) = (library.outline(), progress.settings.category);
    let mut sums: HashMap<&str, (usize, usize, f64)> = HashMap::new();
    for (_, objective) in library.objectives() {
        let Some(statement) = library.examined_as(objective, category) else { continue };
        let sum = sums.entry(statement.id.as_str()).or_default();
        sum.0 += 1;
        if let Some(memory) = progress.memory(&objective.id) {
            sum.1 += 1;
            sum.2 += memory.recall(today.plus(1));
        }
    }
    let statements = outline.statements.iter().filter(|s| outline.examines(category, s));
    statements
        .map(|s| {
            let (rules, met, recall) = sums.get(s.id.as_str()).copied().unwrap_or_default();
            StatementRecall {
                id: s.id.as_str().to_owned(),
                name: s.label.clone(),
                part: s.subdomain.clone(),
                part_name: outline.subdomain_name(&s.subdomain).to_owned(),
                rules,
                rules_met: met,
                recall: (met > 0).then(|| recall / met as f64),
            }
        })
        .collect()
}

/// Study of one day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DayMinutes {
    /// The date.
    pub date: String,
    /// Minutes of study; exams are not in it.
    pub minutes: f64,
}

/// Minutes of study of the last `days` days, oldest first.
pub fn minutes(progress: &Progress, today: StudyDay, days: usize) -> Vec<DayMinutes> {
    let first = today.plus(1 - days as i32);
    let mut ms = vec![0_u64; days];
    for answer in progress.answers.iter().filter(|a| !a.in_exam) {
        let place = usize::try_from(answer.at.day().since(first)).ok();
        if let Some(day) = place.and_then(|n| ms.get_mut(n)) {
            *day += study_ms(answer);
        }
    }
    let day = |(n, ms): (usize, &u64)| DayMinutes {
        date: first.plus(n as i32).date().to_string(),
        minutes: *ms as f64 / 60_000.0,
    };
    ms.iter().enumerate().map(day).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample;

    #[test]
    fn a_statement_has_the_recall_of_its_rules_that_were_met() {
        let library = sample::library();
        let mut progress = Progress::default();
        progress.evolve(&sample::answer(&library, "ethics-0001", true, None, 0));
        let map = recall_map(&library, &progress, sample::day(0));
        assert_eq!(map.iter().filter(|s| s.recall.is_some()).count(), 1);
        let met = map.iter().find(|s| s.rules_met == 1).unwrap();
        let memory = progress.memory(&"ethics.sample.rule-01".into()).unwrap();
        assert!((met.recall.unwrap() - memory.recall(sample::day(1))).abs() < 1e-12 && met.part == "IA");
        let later = recall_map(&library, &progress, sample::day(30));
        assert!(later.iter().find_map(|s| s.recall) < met.recall);
    }

    #[test]
    fn minutes_agree_with_those_of_a_single_day() {
        let library = sample::library();
        let mut progress = Progress::default();
        for (n, day) in [(1, 0), (2, 0), (3, 2)] {
            progress.evolve(&sample::answer(&library, &format!("ethics-{n:04}"), true, None, day));
        }
        let days = minutes(&progress, sample::day(2), 3);
        for (n, day) in days.iter().enumerate() {
            let alone = crate::core::stats::minutes_studied(&progress, sample::day(n as i64));
            assert!((day.minutes - alone).abs() < 1e-9 && (day.minutes > 0.0) == (n != 1));
        }
    }
}
