//! What the log promises.

use super::*;
use crate::core::bank::{Category, Difficulty};
use crate::core::event::{Answered, ExamLength, ExamRenamed, Retracted, Shown};
use crate::core::form::{FormRequest, draw_form};
use crate::core::progress::Progress;
use crate::core::sample;
use crate::core::settings::Setting;
use crate::store::transfer::Damaged;
use std::collections::HashSet;

fn dice() -> Dice {
    let mut n = 0_u64;
    Box::new(move || {
        n += 1;
        n.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    })
}

fn answer(n: usize) -> Fact {
    Fact::Answered(Answered {
        session: "s".into(),
        shown: Shown {
            item: format!("t-{n:04}").as_str().into(),
            hash: "0123456789abcdef".into(),
            objective: "t.g.o".into(),
            key: 1,
            difficulty: Difficulty::Hard,
            order: vec![2, 0, 1],
        },
        choice: 1,
        confidence: None,
        ms: 1234,
        struck: vec![],
    })
}

const AT: Stamp = Stamp { ms: 1_795_500_000_000, offset_min: -300 };

/// The events that can be read, and what is said of the others.
fn log(store: &Store) -> (Vec<Event>, Vec<String>) {
    let (mut events, mut skipped) = (vec![], vec![]);
    store
        .pages(|page| {
            for event in page.events() {
                match event {
                    Ok(event) => events.push(event),
                    Err(cause) => skipped.push(cause.to_string()),
                }
            }
        })
        .unwrap();
    (events, skipped)
}

#[test]
fn what_was_written_is_read_back_after_reopening() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path(), dice()).unwrap();
    let mut want = store.append(AT, vec![Fact::Set(Setting::Category(Category::Masters)), answer(1)]).unwrap();
    want.extend(store.append(AT, vec![answer(2)]).unwrap());
    drop(store);
    let store = Store::open(dir.path(), dice()).unwrap();
    assert_eq!(log(&store), (want, vec![]));
}

#[test]
fn a_second_writer_is_told_and_a_reader_is_let_in() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path(), dice()).unwrap();
    store.append(AT, vec![answer(1)]).unwrap();
    assert!(matches!(Store::open(dir.path(), dice()), Err(StoreError::InUse { .. })));
    assert_eq!(log(&Store::read_only(dir.path()).unwrap()).0.len(), 1);
}

#[test]
fn events_can_be_neither_changed_nor_deleted() {
    let mut store = Store::in_memory(dice()).unwrap();
    store.append(AT, vec![answer(1)]).unwrap();
    assert!(store.connection.execute("DELETE FROM event", []).is_err());
    assert!(store.connection.execute("UPDATE event SET body = '{}'", []).is_err());
}

#[test]
fn a_newer_or_foreign_file_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    drop(Store::open(dir.path(), dice()).unwrap());
    let path = dir.path().join(DATABASE);
    let raw = Connection::open(&path).unwrap();
    for other in [1, 99] {
        raw.pragma_update(None, "user_version", other).unwrap();
        // Nothing else is other than it was: it is the number that is wrong.
        assert!(matches!(Store::open(dir.path(), dice()), Err(StoreError::Damaged(_))));
    }
    raw.execute_batch("CREATE TABLE of_the_future (x)").unwrap();
    drop(raw);
    assert!(matches!(Store::open(dir.path(), dice()), Err(StoreError::Newer { found: 99, .. })));
    let raw = Connection::open(&path).unwrap();
    raw.pragma_update(None, "application_id", 7).unwrap();
    drop(raw);
    // Its mark is another's, but it holds a log of ours: that is damage, not another program's file.
    assert!(matches!(Store::open(dir.path(), dice()), Err(StoreError::Damaged(_))));
    let other = tempfile::tempdir().unwrap();
    let raw = Connection::open(other.path().join(DATABASE)).unwrap();
    raw.execute_batch("CREATE TABLE mine (x); PRAGMA application_id = 7").unwrap();
    drop(raw);
    let before = std::fs::read(other.path().join(DATABASE)).unwrap();
    assert!(matches!(Store::open(other.path(), dice()), Err(StoreError::Foreign(_))));
    assert_eq!(std::fs::read(other.path().join(DATABASE)).unwrap(), before);
}

#[test]
fn every_answer_is_synced() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), dice()).unwrap();
    let level: i64 = store.connection.pragma_query_value(None, "synchronous", |r| r.get(0)).unwrap();
    let mode: String = store.connection.pragma_query_value(None, "journal_mode", |r| r.get(0)).unwrap();
    assert_eq!((level, mode.as_str()), (2, "wal"));
    // Where a log can't be written ahead, the folder is waited for as well.
    connect::set_up(&store.connection, true).unwrap();
    let level: i64 = store.connection.pragma_query_value(None, "synchronous", |r| r.get(0)).unwrap();
    let mode: String = store.connection.pragma_query_value(None, "journal_mode", |r| r.get(0)).unwrap();
    assert_eq!((level, mode.as_str()), (3, "truncate"));
}

/// A whole row of a kind that this version does not know is told apart from a damaged one.
#[test]
fn an_unknown_event_is_skipped_and_named_and_a_damaged_one_is_set_aside() {
    let mut store = Store::in_memory(dice()).unwrap();
    store.append(AT, vec![answer(1)]).unwrap();
    let (id, device) = (Uuid::from_u128(5), Uuid::from_u128(6));
    let row = |seq, body: &str| Row::written(id, device, seq, AT, "from.the.future", body);
    let mut insert = store.connection.prepare_cached(INSERT).unwrap();
    row(1, "{}").insert(&mut insert).unwrap();
    let mut damaged = row(2, "{}");
    damaged.head.id = Uuid::from_u128(7);
    damaged.insert(&mut insert).unwrap();
    drop(insert);
    let (events, skipped) = log(&store);
    assert_eq!(events.len(), 1);
    assert!(skipped[0].contains("from.the.future"), "{skipped:?}");
    assert_eq!(skipped[1], "it is damaged");
    let census = store.pages(|_| {}).unwrap();
    assert_eq!((census.rows, census.whole, census.damaged, census.missing), (3, 2, 1, 0));
}

#[test]
fn what_was_taken_back_is_known_and_stays_in_the_log() {
    let mut store = Store::in_memory(dice()).unwrap();
    let event = store.append(AT, vec![answer(1), answer(2)]).unwrap()[0].id;
    assert!(store.retracted().unwrap().is_empty());
    store.append(AT, vec![Fact::Retracted(Retracted { event })]).unwrap();
    assert_eq!(store.retracted().unwrap(), HashSet::from([event]));
    assert_eq!(log(&store).0.len(), 3);
    // Found by an index: a long log is not searched for it.
    let plan: String = store
        .connection
        .query_row("EXPLAIN QUERY PLAN SELECT body FROM event WHERE kind = 'event.retracted'", [], |r| r.get(3))
        .unwrap();
    assert!(plan.contains("event_retracted"), "{plan}");
}

#[test]
fn an_export_read_in_twice_gives_the_same_log() {
    let mut store = Store::in_memory(dice()).unwrap();
    store.append(AT, (0..5).map(answer).collect()).unwrap();
    let mut file = vec![];
    assert_eq!(store.export(&mut file).unwrap().census.whole, 5);
    let mut other = Store::in_memory(Box::new(|| 77)).unwrap();
    let mut take = |file: &[u8], damaged| other.import(file, damaged, AT);
    assert_eq!(take(&file, Damaged::Refuse).unwrap().merged.added, 5);
    let again = take(&file, Damaged::Refuse).unwrap().merged;
    assert_eq!((again.added, again.known), (0, 5));
    assert!(take(b"{\"format\":\"else\"}\n", Damaged::UseTheRest).is_err());
    assert_eq!(log(&other), log(&store));
}

/// Elsewhere it may have been written by anything; two copies of an entry must not come to differ by being read in.
#[test]
fn a_name_from_elsewhere_is_kept_as_it_is_and_shown_on_one_line() {
    let library = sample::library();
    let progress = Progress::default();
    let mut request = FormRequest::standard(Category::Clinical, ExamLength::Items(2), 1);
    request.name = Some("one\nline\u{7}".into());
    let exam = ExamId("x".into());
    let form = draw_form(&library, &progress, &request, exam.clone()).unwrap();
    let renamed = Fact::ExamRenamed(ExamRenamed { exam, name: Some(" an\nother ".into()) });
    let mut one = Store::in_memory(dice()).unwrap();
    one.append(AT, vec![Fact::ExamStarted(form), renamed]).unwrap();
    let mut two = Store::in_memory(Box::new(|| 77)).unwrap();
    let pass = |from: &Store, to: &mut Store| {
        let mut file = vec![];
        from.export(&mut file).unwrap();
        to.import(file.as_slice(), Damaged::Refuse, AT).unwrap().merged
    };
    assert_eq!(pass(&one, &mut two).added, 2);
    let back = pass(&two, &mut one);
    assert_eq!((back.known, back.contradicting), (2, 0));
    for store in [&one, &two] {
        let names: Vec<String> = log(store)
            .0
            .into_iter()
            .filter_map(|event| match event.fact {
                Fact::ExamStarted(form) => form.name,
                Fact::ExamRenamed(renamed) => renamed.name,
                _ => None,
            })
            .collect();
        assert_eq!(names, ["one line", "an other"]);
    }
}

#[cfg(unix)]
#[test]
fn files_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("profiles/ann");
    let _store = Store::open(&folder, dice()).unwrap();
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join(DATABASE)), 0o600);
    assert_eq!(mode(&folder.join("progress.db-wal")), 0o600);
}

/// The full program looks at the file while it is on the screen already; a damaged one is not written to.
#[test]
fn a_file_that_is_found_damaged_while_it_is_open_is_not_written_to() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path(), dice()).unwrap();
    store.append(AT, (0..2000).map(answer).collect()).unwrap();
    drop(store);
    let mut store = Store::open_swiftly(dir.path(), dice()).unwrap();
    store.look_beside();
    assert!(store.append(AT, vec![answer(1)]).is_ok());
    drop(store);
    let path = dir.path().join(DATABASE);
    let mut bytes = std::fs::read(&path).unwrap();
    let last = bytes.len() - 4096;
    bytes[last..].fill(0);
    std::fs::write(&path, &bytes).unwrap();
    let mut store = Store::open_swiftly(dir.path(), dice()).unwrap();
    store.look_beside();
    for _ in 0..2 {
        assert!(matches!(store.append(AT, vec![answer(1)]), Err(StoreError::Damaged(_))));
    }
    drop(store);
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

/// SQLite before 3.51.3 can lose commits when two connections write ahead (https://sqlite.org/wal.html#walresetbug).
#[test]
fn sqlite_is_new_enough() {
    assert!(rusqlite::version_number() >= 3_051_003);
}
