-- What a contractor asks of the company for a guarantee that was issued: a new auth key, or that the
-- key may have leaked. Each is asked once until it is answered.
CREATE TABLE wish (
  id TEXT PRIMARY KEY,
  application TEXT NOT NULL,
  kind TEXT NOT NULL,
  issuer TEXT NOT NULL,
  org TEXT NOT NULL,
  type TEXT NOT NULL,         -- rekey | leaked
  reason TEXT NOT NULL,
  state TEXT NOT NULL,        -- open | done | refused
  madeBy TEXT NOT NULL,
  madeAt TEXT NOT NULL,
  closedBy TEXT,
  closedAt TEXT,
  answer TEXT,
  FOREIGN KEY (application, kind) REFERENCES applicationLine (application, kind)
);
CREATE UNIQUE INDEX wish_open ON wish (application, kind, type) WHERE state = 'open';
CREATE INDEX wish_issuer ON wish (issuer, state, madeAt);
