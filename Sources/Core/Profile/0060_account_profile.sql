-- How somebody wants to be called, and the language in which the site and its mails speak to them.

ALTER TABLE account ADD COLUMN display_name TEXT
    CONSTRAINT account_display_name CHECK (length(display_name) BETWEEN 1 AND 64);
-- BCP 47; without one each browser's wish counts.
ALTER TABLE account ADD COLUMN language TEXT
    CONSTRAINT account_language CHECK (length(language) BETWEEN 2 AND 35);
