-- 受領 and 返還 of statements that were noted by mistake: what was noted, and who took it back, when and why.
CREATE TABLE settlementUndone (
  issuer TEXT NOT NULL,
  number TEXT NOT NULL,
  settledAt TEXT NOT NULL,
  settledBy TEXT NOT NULL,
  settledOn TEXT,
  reason TEXT NOT NULL,
  byUser TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (issuer, number, settledAt)
);
