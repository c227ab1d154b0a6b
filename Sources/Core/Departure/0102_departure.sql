-- People who asked for their account to be deleted, and may still change their minds.
CREATE TABLE account_departure (
    account_id BIGINT PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    asked_at BIGINT NOT NULL,
    leaves_at BIGINT NOT NULL
);

CREATE INDEX account_departure_due ON account_departure (leaves_at, account_id);
