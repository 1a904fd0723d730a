//! What her confidence meant in each area, and earlier forecasts beside what came.

use super::sheet::Sheet;
use crate::core::calibration::AreaCalibration;
use crate::core::interval::Share;
use crate::core::readiness::past::Outcome;
use crate::tui::text::{hanging, paragraph};
use ratatui::text::{Line, Span};

/// As long as most forecasts, so that nothing moves when one takes its place.
const FORECAST: &str = "foretold 00, likely 00 to 00 (chance to reach 00: 00 %, 00: 00 %, 00: 00 %); ";

/// The table of areas and the list of forecasts, the first `told` of which are made.
pub fn lines(areas: &[AreaCalibration], outcomes: &[Outcome], told: usize, sheet: &Sheet<'_>) -> Vec<Line<'static>> {
    let theme = sheet.theme;
    let mut lines = sheet.sentence("By area, at first sight");
    lines.push(Line::styled(format!("{:<6}{:>10}{:>10}{:>10}", "", "sure", "leaning", "guessing"), theme.quiet));
    for area in areas {
        let cell = |share: &Share| if share.of == 0 { "–".into() } else { format!("{}/{}", share.right, share.of) };
        let row = format!("{:>10}{:>10}{:>10}", cell(&area.sure), cell(&area.leaning), cell(&area.guessing));
        lines.push(Line::from(vec![
            Span::styled(format!("{:<6}", area.code), theme.strong),
            Span::styled(row, theme.text),
        ]));
    }
    lines.extend(sheet.sentence("Forecasts beside what came"));
    if outcomes.is_empty() {
        lines.extend(paragraph(
            "None yet. After a whole mock exam, or a real one typed in under Exam, its forecast stands here.",
            sheet.width,
            theme.text,
        ));
    }
    for (n, outcome) in outcomes.iter().enumerate() {
        let kind = if outcome.real { "exam" } else { "mock" };
        let head = vec![Span::styled(format!("{} {kind}  ", outcome.date), theme.strong)];
        let said = |words: &str| hanging(head.clone(), words, sheet.width, theme.text);
        if n < told {
            lines.extend(said(&words(outcome)));
        } else {
            let came = format!("came {}", came(outcome));
            let mut early = said(&came);
            early.resize(said(&format!("{FORECAST}{came}")).len(), Line::default());
            lines.extend(early);
        }
    }
    lines
}

/// What came, in words.
fn came(outcome: &Outcome) -> String {
    match (outcome.score, outcome.passed) {
        (Some((right, of)), Some(passed)) => {
            format!("{right} of {of}, {}", if passed { "passed" } else { "not passed" })
        }
        (Some((right, of)), None) => format!("{right} of {of}"),
        (None, Some(true)) => "passed".into(),
        (None, Some(false)) => "not passed".into(),
        (None, None) => "no result".into(),
    }
}

/// What was foretold and what came, in one sentence.
pub fn words(outcome: &Outcome) -> String {
    let came = came(outcome);
    let Some(forecast) = &outcome.forecast else { return format!("too few answers for a forecast; came {came}") };
    // Only a score of as many questions can be held against the range.
    let verdict = match outcome.score {
        Some((right, of)) if of == forecast.out_of => {
            if (forecast.low..=forecast.high).contains(&right) {
                " (inside)"
            } else {
                " (outside)"
            }
        }
        _ => "",
    };
    let chances: Vec<String> = forecast.chances.iter().map(|c| format!("{}: {}", c.mark, c.words())).collect();
    format!(
        "foretold {:.0}, likely {} to {} (chance to reach {}); came {came}{verdict}",
        forecast.score,
        forecast.low,
        forecast.high,
        chances.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::{sheet, text};
    use super::*;
    use crate::core::readiness::{Chance, Estimate};

    #[test]
    fn a_result_stands_beside_its_forecast() {
        let chance = Chance { mark: 72, chance: 0.6, low: 0.4, high: 0.8 };
        let forecast =
            Estimate { day: "2026-11-24".into(), score: 74.0, low: 66, high: 82, out_of: 110, chances: vec![chance] };
        let outcome = |score, passed, forecast| Outcome {
            date: "2026-11-24".into(),
            real: true,
            forecast,
            score,
            passed: Some(passed),
        };
        let inside = words(&outcome(Some((70, 110)), true, Some(forecast.clone())));
        assert_eq!(inside, "foretold 74, likely 66 to 82 (chance to reach 72: 60 %); came 70 of 110, passed (inside)");
        assert!(words(&outcome(Some((60, 110)), false, Some(forecast.clone()))).ends_with("not passed (outside)"));
        assert!(words(&outcome(None, false, None)).starts_with("too few answers"));
        let drawn = text(&lines(&[], &[outcome(None, true, Some(forecast))], 1, &sheet(40, 12)));
        assert!(drawn.contains("2026-11-24 exam") && drawn.contains("passed"), "{drawn}");
    }
}
