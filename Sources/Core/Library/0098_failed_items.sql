-- What somebody has to look after, found without a look at everything else.
CREATE INDEX media_own_failed ON media (owner_id, created_at, id) WHERE deleted_at IS NULL AND status = 'failed';
