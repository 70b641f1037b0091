-- What was erased, and the logs that went on after a loss.

-- The body of the version at `position` is gone, and the log's entry `entry` says so.
CREATE TABLE erasure (
  position INTEGER PRIMARY KEY REFERENCES version (position),
  entry INTEGER NOT NULL UNIQUE REFERENCES logEntry (position)
) STRICT;

CREATE TRIGGER erasure_insert BEFORE INSERT ON erasure
WHEN EXISTS (SELECT 1 FROM erasure WHERE position = NEW.position OR entry = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'append-only-taken: erasure'); END;
-- Taken only where that entry is an erasure of that record: its sha256 line, the last of the record's
-- entry, stands in it too.
CREATE TRIGGER erasure_logged BEFORE INSERT ON erasure
WHEN NOT EXISTS (
  SELECT 1 FROM logEntry AS record, logEntry AS erase
  WHERE record.position = NEW.position
    AND erase.position = NEW.entry
    AND instr(CAST(record.entry AS TEXT), 'akashi-log/v1' || char(10) || 'kind record' || char(10)) = 1
    AND instr(CAST(erase.entry AS TEXT), 'akashi-log/v1' || char(10) || 'kind erase' || char(10)) = 1
    AND instr(CAST(erase.entry AS TEXT), substr(CAST(record.entry AS TEXT), -53)) > 0
)
BEGIN SELECT RAISE(ABORT, 'append-only: erasure'); END;
CREATE TRIGGER erasure_update BEFORE UPDATE ON erasure BEGIN SELECT RAISE(ABORT, 'append-only: erasure'); END;
CREATE TRIGGER erasure_delete BEFORE DELETE ON erasure BEGIN SELECT RAISE(ABORT, 'append-only: erasure'); END;

-- A body goes in the commit that says so in the log, and in no other way.
DROP TRIGGER recordBody_delete;
CREATE TRIGGER recordBody_delete BEFORE DELETE ON recordBody
WHEN NOT EXISTS (SELECT 1 FROM erasure WHERE position = OLD.position)
BEGIN SELECT RAISE(ABORT, 'append-only: recordBody'); END;

-- A log that was reopened after a loss: the one it sealed, and the one that goes on from there.
CREATE TABLE logReopening (
  generation INTEGER PRIMARY KEY CHECK (generation > 1),
  origin TEXT NOT NULL UNIQUE,
  sealedOrigin TEXT NOT NULL UNIQUE,
  sealedVkey TEXT NOT NULL,
  sealedSize INTEGER NOT NULL CHECK (sealedSize > 0),
  sealedRoot TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

CREATE TRIGGER logReopening_insert BEFORE INSERT ON logReopening
WHEN EXISTS (
  SELECT 1 FROM logReopening
  WHERE generation >= NEW.generation OR origin = NEW.origin OR sealedOrigin = NEW.sealedOrigin
)
BEGIN SELECT RAISE(ABORT, 'append-only-taken: logReopening'); END;
CREATE TRIGGER logReopening_update BEFORE UPDATE ON logReopening BEGIN SELECT RAISE(ABORT, 'append-only: logReopening'); END;
CREATE TRIGGER logReopening_delete BEFORE DELETE ON logReopening BEGIN SELECT RAISE(ABORT, 'append-only: logReopening'); END;

-- The size at which a log was sealed has two checkpoints: its last, and the first of the next one.
CREATE TABLE logCheckpointAnew (
  size INTEGER NOT NULL CHECK (size > 0),
  generation INTEGER NOT NULL DEFAULT 1 CHECK (generation > 0),
  note TEXT NOT NULL,
  PRIMARY KEY (size, generation)
) STRICT, WITHOUT ROWID;
INSERT INTO logCheckpointAnew (size, note) SELECT size, note FROM logCheckpoint ORDER BY size;
DROP TABLE logCheckpoint;
ALTER TABLE logCheckpointAnew RENAME TO logCheckpoint;

-- Only ever the newest: a server that has not heard of the reopening signs nothing on top of it.
CREATE TRIGGER logCheckpoint_insert BEFORE INSERT ON logCheckpoint
WHEN EXISTS (
  SELECT 1
  FROM (SELECT size, generation FROM logCheckpoint ORDER BY size DESC, generation DESC LIMIT 1) AS newest
  WHERE NEW.size < newest.size
    OR NEW.generation < newest.generation
    OR (NEW.size = newest.size AND NEW.generation = newest.generation)
)
BEGIN SELECT RAISE(ABORT, 'append-only-taken: logCheckpoint'); END;
CREATE TRIGGER logCheckpoint_update BEFORE UPDATE ON logCheckpoint BEGIN SELECT RAISE(ABORT, 'append-only: logCheckpoint'); END;
CREATE TRIGGER logCheckpoint_delete BEFORE DELETE ON logCheckpoint BEGIN SELECT RAISE(ABORT, 'append-only: logCheckpoint'); END;
