//! Dealing the items of a form into sections that are alike.

use super::shown;
use super::spread::Chosen;
use crate::core::draw::Draw;
use crate::core::event::FormItem;

/// An item of a section, and whether its options stand in a fixed order.
struct Dealt {
    item: FormItem,
    fixed: bool,
}

/// Deals the items of each area into sections, each with the same share of areas, unscored items, difficulties and
/// levels; `unscored` tells how many of each area do not count. Which ones is chance.
pub(super) fn deal(areas: Vec<(Vec<Chosen<'_>>, usize)>, sections: usize, draw: &mut Draw) -> Vec<Vec<FormItem>> {
    let mut forms: Vec<Vec<Dealt>> = (0..sections).map(|_| vec![]).collect();
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
            let item = FormItem { shown: shown(&chosen.item, draw), statement, scored: counts };
            forms[section].push(Dealt { item, fixed: chosen.item.item.fixed_order });
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
    for form in &mut forms {
        draw.shuffle(form);
    }
    level_places(&mut forms, draw);
    forms.into_iter().map(|form| form.into_iter().map(|dealt| dealt.item).collect()).collect()
}

/// Lets the keys of a form stand in each place equally often. Options in a fixed order stay where they are, so the
/// others make up for them.
fn level_places(forms: &mut [Vec<Dealt>], draw: &mut Draw) {
    let place = |item: &FormItem| item.shown.order.iter().position(|o| *o == item.shown.key).unwrap_or(0);
    let most = forms.iter().flatten().map(|d| d.item.shown.order.len()).max().unwrap_or(0);
    let mut counts = vec![0; most];
    forms.iter().flatten().filter(|d| d.fixed).for_each(|d| counts[place(&d.item)] += 1);
    let mut free: Vec<&mut FormItem> = forms.iter_mut().flatten().filter(|d| !d.fixed).map(|d| &mut d.item).collect();
    draw.shuffle(&mut free);
    for item in free {
        let options = item.shown.order.len();
        let least = counts[..options].iter().min().copied().unwrap_or(0);
        let rarest: Vec<usize> = (0..options).filter(|n| counts[*n] == least).collect();
        let Some(to) = rarest.get(draw.below(rarest.len())).copied() else { continue };
        let from = place(item);
        item.shown.order.swap(from, to);
        counts[to] += 1;
    }
}
