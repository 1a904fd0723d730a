//! The policies that ours is held against.

use crate::bank::SIBLINGS;
use crate::chance::Chance;
use crate::run::Time;
use crate::world::Learner;
use swprep::core::calendar::StudyDay;
use swprep::core::memory::{Evidence, Memory, after};

/// What a card is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Item,
    Objective,
}

/// A policy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Policy {
    Random,
    WrongFirst,
    Leitner,
    Sm2,
    /// FSRS at a retention; what is due comes first, then new cards.
    Fsrs(Unit, f64),
    /// FSRS of objectives at a retention, new ones spread evenly over a part of the days and asked first.
    Spread(f64, f64),
}

const RETENTIONS: [f64; 4] = [0.7, 0.8, 0.9, 0.95];
const PARTS: [f64; 4] = [0.3, 0.5, 0.7, 0.85];

impl Policy {
    /// The settings of [`Self::Spread`] among which the best is taken.
    pub fn spreads() -> impl Iterator<Item = Self> {
        RETENTIONS.into_iter().flat_map(|r| PARTS.into_iter().map(move |part| Self::Spread(r, part)))
    }

    pub fn name(self) -> String {
        match self {
            Self::Random => "random".into(),
            Self::WrongFirst => "wrong first".into(),
            Self::Leitner => "Leitner".into(),
            Self::Sm2 => "SM-2".into(),
            Self::Fsrs(Unit::Item, at) => format!("FSRS {at} per item"),
            Self::Fsrs(Unit::Objective, at) => format!("FSRS {at} per objective"),
            Self::Spread(..) => "FSRS, new spread, tuned".into(),
        }
    }

    fn unit(self) -> Unit {
        match self {
            Self::Fsrs(unit, _) => unit,
            Self::Spread(..) => Unit::Objective,
            _ => Unit::Item,
        }
    }
}

#[derive(Clone)]
struct Card {
    rule: usize,
    /// When each sibling was last asked.
    asked: [i32; SIBLINGS],
    sibling: Option<usize>,
    last: i32,
    right: bool,
    due: i32,
    memory: Option<Memory>,
    /// Leitner's box, or the number of SM-2's successes.
    step: u32,
    ease: f64,
    gap: f64,
}

const NEVER: i32 = i32::MIN / 2;

struct Deck {
    policy: Policy,
    cards: Vec<Card>,
}

/// Studies every day by a policy.
pub fn study(learner: &mut Learner, rules: usize, policy: Policy, time: Time, seed: u64) {
    let mut chance = Chance::new(seed ^ 0xabcd);
    let card = |rule, sibling| Card {
        rule,
        asked: [NEVER; SIBLINGS],
        sibling,
        last: NEVER,
        right: false,
        due: NEVER,
        memory: None,
        step: 0,
        ease: 2.5,
        gap: 0.0,
    };
    let mut cards: Vec<Card> = match policy.unit() {
        Unit::Objective => (0..rules).map(|rule| card(rule, None)).collect(),
        Unit::Item => (0..rules * SIBLINGS).map(|n| card(n / SIBLINGS, Some(n % SIBLINGS))).collect(),
    };
    chance.shuffle(&mut cards);
    let mut deck = Deck { policy, cards };
    for day in 0..time.days {
        let mut left = time.on(day) * 60.0;
        for n in deck.order(day, time.days, &mut chance) {
            if left <= 0.0 {
                break;
            }
            let card = &mut deck.cards[n];
            let sibling = card.sibling.unwrap_or_else(|| {
                // Of those never asked, any.
                let start = chance.below(SIBLINGS);
                (0..SIBLINGS).map(|k| (start + k) % SIBLINGS).min_by_key(|s| card.asked[*s]).unwrap()
            });
            let answer = learner.answer(card.rule, sibling, day);
            left -= answer.seconds;
            card.asked[sibling] = day;
            deck.record(n, answer.right, day);
        }
    }
}

impl Deck {
    /// All cards in the order in which the policy would ask them on a day.
    fn order(&self, day: i32, days: i32, chance: &mut Chance) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.cards.len()).collect();
        if matches!(self.policy, Policy::Random | Policy::WrongFirst) {
            chance.shuffle(&mut order);
        }
        let recall = |c: &Card| c.memory.map_or(0.0, |m| m.recall(StudyDay(day)));
        // Rank, then the smaller figure first: due cards, new ones, then what is to come.
        let due = |c: &Card| match (c.last, c.due <= day) {
            (NEVER, _) => (1, 0.0),
            (_, true) => (0, f64::from(c.due)),
            _ => (2, f64::from(c.due)),
        };
        let key = |c: &Card| match self.policy {
            Policy::Random => (0, 0.0),
            Policy::WrongFirst if c.last != NEVER && !c.right => (0, f64::from(c.last)),
            Policy::WrongFirst => (if c.last == NEVER { 1 } else { 2 }, 0.0),
            Policy::Leitner | Policy::Sm2 => due(c),
            Policy::Fsrs(..) | Policy::Spread(..) => match due(c) {
                (1, _) => (1, 0.0),
                (rank, _) => (rank, recall(c)),
            },
        };
        let mut ranked: Vec<(i32, f64, usize)> = order
            .into_iter()
            .map(|n| {
                let (rank, figure) = key(&self.cards[n]);
                (rank, figure, n)
            })
            .collect();
        if let Policy::Spread(_, part) = self.policy {
            // So many new cards are asked first as bring the number met to where it should be today.
            let met = self.cards.iter().filter(|c| c.last != NEVER).count();
            let share = f64::from(day + 1) / (f64::from(days) * part).max(1.0);
            let mut quota = ((self.cards.len() as f64 * share.min(1.0)).round() as usize).saturating_sub(met);
            for (rank, _, _) in ranked.iter_mut().filter(|(rank, _, _)| *rank == 1) {
                *rank = if quota > 0 { -1 } else { 3 };
                quota = quota.saturating_sub(1);
            }
        }
        ranked.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        ranked.into_iter().map(|(_, _, n)| n).collect()
    }

    fn record(&mut self, n: usize, right: bool, day: i32) {
        let card = &mut self.cards[n];
        match self.policy {
            Policy::Leitner => {
                card.step = if right { (card.step + 1).min(6) } else { 1 };
                card.due = day + (1 << (card.step - 1));
            }
            Policy::Sm2 => {
                let quality = if right { 4.0 } else { 2.0 };
                card.ease = (card.ease + 0.1 - (5.0 - quality) * (0.08 + (5.0 - quality) * 0.02)).max(1.3);
                card.step = if right { card.step + 1 } else { 0 };
                card.gap = match card.step {
                    0 | 1 => 1.0,
                    2 => 6.0,
                    _ => card.gap * card.ease,
                };
                card.due = day + card.gap.round() as i32;
            }
            Policy::Fsrs(_, at) | Policy::Spread(at, _) => {
                let evidence = Evidence {
                    right,
                    confidence: None,
                    item_difficulty: 0.0,
                    options_left: 3,
                    days_since_seen: None,
                    day: StudyDay(day),
                };
                let memory = after(card.memory.as_ref(), &evidence, 1.0);
                let factor = 0.9_f64.powf(-1.0 / 0.1542) - 1.0;
                let gap = f64::from(memory.stability) / factor * (at.powf(-1.0 / 0.1542) - 1.0);
                card.due = day + (gap.round() as i32).max(1);
                card.memory = Some(memory);
            }
            Policy::Random | Policy::WrongFirst => {}
        }
        (card.last, card.right) = (day, right);
    }
}
