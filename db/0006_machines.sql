-- Bearers that issuers' programs have used, until they are too old to be used again.
CREATE TABLE issuerRequest (
  issuer TEXT NOT NULL REFERENCES issuer (id),
  jti TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (issuer, jti)
) STRICT;
CREATE INDEX issuerRequest_at ON issuerRequest (at);

-- An issuer follows what happens under its name, by position and by id; both are the rowid.
CREATE INDEX version_issuer ON version (issuer);
CREATE INDEX accessNote_issuer ON accessNote (issuer);
