-- The 保証料返還計算書 with which a settled 保証料計算書 was given back whole, because its guarantee was not
-- issued; that statement names itself. Neither counts for what is charged of the guarantee any more.
ALTER TABLE premiumStatement ADD COLUMN givenBackBy TEXT;
