-- An issuer's keys, for each look-up and each submission asks for them.
CREATE INDEX issuerKey_issuer ON issuerKey (issuer);
