-- The log (RFC 6962 tree, C2SP checkpoints) and what is fixed at the first start.
-- For SQLite and D1; PostgreSQL's variant of a file stands in db/pg/ where its SQL differs.

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE logEntry (
  position INTEGER PRIMARY KEY CHECK (position >= 0),
  entry BLOB NOT NULL
) STRICT;

-- Every complete subtree's hash, leaves included; the id is log/tree.ts nodeId.
CREATE TABLE logNode (
  id INTEGER PRIMARY KEY,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TABLE logCheckpoint (
  size INTEGER PRIMARY KEY CHECK (size > 0),
  note TEXT NOT NULL
) STRICT;

-- REPLACE deletes without asking the delete trigger, so that a place that is taken is refused first.
CREATE TRIGGER logEntry_insert BEFORE INSERT ON logEntry
WHEN EXISTS (SELECT 1 FROM logEntry WHERE position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'append-only-taken: logEntry'); END;
CREATE TRIGGER logNode_insert BEFORE INSERT ON logNode
WHEN EXISTS (SELECT 1 FROM logNode WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'append-only-taken: logNode'); END;
CREATE TRIGGER logCheckpoint_insert BEFORE INSERT ON logCheckpoint
WHEN EXISTS (SELECT 1 FROM logCheckpoint WHERE size = NEW.size)
BEGIN SELECT RAISE(ABORT, 'append-only-taken: logCheckpoint'); END;
CREATE TRIGGER logEntry_update BEFORE UPDATE ON logEntry BEGIN SELECT RAISE(ABORT, 'append-only: logEntry'); END;
CREATE TRIGGER logEntry_delete BEFORE DELETE ON logEntry BEGIN SELECT RAISE(ABORT, 'append-only: logEntry'); END;
CREATE TRIGGER logNode_update BEFORE UPDATE ON logNode BEGIN SELECT RAISE(ABORT, 'append-only: logNode'); END;
CREATE TRIGGER logNode_delete BEFORE DELETE ON logNode BEGIN SELECT RAISE(ABORT, 'append-only: logNode'); END;
CREATE TRIGGER logCheckpoint_update BEFORE UPDATE ON logCheckpoint BEGIN SELECT RAISE(ABORT, 'append-only: logCheckpoint'); END;
CREATE TRIGGER logCheckpoint_delete BEFORE DELETE ON logCheckpoint BEGIN SELECT RAISE(ABORT, 'append-only: logCheckpoint'); END;
