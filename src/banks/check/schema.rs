//! Rule 1: everything is there, there is one key, and every name that is used exists.

use super::item::{Context, Grade, Look, Place, Sink, places};
use crate::core::bank::{BankFile, Category, Objective};
use crate::core::library::Origin;
use crate::text::count;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The most options that a screen can name with letters.
const MOST_OPTIONS: usize = 8;

/// The largest share of a topic's items that may have four options.
const FOUR_OPTION_QUOTA: f64 = 0.10;

/// Checks one item's fields.
pub fn check(look: &Look<'_>, context: &Context<'_>, sink: &mut Sink<'_>) {
    count_options(look, sink);
    let keys = look.item.options.iter().filter(|o| o.key).count();
    if keys != 1 {
        let message =
            format!("The item has {} options marked as key.", if keys == 0 { "no".into() } else { keys.to_string() });
        sink.report(
            look.place,
            (Grade::Fatal, "one-key"),
            "/options",
            message,
            "Mark exactly one option with \"key\": true.",
        );
    }
    if look.stem.is_empty() {
        sink.report(
            look.place,
            (Grade::Fatal, "empty-text"),
            "/stem",
            "The stem is empty.".into(),
            "Write the scene and the question.",
        );
    }
    for (n, option) in look.item.options.iter().enumerate() {
        if option.text.trim().is_empty() {
            let at = format!("/options/{n}/text");
            sink.report(
                look.place,
                (Grade::Fatal, "empty-text"),
                &at,
                "An option is empty.".into(),
                "Write the option or take it out.",
            );
        }
        if option.why.trim().is_empty() {
            let message = format!("The option \"{}\" has no reason.", option.text);
            let at = format!("/options/{n}/why");
            sink.report(
                look.place,
                (Grade::Block, "why-missing"),
                &at,
                message,
                "Say why it is right, or why it tempts and when it would be right.",
            );
        }
        check_trap(look, n, context, sink);
    }
    check_categories(look, context, sink);
    check_id(look, context, sink);
}

fn count_options(look: &Look<'_>, sink: &mut Sink<'_>) {
    let options = look.options.len();
    let grade = match options {
        3 | 4 => return,
        n if !(2..=MOST_OPTIONS).contains(&n) => Grade::Fatal,
        _ => Grade::Block,
    };
    let message = format!("The item has {}.", count(options, "option"));
    sink.report(look.place, (grade, "options-count"), "/options", message, "Give three options, rarely four.");
}

fn check_trap(look: &Look<'_>, n: usize, context: &Context<'_>, sink: &mut Sink<'_>) {
    let option = &look.item.options[n];
    let at = format!("/options/{n}/trap");
    match &option.trap {
        Some(trap) if option.key => {
            let message = format!("The key has the trap \"{trap}\".");
            sink.report(look.place, (Grade::Block, "trap-on-key"), &at, message, "Take the trap away from the key.");
        }
        Some(trap) if !context.traps.contains(trap.as_str()) => {
            let message = format!("There is no trap called \"{trap}\".");
            sink.report(look.place, (Grade::Block, "trap-unknown"), &at, message, "Use a trap of traps.json.");
        }
        None if !option.key => {
            let message = format!("The distractor \"{}\" names no trap.", option.text);
            let at = format!("/options/{n}");
            sink.report(
                look.place,
                (Grade::Block, "trap-missing"),
                &at,
                message,
                "Say with a trap of traps.json why it tempts.",
            );
        }
        _ => {}
    }
}

/// An item whose categories none of its objective's statements is examined in would never be drawn.
fn check_categories(look: &Look<'_>, context: &Context<'_>, sink: &mut Sink<'_>) {
    let outline = &context.reference.outline;
    let known: Vec<_> = look.objective.statements.iter().filter_map(|id| outline.statement(id)).collect();
    if known.is_empty() {
        return;
    }
    for (n, &category) in look.item.categories.iter().enumerate() {
        if !known.iter().any(|s| outline.examines(category, s)) {
            let message =
                format!("No statement of the objective is examined in the category \"{}\".", Category::id(category));
            let at = format!("/categories/{n}");
            sink.report(
                look.place,
                (Grade::Block, "categories"),
                &at,
                message,
                "Take the category out, or add a statement of its outline.",
            );
        }
    }
}

fn check_id(look: &Look<'_>, context: &Context<'_>, sink: &mut Sink<'_>) {
    let id = look.id();
    let fits = id.rsplit_once('-').is_some_and(|(topic, number)| {
        topic == look.objective.id.topic() && number.len() >= 4 && number.bytes().all(|b| b.is_ascii_digit())
    });
    if !fits && context.origin == Origin::Shipped {
        let message = format!("The item id \"{id}\" is not its topic, a hyphen and a number of four digits.");
        sink.report(look.place, (Grade::Block, "id-form"), "/id", message, "Name it like \"ethics-0001\".");
    }
}

/// Checks what belongs to files and objectives: ids, statements, sizes, the quota of four-option items.
pub fn check_files(files: &[(String, BankFile)], context: &Context<'_>, sink: &mut Sink<'_>) {
    let mut objectives = HashSet::new();
    for (file, (_, bank)) in files.iter().enumerate() {
        for (o, objective) in bank.objectives.iter().enumerate() {
            let place = Place { file, objective: Some(o), item: None };
            if !objectives.insert(objective.id.as_str()) {
                let message = format!("The objective id \"{}\" is used twice.", objective.id);
                sink.report(
                    place,
                    (Grade::Fatal, "id-duplicate"),
                    "/id",
                    message,
                    "Give each objective an id of its own.",
                );
            }
            check_objective(place, objective, bank.topic.as_str(), context, sink);
        }
    }
    let mut seen: HashMap<&str, &str> = HashMap::new();
    let mut by_topic: BTreeMap<&str, (usize, Vec<Place>)> = BTreeMap::new();
    for (place, _, item) in places(files) {
        let (name, bank) = &files[place.file];
        if let Some(first) = seen.insert(item.id.as_str(), name) {
            let message = format!("The item id \"{}\" is already used in {first}.", item.id);
            sink.report(place, (Grade::Fatal, "id-duplicate"), "/id", message, "Give each item an id of its own.");
        }
        let topic = by_topic.entry(bank.topic.as_str()).or_default();
        topic.0 += 1;
        if item.options.len() == 4 {
            topic.1.push(place);
        }
    }
    for (topic, (items, fours)) in by_topic {
        // One such item is allowed in however small a topic.
        let allowed = ((items as f64 * FOUR_OPTION_QUOTA) as usize).max(1);
        if let Some(&place) = fours.get(allowed) {
            let message = format!(
                "{} of the {items} items of \"{topic}\" have four options; at most {allowed} may.",
                fours.len()
            );
            sink.report(
                place,
                (Grade::Block, "four-option-quota"),
                "/options",
                message,
                "Drop the weakest distractor.",
            );
        }
    }
}

fn check_objective(place: Place, objective: &Objective, topic: &str, context: &Context<'_>, sink: &mut Sink<'_>) {
    let shipped = context.origin == Origin::Shipped;
    let id = objective.id.as_str();
    let parts: Vec<_> = id.split('.').collect();
    let plain =
        |s: &&str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if shipped && !(parts.len() == 3 && parts[0] == topic && parts.iter().all(plain)) {
        let message = format!("The objective id \"{id}\" is not of the form topic.group.slug.");
        sink.report(
            place,
            (Grade::Block, "id-form"),
            "/id",
            message,
            "Use the file's topic, a group and a slug: lower-case letters, digits, _.",
        );
    }
    for (field, text) in [("title", &objective.title), ("rule", &objective.rule)] {
        if text.trim().is_empty() {
            let message = format!("The objective's {field} is empty.");
            sink.report(
                place,
                (Grade::Block, "empty-text"),
                &format!("/{field}"),
                message,
                "Say what is to be learned.",
            );
        }
    }
    let statements = objective.statements.len();
    if !(1..=3).contains(&statements) {
        let message = format!("The objective names {statements} statements of the outline.");
        sink.report(
            place,
            (Grade::Block, "statement-count"),
            "/statements",
            message,
            "Name one to three, the main one first.",
        );
    }
    for (n, statement) in objective.statements.iter().enumerate() {
        if context.reference.outline.statement(statement).is_none() {
            let message = format!("The outline has no statement \"{statement}\".");
            sink.report(
                place,
                (Grade::Block, "statement-unknown"),
                &format!("/statements/{n}"),
                message,
                "Use an id of outline_2026.json.",
            );
        }
    }
    super::citations::check_refs(place, objective, context, sink);
    let items = objective.items.len();
    if shipped && !(3..=6).contains(&items) {
        let message = format!("The objective has {}.", count(items, "item"));
        sink.report(
            place,
            (Grade::Block, "objective-size"),
            "/items",
            message,
            "Give it three to six, each with another decision point.",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Fixture, rules};
    use crate::core::bank::{BankFile, Category};
    use crate::core::library::Origin;

    type Change = fn(&mut BankFile);

    #[test]
    fn each_breach_is_named_and_its_nearest_neighbour_is_not() {
        let cases: [(&str, Change, Change); 14] = [
            ("options-count", |b| b.objectives[0].items[0].options.truncate(2), |_| {}),
            ("one-key", |b| b.objectives[0].items[0].options[1].key = true, |_| {}),
            ("one-key", |b| b.objectives[0].items[0].options[0].key = false, |_| {}),
            ("why-missing", |b| b.objectives[0].items[0].options[1].why = "  ".into(), |_| {}),
            ("empty-text", |b| b.objectives[0].items[0].options[1].text = String::new(), |_| {}),
            ("trap-on-key", |b| b.objectives[0].items[0].options[0].trap = Some("right-later".into()), |_| {}),
            (
                "trap-unknown",
                |b| b.objectives[0].items[0].options[1].trap = Some("nonesuch".into()),
                |b| {
                    b.objectives[0].items[0].options[1].trap = Some("rigid-rule".into());
                },
            ),
            ("trap-missing", |b| b.objectives[0].items[0].options[1].trap = None, |_| {}),
            (
                "statement-unknown",
                |b| b.objectives[0].statements = vec!["ZZ-99".into()],
                |b| {
                    b.objectives[0].statements = vec!["IA-01".into()];
                },
            ),
            ("statement-count", |b| b.objectives[0].statements.clear(), |_| {}),
            (
                "id-form",
                |b| b.objectives[0].items[0].id = "other-0001".into(),
                |b| {
                    b.objectives[0].items[0].id = "ethics-10001".into();
                },
            ),
            ("id-duplicate", |b| b.objectives[0].items[1].id = "ethics-0001".into(), |_| {}),
            ("objective-size", |b| b.objectives[0].items.truncate(2), |b| b.objectives[0].items.truncate(3)),
            (
                "categories",
                |b| b.objectives[0].items[0].categories = vec![Category::Masters],
                |b| {
                    b.objectives[0].items[0].categories = vec![Category::Clinical];
                },
            ),
        ];
        let mut fixture = Fixture::new();
        fixture.examine_only("IA-01", Category::Clinical);
        for (rule, broken, near) in cases {
            assert!(fixture.errors(broken, Origin::Shipped).contains(&rule), "{rule} not found");
            assert!(!fixture.errors(near, Origin::Shipped).contains(&rule), "{rule} found in its neighbour");
        }
    }

    #[test]
    fn four_options_are_rationed_by_topic() {
        let add = |bank: &mut BankFile, items: usize| {
            for item in bank.objectives[0].items.iter_mut().take(items) {
                let mut fourth = item.options[1].clone();
                fourth.text = "Postpone that talk for now".into();
                item.options.push(fourth);
            }
        };
        let fixture = Fixture::new();
        assert!(fixture.errors(|b| add(b, 2), Origin::Shipped).contains(&"four-option-quota"));
        assert!(!fixture.errors(|b| add(b, 1), Origin::Shipped).contains(&"four-option-quota"));
    }

    /// A user's own bank stops only at what would make a question unfair.
    #[test]
    fn a_users_bank_is_judged_mildly() {
        let fixture = Fixture::new();
        let loose: Change = |b| {
            b.objectives[0].refs.clear();
            b.objectives[0].items[0].options[1].trap = None;
            b.objectives[0].items[0].options[1].why = String::new();
        };
        assert_eq!(fixture.errors(loose, Origin::User), Vec::<&str>::new());
        assert!(rules(&fixture.findings(loose, Origin::User)).contains(&"why-missing"));
        assert!(fixture.errors(|b| b.objectives[0].items[0].options[1].key = true, Origin::User).contains(&"one-key"));
    }
}
