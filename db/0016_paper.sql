-- What the company did with a guarantee on paper, outside the log. Taking the next seq is the right to
-- do it; most steps print a set of sheets (正 and 副), whose file is the same each time.
CREATE TABLE paperStep (
  issuer TEXT NOT NULL,
  numberKey TEXT NOT NULL,
  seq INTEGER NOT NULL,
  event TEXT NOT NULL,        -- issue | amend | correct | cancel_amendment | cancel | release | reissue | to_electronic
  targetSeq INTEGER,          -- of what is corrected or taken back
  reason TEXT,
  reasonCode TEXT,            -- of a cancel
  certificate TEXT NOT NULL,  -- JSON, as it is after the step
  paper TEXT,                 -- JSON of what the sheets say besides; none where none are printed
  madeAt TEXT NOT NULL,
  madeBy TEXT NOT NULL,
  approvedBy TEXT,
  PRIMARY KEY (issuer, numberKey, seq),
  FOREIGN KEY (issuer, numberKey) REFERENCES issued (issuer, numberKey)
);

-- Each time that somebody fetched a set of sheets to print it.
CREATE TABLE paperPrint (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  issuer TEXT NOT NULL,
  numberKey TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  byUser TEXT NOT NULL,
  FOREIGN KEY (issuer, numberKey, seq) REFERENCES paperStep (issuer, numberKey, seq)
);
CREATE INDEX paperPrint_set ON paperPrint (issuer, numberKey, seq);

UPDATE paperSheet SET seq = 1;
CREATE UNIQUE INDEX paperSheet_set ON paperSheet (issuer, numberKey, seq, copy);
INSERT INTO paperStep (issuer, numberKey, seq, event, certificate, paper, madeAt, madeBy)
  SELECT issuer, numberKey, 1, 'issue', certificate,
    json_object('office', json_object('company', json_extract(certificate, '$.issuerName'))),
    madeAt, madeBy
  FROM paperSheet WHERE copy = '正';
