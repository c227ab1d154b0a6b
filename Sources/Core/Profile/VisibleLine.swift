extension String {
    /// Without line breaks, and without the invisible characters with which a name could look like another or turn the
    /// text around it. Joiners stay: emoji and some scripts need them.
    var isOneVisibleLine: Bool {
        let categories = unicodeScalars.map(\.properties.generalCategory)
        return zip(unicodeScalars, categories).allSatisfy { scalar, category in
            if category == .format { return scalar.value == 0x200C || scalar.value == 0x200D }
            return ![.control, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned].contains(category)
        } && categories.contains { $0 != .format }
    }
}
