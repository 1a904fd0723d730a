//! The documents: what they name is there, and what they show can be typed.

#![expect(clippy::unwrap_used, reason = "a failing test should say where")]

use clap::Parser;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use swprep::cli::Cli;

const DOCUMENTS: [&str; 6] =
    ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/json.md", "question_banks/README.md"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(document: &str) -> String {
    fs::read_to_string(root().join(document)).unwrap()
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    for document in DOCUMENTS {
        let folder = root().join(document).parent().unwrap().to_owned();
        let text = text(document);
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert!(link.starts_with("https://") || folder.join(link).exists(), "{document} links to {link}");
        }
    }
}

/// Every `swprep …` that the README gives as an example is understood by the command line.
#[test]
fn every_example_of_a_command_can_be_typed() {
    let readme = text("README.md");
    let indented = readme.lines().filter_map(|line| line.strip_prefix("    "));
    let mut examples: Vec<&str> = indented.chain(readme.split('`').skip(1).step_by(2)).collect();
    examples.retain(|example| *example == "swprep" || example.starts_with("swprep "));
    assert!(examples.len() > 20, "{examples:?}");
    for example in examples {
        let words = example.split_whitespace().take_while(|word| *word != ">");
        match Cli::try_parse_from(words) {
            Ok(_) => {}
            Err(error) => {
                let help = error.kind() == clap::error::ErrorKind::DisplayHelp || example.contains("COMMAND");
                assert!(help, "{example}: {error}");
            }
        }
    }
}

/// The tree of ARCHITECTURE.md names every file and folder at the top of each part of the program.
#[test]
fn the_map_names_every_part() {
    let map = text("ARCHITECTURE.md");
    for folder in ["src", "src/core", "src/store", "src/tui", "src/plain", "src/commands"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let stem = name.trim_end_matches(".rs");
            // A folder beside a file of its name, and the file of a folder, are one part.
            let named = [format!(" {name}"), format!("{stem}/"), format!("{stem}.rs")];
            assert!(named.iter().any(|n| map.contains(n.as_str())), "ARCHITECTURE.md does not name {folder}/{name}");
        }
    }
}

fn fields(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                found.insert(name.clone());
                fields(value, found);
            }
        }
        Value::Array(elements) => elements.iter().for_each(|value| fields(value, found)),
        _ => {}
    }
}

/// Every field that `--json` prints is described in docs/json.md.
#[test]
fn every_field_for_programs_is_described() {
    let home = tempfile::tempdir().unwrap();
    let run = |args: &[&str], input: &str| {
        let mut command = assert_cmd::Command::cargo_bin("swprep").unwrap();
        let output = command.args(args).arg("--data-dir").arg(home.path()).write_stdin(input).output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    // A note in the exam; then, beside the first missed question, a note and a doubt.
    let script = "w in the exam\na\nb\nc\na\nb\n-\nh\ny\ny\nn\nw a note\n! a doubt\nq\n";
    run(&["exam", "--plain", "--length", "6", "--seed", "7"], script);
    let page = text("docs/json.md");
    let lists = ["due", "stats", "history", "notes", "doubts", "restore", "doctor", "bank list", "profile list"]
        .map(|args| format!("{args} --json"));
    let shared = tempfile::tempdir().unwrap();
    let sync = format!("sync {} --json", shared.path().display());
    let report = "history show --with-keys --format json".to_owned();
    for args in lists.into_iter().chain([report, sync]) {
        let words: Vec<&str> = args.split(' ').collect();
        let mut found = BTreeSet::new();
        fields(&serde_json::from_slice(&run(&words, "")).unwrap(), &mut found);
        assert!(!found.is_empty(), "{args}");
        for field in found {
            assert!(
                page.contains(&format!("`{field}`"))
                    || page.contains(&format!("`{field}[]`"))
                    || page.contains(&format!("\"{field}\"")),
                "docs/json.md does not describe `{field}` of `swprep {args}`"
            );
        }
    }
}
