-- A proposal has a number of its own, so that who agrees to it names what was shown.
CREATE TABLE proposal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  issuer TEXT NOT NULL,
  numberKey TEXT NOT NULL,
  event TEXT NOT NULL,
  fields TEXT NOT NULL,       -- JSON of the form
  seq INTEGER NOT NULL,       -- that it would take
  madeBy TEXT NOT NULL,
  madeByName TEXT NOT NULL,
  madeAt TEXT NOT NULL,
  FOREIGN KEY (issuer, numberKey) REFERENCES issued (issuer, numberKey)
);
INSERT INTO proposal (issuer, numberKey, event, fields, seq, madeBy, madeByName, madeAt)
  SELECT issuer, numberKey, event, fields, seq, madeBy, madeByName, madeAt FROM lifeProposal;
DROP TABLE lifeProposal;
ALTER TABLE proposal RENAME TO lifeProposal;
CREATE UNIQUE INDEX lifeProposal_guarantee ON lifeProposal (issuer, numberKey);

-- How a proposal ended, by whom and when. Taking its id is the right to end it: of two people one is
-- told, and what was withdrawn cannot be carried out.
CREATE TABLE proposalEnd (
  proposal INTEGER PRIMARY KEY,
  issuer TEXT NOT NULL,
  numberKey TEXT NOT NULL,
  event TEXT NOT NULL,
  fields TEXT NOT NULL,
  madeBy TEXT NOT NULL,
  madeByName TEXT NOT NULL,
  madeAt TEXT NOT NULL,
  deed TEXT NOT NULL,         -- agreed | withdrawn | overtaken
  byUser TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX proposalEnd_guarantee ON proposalEnd (issuer, numberKey);
