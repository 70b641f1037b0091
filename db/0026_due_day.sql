-- 支払期限 of a 保証料計算書, fixed when it is made; none where the company has set no days, and by the month.
ALTER TABLE premiumStatement ADD COLUMN dueOn TEXT;
