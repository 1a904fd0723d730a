//! Bank files as people write them: with faults, too large, or of no use at all.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail as tests do")]

use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use swprep::banks::finding::{Finding, Severity};
use swprep::banks::{MAX_FILE_BYTES, MAX_FINDINGS, MAX_ITEMS, MAX_TEXT_BYTES, locate, read, report, shipped, user};
use swprep::commands::bank;
use swprep::core::bank::BankFile;
use swprep::core::library::{Library, Origin};

const SAMPLE: &str = include_str!("sample_bank.json");

fn check(path: &Path) -> (bool, String) {
    let mut out = vec![];
    let passed = bank::check(Some(path), false, false, &mut out).unwrap();
    (passed, String::from_utf8(out).unwrap())
}

fn check_json(path: &Path) -> Value {
    let mut out = vec![];
    bank::check(Some(path), true, false, &mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

/// A folder with the given files.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn rules(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.rule).collect()
}

/// The sample with the value at a pointer replaced.
fn sample_with(pointer: &str, value: Value) -> String {
    let mut bank: Value = serde_json::from_str(SAMPLE).unwrap();
    *bank.pointer_mut(pointer).unwrap() = value;
    bank.to_string()
}

#[test]
fn all_forty_faults_of_a_file_are_listed_at_once_each_with_its_line() {
    const WANT: [(u64, &str); 40] = [
        (2, "format"),
        (4, "empty-text"),
        (9, "id-form"),
        (10, "wrong-type"),
        (11, "statement-count"),
        (12, "empty-text"),
        (13, "wrong-type"),
        (14, "empty-list"),
        (16, "missing-field"),
        (18, "duplicate-field"),
        (18, "id-form"),
        (19, "statement-count"),
        (21, "wrong-type"),
        (21, "empty-text"),
        (22, "wrong-type"),
        (31, "missing-field"),
        (32, "id-form"),
        (33, "unknown-value"),
        (34, "unknown-value"),
        (35, "unknown-value"),
        (36, "one-key"),
        (40, "wrong-type"),
        (41, "wrong-type"),
        (42, "date-form"),
        (43, "empty-text"),
        (52, "missing-field"),
        (52, "wrong-type"),
        (53, "missing-field"),
        (53, "wrong-type"),
        (53, "empty-text"),
        (54, "wrong-type"),
        (58, "id-duplicate"),
        (62, "options-count"),
        (66, "missing-field"),
        (68, "wrong-type"),
        (69, "wrong-type"),
        (70, "one-key"),
        (71, "broken-escape"),
        (80, "wrong-type"),
        (82, "wrong-type"),
    ];
    let path = Path::new("tests/bad_banks/forty.json");
    let found = check_json(path);
    let places = |list: &str| -> Vec<(u64, String)> {
        let of = |f: &Value| (f["line"].as_u64().unwrap(), f["rule"].as_str().unwrap().to_owned());
        found[list].as_array().unwrap().iter().map(of).collect()
    };
    assert_eq!(places("errors"), WANT.map(|(line, rule)| (line, rule.to_owned())));
    assert_eq!(places("warnings"), [5, 6, 53].map(|line| (line, "unknown-field".to_owned())));
    assert_eq!(places("reviews"), [(20, "control-characters".to_owned())]);
    let one = &found["errors"][17];
    assert_eq!(
        *one,
        json!({
            "file": "tests/bad_banks/forty.json", "line": 33, "column": 15, "id": "knot-0001", "rule": "unknown-value",
            "field": "/objectives/2/items/0/level", "message": "`level` can't be \"aplication\".",
            "mend": "Write \"application\" if that is meant; the words are recall, application, reasoning.",
        })
    );

    let (passed, text) = check(path);
    assert!(!passed);
    assert_eq!(text.matches("\nerror[").count() + usize::from(text.starts_with("error[")), 40, "{text}");
    assert!(
        text.contains("33 |      \"level\": \"aplication\",\n   |               ^^^^^^^^^^^^ knot-0001\n"),
        "{text}"
    );
    assert!(text.contains("Found 40 errors, 3 warnings, 1 review."), "{text}");
}

#[test]
fn a_bad_file_objective_or_item_keeps_nothing_else_from_loading() {
    let bad_item =
        SAMPLE.replace("knots-000", "ropes-000").replace("knots", "ropes").replacen("\"key\": true, ", "", 1);
    let folder = folder(&[
        ("banks/a.json", b"{ nonsense"),
        ("banks/b.json", b"\xff\xfe{\x00}\x00"),
        ("banks/c.json", bad_item.as_bytes()),
        ("banks/d.json", SAMPLE.as_bytes()),
        ("banks/.hidden.json", b"{"),
        ("banks/notes.txt", b"{"),
        ("banks/folder.json/x", b"{"),
    ]);
    let mut paths = user::user_files(folder.path());
    let names: Vec<_> = paths.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(names, ["a.json", "b.json", "c.json", "d.json"]);
    paths.insert(0, folder.path().join("lost.json"));

    let (banks, findings) = user::load_user(&paths, &shipped::reference());
    assert_eq!(rules(&findings), ["unreadable", "json", "utf8", "one-key"]);
    let mut library = Library::new(shipped::reference());
    for bank in banks {
        assert!(library.add(bank, Origin::User).is_empty());
    }
    let ids: Vec<&str> = library.items().map(|found| found.item.id.as_str()).collect();
    assert_eq!(ids, ["ropes-0002", "ropes-0003", "knots-0001", "knots-0002", "knots-0003"]);
}

#[test]
fn an_objective_that_no_exam_asks_about_is_loaded_and_said() {
    let folder = folder(&[("a.json", sample_with("/objectives/1/statements", json!(["ZZ-01"])).as_bytes())]);
    let (banks, findings) = user::load_user(&[folder.path().join("a.json")], &shipped::reference());
    assert_eq!(banks[0].objectives.len(), 2);
    assert_eq!(rules(&findings), ["statement-unknown"]);
    assert_eq!((findings[0].severity, findings[0].id.as_deref()), (Severity::Warning, Some("knots.choice.join")));
}

#[test]
fn no_banks_folder_means_no_banks() {
    assert_eq!(user::user_files(Path::new("/nowhere/at/all")), Vec::<PathBuf>::new());
}

#[test]
fn a_text_that_is_no_json_is_said_with_its_place_and_a_mend() {
    for (text, line, column, mend) in [
        ("", 1, 1, "Close every text"),
        ("{\n \"format\": \"swprep-bank/1\",\n}\n", 2, 27, "Take that comma away."),
        ("{\n \"topic\": [1,\n ]}\n", 2, 13, "Take that comma away."),
        ("{\n \"topic\": \"knots\n\", \"x\": 1}", 2, 16, "\\n for a line break"),
        ("{\n \"topic\": knots }", 2, 11, "double quotes"),
        ("{\n \"topic\": \"a\" \"title\": 1}", 2, 15, "at the end of the one before"),
        ("{} {}", 1, 4, "Keep one"),
        ("\u{feff}{\"a\": \"\\q\"}", 1, 9, "\\\\ for a backslash"),
        ("{\"topic\": {\"a\": \"b\"", 1, 19, "Close every text"),
    ] {
        let (bank, findings) = read::read("a.json", text, Origin::User);
        assert!(bank.is_none());
        assert_eq!(rules(&findings), ["json"], "{text}");
        let place = report::Reporter::new([("a.json", text)], false).place(&findings[0]).unwrap();
        assert_eq!((place.1, place.2), (line, column), "{text}");
        assert!(findings[0].mend.contains(mend), "{text}: {}", findings[0].mend);
    }
}

#[test]
fn a_mark_at_the_beginning_of_a_file_does_not_matter() {
    let (bank, findings) = read::read("a.json", &format!("\u{feff}{SAMPLE}"), Origin::Shipped);
    assert_eq!(findings, []);
    assert_eq!(bank, serde_json::from_str::<BankFile>(SAMPLE).ok());
    let marked = format!("\u{feff}{}", SAMPLE.replace("\"recall\"", "\"recal\""));
    let examined = read::examine("a.json", &marked, Origin::User);
    assert_eq!(examined.bank.unwrap().objectives.len(), 1);
    let found = locate::locate(&marked, &examined.findings[0].pointer).unwrap();
    assert_eq!(&marked[found], "\"recal\"");
}

#[test]
fn unknown_fields_are_errors_in_shipped_banks_and_warnings_in_a_users() {
    let text = SAMPLE.replacen("\"level\"", "\"lvel\": 1, \"level\"", 1);
    for (origin, severity) in [(Origin::Shipped, Severity::Error), (Origin::User, Severity::Warning)] {
        let (bank, findings) = read::read("a.json", &text, origin);
        assert_eq!(bank, serde_json::from_str(SAMPLE).ok(), "what is known of the item can be used");
        assert_eq!((findings.len(), findings[0].severity), (1, severity));
        assert_eq!(findings[0].mend, "Write `level` if that is meant, or remove it.");
    }
}

#[test]
fn sizes_are_bounded() {
    let refused = |text: &str| rules(&read::read("a.json", text, Origin::User).1).join(" ");
    assert_eq!(refused(&" ".repeat(MAX_FILE_BYTES + 1)), "file-too-large");
    let stem = "/objectives/0/items/0/stem";
    assert_eq!(refused(&sample_with(stem, json!("x".repeat(MAX_TEXT_BYTES)))), "");
    assert_eq!(refused(&sample_with(stem, json!("x".repeat(MAX_TEXT_BYTES + 1)))), "text-too-long");
    let option = json!({"text": "A knot", "why": "It is one."});
    let options = |count| {
        let mut options = vec![option.clone(); count];
        options[0]["key"] = json!(true);
        json!(options)
    };
    for (count, want) in [(1, "options-count"), (2, ""), (10, ""), (11, "options-count")] {
        assert_eq!(refused(&sample_with("/objectives/0/items/0/options", options(count))), want, "{count} options");
    }
    let mut item: Value = serde_json::from_str::<Value>(SAMPLE).unwrap()["objectives"][1]["items"][0].clone();
    let items = (0..=MAX_ITEMS).map(|n| {
        item["id"] = json!(format!("knots-{}", n + 10));
        item.clone()
    });
    let text = sample_with("/objectives/0/items", items.collect());
    let (bank, findings) = read::read("a.json", &text, Origin::User);
    assert_eq!(rules(&findings), ["too-many-items"]);
    assert_eq!(bank.unwrap().objectives[0].items.len(), MAX_ITEMS);
    let mut objective: Value = serde_json::from_str::<Value>(SAMPLE).unwrap()["objectives"][1].clone();
    let objectives = (0..=MAX_ITEMS).map(|n| {
        objective["id"] = json!(format!("knots.many.{n}"));
        item["id"] = json!(format!("knots-{}", n + 10));
        objective["items"] = if n < MAX_ITEMS { json!([item]) } else { json!(7) };
        objective.clone()
    });
    let (bank, findings) = read::read("a.json", &sample_with("/objectives", objectives.collect()), Origin::User);
    assert_eq!(rules(&findings), ["too-many-items"]);
    assert_eq!(bank.unwrap().objectives.len(), MAX_ITEMS);
}

#[test]
fn of_a_hopeless_file_not_more_is_listed_than_can_be_kept() {
    let names: Vec<String> = (0..=MAX_FINDINGS).map(|n| format!("\"{n}\": 0")).collect();
    let (_, findings) = read::read("a.json", &format!("{{{}}}", names.join(",")), Origin::User);
    assert_eq!(findings.len(), MAX_FINDINGS + 1);
    assert_eq!(findings.last().unwrap().rule, "too-many-faults");
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let folder = folder(&[("big.json", b"")]);
    let path = folder.path().join("big.json");
    fs::File::options().write(true).open(&path).unwrap().set_len(MAX_FILE_BYTES as u64 + 1).unwrap();
    let (banks, findings) = user::load_user(&[path], &shipped::reference());
    assert!(banks.is_empty());
    assert_eq!(rules(&findings), ["file-too-large"]);
}

#[test]
fn a_folder_is_checked_with_its_folders_but_without_what_is_no_bank() {
    let twin = SAMPLE.replace("knots", "ropes");
    let folder = folder(&[
        ("knots.json", SAMPLE.as_bytes()),
        ("more/ropes.json", twin.replace("\"easy\"", "\"eezy\"").as_bytes()),
        ("sources.json", b"{}"),
        ("reviews/knots.json", b"{}"),
        (".git/x.json", b"{}"),
    ]);
    let found = check_json(folder.path());
    let files: Vec<&str> =
        found["errors"].as_array().unwrap().iter().map(|error| error["file"].as_str().unwrap()).collect();
    assert!(
        files
            .iter()
            .all(|file| file.ends_with("knots.json") && !file.contains("reviews") || file.ends_with("ropes.json"))
    );
    let of_form: Vec<&Value> =
        found["errors"].as_array().unwrap().iter().filter(|error| error["rule"] == "unknown-value").collect();
    assert_eq!(of_form.len(), 1);
    assert!(of_form[0]["file"].as_str().unwrap().ends_with("ropes.json"));
    let counts = &found["counts"];
    assert_eq!((&counts["files"], &counts["items"]), (&json!(2), &json!(5)));
    assert_eq!(counts["topics"]["ropes"], json!({"objectives": 2, "items": 2}));
    assert_eq!(counts["areas"], json!({"I": 5}));
    assert_eq!(counts["levels"], json!({"recall": 2, "application": 2, "reasoning": 1}));
    assert_eq!(counts["statements"]["covered"], 3);
    assert_eq!((&counts["objectives"], &counts["flips"]), (&json!(4), &json!(1)));
    assert_eq!(counts["exams"]["clinical"], 5);
    assert_eq!(counts["statements"]["items"].as_object().unwrap().len(), 3);

    let empty = tempfile::tempdir().unwrap();
    let refused = bank::check(Some(empty.path()), false, false, &mut vec![]).unwrap_err();
    assert!(refused.to_string().starts_with("There is no bank file"), "{refused}");
    let (passed, text) = check(&empty.path().join("lost.json"));
    assert!(!passed && text.contains("The file can't be read: it is not there."), "{text}");
}

#[test]
fn the_schema_is_printed_as_json() {
    let mut out = vec![];
    bank::schema(&mut out).unwrap();
    let schema: Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(schema["additionalProperties"], false);
}
