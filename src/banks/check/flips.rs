//! Flips name a sibling and have another key; a key that law decides says whose law, and when it was looked up.

use super::item::{Grade, Look, Sink};
use super::words::Text;
use jiff::civil::Date;

/// Checks `flip_of`, `as_of` and `jurisdiction`.
pub fn check(look: &Look<'_>, sink: &mut Sink<'_>) {
    check_flip(look, sink);
    let item = look.item;
    match (&item.as_of, &item.jurisdiction) {
        (Some(_), None) | (None, Some(_)) => {
            let (has, lacks) = if item.as_of.is_some() { ("as_of", "jurisdiction") } else { ("jurisdiction", "as_of") };
            let message = format!("The item has {has} but no {lacks}.");
            let mend = "Give both where law decides the key, and neither elsewhere.";
            sink.report(look.place, (Grade::Block, "as-of"), &format!("/{has}"), message, mend);
        }
        _ => {}
    }
    if let Some(day) = &item.as_of
        && !(day.len() == 10 && day.parse::<Date>().is_ok())
    {
        let message = format!("\"{day}\" is not a day.");
        sink.report(
            look.place,
            (Grade::Block, "as-of"),
            "/as_of",
            message,
            "Write it as year, month, day: 2026-11-01.",
        );
    }
    if let Some(place) = &item.jurisdiction
        && place.trim().is_empty()
    {
        let mend = "Say whose law it is, such as \"US\".";
        sink.report(look.place, (Grade::Block, "as-of"), "/jurisdiction", "The jurisdiction is empty.".into(), mend);
    }
}

fn check_flip(look: &Look<'_>, sink: &mut Sink<'_>) {
    let Some(of) = &look.item.flip_of else { return };
    let sibling = look.objective.items.iter().find(|i| i.id == *of && i.id != look.item.id);
    let Some(sibling) = sibling else {
        let message = format!("flip_of names \"{of}\", which is not a sibling in this objective.");
        let mend = "Name the item of the same objective whose scene this one changes.";
        sink.report(look.place, (Grade::Block, "flip-unknown"), "/flip_of", message, mend);
        return;
    };
    let other = sibling.options.get(sibling.key_index()).map(|o| Text::new(&o.text));
    let own = look.key.map(|n| &look.options[n]);
    if let (Some(own), Some(other)) = (own, other)
        && own.words().eq(other.words())
    {
        let message = format!("The flip has the same key as {of}: \"{}\".", own.raw());
        let mend = "Change a fact so that another option becomes the key, or take flip_of out.";
        sink.report(look.place, (Grade::Block, "flip-same-key"), "/flip_of", message, mend);
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Fixture;
    use crate::core::bank::{BankFile, Item};
    use crate::core::library::Origin;

    type Change = fn(&mut BankFile);

    fn first(bank: &mut BankFile) -> &mut Item {
        &mut bank.objectives[0].items[0]
    }

    #[test]
    fn flips_and_dates_are_checked() {
        let cases: [(&str, Change, Change); 5] = [
            (
                "flip-unknown",
                |b| first(b).flip_of = Some("ethics-9999".into()),
                |b| {
                    first(b).flip_of = Some("ethics-0002".into());
                },
            ),
            ("flip-unknown", |b| first(b).flip_of = Some("ethics-0001".into()), |_| {}),
            (
                "flip-same-key",
                |b| {
                    first(b).flip_of = Some("ethics-0002".into());
                    let key = b.objectives[0].items[1].options[0].text.to_uppercase();
                    first(b).options[0].text = key;
                },
                |b| first(b).flip_of = Some("ethics-0002".into()),
            ),
            (
                "as-of",
                |b| first(b).as_of = Some("2026-11-01".into()),
                |b| {
                    first(b).as_of = Some("2026-11-01".into());
                    first(b).jurisdiction = Some("US".into());
                },
            ),
            (
                "as-of",
                |b| {
                    first(b).as_of = Some("2026-02-30".into());
                    first(b).jurisdiction = Some("US".into());
                },
                |_| {},
            ),
        ];
        let fixture = Fixture::new();
        for (rule, broken, near) in cases {
            assert!(fixture.errors(broken, Origin::Shipped).contains(&rule), "{rule} not found");
            assert!(!fixture.errors(near, Origin::Shipped).contains(&rule), "{rule} found in its neighbour");
        }
    }
}
