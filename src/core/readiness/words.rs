//! Readiness in words, the same on every page.

use super::{Chance, Missing, Readiness};
use crate::core::count::count;

/// What every chance is conditional on.
pub const CONDITION: &str = "on a form of new questions like these";

impl Chance {
    /// The chance in percent; what is nearly certain or nearly excluded is not given to the point.
    pub fn words(&self) -> String {
        percent(self.chance)
    }

    /// Its range in percent.
    pub fn range_words(&self) -> String {
        let percent = |x: f64| (x * 100.0).round().clamp(1.0, 99.0);
        let (low, high) = (percent(self.low), percent(self.high));
        match (low <= 1.0, high >= 99.0) {
            (true, true) => "anything: too little is known".into(),
            (true, false) => format!("up to {high:.0} %"),
            (false, true) => format!("{low:.0} % or more"),
            (false, false) => format!("{low:.0} to {high:.0} %"),
        }
    }

    /// The chance with its range, or once where both say the same.
    pub fn whole_words(&self) -> String {
        if self.high < 0.05 || self.low > 0.95 {
            return self.words();
        }
        format!("{}, likely {}", self.words(), self.range_words())
    }
}

fn percent(chance: f64) -> String {
    match chance {
        c if c > 0.95 => "over 95 %".into(),
        c if c < 0.05 => "under 5 %".into(),
        c => format!("{:.0} %", c * 100.0),
    }
}

impl Missing {
    /// Why there is no number yet, and what would help.
    pub fn words(&self) -> String {
        let mut sentences = vec![];
        if self.answers > 0 {
            let questions = count(self.answers as usize, "more new question");
            sentences.push(format!("{questions} answered would allow a first estimate."));
        }
        let unseen: Vec<&str> =
            self.areas.iter().filter(|a| !self.without_rules.contains(a)).map(String::as_str).collect();
        if !unseen.is_empty() {
            sentences
                .push(format!("No new question was answered yet of: {}. Practice a few of each.", unseen.join(", ")));
        }
        if !self.without_rules.is_empty() {
            sentences.push(format!("The bank has no questions yet of: {}.", self.without_rules.join(", ")));
        }
        format!("No number yet, because it would rest on too little. {}", sentences.join(" "))
    }
}

impl Readiness {
    /// What the estimate says, in one sentence.
    pub fn words(&self) -> String {
        let Some(estimate) = &self.estimate else {
            return self.missing.as_ref().map(Missing::words).unwrap_or_default();
        };
        let when = if self.for_exam_day { "on your exam day, if nothing more is studied until then" } else { "today" };
        let middle = estimate.chances.get(1);
        let chance = middle.map_or_else(String::new, |c| {
            format!(" Chance to reach {} of {}: {}.", c.mark, estimate.out_of, c.whole_words())
        });
        format!(
            "About {:.0} of {} {CONDITION}, {when}; likely {} to {}.{chance}",
            estimate.score, estimate.out_of, estimate.low, estimate.high
        )
    }

    /// What it rests on, in one sentence.
    pub fn basis_words(&self) -> String {
        let met: usize = self.areas.iter().map(|a| a.rules_met).sum();
        let rules: usize = self.areas.iter().map(|a| a.rules).sum();
        let seen = self.areas.iter().filter(|a| a.first_sight > 0).count();
        let mock = self.last_mock.as_ref().map_or_else(
            || "no whole mock exam yet".to_owned(),
            |m| format!("last mock exam {} of {} on {}, {} of them new", m.right, m.of, m.date, m.first_sight),
        );
        format!(
            "It rests on {} answers to new questions, {seen} of {} areas, {met} of {rules} rules; {mock}.",
            self.first_sight,
            self.areas.len()
        )
    }

    /// What would narrow it most, if that can be said.
    pub fn narrowing_words(&self) -> Option<String> {
        let narrowing = self.narrowing.as_ref()?;
        Some(format!("Twenty more new questions of area {} ({}) would narrow it most.", narrowing.code, narrowing.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_chance_is_promised_or_denied() {
        let words = |chance, low, high| {
            let chance = Chance { mark: 72, chance, low, high };
            (chance.words(), chance.range_words())
        };
        assert_eq!(words(0.62, 0.4, 0.8), ("62 %".into(), "40 to 80 %".into()));
        assert_eq!(words(1.0, 0.99, 1.0), ("over 95 %".into(), "99 % or more".into()));
        assert_eq!(words(0.0, 0.0, 0.02), ("under 5 %".into(), "up to 2 %".into()));
        assert_eq!(words(0.5, 0.0, 1.0).1, "anything: too little is known");
        let whole = |chance, low, high| Chance { mark: 72, chance, low, high }.whole_words();
        assert_eq!(whole(0.62, 0.4, 0.8), "62 %, likely 40 to 80 %");
        assert_eq!(whole(0.01, 0.0, 0.02), "under 5 %");
    }
}
