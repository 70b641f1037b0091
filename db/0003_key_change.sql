-- Requests for a new auth key: that one was made, and its jti once. Neither request nor key is kept.
CREATE TABLE keyChange (
  issuer TEXT NOT NULL REFERENCES issuer (id),
  jti TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (issuer, jti)
) STRICT;
