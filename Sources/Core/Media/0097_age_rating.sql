-- From which age on an item is meant for people; NULL while nobody said so.
ALTER TABLE media ADD COLUMN age_rating BIGINT CONSTRAINT media_age_rating CHECK (age_rating IN (6, 12, 16, 18));
