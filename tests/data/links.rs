//! Data that is reached by a link: the folder may be, the progress file may not.
#![cfg(unix)]

use super::learner::{folder, ids, write};
use super::typed::{learner, run, study, sync, words};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Output;
use swprep::store::{DATABASE, backup};
use tempfile::tempdir;

#[test]
fn a_data_directory_behind_a_link_is_used_as_if_it_were_there() {
    let (home, shared) = (tempdir().unwrap(), tempdir().unwrap());
    let (real, link) = (home.path().join("disk/swprep"), home.path().join("swprep"));
    write(&real, 30, 20);
    symlink(&real, &link).unwrap();
    for args in [&["backup"][..], &["restore", "2", "--yes"], &["sync", shared.path().to_str().unwrap()]] {
        let done = run(&link, args);
        assert!(done.status.success(), "{args:?}: {}", words(&done));
    }
    assert_eq!(ids(&folder(&real)).len(), 20);
    fs::write(folder(&real).join(DATABASE), b"").unwrap();
    assert_eq!(run(&link, &["doctor", "--fix"]).status.code(), Some(0));
    assert_eq!((ids(&folder(&real)).len(), ids(&folder(&link)).len()), (20, 20));
    assert!(link.is_symlink() && backup::list(&folder(&real)).len() > 2);
    // What lies in it can't be carried elsewhere, by whichever name it is called.
    for place in [&real, &link] {
        assert_eq!(run(&link, &["sync", place.to_str().unwrap()]).status.code(), Some(1));
    }
}

/// Two names for one file would be two locks for it.
#[test]
fn a_progress_file_that_is_a_link_is_read_and_never_written() {
    let home = tempdir().unwrap();
    write(&home.path().join("real"), 30, 20);
    let real = folder(&home.path().join("real"));
    let data = home.path().join("data");
    fs::create_dir_all(folder(&data).join("backups")).unwrap();
    for made in backup::list(&real) {
        fs::copy(&made.path, folder(&data).join("backups").join(made.path.file_name().unwrap())).unwrap();
    }
    symlink(real.join(DATABASE), folder(&data).join(DATABASE)).unwrap();
    fs::set_permissions(real.join(DATABASE), fs::Permissions::from_mode(0o644)).unwrap();
    let before = fs::read(real.join(DATABASE)).unwrap();
    let untouched = |what: &str, bytes: &[u8]| {
        assert!(folder(&data).join(DATABASE).is_symlink(), "{what}");
        assert_eq!(fs::read(real.join(DATABASE)).unwrap(), bytes, "{what}");
        assert_eq!(fs::metadata(real.join(DATABASE)).unwrap().permissions().mode() & 0o777, 0o644, "{what}");
    };
    for args in [&["backup"][..], &["restore", "1", "--yes"], &["--plain", "study"]] {
        let refused = run(&data, args);
        assert_eq!(refused.status.code(), Some(1), "{args:?}");
        assert_link_is_told(&refused, "put the file itself there");
        untouched(args[0], &before);
    }
    assert_eq!(run(&data, &["stats"]).status.code(), Some(0));
    for args in [&["doctor"][..], &["doctor", "--fix"]] {
        let told = run(&data, args);
        assert_eq!(told.status.code(), Some(1));
        assert_link_is_told(&told, "ut the file itself there");
        untouched("doctor", &before);
    }
    // Not even to mend it: what is written ahead of it lies beside the real one.
    let spoiled: Vec<u8> = before.iter().enumerate().map(|(n, b)| if n > 5000 { b ^ 1 } else { *b }).collect();
    fs::write(real.join(DATABASE), &spoiled).unwrap();
    assert_eq!(run(&data, &["doctor"]).status.code(), Some(2));
    assert_eq!(run(&data, &["doctor", "--fix"]).status.code(), Some(1));
    untouched("doctor --fix", &spoiled);
}

fn assert_link_is_told(output: &Output, mend: &str) {
    let words = words(output);
    assert!(words.contains("is a link to another file") && words.contains(mend), "{words}");
    assert!(!words.contains("that you can write to"), "the folder is none of the trouble: {words}");
}

/// A lock holds no answers: to put the file that it leads to in its place would be a strange thing to ask for.
#[test]
fn a_lock_that_is_a_link_is_to_be_deleted() {
    let (one, other) = (learner(3, 1), tempdir().unwrap());
    let lock = folder(one.path()).join("profile.lock");
    fs::remove_file(&lock).unwrap();
    symlink(other.path().join("other"), &lock).unwrap();
    assert_link_is_told(&run(one.path(), &["--plain", "study"]), "delete that link");
    assert_link_is_told(&run(one.path(), &["doctor"]), "Delete that link");
    fs::remove_file(&lock).unwrap();
    assert_eq!(run(one.path(), &["doctor"]).status.code(), Some(0));
    assert!(run(one.path(), &["backup"]).status.success());
}

/// A sync folder may hold links; what they lead to is not read.
#[test]
fn a_link_in_a_sync_folder_is_passed_over() {
    let (one, two, shared, other) = (learner(5, 1), learner(0, 2), tempdir().unwrap(), tempdir().unwrap());
    sync(&one, shared.path(), &[]);
    study(&one, 5, 9);
    sync(&one, other.path(), &[]);
    for file in super::typed::segments(other.path()) {
        symlink(&file, shared.path().join(Path::new(&file).file_name().unwrap())).unwrap();
    }
    let synced = sync(&two, shared.path(), &[]);
    assert_eq!((&synced["added"], synced["skipped"].as_array().unwrap().len()), (&5.into(), 1), "{synced}");
}
