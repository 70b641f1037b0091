-- Upon how many deeds of a guarantee a draft was typed: once there are more, its terms are not those of now.
ALTER TABLE lifeDraft ADD COLUMN deeds INTEGER NOT NULL DEFAULT 0;
