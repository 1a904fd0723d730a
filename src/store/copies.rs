//! The copies of questions as they were asked, and which of them are still what was kept.

use super::{Store, StoreError};
use crate::core::bank::Item;
use rusqlite::Connection;

/// Hands over the copies that are what their hash says, sorted by it, each as hash and text; gives the number of the
/// others. What is no text any more is no failure: it is a damaged copy.
///
/// # Errors
/// The file can't be read, or what takes them refused.
pub(super) fn each_whole<E: From<StoreError>>(
    connection: &Connection,
    mut take: impl FnMut(String, String) -> Result<(), E>,
) -> Result<u64, E> {
    let mut select = connection.prepare("SELECT hash, body FROM item_copy ORDER BY hash").map_err(StoreError::from)?;
    let mut rows = select.query([]).map_err(StoreError::from)?;
    let mut damaged = 0;
    while let Some(row) = rows.next().map_err(StoreError::from)? {
        let text = |column| String::from_utf8(row.get_ref(column).ok()?.as_bytes().ok()?.to_vec()).ok();
        match (text(0), text(1)) {
            (Some(hash), Some(body)) if of(body.as_bytes(), &hash).is_some() => take(hash, body)?,
            _ => damaged += 1,
        }
    }
    Ok(damaged)
}

/// The item that a kept copy holds; a copy that is damaged is none.
pub(super) fn of(body: &[u8], hash: &str) -> Option<Item> {
    serde_json::from_slice::<Item>(body).ok().filter(|item| item.content_hash() == hash)
}

impl Store {
    /// The copy of an item's version, if one was kept and is whole.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn kept_item(&self, hash: &str) -> Result<Option<Item>, StoreError> {
        let mut select = self.connection.prepare_cached("SELECT body FROM item_copy WHERE hash = ?1")?;
        let mut rows = select.query([hash])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        Ok(of(row.get_ref(0)?.as_bytes().unwrap_or_default(), hash))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample;

    #[test]
    fn a_copy_that_is_no_text_any_more_is_none_and_is_counted() {
        let mut store = Store::in_memory(Box::new(|| 4)).unwrap();
        let library = sample::library();
        let items: Vec<&Item> = library.items().take(2).map(|found| found.item).collect();
        store.keep_items(items.iter().copied()).unwrap();
        let hash = items[0].content_hash();
        assert_eq!(store.kept_item(&hash).unwrap().unwrap().stem, items[0].stem);
        let spoil = "UPDATE item_copy SET body = CAST(x'7bc37d' AS TEXT) WHERE hash = ?1";
        store.connection.execute_batch("PRAGMA ignore_check_constraints = ON").unwrap();
        store.connection.execute(spoil, [&hash]).unwrap();
        assert!(store.kept_item(&hash).unwrap().is_none());
        let mut whole = vec![];
        let damaged = each_whole(&store.connection, |hash, _| {
            whole.push(hash);
            Ok::<(), StoreError>(())
        });
        assert_eq!((damaged.unwrap(), whole), (1, vec![items[1].content_hash()]));
    }
}
