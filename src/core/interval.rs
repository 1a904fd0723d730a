//! How far a share can be trusted.

/// What "likely" means on every page that shows a range; said once, at the page's end.
pub const LIKELY: &str = "Likely: in four of five such cases the truth lies inside.";

/// A share with its range.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Share {
    /// How many were right.
    pub right: u32,
    /// Of how many.
    pub of: u32,
    /// Lower end of the range, 0 to 1.
    pub low: f64,
    /// Upper end of the range, 0 to 1.
    pub high: f64,
}

impl Share {
    /// The share with its Wilson score interval at 80 %.
    ///
    /// Wilson 1927; it stays inside 0 and 1 and is fair for small counts. 80 % is the width used everywhere in this
    /// program: "in four of five such cases the truth lies inside".
    pub fn new(right: u32, of: u32) -> Self {
        const Z: f64 = 1.281_551_565_5;
        if of == 0 {
            return Self { right, of, low: 0.0, high: 1.0 };
        }
        let (n, p) = (f64::from(of), f64::from(right) / f64::from(of));
        let scale = 1.0 + Z * Z / n;
        let centre = (p + Z * Z / (2.0 * n)) / scale;
        let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt() / scale;
        Self { right, of, low: (centre - half).max(0.0), high: (centre + half).min(1.0) }
    }

    /// The share itself, 0 to 1; `None` where nothing was counted.
    pub fn value(&self) -> Option<f64> {
        (self.of > 0).then(|| f64::from(self.right) / f64::from(self.of))
    }

    /// The range in words: `26 to 42 %`.
    pub fn range_words(&self) -> String {
        format!("{:.0} to {:.0} %", self.low * 100.0, self.high * 100.0)
    }

    /// One more observation.
    pub fn with(self, right: bool) -> Self {
        Self::new(self.right + u32::from(right), self.of + 1)
    }
}

impl Default for Share {
    fn default() -> Self {
        Self::new(0, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_matches_a_worked_example() {
        // 8 of 10 at z = 1.28155: centre 0.7577, half width 0.1561 (worked by hand from the formula).
        let share = Share::new(8, 10);
        assert!((share.low - 0.602).abs() < 0.001 && (share.high - 0.914).abs() < 0.001, "{share:?}");
    }

    #[test]
    fn nothing_counted_says_nothing() {
        let share = Share::new(0, 0);
        assert_eq!((share.value(), share.low, share.high), (None, 0.0, 1.0));
        assert_eq!((share.range_words(), Share::new(8, 10).range_words()), ("0 to 100 %".into(), "60 to 91 %".into()));
    }
}
