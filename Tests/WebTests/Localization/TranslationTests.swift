import Testing

@testable import Web

struct TranslationTests {
    private static let german: StaticString = """
        # A translator's remark.
        msgid ""
        msgstr "Content-Type: text/plain; charset=UTF-8\\n"

        #: Site/Accounts/LoginPages.swift:3
        msgid "Sign in"
        msgstr "Anmelden"

        msgid "Uploaded %1 by %2"
        msgstr "%2 hat %1 "
        "hochgeladen"

        msgctxt "verb"
        msgid "Open"
        msgstr "Öffnen"

        msgid "%1 item"
        msgid_plural "%1 items"
        msgstr[0] "%1 Stück"
        msgstr[1] "%1 Stücke"

        #, fuzzy
        msgid "Perhaps"
        msgstr "Vielleicht?"

        msgid "Not yet"
        msgstr ""
        """

    private func german<T>(_ body: () throws -> T) throws -> T {
        let languages = try Languages(catalogues: [("Locales/de.po", Self.german)])
        let language = try #require(languages.named("DE"))
        return try Language.$current.withValue(language, operation: body)
    }

    @Test("English is its own translation")
    func english() {
        let name = "50%1 <b>"
        #expect(t("Sign in") == "Sign in")
        #expect(t("Uploaded \(name) by \("Uma")") == "Uploaded 50%1 <b> by Uma")
        #expect(t("100% of %%1") == "100% of %1")
        #expect(t(verbatim: "50%1") == "50%1")
        #expect(tn("%1 item", "%1 items", count: 1) == "1 item")
        #expect(tn("%1 item", "%1 items", count: 12_345) == "12,345 items")
        #expect(tn("%1 item in %2", "%1 items in %2", count: 0, "Films") == "0 items in Films")
    }

    @Test("A catalogue translates, reorders, tells contexts apart and counts")
    func translated() throws {
        try german {
            #expect(t("Sign in") == "Anmelden")
            #expect(t("Uploaded \("%2") by \("Uma")") == "Uma hat %2 hochgeladen")
            #expect(t("Open", context: "verb") == "Öffnen")
            #expect(t("Open") == "Open")
            #expect(tn("%1 item", "%1 items", count: 1) == "1 Stück")
            #expect(tn("%1 item", "%1 items", count: 1000) == "1.000 Stücke")
            #expect(t("Perhaps") == "Perhaps")
            #expect(t("Not yet") == "Not yet")
            #expect(t(verbatim: "Sign in") == "Anmelden")
        }
    }

    @Test(
        "A broken catalogue is refused with its line",
        arguments: [
            ("msgid \"a\"\nmsgstr \"b", 2), ("msgstr \"b\"", 1), ("\"alone\"", 1), ("msgid \"a\"\nmsgstr \"\\q\"", 2),
            ("nonsense \"a\"", 1), ("msgid", 1), ("msgid \"a\"b\"", 1), ("msgid \"a\"\nmsgstr[1] \"b\"", 2),
            ("msgid \"a\"\nmsgstr \"b\"\n\nmsgid \"a\"\nmsgstr \"c\"", 4),
            ("msgid \"a\"\nmsgid_plural \"as\"\nmsgstr[0] \"b\"", 1),
        ]
    )
    func broken(text: String, line: Int) {
        #expect { try Catalogue(po: text, language: "de", file: "de.po") } throws: { error in
            (error as? CatalogueError)?.line == line
        }
    }

    @Test(
        "The best language for an Accept-Language header",
        arguments: [
            ("de", "de"), ("de-AT,en;q=0.5", "de"), ("fr, de;q=0.3, en;q=0.8", "en"), ("*", "en"), ("", "en"),
            ("de;q=0", "en"), ("xx;q=1.5,de;q=0.1", "de"), (";;;,,,de;q=banana", "en"), ("EN-us, de", "en"),
        ]
    )
    func negotiation(header: String, expected: String) throws {
        let languages = try Languages(catalogues: [("de.po", Self.german)])
        #expect(languages.negotiate(header).tag == expected)
    }

    @Test(
        "Plural forms",
        arguments: [
            ("en", [0: 1, 1: 0, 2: 1]), ("fr", [0: 0, 1: 0, 2: 1]), ("pt-PT", [0: 1, 1: 0]), ("ja", [0: 0, 1: 0]),
            ("ru", [1: 0, 2: 1, 5: 2, 11: 2, 12: 2, 21: 0, 22: 1, 111: 2]), ("pl", [1: 0, 21: 2, 22: 1, 12: 2]),
            ("cs", [1: 0, 3: 1, 5: 2, 22: 2]), ("sl", [1: 0, 101: 0, 2: 1, 3: 2, 5: 3]),
            ("ar", [0: 0, 1: 1, 2: 2, 3: 3, 11: 4, 100: 5, 103: 3]), ("lt", [1: 0, 2: 1, 10: 2, 11: 2, 21: 0]),
            ("lv", [0: 0, 1: 1, 2: 2, 11: 0, 21: 1]), ("ro", [0: 1, 1: 0, 19: 1, 20: 2, 101: 1]),
            ("he", [1: 0, 2: 1, 3: 2]),
        ] as [(String, [Int: Int])]
    )
    func plurals(language: String, forms: [Int: Int]) {
        let rule = PluralRule(language: language)
        for (number, form) in forms {
            #expect(rule.form(for: number) == form, "\(language) \(number)")
            #expect(form < rule.count)
        }
    }
}
