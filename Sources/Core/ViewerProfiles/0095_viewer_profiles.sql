-- Who watches: each profile of an account has a picture, and if it is to, a PIN and an age limit.

ALTER TABLE profile ADD COLUMN picture TEXT NOT NULL DEFAULT 'fox'
    CONSTRAINT profile_picture CHECK (length(picture) BETWEEN 1 AND 20);
ALTER TABLE profile ADD COLUMN colour TEXT NOT NULL DEFAULT 'sea'
    CONSTRAINT profile_colour CHECK (length(colour) BETWEEN 1 AND 20);
-- Years; items for older ones, and those that nobody rated, are not there for this profile.
ALTER TABLE profile ADD COLUMN age_limit BIGINT CONSTRAINT profile_age_limit CHECK (age_limit IN (6, 12, 16, 18));
-- Its hash.
ALTER TABLE profile ADD COLUMN pin TEXT;
-- Since the last right one, and until when the next guess has to wait.
ALTER TABLE profile ADD COLUMN wrong_pins BIGINT NOT NULL DEFAULT 0 CONSTRAINT profile_wrong_pins CHECK (wrong_pins >= 0);
ALTER TABLE profile ADD COLUMN pin_closed_until BIGINT NOT NULL DEFAULT 0;

-- Who watches in a browser; nobody has said so yet while it is NULL.
ALTER TABLE session ADD COLUMN profile_id BIGINT REFERENCES profile (id) ON DELETE SET NULL;
CREATE INDEX session_by_profile ON session (profile_id) WHERE profile_id IS NOT NULL;
