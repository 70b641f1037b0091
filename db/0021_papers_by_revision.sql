-- A paper belongs to the revisions of its application from addedIn on, up to but without removedIn:
-- what a company was shown stays readable for it when the contractor takes it back.
ALTER TABLE attachment ADD COLUMN addedIn INTEGER NOT NULL DEFAULT 1;
ALTER TABLE attachment ADD COLUMN removedIn INTEGER;
