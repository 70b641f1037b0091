-- A paper belongs to the revisions of its application from addedIn on, up to but without removedIn:
-- what a company was shown stays readable for it when the contractor takes it back.
ALTER TABLE attachment ADD COLUMN addedIn INTEGER NOT NULL DEFAULT 1;
ALTER TABLE attachment ADD COLUMN removedIn INTEGER;
-- Those that are there came with the first revision after them; what is younger than the newest
-- revision was not sent yet.
UPDATE attachment SET addedIn = coalesce(
  (SELECT min(revision) FROM applicationRevision
    WHERE application = attachment.application AND at >= attachment.addedAt),
  (SELECT max(revision) + 1 FROM applicationRevision WHERE application = attachment.application),
  1);
