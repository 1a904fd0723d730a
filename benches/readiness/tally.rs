//! How good forecasts were.

const BINS: usize = 10;

#[derive(Default)]
pub struct Tally {
    brier: f64,
    chances: u32,
    bins: [(f64, f64, u32); BINS],
    inside: u32,
    square: f64,
    bias: f64,
    width: f64,
    scores: u32,
}

impl Tally {
    pub fn chance(&mut self, said: f64, came: bool) {
        let came = f64::from(u8::from(came));
        self.brier += (said - came).powi(2);
        self.chances += 1;
        let bin = &mut self.bins[((said * BINS as f64) as usize).min(BINS - 1)];
        bin.0 += said;
        bin.1 += came;
        bin.2 += 1;
    }

    pub fn score(&mut self, said: f64, low: f64, high: f64, came: f64) {
        self.inside += u32::from(low <= came && came <= high);
        self.square += (said - came).powi(2);
        self.bias += said - came;
        self.width += high - low;
        self.scores += 1;
    }

    /// Mean squared error of a chance.
    pub fn brier(&self) -> f64 {
        self.brier / f64::from(self.chances.max(1))
    }

    /// Mean distance between what was said and how often it came, over ten bins.
    pub fn ece(&self) -> f64 {
        self.bins.iter().map(|(said, came, _)| (said - came).abs()).sum::<f64>() / f64::from(self.chances.max(1))
    }

    /// How often the interval held the score.
    pub fn coverage(&self) -> f64 {
        f64::from(self.inside) / f64::from(self.scores.max(1))
    }

    pub fn line(&self, name: &str) -> String {
        let n = f64::from(self.scores.max(1));
        format!(
            "  {name:<18} {:>6.3} {:>6.3} {:>7.0} % {:>7.1} {:>6.1} {:>7.1}",
            self.brier(),
            self.ece(),
            self.coverage() * 100.0,
            (self.square / n).sqrt(),
            self.bias / n,
            self.width / n
        )
    }
}
