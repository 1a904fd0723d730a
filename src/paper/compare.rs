//! Two exams beside each other, in words that see no trend in chance.

use super::document::exam_title;
use super::parts::TOO_FEW;
use super::score_words;
use crate::core::event::ExamId;
use crate::core::exam::Exam;
use crate::core::interval::{LIKELY, Share};
use crate::core::library::Library;
use crate::core::progress::Progress;
use crate::core::report::{Report, difference_words};

/// One of the exams.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What it is called.
    pub title: String,
    /// When it began.
    pub started: String,
    /// Its score in words.
    pub score: String,
    /// Active seconds for each question that was answered, in words.
    pub pace: String,
}

/// The same group of questions in both.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The group.
    pub name: String,
    /// In the earlier exam.
    pub earlier: Share,
    /// In the later one.
    pub later: Share,
    /// What can be said of the difference.
    pub words: String,
}

/// Two exams beside each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The earlier one.
    pub earlier: Column,
    /// The later one.
    pub later: Column,
    /// Group by group.
    pub pairs: Vec<Pair>,
    /// What must be known to read it.
    pub remarks: Vec<String>,
}

/// Two exams that are over, the earlier first, whatever their order here; `None` where one is open or unknown.
///
/// The log says which was earlier: a clock may have been set back.
pub fn compare(ids: [&ExamId; 2], progress: &Progress, library: &Library) -> Option<Comparison> {
    let mut both = progress.exams.iter().filter(|exam| !exam.is_open() && ids.contains(&exam.id()));
    let (first, second) = (both.next()?, both.next()?);
    let (earlier, later) = (Report::of(first, library), Report::of(second, library));
    let mut pairs = vec![
        pair("All questions that count", earlier.score, later.score),
        pair("Questions that were new", earlier.first_sight, later.first_sight),
    ];
    for area in &library.outline().areas {
        let share = |report: &Report| {
            report.areas.iter().find(|line| line.name == area.name).map(|line| line.share).unwrap_or_default()
        };
        pairs.push(pair(&area.name, share(&earlier), share(&later)));
    }
    pairs.retain(|pair| pair.earlier.of > 0 || pair.later.of > 0);
    let remarks = remarks((first, &earlier), (second, &later));
    Some(Comparison { earlier: column(first, &earlier), later: column(second, &later), pairs, remarks })
}

fn column(exam: &Exam, report: &Report) -> Column {
    Column {
        title: exam_title(exam),
        started: report.started.clone(),
        score: score_words(report),
        pace: format!("{} s for each answered question", report.seconds_each()),
    }
}

fn pair(name: &str, earlier: Share, later: Share) -> Pair {
    let words = if earlier.of < TOO_FEW || later.of < TOO_FEW {
        "Too few questions to say.".to_owned()
    } else {
        difference_words(&later, &earlier).unwrap_or_default()
    };
    Pair { name: name.to_owned(), earlier, later, words }
}

fn remarks((first, earlier): (&Exam, &Report), (second, later): (&Exam, &Report)) -> Vec<String> {
    let mut remarks = vec![];
    if first.form.category != second.form.category {
        remarks.push("These are exams of two categories, so their questions differ in kind.");
    }
    if first.form.length != second.form.length {
        remarks.push("They differ in length, so in strain too.");
    }
    if first.form.time != second.form.time {
        remarks.push("They gave different time.");
    }
    if earlier.seen_before.of + later.seen_before.of > 0 {
        remarks.push("Some questions had been met before; the row of new ones is the fairer one.");
    }
    if earlier.left_open + later.left_open > 0 {
        remarks.push("What was left open counts as wrong in the first rows; the areas count what was answered.");
    }
    remarks.push("Of five such rows, about one looks different by chance alone.");
    remarks.push(LIKELY);
    remarks.into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::event::ExamLength;
    use crate::core::exam::Phase;
    use crate::core::sample::sat;

    /// What is said of two exams that were sat in this order.
    fn of(exams: [&Exam; 2], library: &Library) -> Option<Comparison> {
        let mut progress = Progress::default();
        for (name, exam) in ["first", "second"].into_iter().zip(exams) {
            let mut exam = exam.clone();
            exam.form.exam = ExamId(name.into());
            exam.form.name = Some(name.into());
            progress.exams.push(exam);
        }
        let ids = [ExamId("second".into()), ExamId("first".into())];
        compare([&ids[0], &ids[1]], &progress, library)
    }

    #[test]
    fn the_earlier_exam_comes_first_and_a_gain_is_called_one_only_beyond_chance() {
        let (weak, library) = sat(ExamLength::Mini, |n| Some(n % 3 == 0));
        let (strong, _) = sat(ExamLength::Mini, |n| Some(n % 10 != 0));
        let compared = of([&weak, &strong], &library).unwrap();
        assert_eq!((compared.earlier.title.as_str(), compared.later.title.as_str()), ("first", "second"));
        assert!(compared.pairs[0].words.starts_with("Higher, likely by"), "{:?}", compared.pairs[0]);
        assert_eq!(compared.pairs.len(), 2 + library.outline().areas.len());
        let compared = of([&weak, &weak], &library).unwrap();
        assert!(compared.pairs.iter().all(|pair| pair.words == "The difference can be chance."), "{compared:?}");
        assert!(!compared.remarks.iter().any(|r| r.contains("length") || r.contains("left open")));
        let compared = of([&strong, &weak], &library).unwrap();
        assert!(compared.pairs[0].words.starts_with("Lower, likely by"));
    }

    #[test]
    fn what_makes_two_exams_unlike_is_said() {
        let (mini, library) = sat(ExamLength::Mini, |n| (n < 20).then_some(true));
        let (short, _) = sat(ExamLength::Items(2), |_| Some(true));
        let compared = of([&mini, &short], &library).unwrap();
        assert!(compared.pairs.iter().all(|pair| pair.words == "Too few questions to say."));
        for word in ["length", "left open", "by chance alone", "four of five"] {
            assert!(compared.remarks.iter().any(|r| r.contains(word)), "{word}");
        }
        let mut open = short.clone();
        open.phase = Phase::Section(0);
        assert_eq!(of([&mini, &open], &library), None);
    }
}
