//! The table: one figure a line, with its bar.

use std::time::Duration;

pub const HEAD: &str =
    "figure                                                            measured                        bar        ";

/// Several times of the same thing.
pub struct Times {
    pub text: String,
    pub median: f64,
    pub worst: f64,
}

/// Least, median and worst in milliseconds.
pub fn ms(mut times: Vec<Duration>) -> Times {
    times.sort_unstable();
    let at = |place: usize| times[place].as_secs_f64() * 1000.0;
    let (least, median, worst) = (at(0), at(times.len() / 2), at(times.len() - 1));
    Times { text: format!("{least:.1} / {median:.1} / {worst:.1}"), median, worst }
}

/// A figure that is held against a bar.
pub fn row(name: &str, unit: &str, text: &str, value: f64, bar: f64) {
    let verdict = if value <= bar { "ok" } else { "NOT OK" };
    println!("{name:<64}  {:<30}  {:<10} {verdict}", format!("{text} {unit}"), format!("≤ {bar} {unit}"));
}

/// A figure without a bar.
pub fn figure(name: &str, unit: &str, text: &str) {
    println!("{name:<64}  {text} {unit}");
}
