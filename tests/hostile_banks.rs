//! Bank files as a stranger may send them: whatever they hold, nothing breaks and nothing steers the terminal.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "helpers of tests may fail as tests do; they wait by the clock"
)]

mod support;

use proptest::prelude::*;
use serde_json::{Value, json};
use std::fs;
use std::sync::LazyLock;
use support::fuzz::Target;
use support::hostile::spoil;
use swprep::banks::finding::Severity;
use swprep::banks::{shipped, user};
use swprep::commands::bank;
use swprep::core::library::{Library, Origin};
use swprep::text::sanitize;

const SAMPLE: &str = include_str!("sample_bank.json");
const EVIL: &str = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m\u{202e}\u{200b}";

#[test]
fn escape_sequences_of_a_strangers_bank_reach_no_screen() {
    // Every text that may be free begins with something evil, and a field's name and a file's name do too.
    let mut bank: Value = serde_json::from_str(SAMPLE).unwrap();
    let free = ["title", "rule", "stem", "text", "why", "jurisdiction"];
    spoil(&mut bank, &free, EVIL);
    bank["objectives"][0]["refs"] = json!([format!("{EVIL}nowhere")]);
    bank["objectives"][0]["items"][0]["options"][1]["trap"] = json!(format!("{EVIL}right-later"));
    bank[EVIL] = json!(EVIL);
    bank["objectives"][1]["items"][0]["level"] = json!(EVIL);
    let name = format!("{EVIL}.json");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(&name);
    fs::write(&path, bank.to_string()).unwrap();

    let (banks, findings) = user::load_user(std::slice::from_ref(&path), &shipped::reference());
    let count = |rule: &str| findings.iter().filter(|finding| finding.rule == rule).count();
    assert_eq!(count("control-characters"), 27);
    assert!(findings.iter().filter(|f| f.rule == "control-characters").all(|f| f.severity == Severity::Review));
    assert_eq!((count("unknown-field"), count("unknown-value"), findings.len()), (1, 1, 29));
    assert_eq!(banks[0].objectives[0].title, "Choose a knot for a fixed loop");

    let mut out = vec![];
    let mut library = Library::new(shipped::reference());
    library.add(banks.into_iter().next().unwrap(), Origin::User);
    bank::list(&library, false, &mut out).unwrap();
    bank::list(&library, true, &mut out).unwrap();
    bank::show(&library, "knots.choice.loop", &mut out).unwrap();
    bank::check(Some(&path), false, false, &mut out).unwrap();
    bank::check(Some(&path), true, false, &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert!(!out.chars().any(sanitize::unwanted), "{out:?}");
    assert!(out.contains("error[unknown-value]") && out.contains("review[control-characters]"), "{out}");
}

static LIBRARY: LazyLock<Library> = LazyLock::new(shipped::shipped_library);

/// Reads bytes as a file's, and prints what is found; whatever the bytes, nothing may break.
fn survive(bytes: &[u8]) {
    Target::Bank.feed(bytes, &LIBRARY);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        survive(&bytes);
    }

    #[test]
    fn anything_like_json_is_survived(pieces in prop::collection::vec(prop::sample::select(vec![
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\"format\":", "\"swprep-bank/1\"", "\"topic\":", "\"objectives\":",
        "\"items\":", "\"id\":", "null", "true", "1e9", "-", "\\u", "d800", "\n", "é", "\u{feff}", " ",
    ]), 0..60)) {
        survive(pieces.concat().as_bytes());
    }

    #[test]
    fn a_spoiled_bank_is_survived(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..12, "[\"{}\\[\\],:\\\\a-z0-9\u{0}-\u{1f}é]{0,6}"), 1..4)
    ) {
        let mut bytes = SAMPLE.as_bytes().to_vec();
        for (at, length, with) in cuts {
            let at = at.index(bytes.len());
            bytes.splice(at..(at + length).min(bytes.len()), with.into_bytes());
        }
        survive(&bytes);
    }
}
