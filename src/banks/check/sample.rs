//! Banks for the tests of this folder: a small one without fault, and large ones made by chance.

use super::check_items;
use crate::banks::finding::{Finding, Severity};
use crate::banks::reviews::{Review, Reviews, Votes};
use crate::banks::scenes::Scenes;
use crate::banks::shipped;
use crate::core::bank::{BANK_FORMAT, BankFile, Category, Choice, Difficulty, Item, Level, Objective};
use crate::core::library::{Origin, Reference};

/// The shipped reference files, and a faultless bank to be changed.
pub struct Fixture {
    pub reference: Reference,
    bank: BankFile,
}

impl Fixture {
    pub fn new() -> Self {
        Self { reference: shipped::reference(), bank: faultless() }
    }

    /// Leaves a statement in one category's outline only.
    pub fn examine_only(&mut self, statement: &str, category: Category) {
        let found = self.reference.outline.statements.iter_mut().find(|s| s.id.as_str() == statement);
        found.unwrap().categories = vec![category];
    }

    /// What is found after a change to the faultless bank.
    pub fn findings(&self, change: impl Fn(&mut BankFile), origin: Origin) -> Vec<Finding> {
        let mut bank = self.bank.clone();
        change(&mut bank);
        check_items(&[("ethics.json".to_owned(), bank)], &self.reference, origin)
    }

    /// The rules of the errors among them.
    pub fn errors(&self, change: impl Fn(&mut BankFile), origin: Origin) -> Vec<&'static str> {
        self.findings(change, origin).iter().filter(|f| f.severity == Severity::Error).map(|f| f.rule).collect()
    }
}

/// The findings' rules.
pub fn rules(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|f| f.rule).collect()
}

/// The rules that fire when the first item gets these options, the first being the key.
pub fn check_options(texts: [&str; 3]) -> Vec<&'static str> {
    let found = Fixture::new().findings(
        |b| {
            for (option, text) in b.objectives[0].items[0].options.iter_mut().zip(texts) {
                option.text = text.into();
            }
        },
        Origin::Shipped,
    );
    rules(&found.into_iter().filter(|f| f.id.as_deref() == Some("ethics-0001")).collect::<Vec<_>>())
}

const KEY_WHY: &str = "A subpoena is a request that no court has weighed yet. The record therefore stays closed until \
                       she agrees or a judge orders its release after hearing both sides.";
const WHYS: [&str; 2] = [
    "Obeying a paper that looks official is tempting, and it would be right once a judge had signed an order for it.",
    "Silence seems to protect her privacy, yet a deadline runs, and ignoring it is fitting only when nothing was served.",
];

fn item(number: usize, stem: &str, options: [&str; 3]) -> Item {
    let options = options
        .into_iter()
        .enumerate()
        .map(|(n, text)| Choice {
            text: text.into(),
            key: n == 0,
            trap: (n > 0).then(|| "right-later".into()),
            why: if n == 0 { KEY_WHY.into() } else { WHYS[n - 1].into() },
        })
        .collect();
    Item {
        id: format!("ethics-{number:04}").as_str().into(),
        level: Level::Application,
        difficulty: Difficulty::Medium,
        categories: vec![],
        stem: stem.into(),
        options,
        fixed_order: false,
        flip_of: None,
        as_of: None,
        jurisdiction: None,
    }
}

fn faultless() -> BankFile {
    let items = vec![
        item(
            1,
            "A lawyer serves a subpoena on a hospice social worker and asks in a letter for all notes on a widow by \
             Friday. What should the social worker do first?",
            [
                "Ask her how she wants it handled",
                "Send a short summary to that office",
                "Hold everything until a judge calls",
            ],
        ),
        item(
            2,
            "In a school, a girl of ten tells her counselor that her uncle hits her with a belt when she is slow. What \
             is the counselor's next step?",
            [
                "Report the beating to child protection",
                "Meet the uncle about his methods",
                "See whether bruises appear later",
            ],
        ),
        item(
            3,
            "During a home visit, a man with early dementia says that he has stopped paying rent so that he can buy \
             stamps. Which response to him fits best?",
            ["Look at his budget together", "Call a guardian for his money", "Praise so keen a hobby"],
        ),
        item(
            4,
            "At a shelter, two volunteers quarrel about who may hold the keys at night while the director is away for \
             a month. How should the shift leader settle it?",
            ["Follow the written staff roster", "Split the weeks between both", "Keep them in a locked drawer"],
        ),
    ];
    let objective = Objective {
        id: "ethics.confidentiality.subpoena".into(),
        title: "Answer a subpoena".into(),
        statements: vec!["IA-01".into()],
        rule: "A subpoena without an order does not open the record.".into(),
        refs: vec!["nasw-2021#1.07(j)".into()],
        items,
    };
    BankFile { format: BANK_FORMAT.into(), topic: "ethics".into(), title: "Ethics".into(), objectives: vec![objective] }
}

/// A small generator of chance (splitmix64).
pub struct Rng(pub u64);

impl Rng {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    /// A made-up word, so that items differ as much as real ones do.
    fn word(&mut self) -> String {
        const PARTS: [&str; 24] = [
            "bal", "cor", "den", "fal", "gam", "hul", "jor", "kel", "lum", "mar", "nel", "pon", "quil", "ros", "sten",
            "tul", "vor", "wes", "yar", "zin", "bren", "clav", "drim", "frol",
        ];
        (0..2 + self.below(2)).map(|_| self.pick(&PARTS)).collect()
    }
}

const VERBS: [&str; 24] = [
    "Accept", "Arrange", "Ask", "Assess", "Call", "Consult", "Decline", "Discuss", "Document", "End", "Explain",
    "Follow", "Inform", "Meet", "Observe", "Offer", "Propose", "Refer", "Report", "Request", "Review", "Support",
    "Suspend", "Write",
];
const LEADS: [&str; 8] =
    ["What should", "How should", "What can", "What does", "How can", "What must", "Why might", "When should"];
const ENDS: [&str; 6] = ["do about it", "answer him", "handle this", "say to her", "settle this", "plan with them"];

/// A bank in which chance alone decides what the key looks like.
pub fn synthetic(items: usize, seed: u64) -> BankFile {
    let mut rng = Rng(seed);
    let trap_ids: Vec<String> = Fixture::new().reference.traps.into_iter().map(|t| t.id).collect();
    let mut made = (1..=items).map(|number| {
        let (place, thing, other) = (rng.word(), rng.word(), rng.word());
        let age = 8 + rng.below(80);
        let stem = format!(
            "Near the {place} {}, a {age}-year-old {thing} asks the counselor for a {other} that another {} had \
             promised. {} the counselor {}?",
            rng.word(),
            rng.word(),
            rng.pick(&LEADS),
            rng.pick(&ENDS),
        );
        let key = rng.below(3);
        let mut made = item(number, &stem, ["", "", ""]);
        for (n, option) in made.options.iter_mut().enumerate() {
            let tail: Vec<String> = (0..=rng.below(3)).map(|_| rng.word()).collect();
            option.text = format!("{} the {} for {}", rng.pick(&VERBS), rng.word(), tail.join(" "));
            option.key = n == key;
            let trap = rng.below(trap_ids.len());
            option.trap = (n != key).then(|| trap_ids[trap].as_str().into());
        }
        made.level = [Level::Recall, Level::Reasoning, Level::Reasoning, Level::Application][rng.below(8).min(3)];
        made.difficulty = [
            Difficulty::Easy,
            Difficulty::Easy,
            Difficulty::Hard,
            Difficulty::Hard,
            Difficulty::Hard,
            Difficulty::Medium,
        ][rng.below(10).min(5)];
        made
    });
    let mut bank = faultless();
    let pattern = bank.objectives.remove(0);
    for number in 0..items.div_ceil(4) {
        let id = format!("ethics.group.o{number}");
        let items = made.by_ref().take(4).collect();
        bank.objectives.push(Objective { id: id.as_str().into(), items, ..pattern.clone() });
    }
    bank
}

/// Replaces an option's last word.
pub fn rename(option: &mut Choice, word: &str) {
    let start = option.text.rfind(' ').map_or(0, |at| at + 1);
    option.text.replace_range(start.., word);
}

/// Reviews in which every reader agrees with the key and guesses at chance.
pub fn approving(bank: &BankFile) -> Reviews {
    let items = bank.objectives.iter().flat_map(|o| &o.items);
    items
        .map(|item| {
            let review = Review {
                hash: item.content_hash(),
                full: Some(Votes { votes: 2, agree: 2 }),
                options: Some(Votes { votes: 3, agree: 1 }),
            };
            (item.id.0.clone(), review)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_faultless_bank_has_no_findings() {
        assert_eq!(Fixture::new().findings(|_| {}, Origin::Shipped), []);
    }

    #[test]
    fn ten_thousand_items_are_checked() {
        let bank = synthetic(10_000, 5);
        let reviews = approving(&bank);
        let files = [("big.json".to_owned(), bank)];
        let reference = Fixture::new().reference;
        assert!(check_items(&files, &reference, Origin::Shipped).iter().all(|f| f.file == "big.json"));
        assert!(super::super::bank_tests(&files, &reference, &reviews, &Scenes::new()).len() > 20);
    }
}
