//! Rule 16: options that are numbers stand in order, keep it, and do not overlap.

use super::item::{Grade, Look, Sink};

/// A number or a range of numbers, with its unit.
#[derive(Clone, Debug, PartialEq)]
struct Quantity {
    low: f64,
    high: f64,
    unit: String,
}

/// Number words and their values.
const NUMBERS: [(&str, f64); 27] = [
    ("zero", 0.0),
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("eighteen", 18.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
    ("hundred", 100.0),
];

/// Units of time in days.
const TIMES: [(&str, f64); 6] =
    [("minute", 1.0 / 1440.0), ("hour", 1.0 / 24.0), ("day", 1.0), ("week", 7.0), ("month", 30.4), ("year", 365.0)];

/// Words that may stand before a number without changing its order.
const BEFORE: [&str; 9] = ["after", "within", "at", "for", "about", "every", "in", "age", "ages"];

/// Checks one item.
pub fn check(look: &Look<'_>, sink: &mut Sink<'_>) {
    let quantities: Vec<Quantity> = look.item.options.iter().map_while(|o| quantity(&o.text)).collect();
    let comparable = quantities.len() == look.options.len()
        && quantities.len() >= 2
        && quantities.windows(2).all(|pair| pair[0].unit == pair[1].unit);
    if !comparable {
        // Dates and ordinal phrases are no quantities, yet may keep their order.
        let counts = |text: &str| {
            text.contains(|c: char| c.is_ascii_digit()) || text.split_whitespace().any(|w| number(w).is_some())
        };
        if look.item.fixed_order && !look.item.options.iter().all(|o| counts(&o.text)) {
            let message = "The order is fixed, but the options are not all numbers or dates.".to_owned();
            let mend = "Take fixed_order out, so that the options can be shuffled.";
            sink.report(look.place, (Grade::Review, "fixed-order"), "/fixed_order", message, mend);
        }
        return;
    }
    let shown = look.item.options.iter().map(|o| format!("\"{}\"", o.text)).collect::<Vec<_>>().join(", ");
    if quantities.windows(2).any(|pair| pair[0].low > pair[1].low) {
        let message = format!("The options are numbers, but do not ascend: {shown}.");
        sink.report(
            look.place,
            (Grade::Block, "numeric-order"),
            "/options",
            message,
            "Put them in ascending order and set fixed_order.",
        );
    } else if !look.item.fixed_order {
        let message = format!("The options are numbers, but will be shuffled: {shown}.");
        sink.report(look.place, (Grade::Block, "numeric-order"), "/options", message, "Set fixed_order to true.");
    }
    let mut sorted = quantities;
    sorted.sort_by(|a, b| a.low.total_cmp(&b.low));
    let overlaps = sorted
        .windows(2)
        .any(|pair| pair[1].low <= pair[0].high && (pair[0].high > pair[0].low || pair[1].high > pair[1].low));
    if overlaps {
        let message = format!("The ranges overlap: {shown}.");
        sink.report(
            look.place,
            (Grade::Block, "range-overlap"),
            "/options",
            message,
            "Let each range begin above the end of the one before.",
        );
    }
}

/// Reads "30 days", "Within two weeks", "2-4", "$50 to $80"; nothing else.
fn quantity(text: &str) -> Option<Quantity> {
    let text = text.to_lowercase().replace(['–', '—'], "-");
    let mut words = text.split_whitespace().skip_while(|w| BEFORE.contains(w)).peekable();
    let first = words.next()?;
    let (low, mut high) = match first.split_once('-') {
        Some((a, b)) if !a.is_empty() => (number(a)?, number(b)?),
        _ => number(first).map(|n| (n, n))?,
    };
    let mut rest: Vec<&str> = words.collect();
    if let ["to" | "and", end, ..] = rest[..] {
        high = number(end)?;
        rest.drain(..2);
    }
    if rest.len() > 3 || rest.iter().any(|w| number(w).is_some()) {
        return None;
    }
    let days = rest.first().and_then(|unit| TIMES.into_iter().find(|(name, _)| unit.trim_end_matches('s') == *name));
    if let Some((_, days)) = days {
        return Some(Quantity { low: low * days, high: high * days, unit: format!("time {}", rest[1..].join(" ")) });
    }
    Some(Quantity { low, high, unit: rest.iter().map(|w| w.trim_end_matches('s')).collect::<Vec<_>>().join(" ") })
}

/// A number in figures or as a word.
fn number(word: &str) -> Option<f64> {
    let word = word.trim_matches(|c: char| matches!(c, '$' | '%' | '(' | ')' | ';' | ':')).trim_end_matches(['.', ',']);
    let word = word.replace(',', "");
    let figures = word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-'));
    if figures {
        word.parse().ok()
    } else {
        NUMBERS.into_iter().find(|(name, _)| *name == word).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Fixture;
    use super::*;
    use crate::core::library::Origin;

    #[test]
    fn numbers_are_read_as_people_read_them() {
        for (text, want) in [
            ("30 days", Some((30.0, 30.0))),
            ("Within two weeks", Some((14.0, 14.0))),
            ("2–4", Some((2.0, 4.0))),
            ("$1,000 to $2,000", Some((1000.0, 2000.0))),
            (".94", Some((0.94, 0.94))),
            ("Two weeks after the first session", None),
            ("Call the parents", None),
        ] {
            assert_eq!(quantity(text).map(|q| (q.low, q.high)), want, "{text}");
        }
    }

    #[test]
    fn numeric_options_stay_in_order() {
        let fixture = Fixture::new();
        let found = |texts: [&'static str; 3], fixed: bool| {
            fixture.errors(
                move |b| {
                    let item = &mut b.objectives[0].items[0];
                    item.fixed_order = fixed;
                    for (option, text) in item.options.iter_mut().zip(texts) {
                        option.text = text.into();
                    }
                },
                Origin::Shipped,
            )
        };
        let right = ["Two weeks", "One month", "One year"];
        assert!(!found(right, true).contains(&"numeric-order"));
        assert!(found(right, false).contains(&"numeric-order"));
        assert!(found(["One month", "Two weeks", "One year"], true).contains(&"numeric-order"));
        assert!(found(["2-4", "4-6", "7-9"], true).contains(&"range-overlap"));
        assert!(!found(["2-4", "5-6", "7-9"], true).contains(&"range-overlap"));
    }
}
