-- What somebody typed into the form of a 手続, from the form to its confirmation, so that each page on
-- that way has an address of its own to come back to. It goes with the deed.
CREATE TABLE lifeDraft (
  issuer TEXT NOT NULL,
  numberKey TEXT NOT NULL,
  event TEXT NOT NULL,
  byUser TEXT NOT NULL,
  fields TEXT NOT NULL,       -- JSON, as typed
  at TEXT NOT NULL,
  PRIMARY KEY (issuer, numberKey, event, byUser)
);
CREATE INDEX lifeDraft_at ON lifeDraft (at);
