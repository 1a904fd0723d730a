//! The command line: what it prints, what it refuses, and how it ends.

#![expect(clippy::unwrap_used, reason = "a failing test should say where")]

use assert_cmd::Command;
use std::process::Output;
use tempfile::TempDir;

struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::cargo_bin("swprep").unwrap();
        command.env_clear().env("HOME", self.0.path()).env("SWPREP_NOW", "2026-11-24T19:05:00-05:00");
        command.args(args).arg("--data-dir").arg(self.0.path().join("data"));
        command
    }

    fn run(&self, args: &[&str], input: &str) -> Output {
        self.command(args).write_stdin(input).output().unwrap()
    }

    /// Runs a command that must succeed, and gives what it printed.
    fn good(&self, args: &[&str], input: &str) -> String {
        let output = self.run(args, input);
        assert!(output.status.success(), "{args:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    /// Runs a command that must fail with that code, and gives its complaint.
    fn bad(&self, args: &[&str], code: i32) -> String {
        let output = self.run(args, "");
        assert_eq!(output.status.code(), Some(code), "{args:?}: {}", text(&output.stderr));
        text(&output.stderr)
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const TEN: &str = "a\nb\nc\na\nb\nc\na\nb\nc\na\n";

#[test]
fn a_scripted_exam_ends_with_a_report_and_no_escape_byte() {
    let home = Home::new();
    let printed = home.good(&["exam", "--plain", "--length", "10", "--seed", "7"], TEN);
    assert!(printed.contains("Report.") && printed.contains("of 10"), "{printed}");
    assert!(!printed.contains('\u{1b}'));
}

#[test]
fn the_same_seed_gives_the_same_form() {
    let args = ["exam", "--plain", "--length", "10", "--seed", "7"];
    assert_eq!(Home::new().good(&args, TEN), Home::new().good(&args, TEN));
    let other = ["exam", "--plain", "--length", "10", "--seed", "8"];
    assert_ne!(Home::new().good(&args, TEN), Home::new().good(&other, TEN));
}

#[test]
fn a_scripted_exam_that_breaks_off_waits_and_goes_on() {
    let home = Home::new();
    let printed = home.good(&["exam", "--plain", "--length", "5", "--seed", "3"], "a\nb\n");
    assert!(printed.contains("Paused"), "{printed}");
    assert!(home.bad(&["exam", "--plain", "--length", "5"], 1).contains("still open"));
    let printed = home.good(&["resume", "--plain"], "c\na\nb\n");
    assert!(printed.contains("Question 3 of 5") && printed.contains("Report."), "{printed}");
}

#[test]
fn plain_study_shows_reasons_and_counts_the_answers() {
    let home = Home::new();
    let printed = home.good(&["study", "--plain", "--items", "3", "--seed", "5"], "a\ns\nb\nl\nu\nc\ng\nq\n");
    assert!(printed.contains("The rule:") && printed.contains("Source:"), "{printed}");
    let stats: serde_json::Value = serde_json::from_str(&home.good(&["stats", "--json"], "")).unwrap();
    assert_eq!(stats["answers"]["of"], 2, "one of three answers was taken back");
}

/// What was missed can be practiced by itself, and settings can be changed, without the full screen.
#[test]
fn the_line_mode_practices_misses_and_changes_settings() {
    let home = Home::new();
    assert!(home.good(&["study", "--plain", "--only", "missed"], "").contains("No question fits"));
    // Always the first option: some of these answers are wrong.
    home.good(&["study", "--plain", "--items", "4", "--seed", "1"], "a\nl\na\nl\na\nl\na\nl\na\nl\na\nl\nq\n");
    assert!(home.good(&["study", "--plain", "--only", "missed"], "q\n").contains("Question 1 of"));
    assert!(home.bad(&["study", "--only", "hard"], 2).contains("missed"));
    home.good(&["--plain"], "masters\n2027-03-15\n45\nt\n\nnone\n30\nn\n1.5\nq\n");
    let stats: serde_json::Value = serde_json::from_str(&home.good(&["stats", "--json"], "")).unwrap();
    assert_eq!((stats["category"].as_str(), stats["exam_date"].is_null()), (Some("masters"), true));
}

#[test]
fn a_slip_in_a_profile_name_does_not_look_like_lost_work() {
    let home = Home::new();
    home.good(&["profile", "new", "Ann"], "");
    for args in
        [&["stats", "--profile", "an"][..], &["exam", "--plain", "--profile", "an"], &["due", "--profile", "an"]]
    {
        assert!(home.bad(args, 1).contains("There are: ann"), "{args:?}");
    }
}

/// The seed that is printed is the seed that draws the form again.
#[test]
fn a_printed_seed_is_the_seed_that_was_given() {
    let printed = Home::new().good(&["exam", "--plain", "--length", "3", "--seed", "7"], "");
    assert!(printed.contains("seed 7."), "{printed}");
}

#[test]
fn what_is_due_and_known_is_told_in_plain_words() {
    let home = Home::new();
    let stats = home.good(&["stats"], "");
    assert!(stats.contains("not met yet") && stats.contains("not said yet"), "{stats}");
    assert!(!stats.contains("0 of 0") && !stats.contains("Pace") && !stats.contains("Likely"), "{stats}");
    home.good(&["study", "--plain", "--items", "1", "--seed", "5"], "a\nl\nq\n");
    let stats = home.good(&["stats"], "");
    assert!(stats.contains("1 answer, ") && stats.contains("likely"), "{stats}");
    assert_eq!(stats.matches("four of five").count(), 1, "{stats}");
    home.good(&["exam", "--plain", "--length", "5", "--seed", "3"], "a\nb\n");
    let due = home.good(&["due"], "");
    assert!(due.starts_with("exam open, 2 of 5 answered; 0 to review, ") && due.lines().count() == 1, "{due}");
    let history = home.good(&["history", "--json"], "");
    let history: serde_json::Value = serde_json::from_str(&history).unwrap();
    assert!(history[0]["answered"].is_null() && history[0]["left_open"].is_null(), "an open exam keeps its score");
    home.good(&["resume", "--plain"], "c\na\nb\n");
    let history = home.good(&["history"], "");
    assert!(history.contains(" of 5, likely ") && history.contains("four of five"), "{history}");
}

/// A report in every form: to standard output, and to a file that is private and never written over by accident.
#[test]
fn a_report_is_shown_and_written_to_a_file() {
    let home = Home::new();
    assert!(home.bad(&["history", "show"], 1).contains("No exam yet"));
    home.good(&["exam", "--plain", "--length", "6", "--seed", "3", "--name", "<b>Ann</b>"], "a\nb\nc\na\nb\nc\n");
    assert!(home.good(&["history", "show"], "").starts_with("Report. "));
    let page = home.good(&["history", "show", "1", "--format", "html"], "");
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("&lt;b&gt;Ann") && !page.contains("<b>Ann"));
    let file = home.0.path().join("r.md");
    let write = ["history", "show", "--format", "md", "--out", file.to_str().unwrap()];
    let said = home.good(&write, "");
    assert!(said.contains("r.md") && said.lines().count() == 1, "{said}");
    let first = std::fs::read_to_string(&file).unwrap();
    assert!(first.starts_with("# \\<b\\>Ann"), "{first}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    std::fs::write(&file, "mine").unwrap();
    assert!(home.bad(&write, 1).contains("--force"));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
    home.good(&[&write[..], &["--force"]].concat(), "");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), first);
    let id = home.good(&["history", "--json"], "");
    let id: serde_json::Value = serde_json::from_str(&id).unwrap();
    assert_eq!(home.good(&["history", "show", id[0]["exam"].as_str().unwrap(), "--format", "md"], ""), first);
    for word in ["0", "2", "first"] {
        assert!(home.bad(&["history", "show", word], 1).contains("1 (the newest) to 1"), "{word}");
    }
    assert!(home.bad(&["history", "show", "--format", "pdf"], 2).contains("text, md, json, html"));
}

/// Keys wait for the second look, in files too; asking for them is a fact that is kept.
#[test]
fn a_file_holds_keys_only_when_they_are_free_or_asked_for() {
    let home = Home::new();
    home.good(&["exam", "--plain", "--length", "4", "--seed", "3"], "a\nb\nc\na\n");
    let file = home.0.path().join("r.json");
    let path = file.to_str().unwrap();
    let json = |args: &[&str]| -> serde_json::Value {
        serde_json::from_str(&home.good(&[&["history", "show", "--format", "json"], args].concat(), "")).unwrap()
    };
    // Answers without a second between them are worth a second look.
    let kept = json(&[]);
    assert!(kept["questions"].is_null() && kept["answers"][0]["key"].is_null(), "{kept}");
    assert!(kept["withheld"].as_str().unwrap().contains("4 questions"));
    assert!(home.bad(&["history", "show", "--with-keys"], 1).contains("--format md"));
    std::fs::write(&file, "mine").unwrap();
    home.bad(&["history", "show", "--format", "json", "--with-keys", "--out", path], 1);
    assert!(json(&[])["questions"].is_null(), "what was not written showed no key");
    assert_eq!(json(&["--with-keys"])["questions"].as_array().unwrap().len(), 4);
    assert_eq!(json(&[])["questions"].as_array().unwrap().len(), 4, "from now on the keys have been shown");
}

#[test]
fn an_open_exam_has_no_report() {
    let home = Home::new();
    home.good(&["exam", "--plain", "--length", "4", "--seed", "3"], "a\n");
    for args in [&["history", "show"][..], &["history", "show", "1", "--format", "html", "--with-keys"]] {
        assert!(home.bad(args, 1).contains("swprep resume"), "{args:?}");
    }
    home.good(&["history", "rename", "1", "Monday"], "");
    assert!(home.good(&["history"], "").contains("1  2026-11-24 19:05  Monday: open"));
}

#[test]
fn exams_are_renamed_and_set_beside_each_other() {
    let home = Home::new();
    home.good(&["exam", "--plain", "--length", "10", "--seed", "7"], TEN);
    assert!(home.bad(&["history", "compare", "1", "last"], 1).contains("same exam"));
    home.good(&["exam", "--plain", "--length", "10", "--seed", "8", "--name", "Second"], TEN);
    assert!(home.good(&["history", "rename", "2", " First\x1b[31m  try "], "").contains("called First try."));
    let compared = home.good(&["history", "compare", "1", "2"], "");
    assert!(compared.contains("Earlier  First try,") && compared.contains("Later    Second,"), "{compared}");
    assert!(compared.contains("All questions that count") && compared.contains("by chance"), "{compared}");
    assert_eq!(compared, home.good(&["history", "compare", "2", "1"], ""));
    assert!(home.bad(&["history", "rename", "1", &"long ".repeat(20)], 1).contains("60"));
    home.good(&["history", "rename", "2", ""], "");
    assert!(home.good(&["history"], "").contains("Mock exam: "));
}

#[test]
fn an_unknown_topic_lists_those_there_are() {
    let complaint = Home::new().bad(&["study", "--plain", "--topic", "etics"], 1);
    for topic in ["ethics", "trauma_informed_care", "evidence_based_practice"] {
        assert!(complaint.contains(topic), "{complaint}");
    }
}

#[test]
fn without_a_terminal_plain_is_named() {
    assert!(Home::new().bad(&[], 1).contains("--plain"));
}

#[test]
fn wrong_usage_is_told_apart() {
    let home = Home::new();
    assert!(home.bad(&["exam", "--length", "ten"], 2).contains("full, half, mini"));
    assert!(home.bad(&["exam", "--category", "nurse"], 2).contains("clinical"));
}

#[test]
fn a_data_directory_that_is_a_file_names_the_mend() {
    let home = Home::new();
    let file = home.0.path().join("file");
    std::fs::write(&file, "x").unwrap();
    let mut command = Command::cargo_bin("swprep").unwrap();
    let output = command.args(["study", "--plain", "--data-dir"]).arg(&file).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("--data-dir"), "{}", text(&output.stderr));
}

#[test]
fn profiles_are_apart_and_deleting_asks() {
    let home = Home::new();
    home.good(&["profile", "new", "Ann"], "");
    home.good(&["exam", "--plain", "--length", "1", "--profile", "ann"], "a\n");
    assert!(home.good(&["history"], "").contains("No exam yet"));
    assert!(home.good(&["history", "--profile", "ann"], "").contains("of 1"));
    assert!(home.bad(&["profile", "delete", "ann"], 1).contains("--yes"));
    home.good(&["profile", "use", "ann"], "");
    assert!(home.good(&["profile", "list"], "").contains("* ann"));
    home.good(&["profile", "delete", "ann", "--yes"], "");
    assert!(home.bad(&["profile", "use", "ann"], 1).contains("no profile named ann"));
}

#[test]
fn a_profile_travels_as_lines_of_json() {
    let home = Home::new();
    home.good(&["exam", "--plain", "--length", "4", "--seed", "2"], "a\nb\nc\na\n");
    let file = home.0.path().join("me.jsonl");
    home.good(&["export", file.to_str().unwrap()], "");
    let other = Home::new();
    assert!(other.good(&["import", file.to_str().unwrap()], "").contains("were there already"));
    assert_eq!(home.good(&["history", "--json"], ""), other.good(&["history", "--json"], ""));
    assert!(home.bad(&["export", file.to_str().unwrap()], 1).contains("not replaced"));
}

#[test]
fn the_small_commands_answer() {
    let home = Home::new();
    assert!(home.good(&["about"], "").contains("Not affiliated"));
    assert!(home.good(&["completions", "bash"], "").contains("swprep"));
    assert!(home.good(&["man"], "").contains(".TH"));
    assert_eq!(home.good(&["due"], ""), "0 to review, 22 new, about 20 min\n");
    assert!(home.good(&["bank", "list"], "").contains("ethics"));
    assert!(home.good(&["bank", "schema"], "").contains("\"stem\""));
    assert!(home.good(&["bank", "show", "ethics-0001"], "").contains("ethics-0001"));
}

/// The first words of the line mode, the line for a prompt, and the sitting are of one plan.
#[test]
fn todays_study_is_asked_as_it_is_told() {
    for date in ["none", "2027-03-15"] {
        let home = Home::new();
        let flowing =
            |args: &[&str], input: &str| home.good(args, input).split_whitespace().collect::<Vec<_>>().join(" ");
        let told = flowing(&["--plain"], &format!("clinical\n{date}\n15\nq\n"));
        assert!(told.contains("Enter begins today's study: about 15 minutes, 16 questions. First: "), "{told}");
        let topic = told.split("First: ").nth(1).and_then(|first| first.split("; new rule.").next()).unwrap();
        let first = format!("Question 1 of 16. {topic}, new rule.");
        let asked = flowing(&["--plain"], "\nq\nq\n");
        assert!(asked.contains(&first), "{told}\n{asked}");
        let asked = flowing(&["study", "--plain"], "q\n");
        assert!(asked.contains(&first), "{told}\n{asked}");
        assert_eq!(home.good(&["due"], ""), "0 to review, 16 new, about 15 min\n");
        let told: serde_json::Value = serde_json::from_str(&home.good(&["due", "--json"], "")).unwrap();
        let sitting = ["sitting_back", "sitting_new", "sitting_minutes"].map(|field| told[field].as_u64().unwrap());
        assert_eq!(sitting, [0, 16, 15]);
        assert!(told["due"] == 0 && told["minutes"] == 0 && told["new"].as_u64() > Some(16), "{told}");
    }
}

/// On the last day all that was ever right is asked once more, due or not.
#[test]
fn what_is_kept_fresh_for_the_exam_is_told_apart_from_what_is_due() {
    let home = Home::new();
    // Which questions come, and so how many of these answers are right, follows from the seed.
    let seeded = |args: &[&str], input: &str| {
        home.command(args).env("SWPREP_SEED", "5").write_stdin(input).assert().success();
    };
    seeded(&["--plain"], "clinical\n2026-11-25\n15\nq\n");
    seeded(&["study", "--plain", "--items", "12"], &"a\nl\n\n".repeat(12));
    let on_the_day = |args: &[&str]| {
        let output = home.command(args).env("SWPREP_NOW", "2026-11-25T07:00:00-05:00").output().unwrap();
        text(&output.stdout)
    };
    let told: serde_json::Value = serde_json::from_str(&on_the_day(&["due", "--json"])).unwrap();
    let [due, back, new, minutes] =
        ["due", "sitting_back", "sitting_new", "sitting_minutes"].map(|field| told[field].as_u64().unwrap());
    assert!(back > 0 && due != back, "{told}");
    assert_eq!(on_the_day(&["due"]), format!("{back} to review, {new} new, about {minutes} min\n"));
}

/// A reader such as `head` may have seen enough before the first byte comes.
#[test]
fn an_output_that_is_closed_early_is_no_fault() {
    let home = Home::new();
    let data_dir = home.0.path().to_str().unwrap();
    for args in [["completions", "bash"], ["bank", "list"], ["bank", "schema"], ["stats", "--json"]] {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_swprep"))
            .args(args)
            .args(["--data-dir", data_dir])
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{args:?}: {}", text(&output.stderr));
    }
}

/// A new bank made by the program passes its own check and is there at the next start.
#[test]
fn a_bank_of_ones_own_is_made_checked_and_used() {
    let home = Home::new();
    home.good(&["bank", "new", "my_topic"], "");
    let path = home.0.path().join("data/banks/my_topic.json");
    home.good(&["bank", "check", path.to_str().unwrap()], "");
    assert!(home.good(&["bank", "list"], "").contains("my_topic"));
}

/// An exam with a note on each question, all answered alike, so that some are missed; then a note and a doubt beside the
/// first of those.
fn with_remarks(home: &Home) -> String {
    let script = "w in the exam\na\n".repeat(8) + "h\ny\ny\nn\nw look it up\n! two keys, see 1.07(d)\nq\n";
    home.good(&["exam", "--plain", "--length", "8", "--seed", "7"], &script)
}

/// What was written beside questions is printed, for people, programs and the authors, also beside an open window.
#[test]
fn notes_and_doubts_are_printed_and_sent_by_nobody() {
    let home = Home::new();
    assert!(home.good(&["notes"], "").contains("No note yet."));
    assert!(home.good(&["doubts"], "").contains("No doubt yet."));
    assert_eq!(home.good(&["doubts", "--json"], "").trim(), "[]");
    let printed = with_remarks(&home);
    assert!(printed.contains("Why it was missed"), "{printed}");
    let notes = home.good(&["notes"], "");
    assert!(notes.contains("Note: look it up"), "{notes}");
    let value: serde_json::Value = serde_json::from_str(&home.good(&["notes", "--json"], "")).unwrap();
    let found = value.as_array().unwrap().iter().find(|n| n["note"] == "look it up").unwrap();
    assert_eq!(found["in_exams"][0]["text"], "in the exam");
    let (id, rule) = (found["item"].as_str().unwrap(), found["rule"].as_str().unwrap());
    assert!(
        notes.contains(id) && notes.contains(rule) && notes.contains("In the exam of 2026-11-24 19:05: in the exam")
    );
    let value: serde_json::Value = serde_json::from_str(&home.good(&["doubts", "--json"], "")).unwrap();
    let doubt = &value[0];
    assert_eq!((doubt["item"].as_str(), doubt["doubt"].as_str()), (Some(id), Some("two keys, see 1.07(d)")));
    assert_eq!((doubt["hash"].as_str().unwrap().len(), &doubt["edited"]), (16, &serde_json::Value::Bool(false)));
    assert_eq!(doubt["stem"], found["stem"]);
    let page = home.good(&["doubts", "--md"], "");
    for words in
        [&format!("## {id}"), doubt["hash"].as_str().unwrap(), doubt["topic"].as_str().unwrap(), "> ", "two keys"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(home.good(&["doubts"], "").contains("Nothing was sent."));
    home.bad(&["doubts", "--md", "--json"], 2);
}
