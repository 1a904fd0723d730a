//! Dealing the items of a form into sections that are alike.

use super::shown;
use super::spread::Chosen;
use crate::core::draw::Draw;
use crate::core::event::FormItem;

/// Deals the items of each area into sections, each with the same share of areas, unscored items, difficulties and
/// levels; `unscored` tells how many of each area do not count. Which ones is chance.
pub(super) fn deal(areas: Vec<(Vec<Chosen<'_>>, usize)>, sections: usize, draw: &mut Draw) -> Vec<Vec<FormItem>> {
    let mut forms: Vec<Vec<FormItem>> = vec![vec![]; sections];
    let mut scored = vec![];
    let mut turn = 0;
    let mut hand_out = |mut group: Vec<Chosen<'_>>, counts: bool, draw: &mut Draw| {
        draw.shuffle(&mut group);
        group.sort_by_key(|c| (c.item.item.difficulty, c.item.item.level));
        for chosen in group {
            // There and back again, so that no section always gets the easier one of two neighbors.
            let (round, place) = (turn / sections, turn % sections);
            let section = if round % 2 == 0 { place } else { sections - 1 - place };
            let statement = chosen.statement.id.clone();
            forms[section].push(FormItem { shown: shown(&chosen.item, draw), statement, scored: counts });
            turn += 1;
        }
    };
    for (mut chosen, unscored) in areas {
        draw.shuffle(&mut chosen);
        scored.push(chosen.split_off(unscored.min(chosen.len())));
        hand_out(chosen, false, draw);
    }
    for group in scored {
        hand_out(group, true, draw);
    }
    forms.iter_mut().for_each(|form| draw.shuffle(form));
    forms
}
