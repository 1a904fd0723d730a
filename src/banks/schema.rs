//! The JSON schema of bank files, for editors that complete and check while one types.

/// The schema, as it lies in `question_banks/bank.schema.json`.
pub const SCHEMA: &str = include_str!("../../question_banks/bank.schema.json");

#[cfg(test)]
mod tests {
    use super::SCHEMA;
    use crate::core::bank::BankFile;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test may ask whether to renew a file")]
    fn the_schema_describes_the_types() {
        let mut wanted = serde_json::to_string_pretty(&schemars::schema_for!(BankFile)).unwrap();
        wanted.push('\n');
        if std::env::var_os("SWPREP_UPDATE_SCHEMA").is_some() {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/question_banks/bank.schema.json");
            std::fs::write(path, &wanted).unwrap();
            return;
        }
        assert!(wanted.contains("\"additionalProperties\": false"));
        assert!(
            wanted == SCHEMA,
            "question_banks/bank.schema.json is out of date. Renew it with: SWPREP_UPDATE_SCHEMA=1 cargo test --lib schema"
        );
    }
}
