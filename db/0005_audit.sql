-- Tokens of auditors: who may pull what, until when. Only a hash of one is kept. Lists are JSON; NULL is
-- all there is.
CREATE TABLE auditToken (
  id TEXT PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role = 'auditor'),
  owners TEXT,
  issuers TEXT,
  createdAt TEXT NOT NULL,
  expiresAt TEXT NOT NULL,
  revokedAt TEXT
) STRICT;

-- What auditors search and pull: one row for each entry of the log, so that a list opens no record.
-- It is a copy. Look-ups and histories go by entry and signed record alone; akashi log fsck compares.

CREATE TABLE logFact (
  position INTEGER PRIMARY KEY,
  arrivedAt TEXT NOT NULL,
  -- The entry's own lines; sha256 in base64url, as prev of the next record has it.
  entry TEXT NOT NULL,
  issuer TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  kid TEXT,
  at TEXT,
  count INTEGER,
  -- The guarantee that the entry is about, and what its record says.
  contractNumber TEXT,
  numberKey TEXT,
  seq INTEGER,
  jti TEXT,
  event TEXT,
  targetSeq INTEGER,
  reasonCode TEXT,
  reason TEXT,
  kind TEXT,
  -- The registered owner that the record's owner was resolved to.
  owner INTEGER,
  ownerCode TEXT,
  ownerName TEXT,
  contractorName TEXT,
  worksName TEXT,
  contractPrice INTEGER,
  guaranteedAmount INTEGER,
  coverageEnd TEXT
) STRICT;

CREATE TRIGGER logFact_insert BEFORE INSERT ON logFact
WHEN EXISTS (SELECT 1 FROM logFact WHERE position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'append-only-taken: logFact'); END;
-- Erasing a record takes out what it says of people and works, and changes nothing else.
CREATE TRIGGER logFact_update BEFORE UPDATE ON logFact
WHEN NOT (
  NEW.reason IS NULL AND NEW.contractorName IS NULL AND NEW.worksName IS NULL
  AND NEW.position IS OLD.position AND NEW.arrivedAt IS OLD.arrivedAt
  AND NEW.entry IS OLD.entry AND NEW.issuer IS OLD.issuer AND NEW.sha256 IS OLD.sha256
  AND NEW.kid IS OLD.kid AND NEW.at IS OLD.at AND NEW.count IS OLD.count
  AND NEW.contractNumber IS OLD.contractNumber AND NEW.numberKey IS OLD.numberKey
  AND NEW.seq IS OLD.seq AND NEW.jti IS OLD.jti AND NEW.event IS OLD.event
  AND NEW.targetSeq IS OLD.targetSeq AND NEW.reasonCode IS OLD.reasonCode
  AND NEW.kind IS OLD.kind AND NEW.owner IS OLD.owner AND NEW.ownerCode IS OLD.ownerCode
  AND NEW.ownerName IS OLD.ownerName AND NEW.contractPrice IS OLD.contractPrice
  AND NEW.guaranteedAmount IS OLD.guaranteedAmount AND NEW.coverageEnd IS OLD.coverageEnd
)
BEGIN SELECT RAISE(ABORT, 'append-only: logFact'); END;
CREATE TRIGGER logFact_delete BEFORE DELETE ON logFact BEGIN SELECT RAISE(ABORT, 'append-only: logFact'); END;
