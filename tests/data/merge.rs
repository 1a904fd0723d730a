//! Logs of several devices put together: in whatever order, the same events and the same that follows from them.

use crate::learner::{AT, answer, dice};
use proptest::prelude::*;
use std::path::Path;
use swprep::core::calendar::Stamp;
use swprep::core::event::{Event, Fact, ItemFlagged, ItemNoted, Retracted};
use swprep::core::library::Library;
use swprep::core::settings::Setting;
use swprep::desk::Desk;
use swprep::store::transfer::Damaged;
use swprep::store::{Dice, Store};

/// What happens on a device: which kind of thing, to which item, how much later (or earlier) than the last.
type Deed = (u8, usize, i64);

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    prop::collection::vec((0..6_u8, 0..12_usize, -40_000_i64..90_000), 0..20)
}

/// Chance that gives one device its identity, and its events theirs.
fn named(device: u64, events: u64) -> Dice {
    let (mut name, mut rest, mut given) = (dice(device), dice(events), 0);
    Box::new(move || {
        given += 1;
        if given <= 2 { name() } else { rest() }
    })
}

fn live(store: &mut Store, deeds: &[Deed]) {
    let (mut ms, mut last) = (AT.ms, None);
    for (kind, item, later) in deeds {
        ms += later * 1000;
        let name = format!("t-{item:04}");
        let fact = match (kind, last) {
            (0, Some(event)) => Fact::Retracted(Retracted { event }),
            (1, _) => Fact::ItemFlagged(ItemFlagged { item: name.as_str().into(), on: item % 2 == 0 }),
            (2, _) => Fact::ItemNoted(ItemNoted { item: name.as_str().into(), text: format!("at {ms}") }),
            (3, _) => Fact::Set(Setting::MinutesPerDay(10 + *item as u16)),
            _ => answer(*item),
        };
        last = store.append(Stamp { ms, ..AT }, vec![fact]).unwrap().last().map(|e| e.id);
    }
}

fn written(store: &Store) -> Vec<u8> {
    let mut file = vec![];
    store.export(&mut file).unwrap();
    file
}

/// A log into which these files were read, one after the other.
fn put_together(mut store: Store, files: &[&[u8]]) -> Store {
    for file in files {
        store.import(*file, Damaged::Refuse, AT).unwrap();
    }
    store
}

/// The events in their order, and what follows from them.
fn said(store: Store) -> (Vec<Event>, String) {
    let mut events = vec![];
    let census = store.pages(|page| events.extend(page.events().map(Result::unwrap))).unwrap();
    assert!(census.is_whole(), "{census:?}");
    let progress = Desk::new(store, Library::default(), dice(9)).unwrap().progress;
    let follows = format!(
        "{:?} {:?} {:?} {:?} {}",
        progress.answers,
        progress.items(),
        progress.objectives(),
        progress.settings,
        progress.seed()
    );
    (events, follows)
}

fn fresh(n: u64) -> Store {
    Store::in_memory(dice(1000 + n)).unwrap()
}

/// Three devices and the copy of one of them, which writes under the same name.
fn three_and_a_copy(lives: &[Vec<Deed>; 4]) -> Vec<Vec<u8>> {
    let names = [(1, 11), (2, 12), (3, 13), (1, 14)];
    let stores = names.into_iter().zip(lives).map(|((device, events), deeds)| {
        let mut store = Store::in_memory(named(device, events)).unwrap();
        live(&mut store, deeds);
        store
    });
    stores.map(|store| written(&store)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn the_order_in_which_logs_come_together_does_not_matter(lives in [deeds(), deeds(), deeds(), deeds()]) {
        let files = three_and_a_copy(&lives);
        let [a, b, c, d] = [0, 1, 2, 3].map(|n| files[n].as_slice());
        let want = said(put_together(fresh(0), &[a, b, c, d]));
        prop_assert_eq!(want.0.len(), lives.iter().map(Vec::len).sum::<usize>());
        for (n, order) in (1..).zip([[d, c, b, a], [b, d, a, c], [c, a, d, b]]) {
            prop_assert_eq!(&said(put_together(fresh(n), &order)), &want);
        }
        // (a + d) + (b + c), and the other way round; then everything once more.
        let left = written(&put_together(fresh(5), &[a, d]));
        let right = written(&put_together(fresh(6), &[c, b]));
        prop_assert_eq!(&said(put_together(fresh(7), &[&left, &right])), &want);
        prop_assert_eq!(&said(put_together(fresh(8), &[&right, &left, a, &left, d])), &want);
        // Those who wrote them, not only a third.
        for (name, events, deeds, rest) in [(1, 11, &lives[0], [c, b, d]), (1, 14, &lives[3], [a, b, c])] {
            let mut own = Store::in_memory(named(name, events)).unwrap();
            live(&mut own, deeds);
            prop_assert_eq!(&said(put_together(own, &rest)), &want);
        }
    }
}

fn open(folder: &Path, device: u64, events: u64) -> Store {
    Store::open(folder, named(device, events)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// Devices that write and sync by turns, in any order, hold the same once each has synced after the last word.
    #[test]
    fn devices_that_sync_by_turns_come_to_hold_the_same(
        turns in prop::collection::vec((0..3_usize, deeds(), any::<bool>()), 1..8)
    ) {
        let home = tempfile::tempdir().unwrap();
        let shared = tempfile::tempdir().unwrap();
        // The third was copied from the first, name and all.
        let mut stores = [(1, 21), (2, 22), (1, 23)].map(|(device, events)| {
            Some(open(&home.path().join(events.to_string()), device, events))
        });
        for (who, deeds, sync) in &turns {
            let store = stores[*who].as_mut().unwrap();
            live(store, deeds);
            if *sync {
                store.sync(shared.path(), AT, true).unwrap();
            }
        }
        for _ in 0..2 {
            for store in stores.iter_mut().flatten() {
                let synced = store.sync(shared.path(), AT, true).unwrap();
                prop_assert!(synced.skipped.is_empty() && synced.merged.contradicting == 0, "{:?}", synced);
            }
        }
        let still = stores[0].as_mut().unwrap().sync(shared.path(), AT, false).unwrap();
        prop_assert_eq!((still.merged.added, still.sent), (0, 0));
        let said = stores.each_mut().map(|store| said(store.take().unwrap()));
        prop_assert_eq!(&said[0], &said[1]);
        prop_assert_eq!(&said[0], &said[2]);
        prop_assert_eq!(said[0].0.len(), turns.iter().map(|t| t.1.len()).sum::<usize>());
    }
}

/// Whatever the program writes, it reads in again, and sends by a folder: every kind of entry in every form.
#[test]
fn every_kind_of_entry_comes_across() {
    let mut store = Store::in_memory(named(1, 1)).unwrap();
    let mut kinds = 0;
    for line in include_str!("../corpus/events/every_kind.jsonl").lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let at = Stamp { ms: line["ms"].as_i64().unwrap(), ..AT };
        let fact = Fact::from_json(line["kind"].as_str().unwrap(), &line["body"].to_string()).unwrap();
        store.append(at, vec![fact]).unwrap();
        kinds += 1;
    }
    let file = written(&store);
    let mut other = Store::in_memory(named(2, 2)).unwrap();
    let imported = other.import(file.as_slice(), Damaged::Refuse, AT).unwrap();
    assert_eq!((imported.merged.added, imported.faults), (kinds, vec![]));
    let folder = tempfile::tempdir().unwrap();
    store.sync(folder.path(), AT, false).unwrap();
    let mut third = Store::in_memory(named(3, 3)).unwrap();
    let synced = third.sync(folder.path(), AT, false).unwrap();
    assert_eq!((synced.merged.added, synced.skipped.len()), (kinds, 0));
}
