-- Accounts that were closed: thirty days in which they can come back, then they are erased.
CREATE TABLE account_closing (
    account_id BIGINT PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    closed_at BIGINT NOT NULL,
    erase_at BIGINT NOT NULL,
    -- Who got the items; NULL when they went to the trash.
    heir_id BIGINT REFERENCES account (id) ON DELETE SET NULL,
    erased_at BIGINT
);

CREATE INDEX account_closing_due ON account_closing (erase_at, account_id) WHERE erased_at IS NULL;
CREATE INDEX account_closing_heir ON account_closing (heir_id);
