//! A learner's log: months of study with a whole exam now and then.

use crate::program;
use std::path::Path;
use swprep::core::calendar::{DAY_MS, Stamp};
use swprep::core::confidence::Confidence;
use swprep::core::draw::Draw;
use swprep::core::event::{
    Answered, BreakEnded, ExamAnswered, ExamFlagged, ExamId, ExamLength, ExamOpened, Fact, SectionSubmitted,
};
use swprep::core::form::{FormRequest, draw_form, shown};
use swprep::core::library::{ItemRef, Library};
use swprep::core::progress::Progress;
use swprep::core::settings::{Setting, Settings};
use swprep::desk::Desk;
use swprep::env;
use swprep::store::Store;
use swprep::store::profile::Profiles;

const DAYS: usize = 240;
const EXAMS: usize = 12;

/// The profile that the program opens in a data directory.
pub fn open(data_dir: &Path) -> Store {
    let profiles = Profiles::new(data_dir);
    Store::open(&profiles.folder(&profiles.current()), env::dice(Some(5))).unwrap()
}

/// The last evening of the log.
pub fn evening() -> Stamp {
    Stamp { ms: program::NOW.parse::<jiff::Timestamp>().unwrap().as_millisecond(), offset_min: -300 }
}

/// Writes a log of `answers` answers, or only of the first-run questions.
pub fn write(data_dir: &Path, library: &Library, answers: usize) {
    let mut store = open(data_dir);
    let day = |n: usize| Stamp { ms: evening().ms - (DAYS - n) as i64 * DAY_MS, ..evening() };
    store.append(day(0), vec![Fact::Set(Setting::Welcomed)]).unwrap();
    if answers == 0 {
        return;
    }
    let mut draw = Draw::new(3);
    let items: Vec<ItemRef<'_>> = library.items().collect();
    let mut given = 0;
    for n in 0..DAYS {
        let mut facts = vec![];
        if n % (DAYS / EXAMS) == 0 {
            let exam = exam(&mut store, library, n, day(n), &mut draw);
            given += exam.iter().filter(|f| matches!(f, Fact::ExamAnswered(_))).count();
            facts.extend(exam);
        }
        let study = (answers - given) / (DAYS - n);
        facts.extend((0..study).map(|_| answer(&items, n, &mut draw)));
        given += study;
        store.append(day(n), facts).unwrap();
    }
    let desk = Desk::new(store, library.clone(), env::dice(Some(1))).unwrap();
    assert_eq!(desk.progress.answers.len(), answers);
}

fn answer(items: &[ItemRef<'_>], day: usize, draw: &mut Draw) -> Fact {
    let shown = shown(&items[draw.below(items.len())], draw);
    let choice = if draw.below(4) > 0 { shown.key } else { shown.order[0] };
    Fact::Answered(Answered {
        session: format!("0193a5b2-7c1e-7d44-9a51-{day:012}"),
        choice,
        confidence: Some(Confidence::ALL[draw.below(3)]),
        ms: 5_000 + draw.below(90_000) as u32,
        struck: if draw.below(8) == 0 { vec![(choice + 1) % shown.order.len() as u8] } else { vec![] },
        shown,
    })
}

fn exam(store: &mut Store, library: &Library, day: usize, at: Stamp, draw: &mut Draw) -> Vec<Fact> {
    let exam = ExamId(store.new_name(at));
    let settings = Settings::default();
    let request = FormRequest::standard(settings.category, ExamLength::Full, day as u64);
    let form = draw_form(library, &Progress::default(), &request, exam.clone()).unwrap();
    let asked = form.sections.iter().flat_map(|s| &s.items);
    store.keep_items(asked.filter_map(|i| library.item(&i.shown.item)).map(|i| i.item)).unwrap();
    let mut facts = vec![Fact::ExamStarted(form.clone())];
    for (section, items) in form.sections.iter().enumerate() {
        if section > 0 {
            facts.push(Fact::BreakEnded(BreakEnded { exam: exam.clone(), spent_ms: 300_000 }));
        }
        let mut spent_ms = 0;
        for (position, item) in items.items.iter().enumerate() {
            facts.push(Fact::ExamOpened(ExamOpened { exam: exam.clone(), position, spent_ms }));
            spent_ms += 20_000 + draw.below(60_000) as u64;
            let choice = Some(item.shown.order[draw.below(item.shown.order.len())]);
            facts.push(Fact::ExamAnswered(ExamAnswered {
                exam: exam.clone(),
                position,
                choice,
                confidence: None,
                spent_ms,
            }));
            if draw.below(10) == 0 {
                facts.push(Fact::ExamFlagged(ExamFlagged { exam: exam.clone(), position, on: true, spent_ms }));
            }
        }
        let at_limit = false;
        facts.push(Fact::SectionSubmitted(SectionSubmitted { exam: exam.clone(), section, spent_ms, at_limit }));
    }
    facts
}
