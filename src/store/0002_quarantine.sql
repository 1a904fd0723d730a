-- What was found damaged when the file was repaired: kept as it was found, and never counted.
CREATE TABLE quarantine (
    raw    TEXT    NOT NULL,              -- what was left of the row, as JSON
    reason TEXT    NOT NULL,
    at_ms  INTEGER NOT NULL               -- when it was set aside: UTC, milliseconds since 1970
) STRICT;
CREATE TRIGGER quarantine_keeps_rows BEFORE DELETE ON quarantine BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
