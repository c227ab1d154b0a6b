-- How far each profile is in a film or a sound.
CREATE TABLE watch_position (
    profile_id BIGINT NOT NULL REFERENCES profile (id) ON DELETE CASCADE,
    media_id BIGINT NOT NULL REFERENCES media (id) ON DELETE CASCADE,
    -- Milliseconds.
    position BIGINT NOT NULL CONSTRAINT watch_position_position CHECK (position >= 0),
    -- Whether it was watched to its end, or nearly so.
    is_finished BIGINT NOT NULL CONSTRAINT watch_position_is_finished CHECK (is_finished IN (0, 1)),
    watched_at BIGINT NOT NULL,
    PRIMARY KEY (profile_id, media_id)
);

CREATE INDEX watch_position_recent ON watch_position (profile_id, watched_at, media_id);
CREATE INDEX watch_position_media ON watch_position (media_id);
