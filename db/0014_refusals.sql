-- What a company did about something that the platform had refused: sent it again as it was, signed
-- the same content anew with its key of now, or dropped it. Taking the submission is the right to
-- do it: of two people one is told.
CREATE TABLE refusal (
  submission INTEGER PRIMARY KEY, -- id of what was refused; it is dealt with once
  issuer TEXT NOT NULL,
  numberKey TEXT NOT NULL,
  seq INTEGER NOT NULL,           -- 0: a change of an auth key
  event TEXT NOT NULL,
  jws TEXT,                       -- the record as it had been signed; none for a change of key
  fault TEXT NOT NULL,            -- code of the refusal
  deed TEXT NOT NULL,             -- resent | resigned | dropped
  reason TEXT,                    -- of one that was dropped
  madeBy TEXT NOT NULL,
  madeByName TEXT NOT NULL,
  approvedBy TEXT,
  approvedByName TEXT,
  at TEXT NOT NULL
);
CREATE INDEX refusal_guarantee ON refusal (issuer, numberKey);

-- The statement of the difference that a version brought about, and when a statement was voided
-- because its version was dropped.
ALTER TABLE issuedVersion ADD COLUMN statement TEXT;
ALTER TABLE premiumStatement ADD COLUMN voidedAt TEXT;
