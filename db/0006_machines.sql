-- Bearers that issuers' programs have used, until they are too old to be used again.
CREATE TABLE issuerRequest (
  issuer TEXT NOT NULL REFERENCES issuer (id),
  jti TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (issuer, jti)
) STRICT;
CREATE INDEX issuerRequest_at ON issuerRequest (at);
