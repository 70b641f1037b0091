-- Budgets of failures: they slow who fails, and lock nobody out.

-- How much of a budget of failures is spent: it is whole again at refilledAt (milliseconds). The id is a
-- keyed hash of a source, a device or a contract number.
CREATE TABLE budget (
  id TEXT PRIMARY KEY,
  refilledAt INTEGER NOT NULL
) STRICT;

-- Failures past a budget, counted until their minute is over; then each count becomes one accessNote.
CREATE TABLE accessTally (
  source TEXT NOT NULL,
  minute TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (source, minute)
) STRICT;
