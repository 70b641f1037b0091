-- Who issues, who takes part, what was issued, who may look.

CREATE TABLE issuer (
  id TEXT PRIMARY KEY,
  iss TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  numberPattern TEXT NOT NULL,
  class TEXT NOT NULL,
  phone TEXT,
  url TEXT,
  hours TEXT
) STRICT;

-- A key never changes; what happened to it are entries of the log.
CREATE TABLE issuerKey (
  kid TEXT PRIMARY KEY,
  issuer TEXT NOT NULL REFERENCES issuer (id),
  alg TEXT NOT NULL,
  jwk TEXT NOT NULL
) STRICT;

CREATE TABLE keyEvent (
  position INTEGER PRIMARY KEY REFERENCES logEntry (position),
  kid TEXT NOT NULL REFERENCES issuerKey (kid)
) STRICT;
CREATE INDEX keyEvent_kid ON keyEvent (kid);

CREATE TABLE owner (
  id INTEGER PRIMARY KEY,
  code TEXT UNIQUE,
  name TEXT NOT NULL UNIQUE,
  startDate TEXT NOT NULL,
  startBasis TEXT NOT NULL,
  basisText TEXT,
  kinds TEXT NOT NULL,
  issuerClasses TEXT NOT NULL,
  departments TEXT NOT NULL,
  aliases TEXT NOT NULL
) STRICT;

-- Each spelling, folded, leads to one owner only.
CREATE TABLE ownerName (
  folded TEXT PRIMARY KEY,
  owner INTEGER NOT NULL REFERENCES owner (id)
) STRICT;

CREATE TABLE ownerRule (
  owner INTEGER NOT NULL REFERENCES owner (id),
  fromDay TEXT NOT NULL,
  "values" TEXT NOT NULL,
  PRIMARY KEY (owner, fromDay)
) STRICT;

CREATE TABLE guarantee (
  issuer TEXT NOT NULL REFERENCES issuer (id),
  numberKey TEXT NOT NULL,
  contractNumber TEXT NOT NULL,
  -- Position of its first entry: who came first answers first to a number that several issuers use.
  position INTEGER NOT NULL,
  pid TEXT NOT NULL,
  salt BLOB NOT NULL,
  mac BLOB NOT NULL,
  PRIMARY KEY (issuer, numberKey)
) STRICT;
CREATE INDEX guarantee_numberKey ON guarantee (numberKey, position);

CREATE TABLE version (
  position INTEGER PRIMARY KEY REFERENCES logEntry (position),
  issuer TEXT NOT NULL,
  numberKey TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq >= 1),
  jti TEXT NOT NULL,
  contentId TEXT NOT NULL UNIQUE,
  UNIQUE (issuer, numberKey, seq),
  UNIQUE (issuer, jti),
  FOREIGN KEY (issuer, numberKey) REFERENCES guarantee (issuer, numberKey)
) STRICT;

CREATE TABLE recordBody (
  position INTEGER PRIMARY KEY REFERENCES version (position),
  jws TEXT NOT NULL
) STRICT;

CREATE TABLE share (
  id TEXT PRIMARY KEY,
  tokenHash BLOB NOT NULL UNIQUE,
  issuer TEXT NOT NULL,
  numberKey TEXT NOT NULL,
  scope TEXT NOT NULL CHECK (scope IN ('current', 'history')),
  createdAt TEXT NOT NULL,
  expiresAt TEXT NOT NULL,
  revokedAt TEXT,
  openings INTEGER NOT NULL DEFAULT 0,
  lastOpenedAt TEXT,
  FOREIGN KEY (issuer, numberKey) REFERENCES guarantee (issuer, numberKey)
) STRICT;
CREATE INDEX share_guarantee ON share (issuer, numberKey);

-- Who looked, tried, failed and shared; no key, no token.
CREATE TABLE accessNote (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  issuer TEXT,
  numberKey TEXT,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX accessNote_guarantee ON accessNote (issuer, numberKey);

CREATE TRIGGER issuerKey_insert BEFORE INSERT ON issuerKey
WHEN EXISTS (SELECT 1 FROM issuerKey WHERE kid = NEW.kid)
BEGIN SELECT RAISE(ABORT, 'append-only-taken: issuerKey'); END;
CREATE TRIGGER keyEvent_insert BEFORE INSERT ON keyEvent
WHEN EXISTS (SELECT 1 FROM keyEvent WHERE position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'append-only-taken: keyEvent'); END;
CREATE TRIGGER version_insert BEFORE INSERT ON version
WHEN EXISTS (
  SELECT 1 FROM version
  WHERE position = NEW.position
    OR contentId = NEW.contentId
    OR (issuer = NEW.issuer AND numberKey = NEW.numberKey AND seq = NEW.seq)
    OR (issuer = NEW.issuer AND jti = NEW.jti)
)
BEGIN SELECT RAISE(ABORT, 'append-only-taken: version'); END;
CREATE TRIGGER recordBody_insert BEFORE INSERT ON recordBody
WHEN EXISTS (SELECT 1 FROM recordBody WHERE position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'append-only-taken: recordBody'); END;
CREATE TRIGGER issuerKey_update BEFORE UPDATE ON issuerKey BEGIN SELECT RAISE(ABORT, 'append-only: issuerKey'); END;
CREATE TRIGGER issuerKey_delete BEFORE DELETE ON issuerKey BEGIN SELECT RAISE(ABORT, 'append-only: issuerKey'); END;
CREATE TRIGGER keyEvent_update BEFORE UPDATE ON keyEvent BEGIN SELECT RAISE(ABORT, 'append-only: keyEvent'); END;
CREATE TRIGGER keyEvent_delete BEFORE DELETE ON keyEvent BEGIN SELECT RAISE(ABORT, 'append-only: keyEvent'); END;
CREATE TRIGGER version_update BEFORE UPDATE ON version BEGIN SELECT RAISE(ABORT, 'append-only: version'); END;
CREATE TRIGGER version_delete BEFORE DELETE ON version BEGIN SELECT RAISE(ABORT, 'append-only: version'); END;
CREATE TRIGGER recordBody_update BEFORE UPDATE ON recordBody BEGIN SELECT RAISE(ABORT, 'append-only: recordBody'); END;
CREATE TRIGGER recordBody_delete BEFORE DELETE ON recordBody BEGIN SELECT RAISE(ABORT, 'append-only: recordBody'); END;
