//! Simpler ways to say the same, all given the same answers: those to questions never seen before.

use crate::learner::CATEGORY;
use swprep::core::firsthand::FirstSight;
use swprep::core::library::Library;
use swprep::core::memory::sigmoid;
use swprep::core::progress::Progress;
use swprep::core::readiness::below;
use swprep::core::readiness::matrix::Matrix;
use swprep::core::readiness::syllabus::Syllabus;

/// A forecast: possible scores with weights, each normal.
pub struct Said {
    /// Weight, mean, standard deviation.
    pub parts: Vec<(f64, f64, f64)>,
}

pub const NAMES: [&str; 5] = ["last 100", "Rasch", "Elo", "PFA", "PFA, uncertain"];

impl Said {
    pub fn one(mean: f64, sd: f64) -> Self {
        Self { parts: vec![(1.0, mean, sd)] }
    }

    pub fn reaches(&self, mark: u32) -> f64 {
        self.parts.iter().map(|(w, m, sd)| w * below((m - f64::from(mark) + 0.5) / sd)).sum()
    }

    pub fn mean(&self) -> f64 {
        self.parts.iter().map(|(w, m, _)| w * m).sum()
    }

    pub fn at(&self, part: f64) -> f64 {
        let (mut low, mut high) = (-20.0, 140.0);
        for _ in 0..40 {
            let middle = f64::midpoint(low, high);
            let reached: f64 = self.parts.iter().map(|(w, m, sd)| w * below((middle - m) / sd)).sum();
            if reached < part { low = middle } else { high = middle }
        }
        high.round()
    }
}

/// All rivals, in the order of [`NAMES`].
pub fn all(library: &Library, progress: &Progress) -> Vec<Said> {
    let syllabus = Syllabus::of(library, progress, CATEGORY);
    let sights = progress.first_sights().all();
    let (plain, uncertain) = pfa(&syllabus, progress, sights);
    vec![last_hundred(sights), rasch(&syllabus, sights), elo(&syllabus, sights), plain, uncertain]
}

fn last_hundred(sights: &[FirstSight]) -> Said {
    let last: Vec<_> = sights.iter().rev().take(100).collect();
    let (a, n) = (1.0 + last.iter().filter(|s| s.right).count() as f64, 2.0 + last.len() as f64);
    let p = a / n;
    Said::one(110.0 * p, (110.0 * p * (1.0 - p) * (1.0 + 109.0 / (n + 1.0))).sqrt())
}

fn sum(syllabus: &Syllabus<'_>, chance: impl Fn(usize) -> f64) -> (f64, f64) {
    let mut moments = (0.0, 0.0);
    for (n, rule) in syllabus.rules.iter().enumerate() {
        let p = chance(n);
        moments.0 += rule.points * p;
        moments.1 += rule.points * p * (1.0 - p);
    }
    (moments.0, moments.1.sqrt())
}

/// One ability from the last 200 answers, the bank's difficulties, the whole posterior.
fn rasch(syllabus: &Syllabus<'_>, sights: &[FirstSight]) -> Said {
    let grid: Vec<f64> = (0..61).map(|n| -4.0 + f64::from(n) * 8.0 / 60.0).collect();
    let mut logs: Vec<f64> = grid.iter().map(|t| -t * t / (2.0 * 1.5 * 1.5)).collect();
    for s in sights.iter().rev().take(200) {
        for (log, theta) in logs.iter_mut().zip(&grid) {
            let p = s.guess + (1.0 - s.guess) * sigmoid(theta - s.difficulty);
            *log += if s.right { p.ln() } else { (1.0 - p).ln() };
        }
    }
    let top = logs.iter().copied().fold(f64::MIN, f64::max);
    let weights: Vec<f64> = logs.iter().map(|l| (l - top).exp()).collect();
    let all: f64 = weights.iter().sum();
    let part = |(w, theta): (&f64, &f64)| {
        let (mean, sd) = sum(syllabus, |n| {
            let rule = &syllabus.rules[n];
            rule.guess + (1.0 - rule.guess) * sigmoid(theta - rule.difficulty)
        });
        (w / all, mean, sd)
    };
    Said { parts: weights.iter().zip(&grid).filter(|(w, _)| **w / all > 1e-6).map(part).collect() }
}

/// An ability for each area, moved a little by each answer.
fn elo(syllabus: &Syllabus<'_>, sights: &[FirstSight]) -> Said {
    let mut ability = vec![0.0; syllabus.areas.len()];
    for s in sights {
        let Some(area) = syllabus.area_of[s.objective] else { continue };
        let p = s.guess + (1.0 - s.guess) * sigmoid(ability[area] - s.difficulty);
        ability[area] += 0.15 * (f64::from(u8::from(s.right)) - p);
    }
    let (mean, sd) = sum(syllabus, |n| {
        let rule = &syllabus.rules[n];
        rule.guess + (1.0 - rule.guess) * sigmoid(ability[rule.area] - rule.difficulty)
    });
    Said::one(mean, sd)
}

/// Performance factor analysis: right and wrong answers of the rule so far, areas, the bank's difficulties; ridge.
fn pfa(syllabus: &Syllabus<'_>, progress: &Progress, sights: &[FirstSight]) -> (Said, Said) {
    let size = syllabus.areas.len() + 2;
    let row = |area: usize, wins: f64, fails: f64| {
        let mut row = vec![0.0; size];
        row[0] = wins.ln_1p();
        row[1] = fails.ln_1p();
        row[2 + area] = 1.0;
        row
    };
    let data: Vec<(Vec<f64>, f64, f64, bool)> = sights
        .iter()
        .filter_map(|s| {
            let (wins, fails) = s.before.map_or((0.0, 0.0), |t| (f64::from(t.wins), f64::from(t.fails)));
            Some((row(syllabus.area_of[s.objective]?, wins, fails), s.difficulty, s.guess, s.right))
        })
        .collect();
    let mut numbers = vec![0.0; size];
    let mut information = Matrix::zero(size);
    let chance = |row: &[f64], numbers: &[f64], b: f64, g: f64| {
        let known = sigmoid(row.iter().zip(numbers).map(|(x, n)| x * n).sum::<f64>() - b);
        (g + (1.0 - g) * known, (1.0 - g) * known * (1.0 - known))
    };
    for _ in 0..15 {
        information = Matrix::zero(size);
        let mut slope: Vec<f64> = numbers.iter().map(|n| -n).collect();
        for n in 0..size {
            information.add(n, n, 1.0);
        }
        for (row, b, g, right) in &data {
            let (p, dp) = chance(row, &numbers, *b, *g);
            let factor = dp / (p * (1.0 - p)).max(1e-9);
            for (s, x) in slope.iter_mut().zip(row) {
                *s += factor * (f64::from(u8::from(*right)) - p) * x;
            }
            information.add_square(row, factor * dp);
        }
        let step = information.root().unwrap().solve_square(&slope);
        for (n, s) in numbers.iter_mut().zip(step) {
            *n += s.clamp(-1.0, 1.0);
        }
    }
    let rows: Vec<Vec<f64>> = syllabus
        .rules
        .iter()
        .map(|rule| {
            let trace = rule.place.and_then(|p| progress.first_sights().trace(p));
            row(rule.area, trace.map_or(0.0, |t| f64::from(t.wins)), trace.map_or(0.0, |t| f64::from(t.fails)))
        })
        .collect();
    let said = |numbers: &[f64]| {
        sum(syllabus, |n| chance(&rows[n], numbers, syllabus.rules[n].difficulty, syllabus.rules[n].guess).0)
    };
    let (mean, sd) = said(&numbers);
    let root = information.root().unwrap();
    let mut draw = crate::chance::Chance::new(5);
    let parts = (0..40)
        .map(|_| {
            let step = root.backward(&(0..size).map(|_| draw.normal(0.0, 1.0)).collect::<Vec<_>>());
            let version: Vec<f64> = numbers.iter().zip(step).map(|(n, s)| n + s).collect();
            let (mean, sd) = said(&version);
            (1.0 / 40.0, mean, sd)
        })
        .collect();
    (Said::one(mean, sd), Said { parts })
}
