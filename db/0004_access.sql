-- The access log chained: what was written stays as it was, but for names, which can be erased.

-- A keyed hash of where a request came from; never an address.
ALTER TABLE accessNote ADD COLUMN source TEXT;
-- Names enter the chain by SHA-256 over salt and names; erasing takes names and salt away.
ALTER TABLE accessNote ADD COLUMN salt BLOB;
ALTER TABLE accessNote ADD COLUMN commitment BLOB;

-- Rows up to lastNote chained, in the order of their ids: hash is that of the last of them. The place
-- where a seal starts is its primary key, so that of two that start at the same row one is refused.
CREATE TABLE accessSeal (
  start INTEGER PRIMARY KEY CHECK (start >= 0),
  count INTEGER NOT NULL CHECK (count > start),
  lastNote INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

-- Which entries of the log hold a head of the chain.
CREATE TABLE accessHead (
  position INTEGER PRIMARY KEY REFERENCES logEntry (position),
  count INTEGER NOT NULL
) STRICT;

CREATE TRIGGER accessSeal_insert BEFORE INSERT ON accessSeal
WHEN NEW.start <> coalesce((SELECT count FROM accessSeal ORDER BY start DESC LIMIT 1), 0)
BEGIN SELECT RAISE(ABORT, 'append-only-taken: accessSeal'); END;
CREATE TRIGGER accessHead_insert BEFORE INSERT ON accessHead
WHEN EXISTS (SELECT 1 FROM accessHead WHERE position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'append-only-taken: accessHead'); END;
CREATE TRIGGER accessNote_insert BEFORE INSERT ON accessNote
WHEN EXISTS (SELECT 1 FROM accessNote WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'append-only-taken: accessNote'); END;
CREATE TRIGGER accessNote_update BEFORE UPDATE ON accessNote
WHEN NOT (
  NEW.id = OLD.id AND NEW.at = OLD.at AND NEW.kind = OLD.kind
  AND NEW.issuer IS OLD.issuer AND NEW.numberKey IS OLD.numberKey AND NEW.source IS OLD.source
  AND (
    -- The sealer commits to the names of a row before it seals it.
    (
      OLD.commitment IS NULL AND NEW.commitment IS NOT NULL AND NEW.salt IS NOT NULL
      AND NEW.detail = OLD.detail
      AND OLD.id > coalesce((SELECT lastNote FROM accessSeal ORDER BY start DESC LIMIT 1), 0)
    )
    OR (
      OLD.salt IS NOT NULL AND NEW.salt IS NULL AND NEW.commitment IS OLD.commitment
      AND NEW.detail = json_remove(OLD.detail, '$.department', '$.name')
    )
  )
)
BEGIN SELECT RAISE(ABORT, 'append-only: accessNote'); END;
CREATE TRIGGER accessNote_delete BEFORE DELETE ON accessNote BEGIN SELECT RAISE(ABORT, 'append-only: accessNote'); END;
CREATE TRIGGER accessSeal_update BEFORE UPDATE ON accessSeal BEGIN SELECT RAISE(ABORT, 'append-only: accessSeal'); END;
CREATE TRIGGER accessSeal_delete BEFORE DELETE ON accessSeal BEGIN SELECT RAISE(ABORT, 'append-only: accessSeal'); END;
CREATE TRIGGER accessHead_update BEFORE UPDATE ON accessHead BEGIN SELECT RAISE(ABORT, 'append-only: accessHead'); END;
CREATE TRIGGER accessHead_delete BEFORE DELETE ON accessHead BEGIN SELECT RAISE(ABORT, 'append-only: accessHead'); END;
