//! Logs of several devices that are damaged, mended or gone back in: the next sync brings everything together again.

use super::learner::{copy, folder, ids, raw_log, write};
use super::typed::{learner, run, segments, study, sync, words};
use std::collections::BTreeSet;
use std::fs;
use swprep::store::{DATABASE, backup};
use tempfile::{TempDir, tempdir};

/// Device and number of every entry, shadows included.
fn numbers(data: &TempDir) -> Vec<(Vec<u8>, i64)> {
    let raw = raw_log(data.path());
    let mut select = raw.prepare("SELECT device, seq FROM event").unwrap();
    select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
}

fn spoil(data: &TempDir, sql: &str) {
    let raw = raw_log(data.path());
    raw.execute_batch(&format!("DROP TRIGGER IF EXISTS event_keeps_values; DROP TRIGGER IF EXISTS event_keeps_rows; {sql}; PRAGMA wal_checkpoint(TRUNCATE)"))
        .unwrap();
}

fn fix(data: &TempDir) -> serde_json::Value {
    let fixed = run(data.path(), &["doctor", "--fix", "--json"]);
    assert_eq!(fixed.status.code(), Some(0), "{}", words(&fixed));
    serde_json::from_slice::<serde_json::Value>(&fixed.stdout).unwrap()["repair"].clone()
}

/// A device whose log holds entries of three others, one of them its own copy, and lacks ten of the last.
fn family() -> (TempDir, TempDir) {
    let (one, shared) = (learner(20, 1), tempdir().unwrap());
    let twin = copy(one.path());
    let (two, three) = (learner(10, 2), learner(10, 3));
    study(&one, 6, 31);
    study(&twin, 8, 32);
    for data in [&one, &twin, &two, &three] {
        sync(data, shared.path(), &["--join"]);
    }
    let early = segments(shared.path());
    study(&three, 5, 33);
    sync(&three, shared.path(), &[]);
    let three_early = fs::read_dir(shared.path()).unwrap().map(|e| e.unwrap().path()).find(|f| {
        let text = fs::read_to_string(f).unwrap();
        early.contains(f) && text.lines().nth(1).is_some_and(|line| device_of(line) == last_device(&three))
    });
    fs::remove_file(three_early.unwrap()).unwrap();
    sync(&one, shared.path(), &[]);
    (one, shared)
}

fn device_of(line: &str) -> String {
    serde_json::from_str::<serde_json::Value>(line).unwrap()["device"].as_str().unwrap().replace('-', "")
}

fn last_device(data: &TempDir) -> String {
    let raw = raw_log(data.path());
    raw.query_row("SELECT lower(hex(device)) FROM event ORDER BY rowid DESC LIMIT 1", [], |row| row.get(0)).unwrap()
}

#[test]
fn a_damaged_log_of_several_devices_is_told_and_mended_and_synced_whole_again() {
    let (one, shared) = family();
    let want = ids(&folder(one.path()));
    assert_eq!(want.len(), 20 + 6 + 8 + 10 + 5);
    assert!(run(one.path(), &["doctor"]).status.code() < Some(2), "shadows and what has not come are no damage");
    // One entry of each device, shadows included, is no longer what was written; no backup holds it.
    for made in backup::list(&folder(one.path())) {
        fs::remove_file(made.path).unwrap();
    }
    spoil(
        &one,
        "UPDATE event SET body = replace(body, '1234', '1235') WHERE rowid IN (SELECT MAX(rowid) FROM event GROUP BY device)",
    );
    let told = run(one.path(), &["doctor"]);
    assert_eq!(told.status.code(), Some(2));
    assert!(words(&told).contains("4 of 49 entries are damaged"), "{}", words(&told));
    // What is damaged is not mixed with what comes from elsewhere.
    let four = learner(3, 4);
    sync(&four, shared.path(), &["--join"]);
    let refused = run(one.path(), &["sync", shared.path().to_str().unwrap()]);
    assert!(refused.status.code() == Some(1) && words(&refused).contains("doctor --fix"), "{}", words(&refused));
    let repair = fix(&one);
    let counts =
        ["readable_before", "readable_after", "set_aside", "lost"].map(|field| repair[field].as_u64().unwrap());
    // Ten of a device have never been here: they are not lost. A last entry leaves no gap behind.
    assert_eq!((counts[0], counts[1], counts[2]), (45, 45, 4), "{repair}");
    assert!(counts[3] <= 4, "{repair}");
    assert!(ids(&folder(one.path())).is_subset(&want));
    assert_eq!(run(one.path(), &["doctor"]).status.code(), Some(0));
    // The folder still has them.
    assert_eq!(sync(&one, shared.path(), &[])["added"], 4 + 3);
    assert!(ids(&folder(one.path())).is_superset(&want));
    assert_eq!(run(one.path(), &["doctor"]).status.code(), Some(0));
}

#[test]
fn a_mended_log_counts_as_lost_what_was_here_and_no_more() {
    let (one, _) = family();
    fs::remove_dir_all(folder(one.path()).join("backups")).unwrap();
    // Two in the middle of a device are gone without a trace.
    spoil(&one, "DELETE FROM event WHERE rowid IN (5, 6)");
    let told = run(one.path(), &["doctor"]);
    assert!(words(&told).contains("2 entries are missing"), "{}", words(&told));
    // A repair may find them in bytes that nothing points to any more.
    let repair = fix(&one);
    let (after, lost) = (repair["readable_after"].as_u64().unwrap(), repair["lost"].as_u64().unwrap());
    assert_eq!(after + lost, 49, "{repair}");
    assert_eq!(run(one.path(), &["doctor"]).status.code(), Some(0));
}

/// The same two entries of one number, taken in in another order by the file than by its backup.
#[test]
fn a_repair_keeps_both_entries_of_one_number_however_a_backup_has_them() {
    let one = learner(10, 1);
    let twin = copy(one.path());
    study(&one, 1, 31);
    study(&twin, 1, 32);
    let export = |data: &TempDir| {
        let path = data.path().join("me.jsonl").to_str().unwrap().to_owned();
        assert!(run(data.path(), &["export", &path]).status.success());
        path
    };
    let files = [export(&one), export(&twin)];
    let (here, other) = (tempdir().unwrap(), tempdir().unwrap());
    for (data, order) in [(&here, [0, 1]), (&other, [1, 0])] {
        for n in order {
            let file: &String = &files[n];
            assert!(run(data.path(), &["import", file]).status.success());
        }
    }
    let want: BTreeSet<_> = ids(&folder(here.path()));
    assert!(run(here.path(), &["backup"]).status.success());
    // The file of the other order, in which the one that was second is damaged.
    spoil(&other, "UPDATE event SET off_min = 7 WHERE rowid = (SELECT MAX(rowid) FROM event)");
    fs::copy(folder(other.path()).join(DATABASE), folder(here.path()).join(DATABASE)).unwrap();
    let repair = fix(&here);
    assert_eq!((&repair["readable_after"], &repair["set_aside"]), (&12.into(), &0.into()), "{repair}");
    assert_eq!((ids(&folder(here.path())), want.len()), (want, 12));
}

/// Going back leaves entries out whose numbers other devices know; new ones must not be taken for those.
#[test]
fn what_is_written_after_going_back_and_what_was_left_out_come_together_again() {
    let (two, shared) = (learner(0, 2), tempdir().unwrap());
    let one = tempdir().unwrap();
    write(one.path(), 20, 20);
    study(&one, 10, 21);
    let mut want = ids(&folder(one.path()));
    sync(&one, shared.path(), &[]);
    sync(&two, shared.path(), &[]);
    let restored = run(one.path(), &["restore", "last", "--yes"]);
    assert!(restored.status.success(), "{}", words(&restored));
    assert!(words(&restored).contains("swprep sync"), "{}", words(&restored));
    study(&one, 5, 22);
    want.extend(ids(&folder(one.path())));
    assert_eq!((ids(&folder(one.path())).len(), want.len()), (25, 35));
    let synced = sync(&one, shared.path(), &[]);
    assert_eq!((&synced["added"], &synced["sent"], &synced["renamed"]), (&10.into(), &5.into(), &false.into()));
    assert_eq!(synced["forked"].as_array().unwrap().len(), 0, "no number was given twice: {synced}");
    sync(&two, shared.path(), &[]);
    for data in [&one, &two] {
        assert_eq!(ids(&folder(data.path())), want);
        assert_eq!(numbers(data).iter().collect::<BTreeSet<_>>().len(), 35);
        assert_eq!(run(data.path(), &["doctor"]).status.code(), Some(0));
    }
}

/// An older file that was put back by hand does not know that it is older.
#[test]
fn an_older_file_put_back_by_hand_loses_nothing_by_a_sync() {
    for sync_first in [false, true] {
        let (one, two, shared) = (learner(20, 1), learner(0, 2), tempdir().unwrap());
        let older = copy(one.path());
        study(&one, 10, 21);
        let mut want = ids(&folder(one.path()));
        sync(&one, shared.path(), &[]);
        sync(&two, shared.path(), &[]);
        fs::copy(folder(older.path()).join(DATABASE), folder(one.path()).join(DATABASE)).unwrap();
        assert_eq!(ids(&folder(one.path())).len(), 20);
        if sync_first {
            sync(&one, shared.path(), &[]);
        }
        study(&one, 15, 22);
        want.extend(ids(&folder(one.path())));
        for data in [&one, &two, &one] {
            sync(data, shared.path(), &[]);
        }
        study(&one, 2, 23);
        assert_eq!(sync(&one, shared.path(), &[])["sent"], 2);
        want.extend(ids(&folder(one.path())));
        sync(&two, shared.path(), &[]);
        for data in [&one, &two] {
            assert_eq!((ids(&folder(data.path())).len(), want.len()), (47, 47), "{sync_first}");
            assert!(run(data.path(), &["doctor"]).status.code() < Some(2));
        }
    }
}

/// A repair makes another device of the profile, too.
#[test]
fn what_is_written_after_a_repair_does_not_take_the_place_of_what_was_lost() {
    let (one, two, shared) = (learner(30, 1), learner(0, 2), tempdir().unwrap());
    sync(&one, shared.path(), &[]);
    sync(&two, shared.path(), &[]);
    let mut want = ids(&folder(one.path()));
    spoil(&one, "UPDATE event SET body = replace(body, '1234', '1235') WHERE seq > 25");
    assert_eq!(fix(&one)["set_aside"], 5);
    study(&one, 8, 22);
    want.extend(ids(&folder(one.path())));
    let synced = sync(&one, shared.path(), &[]);
    assert_eq!((&synced["added"], &synced["sent"], &synced["gaps"]), (&5.into(), &8.into(), &serde_json::json!([])));
    sync(&two, shared.path(), &[]);
    for data in [&one, &two] {
        assert_eq!((ids(&folder(data.path())), want.len()), (want.clone(), 38));
        assert_eq!(run(data.path(), &["doctor"]).status.code(), Some(0));
    }
}

/// What a repair has told as lost is not told at each sync after it as on its way; what is on its way is told.
#[test]
fn what_a_repair_has_lost_is_not_waited_for_by_every_sync() {
    let (one, two, shared) = (learner(30, 1), learner(20, 2), tempdir().unwrap());
    spoil(&one, "DELETE FROM event WHERE seq IN (11, 12, 13); UPDATE event SET off_min = 7 WHERE seq = 20; VACUUM");
    assert_eq!(fix(&one)["lost"], 4);
    for _ in 0..2 {
        let told = run(one.path(), &["sync", shared.path().to_str().unwrap()]);
        assert!(told.status.success() && !words(&told).contains("not come"), "{}", words(&told));
    }
    // Ten of another device: its first file has not been carried here yet.
    let other = tempdir().unwrap();
    sync(&two, other.path(), &[]);
    study(&two, 5, 22);
    sync(&two, other.path(), &[]);
    let [early, late] = [0, 1].map(|n| segments(other.path()).remove(n));
    fs::copy(&late, shared.path().join(late.file_name().unwrap())).unwrap();
    let synced = sync(&one, shared.path(), &["--join"]);
    assert_eq!((&synced["added"], synced["gaps"].as_array().unwrap().len()), (&5.into(), 1), "{synced}");
    assert_eq!(synced["gaps"][0]["missing"], 20);
    // Another repair that loses nothing goes on waiting for them.
    study(&one, 1, 23);
    assert!(run(one.path(), &["backup"]).status.success());
    spoil(&one, "UPDATE event SET off_min = 7 WHERE rowid = (SELECT MAX(rowid) FROM event)");
    assert_eq!(fix(&one)["lost"], 0);
    assert_eq!(sync(&one, shared.path(), &[])["gaps"], synced["gaps"]);
    fs::copy(&early, shared.path().join(early.file_name().unwrap())).unwrap();
    assert_eq!(sync(&one, shared.path(), &[])["gaps"], serde_json::json!([]));
}

/// What was set aside once is not set aside again by the next repair, because a backup holds it too.
#[test]
fn what_was_set_aside_is_kept_once() {
    let one = learner(30, 1);
    for more in [5, 6] {
        spoil(&one, "UPDATE event SET off_min = 7 WHERE rowid = (SELECT MAX(rowid) FROM event)");
        assert_eq!(fix(&one)["set_aside"], 1);
        study(&one, more, more as u64);
    }
    let doctor = run(one.path(), &["doctor", "--json"]);
    let value: serde_json::Value = serde_json::from_slice(&doctor.stdout).unwrap();
    assert_eq!((&value["examination"]["set_aside"], &value["examination"]["entries"]), (&2.into(), &39.into()));
}

/// One bit that makes a text no text any more harms that copy alone: all else is exported and sent, and it is told.
#[test]
fn a_copy_of_a_question_that_is_no_text_any_more_is_left_out_and_told() {
    let (data, other, shared) = (tempdir().unwrap(), learner(0, 2), tempdir().unwrap());
    exam(&data);
    let raw = raw_log(data.path());
    let mut body: Vec<u8> =
        raw.query_row("SELECT CAST(body AS BLOB) FROM item_copy WHERE rowid = 2", [], |row| row.get(0)).unwrap();
    let place = body.windows(8).position(|w| w == b"\"stem\":\"").unwrap() + 12;
    body[place] ^= 0x80;
    raw.execute("UPDATE item_copy SET body = CAST(?1 AS TEXT) WHERE rowid = 2", [&body]).unwrap();
    drop(raw);
    let file = data.path().join("me.jsonl");
    let export = run(data.path(), &["export", file.to_str().unwrap()]);
    let (told, text) = (words(&export), fs::read_to_string(&file).unwrap_or_default());
    assert!(export.status.success() && told.contains("left out: 1 copy of a question, damaged"), "{told}");
    assert_eq!(text.lines().filter(|line| line.starts_with("{\"hash\"")).count(), 3);
    let synced = sync(&data, shared.path(), &[]);
    assert_eq!(&synced["damaged_copies"], 1, "{synced}");
    let told = run(data.path(), &["sync", shared.path().to_str().unwrap()]);
    assert!(words(&told).contains("not sent: 1 copy of a question, damaged"), "{}", words(&told));
    assert_eq!((sync(&other, shared.path(), &[])["added"].as_u64(), copies(&other)), (synced["sent"].as_u64(), 3));
}

fn exam(data: &TempDir) {
    let mut exam = assert_cmd::Command::new(super::program());
    exam.args(["exam", "--plain", "--length", "4", "--data-dir"]).arg(data.path());
    exam.env("SWPREP_NOW", "2026-11-26T19:05:00-05:00").write_stdin("a\nb\nc\na\nh\ny\nq\n").assert().success();
}

fn copies(data: &TempDir) -> i64 {
    let raw = raw_log(data.path());
    raw.query_row("SELECT COUNT(*) FROM item_copy", [], |row| row.get(0)).unwrap()
}

/// A question as it was asked comes back from a backup; where there is none, the damaged copy is set aside.
#[test]
fn a_damaged_copy_of_a_question_is_mended() {
    for with_backup in [true, false] {
        let data = tempdir().unwrap();
        exam(&data);
        assert_eq!(copies(&data), 4);
        spoil(&data, "UPDATE item_copy SET body = replace(body, '\"stem\":\"', '\"stem\":\"Not ') WHERE rowid = 2");
        if !with_backup {
            fs::remove_dir_all(folder(data.path()).join("backups")).unwrap();
        }
        assert_eq!(run(data.path(), &["doctor"]).status.code(), Some(2));
        let fixed = run(data.path(), &["doctor", "--fix"]);
        let aside = words(&fixed).contains("aside    1 copy of a question damaged and in no backup");
        assert_eq!((fixed.status.code(), aside), (Some(0), !with_backup), "{}", words(&fixed));
        let seen = run(data.path(), &["doctor", "--json"]);
        let seen = &serde_json::from_slice::<serde_json::Value>(&seen.stdout).unwrap()["examination"];
        assert_eq!((&seen["set_aside"], &seen["copies_set_aside"]), (&0.into(), &u64::from(!with_backup).into()));
        assert!(!words(&fixed).contains("entries damaged and in no") && !words(&fixed).contains(", 1 set aside"));
        assert_eq!(copies(&data), if with_backup { 4 } else { 3 });
        assert_eq!(run(data.path(), &["doctor"]).status.code(), Some(0));
    }
}
