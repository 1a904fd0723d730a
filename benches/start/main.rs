//! How fast the program starts, how quickly it answers a key, and what it costs to have it open: a table of figures,
//! each held against its bar. Run it with `cargo bench --bench start`; it takes about two minutes.
//!
//! The program is the release build in a pseudo-terminal of 100 by 30. The learner has given 20,000 answers, twelve
//! whole exams among them; the bank of her own holds 10,000 items with texts as long as the shipped ones. Memory and
//! idle cost are read from `/proc`, so elsewhere than on Linux those lines are left out.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark measures by the clock, prints, and should stop where something fails"
)]

mod learner;
mod own_bank;
mod presses;
mod program;
mod table;

use program::Program;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use swprep::banks::shipped::shipped_library;
use swprep::banks::user::user_files;
use swprep::commands::open::with_user_banks;
use swprep::core::library::Library;
use swprep::core::settings::Settings;
use table::{ms, row};

/// Answers in the log of a long preparation.
const ANSWERS: usize = 20_000;
/// Items of a learner's own.
const ITEMS: usize = 10_000;
/// How often each start is repeated.
const RUNS: usize = 15;
/// How long the program is left alone to see what it does by itself.
const IDLE: Duration = Duration::from_secs(10);

const FIRST_FRAME_MS: f64 = 40.0;
const CHECK_MS: f64 = 1000.0;
const MEMORY_MB: f64 = 40.0;
const BINARY_MB: f64 = 8.0;
/// One tick of the system's account of CPU time, a hundredth of a second: the least that can be told from nothing.
const IDLE_TICKS: f64 = 1.0;

/// A data directory with what was put into it.
struct Case {
    name: &'static str,
    dir: tempfile::TempDir,
    library: Library,
}

fn main() {
    let shipped = case("shipped banks, 20,000 answers", false, ANSWERS);
    let own = case("10,000 items of one's own, no answers", true, 0);
    let both = case("10,000 items of one's own, 20,000 answers", true, ANSWERS);
    println!("{}", table::HEAD);
    for case in [&shipped, &own, &both] {
        start(case);
    }
    check(&own.dir.path().join("banks"));
    for case in [&shipped, &own, &both] {
        memory(case);
    }
    idle(&shipped, "the first screen", "Settings", "");
    idle(&shipped, "a study question", "1/", "s");
    for case in [&shipped, &own, &both] {
        presses::measure(case.name, case.dir.path(), &case.library);
    }
    let bytes = Path::new(program::PATH).metadata().unwrap().len();
    row("release binary, stripped", "MB", &format!("{:.2}", megabytes(bytes)), megabytes(bytes), BINARY_MB);
}

fn case(name: &'static str, own: bool, answers: usize) -> Case {
    let dir = tempfile::tempdir().unwrap();
    let mut library = shipped_library();
    if own {
        own_bank::write(&dir.path().join("banks"), &library, ITEMS);
        let (whole, troubles) = with_user_banks(library, &user_files(dir.path()));
        assert!(troubles.is_empty(), "{troubles:?}");
        library = whole;
    }
    learner::write(dir.path(), &library, answers);
    Case { name, dir, library }
}

/// From the start of the process to the first picture, and to the one that knows all of the learner's own banks.
fn start(case: &Case) {
    let category = Settings::default().category;
    let rules = case.library.objectives().filter(|(_, o)| case.library.examined_as(o, category).is_some()).count();
    let mut times = [vec![], vec![]];
    for run in 0..=RUNS {
        let mut program = Program::start(case.dir.path());
        let first = program.until("Settings");
        let whole = program.until(&format!("of {rules} rules"));
        program.leave();
        // The first run only warms the page cache.
        if run > 0 {
            times[0].push(first);
            times[1].push(whole);
        }
    }
    let [first, whole] = times.map(ms);
    row(&format!("start to first frame: {}", case.name), "ms", &first.text, first.median, FIRST_FRAME_MS);
    if user_files(case.dir.path()).is_empty() {
        return;
    }
    table::figure("  until her own banks are counted", "ms", &whole.text);
}

fn check(folder: &Path) {
    let times = (0..3)
        .map(|_| {
            let start = Instant::now();
            let mut command = Command::new(program::PATH);
            let output = command.args(["bank", "check"]).arg(folder).stderr(Stdio::inherit()).output().unwrap();
            let text = String::from_utf8_lossy(&output.stdout);
            let first = text.find("error").map_or("", |at| &text[at..]).lines().take(9).collect::<Vec<_>>().join("\n");
            assert!(output.status.success(), "the generated bank has an error:\n{first}");
            start.elapsed()
        })
        .collect();
    let wall = ms(times);
    row("swprep bank check: 10,000 items", "ms", &wall.text, wall.median, CHECK_MS);
}

fn memory(case: &Case) {
    let mut program = Program::start(case.dir.path());
    program.until("Settings");
    program.listen(Duration::from_secs(1));
    if let (Some(peak), Some(steady)) = (program.memory("VmHWM"), program.memory("VmRSS")) {
        let (peak, steady) = (megabytes(peak), megabytes(steady));
        row(&format!("memory: {}", case.name), "MB", &format!("peak {peak:.1}, steady {steady:.1}"), peak, MEMORY_MB);
    }
    program.leave();
}

fn idle(case: &Case, place: &str, marker: &str, keys: &str) {
    let mut program = Program::start(case.dir.path());
    program.until("Settings");
    program.send(keys);
    program.until(marker);
    program.listen(Duration::from_secs(1));
    let before = program.ticks().zip(program.written());
    let shown = program.listen(IDLE) as u64;
    if let (Some(before), Some(after)) = (before, program.ticks().zip(program.written())) {
        let (ticks, written) = (after.0 - before.0, after.1 - before.1);
        let name = format!("10 s idle on {place}");
        row(&format!("{name}: written"), "bytes", &format!("{written} ({shown} to the screen)"), written as f64, 0.0);
        row(&format!("{name}: CPU"), "ticks", &ticks.to_string(), ticks as f64, IDLE_TICKS);
    }
    program.leave();
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
