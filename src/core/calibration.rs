//! How often she was right when sure, leaning or guessing, by area: first answers only.

use super::confidence::Confidence;
use super::interval::Share;
use super::library::Library;
use super::progress::Progress;
use super::readiness::syllabus::Syllabus;
use serde::Serialize;

/// What her confidence meant in one area.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AreaCalibration {
    /// Its code.
    pub code: String,
    /// Its title.
    pub name: String,
    /// Right when sure.
    pub sure: Share,
    /// Right when leaning.
    pub leaning: Share,
    /// Right when guessing.
    pub guessing: Share,
}

/// What her confidence meant at first sight, by area.
pub fn by_area(library: &Library, progress: &Progress) -> Vec<AreaCalibration> {
    let syllabus = Syllabus::of(library, progress, progress.settings.category);
    let mut areas: Vec<AreaCalibration> = syllabus
        .areas
        .iter()
        .map(|a| AreaCalibration {
            code: a.code.clone(),
            name: a.name.clone(),
            sure: Share::default(),
            leaning: Share::default(),
            guessing: Share::default(),
        })
        .collect();
    for answer in progress.answers.iter().filter(|a| a.first_sight) {
        let Some(area) = syllabus.area_of.get(answer.objective).copied().flatten() else { continue };
        let area = &mut areas[area];
        let share = match answer.confidence {
            Some(Confidence::Sure) => &mut area.sure,
            Some(Confidence::Leaning) => &mut area.leaning,
            Some(Confidence::Guessing) => &mut area.guessing,
            None => continue,
        };
        *share = share.with(answer.right);
    }
    areas
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample;

    #[test]
    fn only_first_answers_count_each_in_its_area() {
        let library = sample::library();
        let mut progress = Progress::default();
        let sure = Some(Confidence::Sure);
        for day in 0..3 {
            progress.evolve(&sample::answer(&library, "ethics-0001", true, sure, day));
        }
        progress.evolve(&sample::answer(&library, "ethics-0002", false, sure, 0));
        progress.evolve(&sample::answer(&library, "ethics-0003", true, None, 0));
        let areas = by_area(&library, &progress);
        assert_eq!((areas[0].sure.right, areas[0].sure.of), (1, 2));
        assert!(areas[1..].iter().all(|a| a.sure.of + a.leaning.of + a.guessing.of == 0));
    }
}
