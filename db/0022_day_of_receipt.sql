-- The day on which a charge was received or a refund given back; settledAt is when that was noted.
ALTER TABLE premiumStatement ADD COLUMN settledOn TEXT;
