//! What may come from outside, spoiled in many ways: bank files and the lines of a log. Whatever it is, nothing breaks
//! and nothing that steers a terminal is shown.

use rand::seq::{IndexedRandom, SliceRandom};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use serde_json::Value;
use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::Duration;
use swprep::banks::shipped::shipped_library;
use swprep::banks::{read, report};
use swprep::core::calendar::{Moment, Stamp};
use swprep::core::event::Fact;
use swprep::core::library::{Library, Origin};
use swprep::core::stats::stats;
use swprep::desk::{Desk, join};
use swprep::paper::{Document, Format};
use swprep::plain::{self, Console, Heard, Lines};
use swprep::store::transfer::Damaged;
use swprep::store::{Dice, Store};
use swprep::text::sanitize::unwanted;
use swprep::tui::app::App;
use swprep::tui::keys::Key;
use swprep::tui::screen::Later;

/// What is fed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A bank file, read as both kinds of bank are, and its questions looked at.
    Bank,
    /// Lines of a log, each with its time, kind and body; read in, and looked at on every screen.
    Events,
}

impl Target {
    pub const ALL: [Self; 2] = [Self::Bank, Self::Events];

    /// The folder of its corpus.
    pub fn corpus(self) -> PathBuf {
        let name = match self {
            Self::Bank => "bank",
            Self::Events => "events",
        };
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name)
    }

    /// Feeds an input, and gives a number for how it was taken: another number is another way through the program.
    ///
    /// # Panics
    /// The program breaks, or shows what it must not.
    pub fn feed(self, input: &[u8], library: &Library) -> u64 {
        match self {
            Self::Bank => bank(input, library),
            Self::Events => events(&String::from_utf8_lossy(input), library),
        }
    }
}

/// Inputs that make other inputs.
pub struct Fuzzer {
    target: Target,
    library: Library,
    inputs: Vec<Vec<u8>>,
    ways: HashSet<u64>,
    chance: ChaCha8Rng,
}

impl Fuzzer {
    /// Reads the corpus and feeds it as it is.
    pub fn new(target: Target, seed: u64) -> Self {
        let mut paths: Vec<PathBuf> = fs::read_dir(target.corpus()).unwrap().map(|e| e.unwrap().path()).collect();
        paths.sort();
        let inputs: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).unwrap()).collect();
        let library = shipped_library();
        let ways = inputs.iter().map(|input| target.feed(input, &library)).collect();
        Self { target, library, inputs, ways, chance: ChaCha8Rng::seed_from_u64(seed) }
    }

    /// A new input: one that is known, spoiled.
    pub fn next(&mut self) -> Vec<u8> {
        let mut input = self.inputs.choose(&mut self.chance).unwrap().clone();
        for _ in 0..self.chance.random_range(1..5) {
            if self.chance.random_ratio(2, 3) {
                spoil_value(&mut input, self.target, &mut self.chance);
            } else {
                spoil_bytes(&mut input, &self.inputs, &mut self.chance);
            }
        }
        input.truncate(20_000);
        input
    }

    /// Feeds an input; one that went another way than all before is kept to make others.
    pub fn feed(&mut self, input: &[u8]) {
        let way = self.target.feed(input, &self.library);
        if self.ways.insert(way) && self.inputs.len() < 3000 {
            self.inputs.push(input.to_vec());
        }
    }

    /// How many ways through the program were seen.
    pub fn ways(&self) -> usize {
        self.ways.len()
    }
}

/// Exchanges, cuts, doubles or fills in some bytes.
fn spoil_bytes(input: &mut Vec<u8>, others: &[Vec<u8>], chance: &mut ChaCha8Rng) {
    const PIECES: &[&[u8]] = &[
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b"\"",
        b"\\",
        b"\\u",
        b"d800",
        b"null",
        b"1e999",
        b"-0",
        b"\xff",
        b"\xc3",
        b"\xef\xbb\xbf",
        b"\n",
        b"\x00",
        b"\x1b]52;c;aGk=\x07",
        b"\xc2\x9b2J",
        b"\xe2\x80\xae",
    ];
    let at = chance.random_range(0..=input.len());
    let end = (at + chance.random_range(0..30)).min(input.len());
    match chance.random_range(0..5) {
        0 => drop(input.splice(at..end, [])),
        1 => drop(input.splice(at..at, PIECES.choose(chance).unwrap().iter().copied())),
        2 if at < input.len() => input[at] ^= 1 << chance.random_range(0..8),
        3 => {
            let other = others.choose(chance).unwrap();
            let from = chance.random_range(0..=other.len());
            let to = (from + chance.random_range(0..400)).min(other.len());
            drop(input.splice(at..end, other[from..to].iter().copied()));
        }
        _ => {
            let piece = input[at..end].to_vec();
            drop(input.splice(at..at, piece));
        }
    }
}

/// Exchanges a value within the JSON, or lines of it, so that the whole stays readable.
fn spoil_value(input: &mut Vec<u8>, target: Target, chance: &mut ChaCha8Rng) {
    let text = String::from_utf8_lossy(input).into_owned();
    let mut parts: Vec<String> = match target {
        Target::Bank => vec![text],
        Target::Events => text.lines().map(str::to_owned).collect(),
    };
    if parts.is_empty() {
        return;
    }
    let n = chance.random_range(0..parts.len());
    match chance.random_range(0..8) {
        0 if target == Target::Events => drop(parts.remove(n)),
        1 if target == Target::Events => parts.insert(n, parts[n].clone()),
        2 if target == Target::Events => parts.shuffle(chance),
        _ => {
            let Ok(mut value) = serde_json::from_str::<Value>(&parts[n]) else { return };
            for _ in 0..chance.random_range(1..4) {
                let mut places = vec![];
                gather(&value, &mut String::new(), &mut places);
                let place = places.choose(chance).unwrap();
                let found = value.pointer_mut(place).unwrap();
                *found = other_value(found, chance);
            }
            parts[n] = value.to_string();
        }
    }
    *input = parts.join("\n").into_bytes();
}

/// The places of all values, as pointers.
fn gather(value: &Value, place: &mut String, places: &mut Vec<String>) {
    places.push(place.clone());
    let mut down = |name: &str, value: &Value| {
        let length = place.len();
        *place += "/";
        *place += &name.replace('~', "~0").replace('/', "~1");
        gather(value, place, places);
        place.truncate(length);
    };
    match value {
        Value::Array(values) => values.iter().enumerate().for_each(|(n, value)| down(&n.to_string(), value)),
        Value::Object(members) => members.iter().for_each(|(name, value)| down(name, value)),
        _ => {}
    }
}

fn other_value(value: &Value, chance: &mut ChaCha8Rng) -> Value {
    let numbers: [Value; 14] = [
        0.into(),
        1.into(),
        2.into(),
        5.into(),
        255.into(),
        256.into(),
        (-1).into(),
        65_535.into(),
        u32::MAX.into(),
        i64::MAX.into(),
        i64::MIN.into(),
        u64::MAX.into(),
        0.5.into(),
        1_795_565_100_000_i64.into(),
    ];
    let texts = [
        "",
        " ",
        "a",
        "\u{1b}]52;c;aGk=\u{7}x",
        "\u{9b}31mx\u{202e}y\u{200b}",
        "日本語",
        "e\u{301}\u{301}\u{301}",
        "../../etc/passwd",
        "clinical",
        "sure",
        "mini",
        "9999-12-31",
        "0000-00-00",
        "👩\u{200d}⚕\u{fe0f}",
    ];
    match (chance.random_range(0..8), value) {
        (0, _) => Value::Null,
        (1, _) => Value::Array(vec![]),
        (2, _) => Value::String("x".repeat(chance.random_range(0..3000))),
        (3, Value::Array(values)) if !values.is_empty() => {
            let mut values = values.clone();
            values.shuffle(chance);
            values.extend(values.clone());
            Value::Array(values)
        }
        (_, Value::String(_)) => Value::String((*texts.choose(chance).unwrap()).to_owned()),
        (_, Value::Bool(on)) => Value::Bool(!on),
        (4, Value::Object(members)) => {
            let mut members = members.clone();
            let name = members.keys().next().cloned().unwrap_or_default();
            members.remove(&name);
            Value::Object(members)
        }
        _ => numbers.choose(chance).unwrap().clone(),
    }
}

fn bank(bytes: &[u8], library: &Library) -> u64 {
    let mut way = DefaultHasher::new();
    let text = match read::decode("a.json", bytes) {
        Ok(text) => text,
        Err(finding) => {
            let lossy = String::from_utf8_lossy(bytes);
            clean(&report::Reporter::new([("a.json", lossy.as_ref())], false).show(&finding));
            return 1;
        }
    };
    let mut rules = BTreeSet::new();
    for origin in [Origin::User, Origin::Shipped] {
        let (bank, findings) = read::read("a.json", text, origin);
        let mut reporter = report::Reporter::new([("a.json", text)], true);
        for finding in &findings {
            let (at, line, column) = reporter.place(finding).unwrap();
            assert!(at <= text.len() && line >= 1 && column >= 1);
            let shown = reporter.show(finding);
            assert!(shown.contains(finding.rule));
            rules.insert(finding.rule);
        }
        if let Some(bank) = bank {
            let again = serde_json::to_string(&bank).unwrap();
            assert_eq!(read::read("a.json", &again, origin).1, [], "what is kept is sound");
            clean(&again);
            bank.objectives.len().min(3).hash(&mut way);
            let mut library = library.clone();
            join(&mut library, vec![bank]);
            assert!(library.items().count() > 0);
        }
    }
    rules.hash(&mut way);
    way.finish()
}

fn events(text: &str, library: &Library) -> u64 {
    let mut way = DefaultHasher::new();
    let mut store = Store::in_memory(dice()).unwrap();
    let _ = store.import(text.as_bytes(), Damaged::UseTheRest, Stamp::default());
    let (mut last, mut kinds) = (vec![], BTreeSet::new());
    for line in text.lines().take(300) {
        let Ok(line) = serde_json::from_str::<Value>(line) else { continue };
        let (Some(kind), Some(ms)) = (line["kind"].as_str(), line["ms"].as_i64()) else { continue };
        let offset = line["offset_min"].as_i64().unwrap_or(0) as i16;
        let fact = match Fact::from_json(kind, &line["body"].to_string()) {
            Ok(Fact::Retracted(mut retracted)) if !last.is_empty() => {
                retracted.event = last[ms.unsigned_abs() as usize % last.len()];
                Fact::Retracted(retracted)
            }
            Ok(fact) => fact,
            Err(_) => continue,
        };
        kinds.insert(fact.kind());
        let at = Stamp { ms, offset_min: offset };
        last.extend(store.append(at, vec![fact]).unwrap().iter().map(|event| event.id));
    }
    let desk = Desk::new(store, library.clone(), dice()).unwrap();
    kinds.hash(&mut way);
    (desk.progress.exams.len().min(3), desk.progress.answers.len().min(4)).hash(&mut way);
    desk.progress.open_exam().map(|exam| (exam.section(), exam.form.sections.len())).hash(&mut way);
    look(desk, &way);
    way.finish()
}

/// Looks at what a log says in every form that it is shown in.
fn look(desk: Desk, way: &DefaultHasher) {
    let evening = Stamp { ms: 1_795_700_000_000, offset_min: -300 };
    let figures = stats(&desk.library, &desk.progress, evening.day());
    serde_json::to_string(&figures).unwrap();
    for exam in &desk.progress.exams {
        let item = |shown: &_| desk.item_as_shown(shown);
        for with_keys in [false, true] {
            if let Some(document) = Document::of(exam, &desk.progress, &desk.library, &item, with_keys) {
                for format in Format::ALL {
                    clean(&document.write(format).unwrap());
                }
            }
        }
    }
    let mut now = Moment { wall: evening, mono: Duration::from_secs(1) };
    let mut app = App::new(desk, None);
    // Through every screen that is reached from the first, and what stands on it.
    // Each log goes one of the ways through the screens, by what it holds.
    let ways = [
        "~?~g123456j\n~~h\n\n~~jc\n~~e~~",
        "~~l\n\n~~/a\n~~~ljj\nn~~",
        "~~sab\n~~sAm\nbl~",
        "~~m\n\n\n~~~mjjj\n~~r~~tjj~",
        "~h\n\n~~~r\n\nbns~f~y\n~~~",
        "~r\nbfx\njwab\ngn~p~sy\n",
    ];
    let way_taken = ways[way.finish() as usize % ways.len()];
    for (n, letter) in way_taken.chars().enumerate() {
        now.wall.ms += 1000;
        now.mono += Duration::from_secs(1);
        app.press(
            match letter {
                '~' => Key::Esc,
                '\n' => Key::Enter,
                letter => Key::Char(letter),
            },
            now,
        );
        app.tick(now);
        while app.later(now) != Later::Nothing {}
        let size = if n % 3 == 0 { (20, 5) } else { (80, 24) };
        let mut screen = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
        screen.draw(|frame| app.draw(frame, now)).unwrap();
        for cell in screen.backend().buffer().content() {
            clean(cell.symbol());
        }
    }
    let mut out = vec![];
    let mut input = Typed(["r", "?", "l", "a", "q", "s", "?", "a", "l", "n", "q", "m", "", "t", "q", "q"].to_vec());
    plain::work(app.desk, plain::Task::Menu, &|| now, &mut Console::new(&mut input, &mut out, true)).unwrap();
    clean(&String::from_utf8(out).unwrap());
}

/// Lines that a person types, and then nothing more.
struct Typed(Vec<&'static str>);

impl Lines for Typed {
    fn next(&mut self, _wait: Duration) -> Heard {
        if self.0.is_empty() { Heard::End } else { Heard::Line(self.0.remove(0).to_owned()) }
    }
}

/// Asserts that nothing is shown that steers a terminal or hides.
fn clean(text: &str) {
    assert!(!text.chars().any(|c| c != '\n' && unwanted(c)), "{text:?}");
}

fn dice() -> Dice {
    let mut chance = ChaCha8Rng::seed_from_u64(1);
    Box::new(move || chance.random())
}
