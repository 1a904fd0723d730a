//! Opening the program: the folders, the profile, the questions, and the right front end.

use super::output::complain;
use crate::cli::{ExamArgs, Global, StudyArgs};
use crate::core::bank::{BankFile, TopicId};
use crate::core::calendar::{Moment, Stamp, StudyDay};
use crate::core::form::FormRequest;
use crate::core::library::{Library, Reference};
use crate::core::pick::{self, Scope};
use crate::core::settings::ThemeName;
use crate::desk::{Desk, join};
use crate::store::profile::Profiles;
use crate::store::{Store, StoreError};
use crate::text::{count, one_line};
use crate::tui::app::App;
use crate::tui::run::{Arriving, TerminalInput};
use crate::tui::screen::Effect;
use crate::tui::screens::retake::Retake;
use crate::tui::screens::tutorial::Tutorial;
use crate::{banks, env, plain, tui};
use anyhow::Context as _;
use std::io::{self, BufWriter, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc;
use std::time::Duration;

/// Own banks of so many bytes in all are read before the first picture, in a few milliseconds; more of them after it.
const AT_ONCE: u64 = 2 << 20;

/// How long a command that only writes a line waits for another one.
const PATIENCE: Duration = Duration::from_secs(10);

/// Choices that every command takes, with the environment's part filled in.
pub struct Setting {
    /// Where everything is kept.
    pub data_dir: PathBuf,
    /// The profiles there.
    pub profiles: Profiles,
    /// The learner named on the command line, or the current one.
    pub profile: String,
    /// Whether colour is unwanted.
    pub no_color: bool,
    /// The time.
    pub clock: env::SystemClock,
    /// A fixed seed for what is drawn.
    pub seed: Option<u64>,
    /// A fixed seed for identities too, in repeatable runs. `--seed` does not fix these: two computers with the same
    /// seed must not pass for one.
    pub identity_seed: Option<u64>,
    /// Whether the learner was named on the command line.
    named: bool,
    theme: Option<ThemeName>,
    plain: bool,
    banks: Vec<PathBuf>,
}

/// What is to be opened.
pub enum Front {
    /// The first screen.
    Home,
    /// A sitting.
    Study(StudyArgs),
    /// A new exam.
    Exam(ExamArgs),
    /// The open exam.
    Resume,
}

impl Setting {
    /// Fills in what the environment says.
    ///
    /// # Errors
    /// There is no data directory, the profile's name is no name, `SWPREP_NOW` is no time or `SWPREP_SEED` no number.
    pub fn new(global: Global) -> anyhow::Result<Self> {
        let data_dir = env::data_dir(global.data_dir)?;
        let profiles = Profiles::new(&data_dir);
        let profile = match &global.profile {
            Some(name) => crate::store::profile::slug(name)?,
            None => profiles.current(),
        };
        let identity_seed = env::fixed_seed()?;
        let no_color = global.no_color || env::no_color();
        Ok(Self {
            profiles,
            profile,
            no_color,
            clock: env::SystemClock::new()?,
            seed: global.seed.or(identity_seed),
            identity_seed,
            named: global.profile.is_some(),
            theme: if no_color { Some(ThemeName::Mono) } else { global.theme },
            plain: global.plain,
            banks: global.bank,
            data_dir,
        })
    }

    /// The learner's own bank files: those in the data directory, then those named on the command line.
    pub fn user_banks(&self) -> Vec<PathBuf> {
        let mut files = banks::user::user_files(&self.data_dir);
        files.extend(self.banks.iter().cloned());
        files
    }

    /// Where reports are saved.
    pub fn reports(&self) -> PathBuf {
        self.data_dir.join("reports")
    }

    /// The folder of the learner. A profile that was named must exist: a slip in a name must not look like lost work.
    ///
    /// # Errors
    /// It was named and does not exist.
    pub fn folder(&self) -> anyhow::Result<PathBuf> {
        if self.named {
            self.profiles.existing(&self.profile).map_err(|error| {
                let known = self.profiles.list().join(", ");
                anyhow::anyhow!("{error}. There are: {known}. To make it: swprep profile new {}", self.profile)
            })?;
        }
        Ok(self.profiles.folder(&self.profile))
    }

    /// The learner's log, for the full program; see [`Store::open_swiftly`].
    ///
    /// # Errors
    /// It is open elsewhere, or can't be used; the message names the mend.
    pub fn store(&self) -> anyhow::Result<Store> {
        Store::open_swiftly(&self.folder()?, env::dice(self.identity_seed)).map_err(|error| self.advised(error))
    }

    /// The same, but waits a little for another command that is writing just now.
    ///
    /// # Errors
    /// As [`Self::store`].
    pub fn store_patiently(&self) -> anyhow::Result<Store> {
        Store::open_patiently(&self.folder()?, env::dice(self.identity_seed), PATIENCE)
            .map_err(|error| self.advised(error))
    }

    /// An error of the log with what can be done about it.
    pub fn advised(&self, error: StoreError) -> anyhow::Error {
        let since = match &error {
            StoreError::InUse { since_ms: Some(ms), .. } => {
                format!(", since {}", Stamp { ms: *ms, ..self.clock.now().wall }.local_text())
            }
            _ => String::new(),
        };
        match error.mend(&self.profile) {
            Some(mend) => anyhow::anyhow!("{error}{since}; {mend}"),
            None => error.into(),
        }
    }

    /// The learner's log and questions, for reading beside an open window. `None` if there is no log yet.
    ///
    /// # Errors
    /// The log can't be read.
    pub fn reading_desk(&self) -> anyhow::Result<Option<Desk>> {
        let store = match Store::read_only(&self.folder()?) {
            Ok(store) => store,
            Err(StoreError::NoProfile(_)) => return Ok(None),
            Err(error) => return Err(self.advised(error)),
        };
        let (library, troubles) = with_user_banks(banks::shipped::shipped_library(), &self.user_banks());
        let desk = Desk::new(store, library, env::dice(self.seed)).map_err(|error| self.advised(error))?;
        for trouble in troubles.iter().chain(&desk.troubles) {
            complain(trouble);
        }
        Ok(Some(desk))
    }
}

/// Adds the learner's own banks to a library; troubles are told in words.
pub fn with_user_banks(mut library: Library, files: &[PathBuf]) -> (Library, Vec<String>) {
    let (banks, mut troubles) = read_user_banks(files, &library.reference);
    troubles.extend(join(&mut library, banks));
    (library, troubles)
}

/// Reads the learner's own banks; troubles are told in words.
fn read_user_banks(files: &[PathBuf], reference: &Reference) -> (Vec<BankFile>, Vec<String>) {
    let (banks, findings) = banks::user::load_user(files, reference);
    let errors = findings.iter().filter(|f| f.severity == banks::finding::Severity::Error).count();
    let trouble = format!(
        "Your own banks hold {}; what is sound is used. `swprep bank check PATH` lists them all.",
        count(errors, "fault")
    );
    (banks, if errors > 0 { vec![trouble] } else { vec![] })
}

/// Opens the program.
///
/// # Errors
/// The profile can't be used, the terminal is none, or what was asked for does not exist.
pub fn open(setting: &Setting, front: Front) -> anyhow::Result<ExitCode> {
    let lines = setting.plain || env::dumb_terminal();
    let terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    if !lines && !terminal {
        let words = match &front {
            Front::Home => "swprep --plain",
            Front::Study(_) => "swprep --plain study",
            Front::Exam(_) => "swprep --plain exam",
            Front::Resume => "swprep --plain resume",
        };
        anyhow::bail!(
            "this is not a terminal, so the full screen can't be shown; add --plain to work by lines: {words}"
        );
    }
    let user_files = setting.user_banks();
    // What is asked at once must know all questions; the first screen may do without many of one's own for a moment.
    let at_once = lines || !matches!(front, Front::Home) || banks::user::size(&user_files) <= AT_ONCE;
    let (now, later) = if at_once { (user_files, vec![]) } else { (vec![], user_files) };
    // The log is read meanwhile.
    let questions = std::thread::spawn(move || with_user_banks(banks::shipped::shipped_library(), &now));
    let store = setting.store()?;
    let place = store.doubtful_place();
    let mut desk =
        Desk::new(store, Library::default(), env::dice(setting.seed)).map_err(|error| setting.advised(error))?;
    let (library, troubles) = questions.join().map_err(|_| anyhow::anyhow!("the questions could not be read"))?;
    desk.library = library;
    desk.reports = Some(setting.reports());
    desk.troubles.extend(troubles);
    desk.troubles.extend(place);
    // From here on there is time.
    desk.store().look_beside();
    let daily = desk.store().daily_backup(setting.clock.now().wall);
    let outcome = if lines {
        let today = setting.clock.now().wall.day();
        first_task(&mut desk, front, setting.seed, today)
            .and_then(|task| plain::run(desk, task, &|| setting.clock.now()))
    } else {
        full_screen(setting, desk, front, later)
    };
    if let Some(Ok(Err(error))) = daily.map(std::thread::JoinHandle::join) {
        complain(&format!("Your answers are saved, but the backup of the day could not be made: {error}."));
    }
    outcome
}

fn first_task(desk: &mut Desk, front: Front, seed: Option<u64>, today: StudyDay) -> anyhow::Result<plain::Task> {
    Ok(match front {
        Front::Home => plain::Task::Menu,
        Front::Study(args) => {
            let (scope, count) = study_scope(desk, &args, today)?;
            plain::Task::Study(scope, count)
        }
        Front::Exam(args) if args.retake => plain::Task::Retake,
        Front::Exam(args) => plain::Task::Exam(exam_request(desk, &args, seed)?),
        Front::Resume => plain::Task::Resume,
    })
}

/// Reads the learner's own banks on a thread, so that no key need wait for them.
fn user_banks_arriving(files: Vec<PathBuf>) -> Option<Arriving> {
    if files.is_empty() {
        return None;
    }
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        // The program may have been left meanwhile; then nobody wants them any more.
        let _ = send.send(read_user_banks(&files, &banks::shipped::reference()));
    });
    Some(receive)
}

fn full_screen(setting: &Setting, desk: Desk, front: Front, later: Vec<PathBuf>) -> anyhow::Result<ExitCode> {
    let now = || -> Moment { setting.clock.now() };
    let mut app = App::new(desk, setting.theme);
    let effects = first_effects(&mut app.desk, front, setting.seed, now().wall.day())?;
    app.perform(effects, now());
    let guard = tui::terminal::Guard::enter()
        .context("the full screen could not be opened; add --plain to work by lines (swprep --plain study)")?;
    let backend = tui::thrifty::Thrifty::new(BufWriter::with_capacity(1 << 16, io::stdout()));
    let mut screen = ratatui::Terminal::new(backend)?;
    let user_banks = || user_banks_arriving(later);
    let result = tui::run::run(&mut app, &mut screen, &mut TerminalInput, &now, user_banks);
    drop(guard);
    // Ratatui's farewell says on standard error, and panics there, that the cursor can't be shown where the terminal is
    // gone. The guard has shown it already.
    std::mem::forget(screen);
    result.map(|()| ExitCode::SUCCESS)
}

fn first_effects(desk: &mut Desk, front: Front, seed: Option<u64>, today: StudyDay) -> anyhow::Result<Vec<Effect>> {
    Ok(match front {
        Front::Home => vec![],
        Front::Study(args) => {
            let (scope, count) = study_scope(desk, &args, today)?;
            vec![Effect::Study(scope, count)]
        }
        Front::Exam(args) if args.retake => vec![Effect::Open(Box::new(Retake::new(desk, today)))],
        Front::Exam(args) => vec![Effect::Open(Box::new(Tutorial::new(exam_request(desk, &args, seed)?)))],
        Front::Resume => match desk.progress.open_exam() {
            Some(exam) => vec![Effect::ResumeExam(exam.id().clone())],
            None => anyhow::bail!("no exam is open; begin one with `swprep exam`"),
        },
    })
}

/// What a study command asks for.
///
/// # Errors
/// A topic is unknown; the message lists those there are.
fn study_scope(desk: &Desk, args: &StudyArgs, today: StudyDay) -> anyhow::Result<(Scope, usize)> {
    let mut topics = vec![];
    for name in &args.topic {
        let Some(topic) = desk.library.topic(name) else {
            let known: Vec<&str> = desk.library.topics().iter().map(|t| t.id.as_str()).collect();
            anyhow::bail!("there is no topic {:?}; topics are: {}", one_line(name), known.join(", "));
        };
        topics.push(TopicId(topic.id.0.clone()));
    }
    let scope = Scope { topics, which: args.only.unwrap_or_default(), ..Scope::default() };
    let count = match (args.items, args.minutes) {
        (Some(items), _) => usize::from(items),
        (None, None) if scope == Scope::default() => pick::next_sitting(&desk.progress, today).1,
        (None, minutes) => {
            pick::questions_in(&desk.progress, minutes.unwrap_or(desk.progress.settings.minutes_per_day))
        }
    };
    Ok((scope, count))
}

/// What an exam command asks for.
///
/// # Errors
/// Another exam is still open.
fn exam_request(desk: &mut Desk, args: &ExamArgs, seed: Option<u64>) -> anyhow::Result<FormRequest> {
    anyhow::ensure!(
        desk.progress.open_exam().is_none(),
        "an exam is still open; go on with it by `swprep resume`, and hand it in before you begin another"
    );
    let settled = desk.exam_request(args.length);
    Ok(FormRequest {
        category: args.category.unwrap_or(settled.category),
        time: args.time.unwrap_or(settled.time),
        name: args.name.as_deref().map(one_line),
        seed: seed.unwrap_or(settled.seed),
        strict: args.strict,
        ..settled
    })
}
