//! Texts of a stranger that hold escape sequences: no such byte reaches a terminal, in the full screen, by lines, or from a
//! command. What the program writes into a pseudo-terminal is read byte by byte.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "helpers of tests may fail as tests do; they wait by the clock"
)]

#[path = "data/seal.rs"]
mod seal;
mod support;

use seal::sealed;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::time::Duration;
use support::hostile::spoil;
use support::{ENTER, ESC, Pty};
use swprep::text::sanitize::unwanted;

/// Sets the clipboard, asks where the cursor is, turns the mouse on, rings, turns the writing round and hides a letter.
const EVIL: &str =
    "\u{1b}]52;c;aGFja2Vk\u{7}\u{1b}[6n\u{1b}[?1003h\u{9b}31m\u{90}q\u{9c}\u{202e}\u{2066}\u{200b}\u{8}\u{7}";

/// Puts a hostile bank into a data directory, in a file with a hostile name.
fn write_bank(data_dir: &Path) {
    let mut bank: Value = serde_json::from_str(include_str!("sample_bank.json")).unwrap();
    spoil(&mut bank, &["title", "rule", "stem", "text", "why", "jurisdiction"], EVIL);
    bank["objectives"][1]["items"][0]["level"] = json!(EVIL);
    bank[EVIL] = json!(EVIL);
    fs::create_dir_all(data_dir.join("banks")).unwrap();
    fs::write(data_dir.join("banks").join(format!("a{EVIL}.json")), bank.to_string()).unwrap();
}

/// Asserts that bytes hold no sequence but the harmless ones that the program itself uses.
fn assert_harmless(bytes: &[u8], full_screen: bool) {
    let text = std::str::from_utf8(bytes).unwrap();
    // The check of a bank quotes the file, where the evil is spelled as JSON spells it: `\u001b]52;c;aGFja2Vk`.
    for (at, _) in text.match_indices("aGFja2Vk") {
        assert!(text[..at].ends_with("\\u001b]52;c;"), "the contents of a sequence are left");
    }
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c == '\u{1b}' {
            assert!(full_screen, "an escape by lines: {rest:.40?}");
            let sequence = rest.strip_prefix('[').unwrap_or_else(|| panic!("no control sequence: {rest:.40?}"));
            let length = sequence.find(|c| matches!(c, '@'..='~')).unwrap();
            let (values, end) = (&sequence[..length], &sequence[length..=length]);
            let known = match end {
                "H" | "m" | "J" | "K" => values.chars().all(|c| c.is_ascii_digit() || c == ';' || c == ':'),
                "h" | "l" => {
                    ["?1049", "?25", "?2004", "?1004", "?1000", "?1002", "?1003", "?1015", "?1006"].contains(&values)
                }
                _ => false,
            };
            assert!(known && !(end == "h" && values.starts_with("?10") && values != "?1049"), "{values:?} {end}");
            rest = &sequence[length + 1..];
        } else {
            assert!(matches!(c, '\r' | '\n') || !unwanted(c), "{c:?} before {rest:.40?}");
        }
    }
}

/// A data directory whose bank and whose log, read in from a file, are hostile.
fn hostile() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    write_bank(dir.path());
    // An honest beginning: an exam of six questions with a note, all by lines.
    let lines = "a\nb\nc\na\nb\nc\nw a note\nh\ny\n\n\n\n";
    let run = |args: &[&str], input: &str| {
        let mut command = assert_cmd::Command::cargo_bin("swprep").unwrap();
        command.args(args).env("SWPREP_SEED", "4").arg("--data-dir").arg(dir.path());
        command.write_stdin(input).output().unwrap().stdout
    };
    run(&["exam", "--plain", "--length", "6", "--name", "name"], lines);
    let export = String::from_utf8(run(&["export"], "")).unwrap();
    // The same log, spoiled, under other identities, each line with a checksum that fits. The first line no longer does,
    // so what is whole of the rest is asked for.
    let mut spoiled = String::new();
    for line in export.lines() {
        let mut value: Value = serde_json::from_str(line).unwrap();
        for field in ["id", "device"] {
            if let Some(id) = value[field].as_str() {
                value[field] = json!(format!("{}{}", &id[..id.len() - 4], "beef"));
            }
        }
        let exam = value["body"]["exam"].as_str().map(|id| format!("{}beef", &id[..id.len() - 4]));
        if let Some(exam) = exam {
            value["body"]["exam"] = json!(exam);
        }
        if value.get("kind").is_some() {
            spoil(&mut value["body"], &["text", "name", "objective", "statement"], EVIL);
        }
        spoiled += &(sealed(&value.to_string()) + "\n");
    }
    let item = json!({"item": "knots-0001", "hash": "0", "text": format!("{EVIL}doubted")});
    for (n, kind) in ["item.noted", "item.doubted"].into_iter().enumerate() {
        let id = format!("01a21005-0000-7000-8000-00000000000{n}");
        let line = json!({"id": id, "device": "01a21005-0000-4000-8000-00000000beef", "seq": n + 1,
            "ms": 1_795_600_000_000_u64, "offset_min": 0, "kind": kind, "body": item});
        spoiled += &(sealed(&line.to_string()) + "\n");
    }
    let file = dir.path().join("spoiled.jsonl");
    fs::write(&file, spoiled).unwrap();
    let told = run(&["import", "--damaged", file.to_str().unwrap()], "");
    assert_harmless(&told, false);
    dir
}

/// Goes back to the first screen.
fn home(p: &mut Pty) {
    while !p.text().contains("Settings") {
        p.send(ESC).see("Settings", Duration::from_millis(300));
    }
}

#[test]
fn no_byte_of_a_stranger_steers_the_full_screen() {
    let dir = hostile();
    let mut p = Pty::start(dir.path(), &["study", "--topic", "knots"], &[]);
    p.until("sailor").send("a").until("How sure").send("l").until("saved").send(ENTER).until("sailor");
    home(&mut p);
    p.send("l").gone("Settings").send("/fixed loop").until("fixed loop").send(ENTER).send(ENTER);
    p.until("bowline").send("\x0c");
    home(&mut p);
    p.send("h").gone("Settings");
    p.send(ENTER).until("Report").send("\x0cjjjjjj").send(ENTER).send("n").send(ENTER);
    home(&mut p);
    p.send("\x0c").try_leave();
    assert_harmless(&p.bytes, true);
    assert!(p.bytes.len() > 5000);
}

#[test]
fn no_byte_of_a_stranger_is_printed_by_lines() {
    let dir = hostile();
    let inputs: [(&[&str], &str); 6] = [
        (&["--plain", "study", "--topic", "knots"], "a\nl\n\nb\ns\nw\nd\n?\nn\nq\n"),
        (&["--plain"], "s\na\nl\nq\nw\nq\nm\n\na\nl\nt\nq\nr\nq\nq\n"),
        (&["--plain", "exam", "--length", "5"], "?\na\nl\nt\nb\nq\n"),
        (&["history", "show", "1", "--with-keys"], ""),
        (&["history", "show", "2", "--with-keys", "--format", "html"], ""),
        (&["history", "compare", "1", "2"], ""),
    ];
    let commands: [&[&str]; 11] = [
        &["history"],
        &["history", "--json"],
        &["history", "show", "1", "--format", "json"],
        &["notes"],
        &["notes", "--json"],
        &["doubts"],
        &["doubts", "--md"],
        &["stats"],
        &["stats", "--json"],
        &["bank", "list"],
        &["bank", "show", "knots.choice.loop"],
    ];
    let file = fs::read_dir(dir.path().join("banks")).unwrap().next().unwrap().unwrap().path();
    let check: &[&str] = &["bank", "check", file.to_str().unwrap()];
    let calls = inputs.into_iter().chain(commands.map(|args| (args, ""))).chain([(check, "")]);
    let mut seen = String::new();
    for (args, input) in calls {
        let mut command = assert_cmd::Command::cargo_bin("swprep").unwrap();
        command.args(args).arg("--data-dir").arg(dir.path()).env("SWPREP_SEED", "4");
        let output = command.write_stdin(input).output().unwrap();
        println!("{args:?}");
        for bytes in [&output.stdout, &output.stderr] {
            assert_harmless(bytes, false);
            seen += &String::from_utf8_lossy(bytes);
        }
    }
    for text in ["sailor", "bowline", "fixed loop", "doubted", "a note", "control-characters"] {
        assert!(seen.contains(text), "{text:?} was never shown");
    }
}

/// The same lines in a terminal, where a person types.
#[test]
fn no_byte_of_a_stranger_reaches_a_terminal_by_lines() {
    let dir = hostile();
    let mut p = Pty::start(dir.path(), &["--plain", "study", "--topic", "knots"], &[]);
    p.until("sailor").send("a\r").until("sure").send("l\r").until("bowline").send("q\r").send("q\r");
    p.end();
    assert_harmless(&p.bytes, false);
}
