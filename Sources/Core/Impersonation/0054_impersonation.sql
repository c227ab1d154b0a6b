-- A session in which somebody else acts for the account: who, why, and until when.
ALTER TABLE session ADD COLUMN impersonator_id BIGINT REFERENCES account (id) ON DELETE CASCADE;
ALTER TABLE session ADD COLUMN ends_at BIGINT;

CREATE INDEX session_by_impersonator ON session (impersonator_id) WHERE impersonator_id IS NOT NULL;
