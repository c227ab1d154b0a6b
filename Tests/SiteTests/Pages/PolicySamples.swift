import Web

@testable import Core
@testable import Site

enum PolicySamples {
    private static let terms = Policy(
        kind: .terms,
        version: 3,
        text: "# House rules\n\nBe kind to <everybody>.\n\n- No noise\n- No smoke",
        createdAt: Samples.now - .days(12)
    )

    private static let refused = FormState(
        ["text": " "],
        problems: [.init("text", "The text needs 1 to 50000 characters.")]
    )

    static let pages: [SamplePage] = [
        .init("privacy-policy", PolicyPage(kind: .privacy, policy: nil), .visitor),
        .init("terms-of-service", PolicyPage(kind: .terms, policy: nil), .member),
        .init("terms-of-service-old", PolicyPage(kind: .terms, policy: terms, isInForce: false), .administrator),
        .init("policies", PolicyList(versions: PolicyVersions(privacy: 0, terms: 3)), .administrator),
        .init("policy-edit", PolicyEditPage(kind: .terms, current: terms), .administrator),
        .init("policy-edit-refused", PolicyEditPage(kind: .terms, current: terms, form: refused), .administrator),
    ]
}
