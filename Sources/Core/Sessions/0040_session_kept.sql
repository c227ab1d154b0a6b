-- Whether somebody asked to stay logged in on this browser; otherwise the session is a short one. Those that run stay as they are.

ALTER TABLE session ADD COLUMN is_kept BIGINT NOT NULL DEFAULT 1 CHECK (is_kept IN (0, 1));
