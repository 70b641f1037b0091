-- Why an approver sent a proposal back (proposalEnd.deed: declined); none of the other ends has a reason.
ALTER TABLE proposalEnd ADD COLUMN reason TEXT;
CREATE INDEX proposalEnd_maker ON proposalEnd (madeBy, at);
