//! `swprep bank check`: what is wrong with bank files, and how the whole of them measures up.

use super::counts::Counts;
use super::files::{Loaded, load};
use crate::banks::check::{BankTest, bank_tests, check_items};
use crate::banks::finding::{Finding, Severity};
use crate::banks::read::{Kept, examine};
use crate::banks::report::{Reporter, summary};
use crate::banks::shipped;
use crate::core::bank::BankFile;
use crate::core::library::{Origin, Reference};
use crate::text::sanitize::clean;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::io::{self, Write};
use std::path::Path;

/// The number of items from which on the figures of a whole bank mean something.
const TESTABLE: usize = 50;

/// The most details that are printed of a test that is not met.
const DETAILS: usize = 10;

/// Checks a file, the files of a folder, or without a path the banks built into the program, and says whether there
/// was no error.
///
/// `json` asks for an object with `errors`, `warnings`, `reviews`, `tests` and `counts`. Tests of the whole bank that
/// are not met are no errors.
///
/// # Errors
/// Where there is nothing to check, or `out` can't be written to.
pub fn check(path: Option<&Path>, json: bool, color: bool, out: &mut dyn Write) -> anyhow::Result<bool> {
    let reference = shipped::reference();
    let files = load(path)?;
    let (banks, mut findings) = examine_all(&files, &reference);
    let mut reporter =
        Reporter::new(files.iter().filter_map(|file| Some((file.name.as_str(), file.text.as_deref()?))), color);
    let order: HashMap<&str, usize> = files.iter().enumerate().map(|(n, file)| (file.name.as_str(), n)).collect();
    findings.sort_by_cached_key(|finding| {
        (order.get(finding.file.as_str()).copied(), reporter.place(finding).map(|(at, ..)| at), finding.rule)
    });
    let tests = bank_tests(&banks, &reference, &shipped::reviews(), &shipped::scenes());
    let counts = Counts::new(&banks, &reference);
    if json {
        serde_json::to_writer_pretty(&mut *out, &as_json(&findings, &mut reporter, &tests, &counts))?;
        writeln!(out)?;
    } else {
        for finding in &findings {
            writeln!(out, "{}", reporter.show(finding))?;
        }
        writeln!(out, "{}\n", summary(&findings))?;
        if counts.items() >= TESTABLE || path.is_none() {
            write_tests(&tests, out)?;
        } else {
            writeln!(out, "The tests of a whole bank are shown from {TESTABLE} items on.\n")?;
        }
        counts.write(out)?;
    }
    Ok(findings.iter().all(|finding| finding.severity != Severity::Error))
}

/// What is usable of the files, and everything that is to be said about them.
fn examine_all(files: &[Loaded], reference: &Reference) -> (Vec<(String, BankFile)>, Vec<Finding>) {
    let (mut banks, mut findings) = (vec![], vec![]);
    let mut kept: HashMap<&str, Kept> = HashMap::new();
    for file in files {
        findings.extend(file.fault.clone());
        if let (Some(text), None) = (&file.text, &file.fault) {
            let examined = examine(&file.name, text, file.origin);
            findings.extend(examined.findings);
            banks.extend(examined.bank.map(|bank| (file.name.clone(), bank)));
            kept.insert(&file.name, examined.kept);
        }
    }
    let origin = files.first().map_or(Origin::User, |file| file.origin);
    for mut finding in check_items(&banks, reference, origin) {
        if let Some(kept) = kept.get(finding.file.as_str()) {
            finding.pointer = kept.in_file(&finding.pointer);
        }
        findings.push(finding);
    }
    (banks, findings)
}

fn as_json(findings: &[Finding], reporter: &mut Reporter<'_>, tests: &[BankTest], counts: &Counts<'_>) -> Value {
    let mut of = |severity| -> Vec<Value> {
        findings.iter().filter(|f| f.severity == severity).map(|finding| one(finding, reporter)).collect()
    };
    let (errors, warnings, reviews) = (of(Severity::Error), of(Severity::Warning), of(Severity::Review));
    let tests: Map<String, Value> = tests
        .iter()
        .map(|test| {
            let said = json!({"value": test.value, "want": test.want, "ok": test.ok, "detail": test.detail});
            (test.name.to_owned(), said)
        })
        .collect();
    json!({"errors": errors, "warnings": warnings, "reviews": reviews, "tests": tests, "counts": counts.json()})
}

fn one(finding: &Finding, reporter: &mut Reporter<'_>) -> Value {
    let place = reporter.place(finding);
    json!({
        "file": clean(&finding.file),
        "line": place.map(|(_, line, _)| line),
        "column": place.map(|(.., column)| column),
        "id": finding.id.as_deref().map(clean),
        "rule": finding.rule,
        "field": clean(&finding.pointer),
        "message": clean(&finding.message),
        "mend": clean(&finding.mend),
    })
}

fn write_tests(tests: &[BankTest], out: &mut dyn Write) -> io::Result<()> {
    let width = |of: fn(&BankTest) -> &str| tests.iter().map(|test| of(test).chars().count()).max().unwrap_or(0);
    let (names, values) = (width(|test| test.name), width(|test| &test.value));
    writeln!(out, "Tests of the whole bank")?;
    for test in tests {
        let verdict = if test.ok { "ok" } else { "not ok" };
        writeln!(out, "  {verdict:6}  {:names$}  {:values$}  wanted: {}", test.name, test.value, test.want)?;
        for detail in test.detail.iter().take(if test.ok { 0 } else { DETAILS }) {
            writeln!(out, "            {}", clean(detail))?;
        }
    }
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_that_is_not_met_says_what_stands_behind_it() {
        let test = |name, ok| BankTest {
            name,
            value: "0.5".into(),
            want: "at most 0.4".into(),
            ok,
            detail: vec!["knots-0001".into(), "evil\u{1b}[2J".into()],
        };
        let mut out = vec![];
        write_tests(&[test("absolutes", true), test("clang", false)], &mut out).unwrap();
        let want = "\
Tests of the whole bank
  ok      absolutes  0.5  wanted: at most 0.4
  not ok  clang      0.5  wanted: at most 0.4
            knots-0001
            evil

";
        assert_eq!(String::from_utf8(out).unwrap(), want);
    }
}
