//! What services leave in a folder that they carry between devices, and git as one of them.

use super::learner::{folder, ids};
use super::typed::{learner, run, segments, study, sync, words};
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::tempdir;

/// The names that services give to second versions of a file and to parts of one, before and after its ending.
fn names(file: &str) -> Vec<String> {
    let stem = file.strip_suffix(".jsonl").unwrap();
    let within = [
        ".sync-conflict-20261124-190500-ABCDEFG",
        " (Ann's conflicted copy 2026-11-24)",
        " (conflicted copy 2026-11-24 190500)",
        " (case conflict)",
        "_conflict-20261124-190500",
        "-LAPTOP",
        " (1)",
        " 2",
        " - Copy",
    ];
    let behind = [".partial", ".a1b2c3d4.partial", ".part", ".tmp", "~", ".orig", ".~1a2b", ".!sync", ".crdownload"];
    let before = [".syncthing.", "~", ".~", "~syncthing~", ".goutputstream-", "._"];
    within
        .iter()
        .map(|mark| format!("{stem}{mark}.jsonl"))
        .chain(behind.iter().map(|mark| format!("{file}{mark}")))
        .chain(before.iter().map(|mark| format!("{mark}{file}.tmp")))
        .collect()
}

#[test]
fn second_versions_and_parts_of_files_do_no_harm() {
    let (one, shared) = (learner(40, 1), tempdir().unwrap());
    sync(&one, shared.path(), &[]);
    let file = segments(shared.path()).remove(0);
    let whole = fs::read(&file).unwrap();
    let names = names(file.file_name().unwrap().to_str().unwrap());
    for length in [0, 10, whole.len() / 2, whole.len() - 1, whole.len()] {
        let two = learner(0, 2);
        for name in &names {
            fs::write(shared.path().join(name), &whole[..length]).unwrap();
        }
        let synced = sync(&two, shared.path(), &[]);
        assert_eq!((&synced["added"], &synced["sent"], &synced["files_read"]), (&40.into(), &0.into(), &1.into()));
        assert_eq!(synced["skipped"].as_array().unwrap().len(), 0, "{length}: {synced}");
        // The last line feed is no part of the contents.
        let copies = if length + 1 >= whole.len() { 0 } else { 18 };
        assert_eq!(synced["conflict_copies"], copies, "{length}");
        let told = run(two.path(), &["sync", shared.path().to_str().unwrap()]);
        assert_eq!(words(&told).contains("nothing is lost by that"), copies > 0, "{}", words(&told));
        assert_eq!(run(two.path(), &["doctor"]).status.code(), Some(0));
        assert_eq!(ids(&folder(two.path())), ids(&folder(one.path())));
        assert_eq!(segments(shared.path()).len(), names.len() + 1, "they are left where they are");
    }
}

/// Two versions of a file meet, and the service prefers the one that was cut off.
#[test]
fn a_second_version_that_is_the_only_whole_one_is_used() {
    let (one, two, shared) = (learner(40, 1), learner(0, 2), tempdir().unwrap());
    sync(&one, shared.path(), &[]);
    let file = segments(shared.path()).remove(0);
    let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
    let whole = fs::read(&file).unwrap();
    fs::write(shared.path().join(format!("{stem}.sync-conflict-20261124-190500-ABCDEFG.jsonl")), &whole).unwrap();
    fs::write(&file, &whole[..100]).unwrap();
    let synced = sync(&two, shared.path(), &[]);
    assert_eq!((&synced["added"], &synced["conflict_copies"]), (&40.into(), &0.into()), "{synced}");
    assert_eq!(synced["skipped"].as_array().unwrap().len(), 1);
    // Of another file under that name nothing is taken.
    let three = learner(0, 3);
    fs::write(
        shared.path().join(format!("{stem} (1).jsonl")),
        String::from_utf8(whole).unwrap().replace("1234", "1235"),
    )
    .unwrap();
    assert_eq!(sync(&three, shared.path(), &[])["conflict_copies"], 1);
    assert_eq!(ids(&folder(three.path())), ids(&folder(one.path())));
}

#[test]
fn a_file_that_has_come_in_part_is_taken_by_a_later_sync() {
    let (one, two, shared) = (learner(40, 1), learner(0, 2), tempdir().unwrap());
    sync(&one, shared.path(), &[]);
    let file = segments(shared.path()).remove(0);
    let whole = fs::read(&file).unwrap();
    for length in [0, 1, 300, whole.len() - 2] {
        fs::write(&file, &whole[..length]).unwrap();
        let synced = sync(&two, shared.path(), &[]);
        assert_eq!((&synced["added"], synced["skipped"].as_array().unwrap().len()), (&0.into(), 1), "{length}");
        assert_eq!(run(two.path(), &["doctor"]).status.code(), Some(0), "what has not come is no damage");
    }
    fs::write(&file, &whole).unwrap();
    assert_eq!(sync(&two, shared.path(), &[])["added"], 40);
    assert_eq!(segments(shared.path()).len(), 1, "nothing was sent in its stead");
}

fn git(folder: &Path, args: &[&str]) -> bool {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(["-c", "user.name=Ann", "-c", "user.email=ann@localhost"]).args(args);
    // Whatever is set up on this machine is none of the test's business.
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_TERMINAL_PROMPT", "0");
    let output = git.output().unwrap();
    if !output.status.success() {
        println!("{args:?}: {}", words(&output));
    }
    output.status.success()
}

#[test]
fn two_devices_sync_by_way_of_a_git_repository() {
    if !Command::new("git").arg("--version").output().is_ok_and(|o| o.status.success()) {
        println!("skipped: git is not installed here");
        return;
    }
    let home = tempdir().unwrap();
    let path = |name: &str| home.path().join(name);
    assert!(git(home.path(), &["init", "--quiet", "--bare", "--initial-branch=main", "hub.git"]));
    let clone = |name: &str| {
        assert!(git(home.path(), &["clone", "--quiet", "hub.git", name]));
        assert!(git(&path(name), &["checkout", "--quiet", "-B", "main"]));
    };
    let push = |name: &str| {
        assert!(git(&path(name), &["add", "--all"]) && git(&path(name), &["commit", "--quiet", "-m", "sync"]));
        git(&path(name), &["push", "--quiet", "-u", "origin", "main"])
    };
    let pull =
        |name: &str| assert!(git(&path(name), &["pull", "--quiet", "--no-rebase", "--no-edit", "origin", "main"]));
    let (one, two) = (learner(20, 1), learner(0, 2));
    clone("one");
    sync(&one, &path("one"), &[]);
    assert!(push("one"));
    clone("two");
    // As git does on Windows: the files have other line ends there.
    assert!(git(&path("two"), &["config", "core.autocrlf", "true"]));
    assert!(
        git(&path("two"), &["rm", "-r", "--quiet", "--cached", "."])
            && git(&path("two"), &["reset", "--hard", "--quiet"])
    );
    assert!(segments(&path("two")).iter().any(|f| f.is_file() && fs::read(f).unwrap().ends_with(b"\r\n")));
    assert_eq!(sync(&two, &path("two"), &[])["added"], 20);
    // Both study before they hear of each other.
    study(&one, 7, 11);
    study(&two, 9, 12);
    sync(&one, &path("one"), &[]);
    sync(&two, &path("two"), &[]);
    assert!(push("one"));
    assert!(!push("two"), "the hub has moved on");
    pull("two");
    assert_eq!(sync(&two, &path("two"), &[])["added"], 7);
    assert!(git(&path("two"), &["push", "--quiet", "origin", "main"]));
    pull("one");
    let synced = sync(&one, &path("one"), &[]);
    assert_eq!(
        (&synced["added"], &synced["sent"], synced["skipped"].as_array().unwrap().len()),
        (&9.into(), &0.into(), 0)
    );
    assert_eq!((ids(&folder(one.path())).len(), ids(&folder(two.path()))), (36, ids(&folder(one.path()))));
    for data in [&one, &two] {
        assert_eq!(run(data.path(), &["doctor"]).status.code(), Some(0));
    }
}
