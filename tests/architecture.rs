//! Holds the layers: who may name whom, what the core may not know, and how long a file may be.

#![expect(clippy::unwrap_used, reason = "a failing test should say where")]

use std::fs;
use std::path::{Path, PathBuf};

/// Each part of `src/` and the parts that it may `use`; itself is always allowed.
const LAYERS: &[(&str, &[&str])] = &[
    ("core", &[]),
    ("text", &["core"]),
    ("paper", &["core", "text"]),
    ("banks", &["core", "text"]),
    ("store", &["core", "text"]),
    ("desk", &["core", "store"]),
    ("env", &["core", "store"]),
    ("tui", &["core", "text", "paper", "store", "desk"]),
    ("plain", &["core", "text", "paper", "store", "desk"]),
    ("cli", &["core", "paper", "env"]),
    ("commands", &["core", "text", "paper", "banks", "store", "desk", "env", "tui", "plain", "cli"]),
];

/// What the rules must not know: terminals, files, databases, clocks, the environment.
const UNKNOWN_TO_CORE: &[&str] = &[
    "ratatui",
    "crossterm",
    "rusqlite",
    "clap",
    "directories",
    "signal_hook",
    "std::fs",
    "std::env",
    "std::io",
    "std::net",
    "std::process",
    "std::thread",
    "Instant::now",
    "SystemTime",
];

const LONGEST_FILE: usize = 400;

fn source_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            source_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Every source file with the part that it belongs to and its text.
fn sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = vec![];
    source_files(&root, &mut files);
    files
        .into_iter()
        .map(|path| {
            let inside = path.strip_prefix(&root).unwrap();
            let part = inside.iter().next().unwrap().to_string_lossy().trim_end_matches(".rs").to_owned();
            let text = fs::read_to_string(&path).unwrap();
            (part, path, text)
        })
        .collect()
}

/// The parts of the crate that a text names after `crate::`, groups in braces included.
fn named_parts(text: &str) -> Vec<String> {
    let mut parts = vec![];
    for after in text.split("crate::").skip(1) {
        if let Some(group) = after.strip_prefix('{') {
            let group = group.split(';').next().unwrap_or_default();
            let mut depth = 0;
            let mut word = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 0 => parts.push(std::mem::take(&mut word)),
                    _ if depth == 0 => word.push(c),
                    _ => {}
                }
            }
            parts.push(word);
        } else {
            parts.push(after.to_owned());
        }
    }
    parts
        .into_iter()
        .map(|p| p.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>())
        .filter(|p| !p.is_empty())
        .collect()
}

#[test]
fn every_use_points_right() {
    for (part, path, text) in sources() {
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == part) else {
            assert!(part == "main" || part == "lib", "{} belongs to no layer; name it in LAYERS", path.display());
            continue;
        };
        for named in named_parts(&text) {
            assert!(
                named == part || allowed.contains(&named.as_str()) || !LAYERS.iter().any(|(n, _)| *n == named),
                "{} names crate::{named}, which {part} may not know",
                path.display()
            );
        }
    }
}

#[test]
fn the_core_knows_no_world() {
    for (part, path, text) in sources() {
        if part == "core" {
            for word in UNKNOWN_TO_CORE {
                assert!(!text.contains(word), "{} names {word}, which the core may not know", path.display());
            }
        }
    }
}

#[test]
fn files_stay_small() {
    for (_, path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= LONGEST_FILE, "{} has {lines} lines; divide it", path.display());
    }
}

/// The reader of `use` lines above must itself be right, or the layers hold nothing.
#[test]
fn the_reader_of_uses_finds_groups_and_nested_names() {
    let text = "use crate::{banks::{a, b}, env};\nuse crate::core::bank;\ncrate::tui::run(x)";
    assert_eq!(named_parts(text), ["banks", "env", "core", "tui"]);
}

#[test]
fn the_program_holds_no_network_code() {
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock")).unwrap();
    for name in
        ["reqwest", "hyper", "ureq", "curl", "rustls", "native-tls", "openssl", "tokio", "async-std", "socket2", "h2"]
    {
        assert!(!lock.contains(&format!("name = \"{name}\"\n")), "{name} can speak to a network");
    }
    for (_, path, text) in sources() {
        assert!(!text.contains("std::net"), "{} names std::net", path.display());
    }
}
