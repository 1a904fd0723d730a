//! Each saved answer waits for the disk. A kill can't tell, since the system outlives it; the calls to the system can.

use super::program;
use std::fs;
use std::process::{Command, Stdio};

#[test]
fn every_answer_waits_for_the_disk_and_nothing_opens_a_connection() {
    if Command::new("strace").arg("-V").stdout(Stdio::null()).status().is_err() {
        println!("skipped: there is no strace here to count the calls with");
        return;
    }
    let data = tempfile::tempdir().unwrap();
    let calls = data.path().join("calls");
    let script = data.path().join("script");
    fs::write(&script, "a\ns\n".repeat(100)).unwrap();
    let output = Command::new("strace")
        .args(["-f", "-e", "trace=fsync,fdatasync,socket,write", "-o"])
        .arg(&calls)
        .arg(program())
        .args(["--plain", "study", "--only", "any", "--items", "100", "--data-dir"])
        .arg(data.path())
        .stdin(fs::File::open(&script).unwrap())
        .output()
        .unwrap();
    if !calls.exists() || fs::metadata(&calls).unwrap().len() == 0 {
        println!("skipped: strace may not look at programs here");
        return;
    }
    let saved = String::from_utf8_lossy(&output.stdout).matches("Saved.").count();
    assert!(saved >= 90, "{saved}");
    let calls = fs::read_to_string(&calls).unwrap();
    // Between two answers that are called saved there is a sync, each time.
    let mut synced = false;
    let mut seen = 0;
    for line in calls.lines() {
        synced |= (line.contains("fsync(") || line.contains("fdatasync(")) && !line.contains("= -1");
        if line.contains("write(1") && line.contains("Saved.") {
            seen += 1;
            assert!(std::mem::take(&mut synced), "answer {seen} was called saved before it was on disk");
        }
    }
    let syncs = calls.lines().filter(|line| line.contains("sync(")).count();
    println!("{syncs} syncs for {saved} answers");
    assert!(syncs >= saved && seen > 0, "{syncs} syncs for {saved} answers");
    assert!(!calls.contains("socket(AF_INET"), "a connection was opened");
}
