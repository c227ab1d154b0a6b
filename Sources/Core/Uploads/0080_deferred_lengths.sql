-- Uploads whose client tells the length later. A form's file has none either until it ends, but nobody can go on with it.
ALTER TABLE upload ADD COLUMN is_deferred BIGINT NOT NULL DEFAULT 0
    CONSTRAINT upload_is_deferred CHECK (is_deferred IN (0, 1));
