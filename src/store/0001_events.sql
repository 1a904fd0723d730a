-- What happened, for ever: nothing here is changed or removed.
CREATE TABLE event (
    id      BLOB    NOT NULL UNIQUE,      -- UUIDv7, 16 bytes
    device  BLOB    NOT NULL,             -- the copy of the profile that wrote it
    seq     INTEGER NOT NULL,             -- 1, 2, 3 … for each device: a gap shows a loss
    at_ms   INTEGER NOT NULL,             -- UTC, milliseconds since 1970
    off_min INTEGER NOT NULL,             -- minutes that local time was ahead of UTC
    kind    TEXT    NOT NULL,
    v       INTEGER NOT NULL,
    body    TEXT    NOT NULL CHECK (json_valid(body)),
    sum     BLOB    NOT NULL,             -- 8 bytes of SHA-256 over the columns above
    UNIQUE (device, seq)
) STRICT;
-- What was taken back is looked up before the rest is read.
CREATE INDEX event_retracted ON event (kind) WHERE kind = 'event.retracted';
CREATE TRIGGER event_keeps_rows BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
CREATE TRIGGER event_keeps_values BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;

-- The last sign of life of a running exam: the one row that is overwritten.
CREATE TABLE clock (
    exam     TEXT    PRIMARY KEY,
    phase    TEXT    NOT NULL,
    spent_ms INTEGER NOT NULL,
    at_ms    INTEGER NOT NULL
) STRICT;

-- Items as they were asked, by content hash.
CREATE TABLE item_copy (
    hash TEXT PRIMARY KEY,
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
