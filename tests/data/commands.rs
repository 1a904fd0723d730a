//! `backup`, `restore` and `doctor` as they are typed.

use super::learner::{events, folder, ids, raw_log, write};
use super::program;
use super::typed::run;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use swprep::store::{DATABASE, Store, backup};

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Every file of a folder, but for what SQLite keeps beside an open file.
fn all_bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(all_bytes(&path));
        } else if !path.to_string_lossy().ends_with("-shm") && !path.to_string_lossy().ends_with("-wal") {
            files.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    files
}

#[test]
fn going_back_is_shown_first_and_keeps_what_was_there() {
    let data = tempfile::tempdir().unwrap();
    write(data.path(), 120, 100);
    let folder = folder(data.path());
    let all = ids(&folder);
    let before = all_bytes(&folder);
    let asked = run(data.path(), &["restore", "1"]);
    assert_eq!(asked.status.code(), Some(1), "there is nobody to ask");
    assert!(said(&asked).contains("leaves out 20 entries, since 2026-11-24") && said(&asked).contains("20 answers"));
    assert_eq!(all_bytes(&folder), before, "a preview changes nothing");
    assert!(run(data.path(), &["restore", "1", "--yes"]).status.success());
    assert_eq!(ids(&folder).len(), 100);
    // What was left out can be brought back the same way.
    let list = said(&run(data.path(), &["restore"]));
    let line = list.lines().find(|line| line.contains("before going back")).unwrap();
    assert!(line.contains("120 entries"), "{list}");
    let number = line.split_whitespace().next().unwrap();
    assert!(run(data.path(), &["restore", number, "--yes"]).status.success());
    assert_eq!(ids(&folder), all);
    assert_eq!(run(data.path(), &["restore", "99"]).status.code(), Some(1));
    assert_eq!(run(data.path(), &["doctor"]).status.code(), Some(0));
}

#[test]
fn going_back_to_the_same_does_nothing_and_is_no_error() {
    let data = tempfile::tempdir().unwrap();
    write(data.path(), 50, 50);
    let before = all_bytes(&folder(data.path()));
    for args in [&["restore", "1"][..], &["restore", "1", "--yes"]] {
        let told = run(data.path(), args);
        assert!(told.status.success() && said(&told).contains("nothing to go back to"), "{}", said(&told));
    }
    assert_eq!(all_bytes(&folder(data.path())), before);
}

#[test]
fn entries_that_cannot_be_counted_are_not_told_as_none() {
    let data = tempfile::tempdir().unwrap();
    write(data.path(), 300, 300);
    let path = folder(data.path()).join(DATABASE);
    let mut bytes = fs::read(&path).unwrap();
    bytes[4096..].fill(0xff);
    fs::write(&path, bytes).unwrap();
    let told = said(&run(data.path(), &["doctor"]));
    assert!(told.contains("can't be counted") && !told.contains(" 0 whole"), "{told}");
    assert!(said(&run(data.path(), &["doctor", "--fix"])).contains("300 entries"));
    assert!(said(&run(data.path(), &["doctor"])).contains("Entries    300 whole"));
}

#[test]
fn what_was_left_out_by_going_back_does_not_return_by_a_repair() {
    let data = tempfile::tempdir().unwrap();
    write(data.path(), 120, 100);
    let folder = folder(data.path());
    assert!(run(data.path(), &["restore", "1", "--yes"]).status.success());
    fs::write(folder.join(DATABASE), b"").unwrap();
    assert_eq!(run(data.path(), &["doctor", "--fix"]).status.code(), Some(0));
    assert_eq!(ids(&folder).len(), 100);
}

#[test]
fn a_doctor_who_only_looks_changes_nothing_and_says_how_bad_it_is() {
    let data = tempfile::tempdir().unwrap();
    write(data.path(), 120, 100);
    let folder = folder(data.path());
    let file = folder.join(DATABASE);
    let whole = run(data.path(), &["doctor"]);
    assert_eq!(whole.status.code(), Some(0));
    assert!(said(&whole).contains("All is well.") && said(&whole).contains("120 whole, 0 damaged"));
    let mut bytes = fs::read(&file).unwrap();
    let place = bytes.windows(12).rposition(|w| w == b"answer.given").unwrap() + 40;
    bytes[place] ^= 4;
    fs::write(&file, &bytes).unwrap();
    let before = all_bytes(&folder);
    let damaged = run(data.path(), &["doctor"]);
    assert_eq!(damaged.status.code(), Some(2));
    assert!(said(&damaged).contains("1 of 120 entries is damaged") && said(&damaged).contains("doctor --fix"));
    assert_eq!(all_bytes(&folder), before);
    // Written down anew, a damaged entry would look sound.
    let export = run(data.path(), &["export"]);
    assert_eq!(said(&export).lines().count(), 1 + 119);
    assert!(String::from_utf8_lossy(&export.stderr).contains("left out: 1 entry, damaged"));
    // A study goes on, with a word.
    let study = said(&run(data.path(), &["--plain", "study"]));
    assert!(study.contains("1 damaged"), "{study}");
    let mended = run(data.path(), &["doctor", "--fix"]);
    assert_eq!(mended.status.code(), Some(0), "{}", said(&mended));
    assert!(said(&mended).contains("Mended.") && said(&mended).contains("kept"), "{}", said(&mended));
    assert!(!said(&run(data.path(), &["--plain", "study"])).contains("damaged"));
    let again = run(data.path(), &["doctor", "--fix"]);
    assert!(said(&again).contains("nothing to mend"));
}

#[test]
fn a_damaged_entry_that_no_backup_holds_is_set_aside_and_counted() {
    let data = tempfile::tempdir().unwrap();
    write(data.path(), 50, 0);
    let folder = folder(data.path());
    let raw = raw_log(data.path());
    raw.execute_batch(
        "DROP TRIGGER event_keeps_values; \
         UPDATE event SET body = replace(body, '1234', '1235') WHERE seq = 20; PRAGMA wal_checkpoint(TRUNCATE)",
    )
    .unwrap();
    drop(raw);
    let output = Command::new(program()).args(["doctor", "--fix", "--json", "--data-dir"]).arg(data.path()).output();
    let value: serde_json::Value = serde_json::from_slice(&output.unwrap().stdout).unwrap();
    let repair = &value["repair"];
    assert_eq!((repair["readable_before"].as_u64(), repair["readable_after"].as_u64()), (Some(49), Some(49)));
    assert_eq!((repair["set_aside"].as_u64(), repair["lost"].as_u64()), (Some(1), Some(1)));
    assert_eq!(value["examination"]["set_aside"], 1);
    assert_eq!(events(&folder).len(), 49);
    let raw = raw_log(data.path());
    let kept: String = raw.query_row("SELECT raw FROM quarantine", [], |row| row.get(0)).unwrap();
    assert!(kept.contains("1235"), "{kept}");
}

/// A file that was emptied must not pass for a new learner.
#[test]
fn an_emptied_file_is_no_fresh_start() {
    for gone in [true, false] {
        let data = tempfile::tempdir().unwrap();
        write(data.path(), 30, 30);
        let file = folder(data.path()).join(DATABASE);
        if gone {
            fs::remove_file(&file).unwrap();
        } else {
            fs::write(&file, b"").unwrap();
        }
        for args in [&["stats"][..], &["--plain", "study"], &["--profile", "default", "due"]] {
            let output = run(data.path(), args);
            let words = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.code() == Some(1) && words.contains("doctor --fix"), "{args:?}: {words}");
        }
        assert_eq!(run(data.path(), &["doctor", "--fix"]).status.code(), Some(0));
        assert_eq!(ids(&folder(data.path())).len(), 30);
    }
}

#[test]
fn backups_are_made_once_a_day_and_after_an_exam() {
    let data = tempfile::tempdir().unwrap();
    write(data.path(), 30, 0);
    let folder = folder(data.path());
    let reasons = || -> Vec<&str> { backup::list(&folder).iter().map(|b| b.why.id()).collect() };
    for _ in 0..3 {
        run(data.path(), &["--plain", "study"]);
        assert_eq!(reasons(), ["daily"]);
    }
    let mut exam = assert_cmd::Command::new(program());
    exam.args(["exam", "--plain", "--length", "4", "--data-dir"]).arg(data.path());
    exam.env("SWPREP_NOW", "2026-11-26T19:05:00-05:00").write_stdin("a\nb\nc\na\nh\ny\nq\n").assert().success();
    assert_eq!(reasons(), ["exam", "daily"]);
    super::learner::backups_are_whole(&folder);
}

/// The file of each version that was released is still read, with every event as it was.
#[test]
fn a_file_of_each_released_form_is_read() {
    let data = tempfile::tempdir().unwrap();
    let folder = folder(data.path());
    fs::create_dir_all(&folder).unwrap();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/schema_1.db");
    fs::copy(&fixture, folder.join(DATABASE)).unwrap();
    let before = ids(&folder);
    assert_eq!(before.len(), 32);
    assert_eq!(run(data.path(), &["doctor"]).status.code().map(|c| c < 2), Some(true), "an old form is no damage");
    drop(Store::open(&folder, super::learner::dice(1)).unwrap());
    assert_eq!(ids(&folder), before);
    let kept = backup::list(&folder);
    assert_eq!((kept.len(), kept[0].why.id(), kept[0].events), (1, "schema", 32));
    let history = said(&run(data.path(), &["history"]));
    assert!(history.contains("2 of 6 answered") && history.contains("3 of 6, 1 left open"), "{history}");
}

/// A report that may be wrong says so itself, not only at the start.
#[test]
fn a_damaged_log_marks_its_reports() {
    let data = tempfile::tempdir().unwrap();
    let mut exam = assert_cmd::Command::new(program());
    exam.args(["exam", "--plain", "--length", "4", "--data-dir"]).arg(data.path());
    exam.env("SWPREP_NOW", "2026-11-26T19:05:00-05:00").write_stdin("a\nb\nc\na\nh\ny\nq\n").assert().success();
    let show = |wanted: bool| {
        let report = said(&run(data.path(), &["history", "show"]));
        assert_eq!(report.contains("entries of the log are damaged or missing"), wanted, "{report}");
        let stats: serde_json::Value = serde_json::from_slice(&run(data.path(), &["stats", "--json"]).stdout).unwrap();
        assert_eq!(stats["left_out"], u64::from(wanted));
    };
    show(false);
    let raw = raw_log(data.path());
    let spoil = "DROP TRIGGER event_keeps_values; UPDATE event SET off_min = 7 WHERE rowid = \
                 (SELECT rowid FROM event WHERE kind = 'exam.answered' LIMIT 1)";
    raw.execute_batch(spoil).unwrap();
    drop(raw);
    show(true);
    assert_eq!(run(data.path(), &["doctor", "--fix"]).status.code(), Some(0));
    show(false);
}

#[cfg(unix)]
#[test]
fn a_profile_that_others_can_read_is_a_warning_and_is_closed() {
    use std::os::unix::fs::PermissionsExt;
    let data = tempfile::tempdir().unwrap();
    write(data.path(), 5, 5);
    let file = folder(data.path()).join(DATABASE);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let doctor = run(data.path(), &["doctor"]);
    assert_eq!(doctor.status.code(), Some(1));
    assert!(said(&doctor).contains("Nothing is lost") && said(&doctor).contains("Other accounts"));
    let fixed = run(data.path(), &["doctor", "--fix"]);
    assert_eq!(fixed.status.code(), Some(0));
    assert!(said(&fixed).contains("Now they can't.") && !said(&fixed).contains("nothing to mend"), "{}", said(&fixed));
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
}

/// A damaged backup is named, and is not what is gone back to.
#[test]
fn a_damaged_backup_is_told_and_refused() {
    let data = tempfile::tempdir().unwrap();
    write(data.path(), 60, 50);
    let folder = folder(data.path());
    let made = backup::list(&folder).remove(0);
    let mut bytes = fs::read(&made.path).unwrap();
    let place = bytes.windows(12).rposition(|w| w == b"answer.given").unwrap() + 40;
    bytes[place] ^= 1;
    fs::write(&made.path, &bytes).unwrap();
    let doctor = run(data.path(), &["doctor"]);
    assert_eq!(doctor.status.code(), Some(1));
    assert!(said(&doctor).contains("1 of 1 backups is damaged"), "{}", said(&doctor));
    let refused = run(data.path(), &["restore", "1", "--yes"]);
    let words = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(refused.status.code() == Some(1) && words.contains("can't be used"), "{words}");
    assert_eq!(ids(&folder).len(), 60);
}

/// What a newer version wrote is left alone, even by a repair.
#[test]
fn a_file_of_a_newer_version_is_left_alone() {
    let data = tempfile::tempdir().unwrap();
    write(data.path(), 5, 5);
    let folder = folder(data.path());
    let raw = raw_log(data.path());
    raw.execute_batch("CREATE TABLE of_the_future (x); PRAGMA user_version = 9; PRAGMA wal_checkpoint(TRUNCATE)")
        .unwrap();
    drop(raw);
    let before = all_bytes(&folder);
    for args in [&["--plain", "study"][..], &["stats"], &["backup"], &["restore", "1", "--yes"]] {
        let output = run(data.path(), args);
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(1) && words.contains("newer version"), "{args:?}: {words}");
    }
    for args in [&["doctor"][..], &["doctor", "--fix"]] {
        assert_eq!(run(data.path(), args).status.code(), Some(1), "{args:?}");
    }
    let mut after = all_bytes(&folder);
    let lock = folder.join("profile.lock");
    assert_eq!(after.remove(&lock).is_some(), before.contains_key(&lock));
    assert!(after.iter().all(|(path, bytes)| before.get(path) == Some(bytes)));
}
