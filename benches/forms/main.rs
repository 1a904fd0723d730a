//! A thousand forms of each category, drawn from the built-in questions: what they hold to, and how equal they are.
//!
//! `cargo bench --bench forms` prints the table, and fails where a rule is broken that the bank could keep.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a program of its own that prints a table")]

mod form;

use form::Form;
use std::collections::HashSet;
use std::process::ExitCode;
use swprep::banks::shipped::shipped_library;
use swprep::core::bank::Category;
use swprep::core::event::{ExamId, ExamLength};
use swprep::core::form::{FormRequest, draw_form, supply};
use swprep::core::library::Library;
use swprep::core::progress::Progress;

const SEEDS: u64 = 1000;

fn main() -> ExitCode {
    let library = shipped_library();
    println!("{SEEDS} full forms of each category, nothing seen before; {} questions.", library.items().count());
    let broken: Vec<String> = Category::ALL.into_iter().flat_map(|category| table(&library, category)).collect();
    for rule in &broken {
        println!("NOT OK  {rule}");
    }
    if broken.is_empty() {
        println!("\nEvery rule that the bank allows is kept.");
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Prints the table of a category, and gives the rules that were broken.
fn table(library: &Library, category: Category) -> Vec<String> {
    let progress = Progress::default();
    let forms: Vec<Form> = (0..SEEDS)
        .map(|seed| {
            let request = FormRequest::standard(category, ExamLength::Full, seed);
            let drawn = draw_form(library, &progress, &request, ExamId("bench".into())).unwrap();
            Form::read(library, &drawn)
        })
        .collect();
    let mut broken = vec![];
    println!("\n{}", category.title());
    let supply = supply(library, &progress, category, ExamLength::Full);
    let short = if supply.is_short() { "; the bank is short" } else { "" };
    line("items in a form", &range(forms.iter().map(|f| f.items)), &format!("{}{short}", supply.wanted()));
    let figures = &library.outline().exams[&category];
    for (place, area) in library.outline().areas.iter().enumerate() {
        let wanted = figures.scored_items_by_area[&area.code];
        let scored = range(forms.iter().map(|f| f.scored[place]));
        line(&format!("  scored, {}", area.name), &scored, &wanted.to_string());
        if !supply.is_short() && scored != wanted.to_string() {
            broken.push(format!("{}: {} has {scored} scored items of {wanted}", category.title(), area.name));
        }
        for part in &area.subdomains {
            let (share, counts) =
                (Form::part_share(library, category, area, &part.code), |f: &Form| f.part(&part.code));
            let wanted = share * (wanted + figures.unscored_items_by_area[&area.code]) as f64;
            line(&format!("    {}", part.name), &range(forms.iter().map(counts)), &format!("{wanted:.1}"));
        }
    }
    let unscored = range(forms.iter().map(|f| f.items - f.scored.iter().sum::<usize>()));
    line("  unscored items", &unscored, &figures.unscored_items.to_string());
    if !supply.is_short() && unscored != figures.unscored_items.to_string() {
        broken.push(format!("{}: {unscored} unscored items", category.title()));
    }
    let mut none = |name: &str, count: usize| {
        line(name, &count.to_string(), "0");
        if count > 0 {
            broken.push(format!("{}: {count} {name}", category.title()));
        }
    };
    none("sibling pairs", forms.iter().map(|f| f.siblings).sum());
    none("repeated items", forms.iter().map(|f| f.repeated).sum());
    none("flip pairs", forms.iter().map(|f| f.flips).sum());
    none("keys that stand in another stem", forms.iter().map(|f| f.told).sum());
    let places: Vec<usize> = (0..3).map(|place| forms.iter().map(|f| f.places[place]).sum()).collect();
    let p = uniform(&places);
    line("keys in first, second, third place", &format!("{places:?}"), &format!("p {p:.2} > 0.01"));
    if p <= 0.01 {
        broken.push(format!("{}: keys stand in places {places:?}", category.title()));
    }
    let (mean, sd) = spread(forms.iter().map(|f| f.expected));
    line("expected score of a candidate at 0.6 logits, in %", &format!("{mean:.1} ± {sd:.2}"), "little spread");
    let (apart, _) = spread(forms.iter().map(|f| f.sections_apart));
    line("the same, between the two sections, in points of %", &format!("{apart:.2}"), "little");
    let used: HashSet<&str> = forms.iter().flat_map(|f| f.ids.iter().map(String::as_str)).collect();
    line("different items used", &used.len().to_string(), "");
    broken
}

fn line(name: &str, measured: &str, wanted: &str) {
    println!("  {name:<54} {measured:<24} {wanted}");
}

/// The least and the most.
fn range(numbers: impl Iterator<Item = usize> + Clone) -> String {
    let (least, most) = (numbers.clone().min().unwrap_or(0), numbers.max().unwrap_or(0));
    if least == most { least.to_string() } else { format!("{least} to {most}") }
}

/// Mean and standard deviation.
fn spread(numbers: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let n = numbers.clone().count().max(1) as f64;
    let mean = numbers.clone().sum::<f64>() / n;
    (mean, (numbers.map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt())
}

/// The chance of counts at least so uneven where each of three places is as likely: chi-square, two degrees of freedom.
fn uniform(counts: &[usize]) -> f64 {
    let mean = counts.iter().sum::<usize>() as f64 / counts.len() as f64;
    let chi: f64 = counts.iter().map(|c| (*c as f64 - mean).powi(2) / mean).sum();
    (-chi / 2.0).exp()
}
