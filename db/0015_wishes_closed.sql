-- Who had a new auth key made: closes what the contractor wished for, once the platform has the key.
ALTER TABLE submission ADD COLUMN madeBy TEXT;
