-- What may be uploaded. Kinds are fixed, as programs depend on them; sizes and extensions are the operator's.
CREATE TABLE media_type (
    kind TEXT NOT NULL CONSTRAINT media_type_pk PRIMARY KEY
        CONSTRAINT media_type_kind CHECK (kind IN ('video', 'audio', 'image', 'document')),
    maximum_size BIGINT NOT NULL CONSTRAINT media_type_maximum_size CHECK (maximum_size > 0),
    position BIGINT NOT NULL
);

-- accepted: MIME types as libmagic names them, with a space between them.
CREATE TABLE media_format (
    extension TEXT NOT NULL CONSTRAINT media_format_pk PRIMARY KEY,
    kind TEXT NOT NULL REFERENCES media_type (kind) ON DELETE CASCADE,
    content_type TEXT NOT NULL,
    accepted TEXT NOT NULL
);

INSERT INTO media_type (kind, maximum_size, position) VALUES
    ('video', 21474836480, 1),
    ('audio', 2147483648, 2),
    ('image', 209715200, 3),
    ('document', 536870912, 4);

INSERT INTO media_format (extension, kind, content_type, accepted) VALUES
    ('mp4', 'video', 'video/mp4', 'video/mp4 video/x-m4v video/quicktime'),
    ('m4v', 'video', 'video/mp4', 'video/mp4 video/x-m4v video/quicktime'),
    ('mov', 'video', 'video/quicktime', 'video/quicktime video/mp4'),
    ('mkv', 'video', 'video/x-matroska', 'video/x-matroska video/webm application/x-matroska'),
    ('webm', 'video', 'video/webm', 'video/webm video/x-matroska'),
    ('avi', 'video', 'video/x-msvideo', 'video/x-msvideo'),
    ('wmv', 'video', 'video/x-ms-wmv', 'video/x-ms-asf video/x-ms-wmv application/vnd.ms-asf'),
    ('flv', 'video', 'video/x-flv', 'video/x-flv'),
    ('mpg', 'video', 'video/mpeg', 'video/mpeg video/mpv video/mp2p'),
    ('mpeg', 'video', 'video/mpeg', 'video/mpeg video/mpv video/mp2p'),
    ('ts', 'video', 'video/mp2t', 'video/MP2T video/mp2t'),
    ('m2ts', 'video', 'video/mp2t', 'video/MP2T video/mp2t'),
    ('3gp', 'video', 'video/3gpp', 'video/3gpp video/mp4'),
    ('ogv', 'video', 'video/ogg', 'video/ogg application/ogg'),
    ('mp3', 'audio', 'audio/mpeg', 'audio/mpeg'),
    ('m4a', 'audio', 'audio/mp4', 'audio/x-m4a audio/mp4 video/mp4'),
    ('aac', 'audio', 'audio/aac', 'audio/x-hx-aac-adts audio/aac'),
    ('flac', 'audio', 'audio/flac', 'audio/flac audio/x-flac'),
    ('ogg', 'audio', 'audio/ogg', 'audio/ogg application/ogg'),
    ('oga', 'audio', 'audio/ogg', 'audio/ogg application/ogg'),
    ('opus', 'audio', 'audio/ogg', 'audio/ogg application/ogg'),
    ('wav', 'audio', 'audio/wav', 'audio/x-wav audio/wav'),
    ('wma', 'audio', 'audio/x-ms-wma', 'video/x-ms-asf audio/x-ms-wma application/vnd.ms-asf'),
    ('aif', 'audio', 'audio/aiff', 'audio/x-aiff audio/aiff'),
    ('aiff', 'audio', 'audio/aiff', 'audio/x-aiff audio/aiff'),
    ('jpg', 'image', 'image/jpeg', 'image/jpeg'),
    ('jpeg', 'image', 'image/jpeg', 'image/jpeg'),
    ('png', 'image', 'image/png', 'image/png'),
    ('gif', 'image', 'image/gif', 'image/gif'),
    ('webp', 'image', 'image/webp', 'image/webp'),
    ('avif', 'image', 'image/avif', 'image/avif'),
    ('heic', 'image', 'image/heic', 'image/heic image/heif'),
    ('heif', 'image', 'image/heif', 'image/heic image/heif'),
    ('tif', 'image', 'image/tiff', 'image/tiff'),
    ('tiff', 'image', 'image/tiff', 'image/tiff'),
    ('bmp', 'image', 'image/bmp', 'image/bmp image/x-ms-bmp'),
    ('pdf', 'document', 'application/pdf', 'application/pdf'),
    ('txt', 'document', 'text/plain', 'text/* application/json application/csv inode/x-empty application/x-empty'),
    ('md', 'document', 'text/markdown', 'text/* application/json inode/x-empty application/x-empty'),
    ('csv', 'document', 'text/csv', 'text/* application/csv inode/x-empty application/x-empty'),
    ('rtf', 'document', 'application/rtf', 'text/rtf application/rtf'),
    ('doc', 'document', 'application/msword', 'application/msword application/CDFV2 application/x-ole-storage'),
    ('xls', 'document', 'application/vnd.ms-excel',
        'application/vnd.ms-excel application/CDFV2 application/x-ole-storage'),
    ('ppt', 'document', 'application/vnd.ms-powerpoint',
        'application/vnd.ms-powerpoint application/CDFV2 application/x-ole-storage'),
    ('docx', 'document', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document application/zip'),
    ('xlsx', 'document', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet application/zip'),
    ('pptx', 'document', 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
        'application/vnd.openxmlformats-officedocument.presentationml.presentation application/zip'),
    ('odt', 'document', 'application/vnd.oasis.opendocument.text',
        'application/vnd.oasis.opendocument.text application/zip'),
    ('ods', 'document', 'application/vnd.oasis.opendocument.spreadsheet',
        'application/vnd.oasis.opendocument.spreadsheet application/zip'),
    ('odp', 'document', 'application/vnd.oasis.opendocument.presentation',
        'application/vnd.oasis.opendocument.presentation application/zip'),
    ('epub', 'document', 'application/epub+zip', 'application/epub+zip application/zip'),
    ('zip', 'document', 'application/zip', 'application/zip');
