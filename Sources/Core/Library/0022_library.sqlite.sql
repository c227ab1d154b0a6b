-- Lists: one index for every shelf and sort; the columns after the id answer the filters without a look at the row.
CREATE INDEX media_own_created ON media (owner_id, created_at, id, kind, visibility) WHERE deleted_at IS NULL;
CREATE INDEX media_own_title ON media (owner_id, title_key, id, kind, visibility) WHERE deleted_at IS NULL;
CREATE INDEX media_own_size ON media (owner_id, size, id, kind, visibility) WHERE deleted_at IS NULL;
CREATE INDEX media_own_duration ON media (owner_id, duration, id, kind, visibility) WHERE deleted_at IS NULL;

CREATE INDEX media_public_created ON media (tenant_id, created_at, id, kind)
    WHERE deleted_at IS NULL AND visibility = 'public';
CREATE INDEX media_public_title ON media (tenant_id, title_key, id, kind)
    WHERE deleted_at IS NULL AND visibility = 'public';
CREATE INDEX media_public_size ON media (tenant_id, size, id, kind)
    WHERE deleted_at IS NULL AND visibility = 'public';
CREATE INDEX media_public_duration ON media (tenant_id, duration, id, kind)
    WHERE deleted_at IS NULL AND visibility = 'public';

CREATE INDEX media_all_created ON media (created_at, id, owner_id, kind, visibility) WHERE deleted_at IS NULL;
CREATE INDEX media_all_title ON media (title_key, id, owner_id, kind, visibility) WHERE deleted_at IS NULL;
CREATE INDEX media_all_size ON media (size, id, owner_id, kind, visibility) WHERE deleted_at IS NULL;
CREATE INDEX media_all_duration ON media (duration, id, owner_id, kind, visibility) WHERE deleted_at IS NULL;

-- Search: the words of titles, folded by the program, with a word for the owner and one for the tenant whose public
-- items it is among. The rowid is the item's id.
CREATE VIRTUAL TABLE media_search USING fts5(
    words, tokenize = "ascii tokenchars '_'", prefix = '1 2 3', detail = none
);
