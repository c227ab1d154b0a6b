-- From a moment to the entries around it: entries are numbered in the order of time, but for those of the same moments.
CREATE INDEX audit_entry_by_time ON audit_entry (happened_at, id);
