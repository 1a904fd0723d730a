//! Figures with their intervals, and what was judged.

use std::process::ExitCode;

/// The mean of figures, and half of its 95 % interval.
pub fn mean(figures: &[f64]) -> (f64, f64) {
    let n = figures.len() as f64;
    let mean = figures.iter().sum::<f64>() / n;
    let variance = figures.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
    (mean, 1.96 * (variance / n).sqrt())
}

/// What was judged, with the bars that were missed.
#[derive(Default)]
pub struct Verdicts {
    judged: usize,
    missed: Vec<String>,
}

impl Verdicts {
    /// Judges one bar; gives the mark that stands in the table.
    pub fn judge(&mut self, holds: bool, bar: &str) -> &'static str {
        self.judged += 1;
        if holds {
            return "ok";
        }
        self.missed.push(bar.to_owned());
        "NOT OK"
    }

    pub fn print(&self) -> ExitCode {
        println!();
        for bar in &self.missed {
            println!("NOT OK  {bar}");
        }
        println!("{} of {} bars hold.", self.judged - self.missed.len(), self.judged);
        if self.missed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}
