-- The change of an auth key names the key that it replaces: each is replaced once, whoever clicks twice
-- or at the same time. What was refused stands in nobody's way.
ALTER TABLE submission ADD COLUMN keySince TEXT;
DELETE FROM submission WHERE seq = 0 AND state = 'waiting' AND id NOT IN (
  SELECT max(id) FROM submission WHERE seq = 0 AND state = 'waiting' GROUP BY issuer, numberKey
);
UPDATE submission SET keySince = (
  SELECT issued.keySince FROM issued
  WHERE issued.issuer = submission.issuer AND issued.numberKey = submission.numberKey
    AND issued.keySince <= submission.madeAt
) WHERE seq = 0 AND state <> 'arrived';
CREATE UNIQUE INDEX submission_key ON submission (issuer, numberKey, keySince)
  WHERE seq = 0 AND state <> 'refused';
