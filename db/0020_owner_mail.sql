-- The mail by which contractors hand a guarantee to an owner, in its own words: {subject, body}.
ALTER TABLE owner ADD COLUMN mailTemplate TEXT;
