-- What a mail about a device has to say of it. The row is forgotten with the mail, after a month.

ALTER TABLE mail ADD COLUMN device_address TEXT;
ALTER TABLE mail ADD COLUMN device_user_agent TEXT;
