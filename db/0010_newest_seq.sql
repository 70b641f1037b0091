-- How many versions a guarantee has, beside the rows that a look-up finds them by: a version that its
-- row or its index hides is missed.
ALTER TABLE guarantee ADD COLUMN newestSeq INTEGER NOT NULL DEFAULT 0;

UPDATE guarantee SET newestSeq = (
  SELECT count(*) FROM version
  WHERE version.issuer = guarantee.issuer AND version.numberKey = guarantee.numberKey
);
