//! A disk that is full, and one that can't be written.

use super::learner::{copy, folder, ids, write};
use super::program;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use swprep::core::event::Fact;
use swprep::store::{DATABASE, backup};

/// Runs the program where no file may grow beyond so many kilobytes.
#[cfg(unix)]
fn limited(data: &Path, kilobytes: u64, args: &[&str], script: &str) -> Output {
    let input = data.join("script");
    fs::write(&input, script).unwrap();
    Command::new("sh")
        // The unit of the limit is 512 bytes in some shells and 1024 in others; the file tells which.
        .args(["-c", "ulimit -f \"$0\" && exec \"$@\""])
        .arg((kilobytes * 2).to_string())
        .arg(program())
        .args(args)
        .arg("--data-dir")
        .arg(data)
        .env("SWPREP_NOW", "2026-11-28T19:05:00-05:00")
        .stdin(fs::File::open(&input).unwrap())
        .stderr(Stdio::piped())
        .output()
        .unwrap()
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_what_was_saved_is_safe() {
    let data = tempfile::tempdir().unwrap();
    let output =
        limited(data.path(), 400, &["--plain", "study", "--only", "any", "--items", "300"], &"a\ns\n".repeat(300));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.code().is_some(), "the program was ended by a signal: {:?}", output.status);
    let saved = said.matches("Saved.").count();
    assert!(said.contains("NOT SAVED: there is no room left on the disk"), "{saved} saved; {said}");
    assert!(saved > 5, "{saved}");
    let answers = |data: &Path| {
        let events = super::learner::events(&folder(data));
        events.iter().filter(|e| matches!(e.fact, Fact::Answered(_))).count()
    };
    assert_eq!(answers(data.path()), saved);
    // With room again, it goes on.
    let output =
        limited(data.path(), 1_000_000, &["--plain", "study", "--only", "any", "--items", "3"], &"a\ns\n".repeat(3));
    let more = String::from_utf8_lossy(&output.stdout).matches("Saved.").count();
    assert!(more > 0);
    assert_eq!(answers(data.path()), saved + more);
}

#[cfg(unix)]
#[test]
fn a_full_disk_stops_a_backup_a_restore_and_a_repair_and_harms_none() {
    let whole = tempfile::tempdir().unwrap();
    write(whole.path(), 3000, 1500);
    let want = ids(&folder(whole.path()));
    for args in [&["backup"][..], &["restore", "1", "--yes"]] {
        let data = copy(whole.path());
        let output = limited(data.path(), 300, args, "");
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{args:?}: {words}");
        assert!(words.contains("no room left") && words.contains("safe"), "{args:?}: {words}");
        assert_eq!(ids(&folder(data.path())), want, "{args:?}");
        assert_eq!(backup::list(&folder(data.path())).len(), 1, "{args:?}");
        super::learner::backups_are_whole(&folder(data.path()));
    }
    let export = whole.path().join("me.jsonl");
    let export_to = ["export", export.to_str().unwrap()];
    assert_eq!(limited(whole.path(), 300, &export_to, "").status.code(), Some(1));
    assert!(!export.exists(), "half an export is none");
    assert!(limited(whole.path(), 1_000_000, &export_to, "").status.success());
    let data = copy(whole.path());
    let file = folder(data.path()).join(DATABASE);
    let mut bytes = fs::read(&file).unwrap();
    bytes[100_000..110_000].fill(7);
    fs::write(&file, &bytes).unwrap();
    let output = limited(data.path(), 300, &["doctor", "--fix"], "");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(fs::read(&file).unwrap(), bytes, "the damaged file is as it was");
    let output = limited(data.path(), 1_000_000, &["doctor", "--fix"], "");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(ids(&folder(data.path())).len() >= 1500);
}

/// A disk of one megabyte, where the tests may mount one.
#[cfg(target_os = "linux")]
#[test]
fn a_small_disk_that_fills_up_loses_nothing() {
    let place = tempfile::tempdir().unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"])
        .arg(place.path())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|s| s.success());
    if !mounted {
        println!("skipped: no disk may be mounted here");
        return;
    }
    let script = tempfile::NamedTempFile::new().unwrap();
    fs::write(script.path(), "a\ns\n".repeat(400)).unwrap();
    let output = Command::new(program())
        .args(["--plain", "study", "--only", "any", "--items", "400", "--data-dir"])
        .arg(place.path())
        .stdin(fs::File::open(script.path()).unwrap())
        .output();
    let copied = copy(place.path());
    let unmounted = Command::new("umount").arg(place.path()).status();
    let said = String::from_utf8_lossy(&output.unwrap().stdout).into_owned();
    assert!(unmounted.unwrap().success());
    let saved = said.matches("Saved.").count();
    assert!(said.contains("NOT SAVED: there is no room left on the disk"), "{saved} saved");
    let events = super::learner::events(&folder(copied.path()));
    assert_eq!(events.iter().filter(|e| matches!(e.fact, Fact::Answered(_))).count(), saved);
}

/// Whoever may write anywhere is no test of a folder that can't be written; then another account does it.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_is_told_and_can_be_read() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    const NOBODY: u32 = 65534;
    let data = tempfile::tempdir().unwrap();
    write(data.path(), 30, 10);
    let profile = folder(data.path());
    // What SQLite leaves beside a file that was read goes first: nothing is to be written there.
    for companion in ["progress.db-wal", "progress.db-shm"] {
        let _ = fs::remove_file(profile.join(companion));
    }
    let root = fs::metadata(data.path()).unwrap().uid() == 0;
    let set = |path: &Path, mode: u32| {
        if root {
            chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    let own = data.path().join("swprep");
    fs::copy(program(), &own).unwrap();
    set(&own, 0o755);
    for entry in fs::read_dir(&profile).unwrap() {
        let path = entry.unwrap().path();
        set(&path, if path.is_dir() { 0o500 } else { 0o400 });
    }
    for path in [&profile, &data.path().join("profiles"), &data.path().to_owned()] {
        set(path, 0o500);
    }
    let run = |args: &[&str]| {
        let mut command = if root { Command::new("setpriv") } else { Command::new(&own) };
        if root {
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&own);
        }
        command.args(args).arg("--data-dir").arg(data.path()).stdin(Stdio::null()).output()
    };
    let before = fs::read(profile.join(DATABASE)).unwrap();
    if run(&["--version"]).map_or(true, |o| !o.status.success()) {
        println!("skipped: the program can't be run here as an account that may not write everywhere");
        return;
    }
    let output = run(&["--plain", "study"]).unwrap();
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{words}");
    assert!(words.contains("can't use") && words.contains("--data-dir"), "{words}");
    let output = run(&["stats", "--json"]).unwrap();
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{words}");
    let stats: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(stats["answers"]["of"], 30);
    assert!(run(&["doctor"]).unwrap().status.code().is_some_and(|code| code < 2));
    assert_eq!(fs::read(profile.join(DATABASE)).unwrap(), before);
    fs::set_permissions(data.path(), fs::Permissions::from_mode(0o700)).unwrap();
    for path in [data.path().join("profiles"), profile.clone(), profile.join("backups")] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o700)).unwrap();
    }
}
