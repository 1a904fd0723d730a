//! How long a plan takes, with a large bank and a long log.

use crate::bank::bank;
use crate::ours::{FIRST_DAY, answered, event};
use crate::table::Verdicts;
use std::hint::black_box;
use std::time::Instant;
use swprep::core::bank::{Difficulty, Item};
use swprep::core::calendar::StudyDay;
use swprep::core::draw::Draw;
use swprep::core::event::{Event, Fact};
use swprep::core::pick::{Scope, plan};
use swprep::core::progress::Progress;
use swprep::core::settings::Setting;

const RULES: usize = 2_000;
const ANSWERS: usize = 100_000;
const DAYS: i32 = 60;
const COUNT: usize = 25;
const RUNS: usize = 9;
/// Bars in milliseconds.
const FROM_LOG_MS: f64 = 25.0;
const FROM_STATES_MS: f64 = 10.0;

pub fn print(verdicts: &mut Verdicts) {
    let library = bank(RULES, |_, _| Difficulty::Medium);
    let items: Vec<&Item> = library.items().map(|i| i.item).collect();
    let mut draw = Draw::new(11);
    let mut number = 0;
    let today = StudyDay(FIRST_DAY + DAYS);
    let exam = Fact::Set(Setting::ExamDate(Some(today.plus(DAYS).date())));
    let mut log: Vec<Event> = vec![event(&mut number, exam, FIRST_DAY)];
    log.extend((0..ANSWERS).map(|n| {
        let (item, right) = (items[draw.below(items.len())], draw.below(4) > 0);
        let day = FIRST_DAY + (n * DAYS as usize / ANSWERS) as i32;
        event(&mut number, answered(&library, item, right, &mut draw), day)
    }));
    let read = || {
        let mut progress = Progress::default();
        for event in &log {
            progress.evolve(event);
        }
        progress
    };
    let progress = read();
    let planned = |progress: &Progress| plan(&library, progress, &Scope::default(), today, COUNT, 1);
    println!("\nTo plan {COUNT} questions: {RULES} rules, {ANSWERS} past answers, {DAYS} days to the exam");
    let mut bar = |name: &str, ms: f64, most: f64| {
        let mark = verdicts.judge(ms <= most, &format!("{name}: {ms:.1} ms, wanted {most}"));
        println!("{name:<34}{:>14}  {mark}", format!("{ms:.1} ms"));
    };
    let start = Instant::now();
    black_box(planned(&progress));
    bar("from states, the first time", ms(start), FROM_STATES_MS);
    bar("from states, later", median(|| _ = black_box(planned(&progress))), FROM_STATES_MS);
    bar("from the log", median(|| _ = black_box(planned(&read()))), FROM_LOG_MS);
}

fn ms(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1000.0
}

fn median(mut run: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            ms(start)
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[RUNS / 2]
}
