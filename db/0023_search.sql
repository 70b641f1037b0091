-- Lists of the desk: an index holds all that they choose by, so that a row is read only to be shown.
DROP INDEX issued_org;
DROP INDEX issued_issuer;
CREATE INDEX issued_org ON issued (org, issuedAt, issuer, numberKey, kind, format, branch, searchText);
CREATE INDEX issued_issuer ON issued (issuer, issuedAt, numberKey, kind, format, branch, searchText);

-- Each three letters that stand one after the other in a searchText, and the last two and the last one:
-- by them a text that few guarantees hold is found without reading the list. A table and not FTS5: D1
-- exports no database that has a virtual table (.github/decisions/2026-11-28-search-by-letters.md).
CREATE TABLE issuedLetters (
  letters TEXT NOT NULL,
  issuer TEXT NOT NULL,
  numberKey TEXT NOT NULL,
  PRIMARY KEY (letters, issuer, numberKey)
) STRICT, WITHOUT ROWID;

-- 1, 2, 3 …: a trigger may have no WITH of its own. No searchText is as long: it has four names of at
-- most 200 letters, of each of which NFKC makes at most eighteen.
CREATE TABLE letterPlace (n INTEGER PRIMARY KEY) STRICT;
WITH RECURSIVE place (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM place WHERE n < 16384)
INSERT INTO letterPlace SELECT n FROM place;

CREATE TRIGGER issued_letters_added AFTER INSERT ON issued BEGIN
  INSERT INTO issuedLetters
    SELECT DISTINCT substr(new.searchText, n, 3), new.issuer, new.numberKey
    FROM letterPlace WHERE n <= length(new.searchText);
END;

CREATE TRIGGER issued_letters_changed AFTER UPDATE OF searchText ON issued
WHEN old.searchText <> new.searchText BEGIN
  DELETE FROM issuedLetters
  WHERE issuer = old.issuer AND numberKey = old.numberKey AND letters IN (
    SELECT substr(old.searchText, n, 3) FROM letterPlace WHERE n <= length(old.searchText)
  );
  INSERT INTO issuedLetters
    SELECT DISTINCT substr(new.searchText, n, 3), new.issuer, new.numberKey
    FROM letterPlace WHERE n <= length(new.searchText);
END;

CREATE TRIGGER issued_letters_removed AFTER DELETE ON issued BEGIN
  DELETE FROM issuedLetters
  WHERE issuer = old.issuer AND numberKey = old.numberKey AND letters IN (
    SELECT substr(old.searchText, n, 3) FROM letterPlace WHERE n <= length(old.searchText)
  );
END;

-- Those that are there already.
INSERT OR IGNORE INTO issuedLetters
  SELECT substr(searchText, n, 3), issuer, numberKey
  FROM issued CROSS JOIN letterPlace WHERE n <= length(searchText);
