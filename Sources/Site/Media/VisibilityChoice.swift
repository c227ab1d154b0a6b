import Core
import Web

/// Who may see it: three radio buttons, each with what it means.
struct VisibilityChoice: Sendable {
    let form: FormState

    func html(in frame: Frame) -> HTML {
        let chosen = form.fields["visibility"].flatMap { Media.Visibility(rawValue: $0) } ?? .private
        let problem = form.problems.first { $0.field == "visibility" }
        return """
            <fieldset class="field" id="field-visibility"\
            \(HTML.attribute("aria-describedby", problem.map { _ in "field-visibility-error" }))>\
            <legend class="field-label">\(t("Who may see it"))</legend>
            <div class="choices">\(Media.Visibility.allCases.map { choice($0, isChosen: $0 == chosen, in: frame) })</div>
            \(problem.map { "<p class=\"field-error\" id=\"field-visibility-error\">\($0.message)</p>" } as HTML?)
            </fieldset>
            """
    }

    private func choice(_ visibility: Media.Visibility, isChosen: Bool, in frame: Frame) -> HTML {
        """
        <label class="choice" for="visibility-\(visibility.rawValue)">\
        <input type="radio" id="visibility-\(visibility.rawValue)" name="visibility" value="\(visibility.rawValue)"\
        \(HTML.flag("checked", isChosen))>\
        <span class="choice-name">\(frame.icon(visibility.icon))\(visibility.name)</span>\
        <span class="choice-help">\(visibility.explanation)</span></label>

        """
    }
}
