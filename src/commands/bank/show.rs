//! `swprep bank list` and `swprep bank show`: what questions there are, and one of them in full.

use crate::core::bank::{Item, ItemId, Objective, ObjectiveId};
use crate::core::library::{Library, Origin, Topic};
use crate::core::near;
use crate::text::sanitize::quoted;
use anyhow::bail;
use serde_json::json;
use std::fmt::Write as _;
use std::io::Write;

/// The width that texts are wrapped to, in cells.
const WIDTH: usize = 80;

/// Writes the topics with their numbers of objectives and items.
///
/// `json` asks for `{"topics": [{"id", "title", "origin", "objectives", "items"}]}`; `origin` is `shipped` or `user`.
///
/// # Errors
/// Where `out` can't be written to.
pub fn list(library: &Library, json: bool, out: &mut dyn Write) -> anyhow::Result<()> {
    let items = |topic: &Topic| topic.objectives.iter().map(|objective| objective.items.len()).sum::<usize>();
    if json {
        let origin = |topic: &Topic| if topic.origin == Origin::Shipped { "shipped" } else { "user" };
        let topics: Vec<_> = library
            .topics()
            .iter()
            .map(|t| {
                json!({"id": t.id, "title": t.title, "origin": origin(t), "objectives": t.objectives.len(), "items": items(t)})
            })
            .collect();
        serde_json::to_writer_pretty(&mut *out, &json!({ "topics": topics }))?;
        writeln!(out)?;
        return Ok(());
    }
    let width = library.topics().iter().map(|topic| topic.id.as_str().len()).max().unwrap_or(0).max(5);
    writeln!(out, "{:width$}  objectives  items", "topic")?;
    for topic in library.topics() {
        let whose = if topic.origin == Origin::User { " (yours)" } else { "" };
        let (objectives, items) = (topic.objectives.len(), items(topic));
        writeln!(out, "{:width$}  {objectives:10}  {items:5}  {}{whose}", topic.id.as_str(), topic.title)?;
    }
    Ok(())
}

/// Writes an item or an objective in full, or the objectives and items of a topic by name.
///
/// # Errors
/// Where nothing has that id, with the ids that are near; or where `out` can't be written to.
pub fn show(library: &Library, id: &str, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut page = Page::default();
    if let Some(found) = library.item(&ItemId::from(id)) {
        page.line(0, &format!("Topic: {}", found.topic.title));
        page.objective(library, found.objective);
        page.item(library, found.item);
    } else if let Some((topic, objective)) = library.objective(&ObjectiveId::from(id)) {
        page.line(0, &format!("Topic: {}", topic.title));
        page.objective(library, objective);
        objective.items.iter().for_each(|item| page.item(library, item));
    } else if let Some(topic) = library.topic(id) {
        page.line(0, &topic.title);
        for objective in &topic.objectives {
            page.line(0, &format!("{}: {}", objective.id, objective.title));
            page.line(4, &objective.items.iter().map(|item| item.id.as_str()).collect::<Vec<_>>().join(", "));
        }
    } else {
        bail!("{}", unknown(library, id));
    }
    out.write_all(page.0.as_bytes())?;
    Ok(())
}

/// The sentence on an id that nothing has.
fn unknown(library: &Library, id: &str) -> String {
    let topics = library.topics().iter().map(|topic| topic.id.as_str());
    let objectives = library.objectives().map(|(_, objective)| objective.id.as_str());
    let items = library.items().map(|found| found.item.id.as_str());
    let near = near::nearest(id, topics.chain(objectives).chain(items), 5);
    let help = if near.is_empty() {
        "`swprep bank list` names the topics, and `swprep bank show TOPIC` all ids of one.".to_owned()
    } else {
        format!("Is one of these meant: {}?", near.join(", "))
    };
    format!("No item, objective or topic has the id \"{}\". {help}", quoted(id))
}

/// Text that grows line by line.
#[derive(Default)]
struct Page(String);

impl Page {
    /// Adds a text, wrapped, with every line indented.
    fn line(&mut self, indent: usize, text: &str) {
        self.entry(&" ".repeat(indent), text);
    }

    /// Adds a text that begins with a word of its own, under which the other lines do not go.
    fn entry(&mut self, first: &str, text: &str) {
        let rest = " ".repeat(first.chars().count());
        let options = textwrap::Options::new(WIDTH).initial_indent(first).subsequent_indent(&rest);
        for line in textwrap::wrap(text, options) {
            // Writing to a string can't fail.
            let _ = writeln!(self.0, "{}", line.trim_end());
        }
    }

    fn objective(&mut self, library: &Library, objective: &Objective) {
        self.line(0, &format!("Objective {}: {}", objective.id, objective.title));
        self.entry("  Rule     ", &objective.rule);
        for id in &objective.statements {
            let label = library.statement(id).map_or("not in the outline", |statement| &statement.label);
            self.entry("  Outline  ", &format!("{id} {label}"));
        }
        for reference in &objective.refs {
            self.entry("  Source   ", &library.cite(reference));
        }
    }

    fn item(&mut self, library: &Library, item: &Item) {
        self.0.push('\n');
        let mut about = format!("{}: {}, {}", item.id, item.level.id(), item.difficulty.id());
        for category in &item.categories {
            about = about + ", " + category.title();
        }
        if let Some(other) = &item.flip_of {
            about = about + ", flip of " + other.as_str();
        }
        if let Some(day) = &item.as_of {
            about = about + ", law of " + item.jurisdiction.as_deref().unwrap_or("an unnamed place") + " as of " + day;
        }
        self.line(0, &about);
        self.line(2, &item.stem);
        for option in &item.options {
            self.0.push('\n');
            self.entry(if option.key { "  KEY    " } else { "  wrong  " }, &option.text);
            if let Some(trap) = &option.trap {
                self.line(9, &format!("Trap: {}.", library.trap_name(trap.as_str())));
            }
            self.line(9, &option.why);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::banks::read::sample;
    use crate::banks::shipped;

    fn library() -> Library {
        let mut library = Library::new(shipped::reference());
        library.add(sample(), Origin::User);
        library
    }

    fn shown(id: &str) -> anyhow::Result<String> {
        let mut out = vec![];
        show(&library(), id, &mut out)?;
        Ok(String::from_utf8(out)?)
    }

    #[test]
    fn the_list_counts_and_says_whose_a_topic_is() {
        let mut out = vec![];
        list(&library(), false, &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "topic  objectives  items\nknots           2      3  Knots (yours)\n"
        );
        let mut out = vec![];
        list(&library(), true, &mut out).unwrap();
        let topics: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(topics["topics"][0]["origin"], "user");
        assert_eq!(topics["topics"][0]["items"], 3);
    }

    #[test]
    fn an_item_is_shown_with_everything_that_belongs_to_it() {
        let text = shown("knots-0001").unwrap();
        for part in [
            "Topic: Knots\n",
            "Objective knots.choice.loop: Choose a knot for a fixed loop\n",
            "  Rule     A bowline makes a loop",
            "  Outline  IA-03 Working through conflicts",
            "Code of Ethics",
            "1.07(j)",
            "knots-0001: application, medium, Masters, Clinical, law of US as of 2026-11-01\n",
            "  A sailor needs a loop that does not slip.\n  Which knot is BEST?\n",
            "  KEY    A bowline\n         It holds, and it opens after a load.\n",
            "  wrong  A noose\n         Trap: Right step, too early in the order.\n",
        ] {
            assert!(text.contains(part), "{part:?} is not in\n{text}");
        }
        assert!(!text.contains("knots-0002"), "{text}");
    }

    #[test]
    fn an_objective_is_shown_with_all_items_and_a_topic_with_all_ids() {
        let text = shown("knots.choice.loop").unwrap();
        assert!(text.contains("knots-0001:") && text.contains("knots-0002: reasoning, easy, flip of knots-0001"));
        assert!(shown("knots").unwrap().contains("knots.choice.join: Choose a knot for two ropes\n    knots-0003\n"));
    }

    #[test]
    fn an_unknown_id_names_its_neighbours() {
        let said = shown("knot-0001").unwrap_err().to_string();
        assert!(said.contains("Is one of these meant: knots-0001"), "{said}");
        let said = shown("zzzzzzzz\u{1b}[31m").unwrap_err().to_string();
        assert!(said.contains("swprep bank list") && !said.contains('\u{1b}'), "{said}");
    }
}
