//! Whether scenes differ: setting, population and problem together are a cell, and no cell holds many items.

use super::super::BankTest;
use super::super::item::Look;
use super::{allowance, ranked};
use crate::banks::scenes::Scenes;
use std::collections::BTreeMap;

/// The largest share of one cell, and the items that a cell of a small bank may hold.
const CELL: f64 = 0.01;
const FEW: usize = 3;
/// The most cells that are listed.
const LISTED: usize = 10;

/// The test. A bank whose scenes nobody has written down is not judged.
pub fn test(looks: &[Look<'_>], scenes: &Scenes) -> BankTest {
    let most = allowance(CELL, looks.len(), FEW);
    let (mut cells, mut detail) = (BTreeMap::<String, usize>::new(), vec![]);
    for look in looks {
        match scenes.get(look.id()) {
            Some(scene) => *cells.entry(scene.join(", ")).or_default() += 1,
            None => detail.push(format!("{}: no scene", look.id())),
        }
    }
    let cells = ranked(cells);
    let largest = cells.first().map_or(0, |(_, count)| *count);
    let all = detail.is_empty();
    let value = match cells.first() {
        None => "none written down".into(),
        Some((cell, count)) => format!("{} cells, the largest {count} ({cell})", cells.len()),
    };
    detail.extend(cells.iter().take(LISTED).map(|(cell, count)| format!("{cell}: {count}")));
    BankTest {
        name: "scenes",
        value,
        want: format!("each setting, population and problem at most {CELL:.2} ({most} items)"),
        ok: cells.is_empty() || all && largest <= most,
        detail,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::bank_tests;
    use super::super::super::sample::{Fixture, synthetic};
    use super::*;
    use crate::banks::reviews::Reviews;

    fn run(cells: impl Fn(usize) -> usize, placed: usize) -> bool {
        let bank = synthetic(600, 7);
        let items = bank.objectives.iter().flat_map(|o| &o.items).take(placed);
        let scene = |n: usize| [format!("setting {}", cells(n)), "adult".into(), "records".into()];
        let scenes: Scenes = items.enumerate().map(|(n, item)| (item.id.0.clone(), scene(n))).collect();
        let files = [("ethics.json".to_owned(), bank)];
        let tests = bank_tests(&files, &Fixture::new().reference, &Reviews::new(), &scenes);
        tests.iter().find(|t| t.name == "scenes").unwrap().ok
    }

    #[test]
    fn a_scene_that_comes_too_often_or_is_missing_is_found() {
        assert!(run(|n| n % 150, 600), "four items in each cell");
        assert!(!run(|n| n % 50, 600), "twelve items in each cell");
        assert!(!run(|n| n % 150, 599), "one item without a scene");
        assert!(run(|n| n, 0), "none is written down");
    }
}
