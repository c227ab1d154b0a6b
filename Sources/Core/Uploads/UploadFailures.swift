extension Failure {
    package static let uploadWrongOffset = Failure(
        .conflict,
        "upload_wrong_offset",
        "The upload goes on at another place; ask where and continue there."
    )
    package static let uploadBusy = Failure(
        .conflict,
        "upload_busy",
        "Somebody is sending to this upload right now; try again in a moment.",
        retryAfter: .seconds(1)
    )
    package static let uploadOvertaken = Failure(
        .conflict,
        "upload_overtaken",
        "Nothing came for a while, and another connection goes on with this upload."
    )
    package static let uploadLengthSettled = Failure(
        .conflict,
        "upload_length_settled",
        "The length of this upload has been told before, and was another one."
    )
    package static let uploadFinished = Failure(.conflict, "upload_finished", "This upload is complete.")
    package static let uploadIncomplete = Failure(.conflict, "upload_incomplete", "Parts of this upload are missing.")
    package static let uploadGone = Failure(
        .gone,
        "upload_gone",
        "This upload was ended or nothing came for too long; please start again."
    )
    package static let uploadLongerThanAnnounced = Failure(
        .tooLarge,
        "upload_longer_than_announced",
        "More came than was announced; the rest was refused."
    )
    package static let uploadOverLimit = Failure(
        .tooLarge,
        "upload_too_large",
        "This file is larger than you may upload."
    )
    package static let uploadOverStorage = Failure(
        .tooLarge,
        "upload_over_storage",
        "There is no room left in your storage for this file; delete something, or ask for more room."
    )
    package static let uploadOverDailyLimit = Failure(
        .tooLarge,
        "upload_over_daily_limit",
        "You have uploaded as much as you may within a day; try again tomorrow.",
        retryAfter: .hours(24)
    )
    package static let uploadFilenameMissing = Failure.invalid([
        .init("filename", "Please choose a file.")
    ])
    package static let uploadFilenameUnusable = Failure.invalid([
        .init("filename", "This file name is too long or holds characters that cannot be stored.")
    ])
    package static let uploadUnknownType = Failure(
        .unsupportedType,
        "upload_unknown_type",
        "Files of this sort cannot be uploaded.",
        fields: [.init("filename", "Files of this sort cannot be uploaded.")]
    )
    package static let uploadContentMismatch = Failure(
        .unsupportedType,
        "upload_content_mismatch",
        "What is in the file is not what its name says.",
        fields: [.init("filename", "What is in the file is not what its name says.")]
    )
    package static let uploadEmpty = Failure.invalid([
        .init("filename", "The file is empty.")
    ])
    package static let uploadMetadataTooLong = Failure.invalid([
        .init("metadata", "The upload's metadata is too long.")
    ])
    package static let uploadLengthUnusable = Failure(
        .invalid,
        "upload_length_unusable",
        "The length of an upload is a number of bytes from 0 on."
    )
}
