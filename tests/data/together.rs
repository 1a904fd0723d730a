//! `export`, `import` and `sync` as they are typed.

use super::hostile;
use super::learner::{AT, answer, dice, folder, ids, write};
use super::typed::{learner, run, segments, sync, words};
use std::fs;
use swprep::store::{DATABASE, Store, backup};
use tempfile::tempdir;

#[test]
fn two_devices_come_to_hold_the_same_and_files_are_never_changed() {
    let (one, two, shared) = (learner(40, 1), learner(0, 2), tempdir().unwrap());
    assert_eq!(sync(&one, shared.path(), &[])["sent"], 40);
    let first = segments(shared.path());
    let before = fs::read(&first[0]).unwrap();
    hostile::names(shared.path());
    assert_eq!(sync(&two, shared.path(), &[])["added"], 40);
    Store::open(&folder(two.path()), dice(7)).unwrap().append(AT, (0..5).map(answer).collect()).unwrap();
    assert_eq!(sync(&two, shared.path(), &[])["sent"], 5);
    let back = sync(&one, shared.path(), &[]);
    assert_eq!((&back["added"], &back["sent"], &back["known"]), (&5.into(), &0.into(), &40.into()));
    assert_eq!(ids(&folder(one.path())), ids(&folder(two.path())));
    assert_eq!(fs::read(&first[0]).unwrap(), before);
    assert_eq!(segments(shared.path()).len(), 2);
    assert_eq!(backup::list(&folder(one.path()))[0].why.id(), "sync");
    assert!(segments(shared.path()).iter().all(|file| !fs::read(file).unwrap().starts_with(b"SQLite")));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&first[0]).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn the_log_of_somebody_else_is_not_mixed_in_by_mistake() {
    let (one, other, shared) = (learner(10, 1), learner(10, 2), tempdir().unwrap());
    sync(&one, shared.path(), &[]);
    let refused = run(other.path(), &["sync", shared.path().to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(words(&refused).contains("--join"), "{}", words(&refused));
    assert_eq!((ids(&folder(other.path())).len(), segments(shared.path()).len()), (10, 1));
    assert_eq!(sync(&other, shared.path(), &["--join"])["added"], 10);
    // From then on they have something in common.
    assert_eq!(sync(&other, shared.path(), &[])["added"], 0);
    assert_eq!(sync(&one, shared.path(), &[])["added"], 10);
}

#[test]
fn damaged_and_foreign_files_are_passed_over_and_gaps_are_told() {
    let (one, two, shared) = (learner(10, 1), learner(0, 2), tempdir().unwrap());
    sync(&one, shared.path(), &[]);
    let mut store = Store::open(&folder(one.path()), dice(3)).unwrap();
    store.append(AT, (0..6).map(answer).collect()).unwrap();
    drop(store);
    sync(&one, shared.path(), &[]);
    let files = segments(shared.path());
    let early = files.iter().find(|f| f.to_string_lossy().contains("-1-10-")).unwrap();
    let whole = fs::read(early).unwrap();
    fs::write(early, &whole[..whole.len() / 2]).unwrap();
    let stem = files[1].file_stem().unwrap().to_string_lossy().into_owned();
    for name in [
        format!("{stem}.sync-conflict-20261124-190500-ABCDEFG.jsonl"),
        format!("{stem} (Ann's conflicted copy 2026-11-24).jsonl"),
        format!("{stem} (1).jsonl"),
        "swprep-from-the-future.jsonl".into(),
        ".swprep-unfinished-0".into(),
        "notes.txt".into(),
    ] {
        fs::write(shared.path().join(name), b"{").unwrap();
    }
    fs::create_dir(shared.path().join(".stfolder")).unwrap();
    let synced = sync(&two, shared.path(), &[]);
    assert_eq!((&synced["added"], &synced["conflict_copies"]), (&6.into(), &3.into()));
    assert_eq!(synced["skipped"].as_array().unwrap().len(), 2, "{synced}");
    assert_eq!(synced["gaps"][0]["missing"], 10);
    assert_eq!(run(two.path(), &["doctor"]).status.code(), Some(0), "what has not come yet is no damage");
    let told = run(two.path(), &["sync", shared.path().to_str().unwrap()]);
    assert!(told.status.success() && words(&told).contains("10 entries of device"), "{}", words(&told));
    // It is whole again, as when the service is done with it.
    fs::write(early, &whole).unwrap();
    let synced = sync(&two, shared.path(), &[]);
    assert_eq!((&synced["added"], synced["gaps"].as_array().unwrap().len()), (&10.into(), 0));
    assert_eq!(ids(&folder(one.path())), ids(&folder(two.path())));
}

/// A folder that was copied to another computer, name of the device and all.
#[test]
fn two_copies_that_write_as_one_device_are_told_and_lose_nothing() {
    let (one, shared) = (learner(10, 1), tempdir().unwrap());
    let two = super::learner::copy(one.path());
    for (data, seed) in [(&one, 31), (&two, 32)] {
        let mut store = Store::open(&folder(data.path()), dice(seed)).unwrap();
        store.append(AT, (0..4).map(answer).collect()).unwrap();
    }
    sync(&one, shared.path(), &[]);
    let told = run(two.path(), &["sync", shared.path().to_str().unwrap()]);
    assert!(words(&told).contains("two copies of the profile wrote as device"), "{}", words(&told));
    assert!(words(&told).contains("goes on as a new device; nothing is lost"), "{}", words(&told));
    assert_eq!(words(&told).matches("there is nothing to do").count(), 2, "{}", words(&told));
    assert!(sync(&one, shared.path(), &[])["renamed"].as_bool().unwrap());
    assert_eq!((ids(&folder(one.path())).len(), ids(&folder(two.path()))), (18, ids(&folder(one.path()))));
    for data in [&one, &two] {
        assert!(run(data.path(), &["doctor"]).status.code() < Some(2), "two that wrote as one are no damage");
        let mut store = Store::open(&folder(data.path()), dice(40)).unwrap();
        store.append(AT, vec![answer(1)]).unwrap();
    }
}

#[test]
fn the_progress_file_never_goes_with_the_folder() {
    let one = learner(10, 1);
    for place in
        [one.path().to_owned(), folder(one.path()), folder(one.path()).join("backups"), one.path().join("none")]
    {
        let _ = fs::create_dir(folder(one.path()).join("backups"));
        let refused = run(one.path(), &["sync", place.to_str().unwrap()]);
        assert_eq!(refused.status.code(), Some(1), "{}", words(&refused));
    }
    assert!(segments(one.path()).iter().all(|f| !f.to_string_lossy().contains("swprep-")));
    // Nor may the open file of somebody else who uses this computer.
    let sibling = one.path().join("profiles/bea/for-the-cloud");
    assert!(run(one.path(), &["profile", "new", "bea"]).status.success());
    fs::create_dir(&sibling).unwrap();
    let refused = run(one.path(), &["sync", sibling.to_str().unwrap()]);
    assert_eq!((refused.status.code(), segments(&sibling).len()), (Some(1), 0), "{}", words(&refused));
}

#[test]
fn a_sync_folder_that_is_not_there_is_told_without_a_word_on_the_progress_file() {
    let one = learner(3, 1);
    let none = one.path().with_extension("none");
    let refused = run(one.path(), &["sync", none.to_str().unwrap()]);
    let words = words(&refused);
    assert_eq!(refused.status.code(), Some(1));
    assert!(words.contains("must be there") && !words.contains("--data-dir"), "{words}");
    assert!(!none.exists());
}

/// The backup before a sync can't be written: that is no fault of the folder.
#[test]
fn a_profile_that_can_not_be_written_is_not_told_as_the_fault_of_the_sync_folder() {
    let (one, two, shared) = (learner(3, 1), learner(3, 2), tempdir().unwrap());
    sync(&one, shared.path(), &[]);
    fs::write(folder(two.path()).join("backups"), "in the way").unwrap();
    let refused = run(two.path(), &["sync", shared.path().to_str().unwrap(), "--join"]);
    let words = words(&refused);
    assert_eq!(refused.status.code(), Some(1));
    assert!(words.contains("backups") && !words.contains("The folder must be there"), "{words}");
    assert!(words.contains("--data-dir"), "{words}");
}

#[test]
fn a_file_that_was_cut_off_is_refused_and_its_rest_is_used_on_demand() {
    let (one, two) = (learner(20, 1), learner(0, 2));
    let file = one.path().join("me.jsonl");
    let path = file.to_str().unwrap();
    assert!(run(one.path(), &["export", path]).status.success());
    let whole = fs::read_to_string(&file).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(whole.lines().next().unwrap()).unwrap();
    assert_eq!((&manifest["events"], manifest["sha256"].as_str().unwrap().len()), (&20.into(), 64));
    fs::write(&file, &whole[..whole.len() - 30]).unwrap();
    let refused = run(two.path(), &["import", path]);
    assert!(refused.status.code() == Some(1) && words(&refused).contains("--damaged"), "{}", words(&refused));
    assert!(Store::read_only(&folder(two.path())).is_ok() && ids(&folder(two.path())).is_empty());
    assert!(run(two.path(), &["import", path, "--damaged"]).status.success());
    assert_eq!(ids(&folder(two.path())).len(), 19);
    // A line that was left out, which no count shows at the end of the file alone.
    let lines: Vec<&str> = whole.lines().collect();
    fs::write(&file, [&lines[..3], &lines[4..]].concat().join("\n")).unwrap();
    assert!(words(&run(two.path(), &["import", path])).contains("19 of 20 entries"));
    // Line ends of another system do no harm.
    fs::write(&file, whole.replace('\n', "\r\n")).unwrap();
    assert!(words(&run(two.path(), &["import", path])).contains("1 entry added, 19 were there already"));
    assert_eq!(ids(&folder(two.path())), ids(&folder(one.path())));
}

/// The state before is kept, unless nothing is new.
#[test]
fn a_backup_is_made_before_something_new_is_read_in() {
    let data = tempdir().unwrap();
    write(data.path(), 10, 0);
    let other = learner(5, 2);
    let file = other.path().join("me.jsonl");
    run(other.path(), &["export", file.to_str().unwrap()]);
    for _ in 0..2 {
        run(data.path(), &["import", file.to_str().unwrap()]);
        let made: Vec<(u64, &str)> =
            backup::list(&folder(data.path())).iter().map(|b| (b.events, b.why.id())).collect();
        assert_eq!(made, [(10, "import")]);
    }
    assert!(folder(data.path()).join(DATABASE).is_file());
}
