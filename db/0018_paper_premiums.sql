-- The statement of the difference that a step on paper brought about, as issuedVersion.statement has
-- it of a record.
ALTER TABLE paperStep ADD COLUMN statement TEXT;
