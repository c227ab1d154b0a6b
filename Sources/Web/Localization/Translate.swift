/// The text in the reader's language, or as it stands when there is no translation.
///
///     t("Sign in")
///     t("Uploaded \(name)")
///     t("Open", context: "verb")
package func t(_ phrase: Phrase, context: StaticString? = nil) -> String {
    let text = Language.current.catalogue.text(phrase.key, context: context?.description)
    return (text ?? phrase.key).replacingPlaceholders(with: phrase.arguments)
}

/// The same for a key that is only known at run time, such as the message of a failure. Without arguments nothing is
/// replaced in it.
package func t(verbatim key: String, _ arguments: [String] = []) -> String {
    let text = Language.current.catalogue.text(key, context: nil) ?? key
    return arguments.isEmpty ? text : text.replacingPlaceholders(with: arguments)
}

/// A text that depends on a number: `tn("%1 item", "%1 items", count: 3)`. `%1` is the number in the reader's digits, `%2`
/// and so on are `more`. Languages with other plural forms than English bring them in their catalogue.
package func tn(_ one: StaticString, _ other: StaticString, count: Int, _ more: String...) -> String {
    let language = Language.current
    let form = language.catalogue.rule.form(for: count)
    let text =
        language.catalogue.plural(one.description, form: form)
        ?? (count == 1 ? one.description : other.description)
    return text.replacingPlaceholders(with: [language.number(count)] + more)
}
