/// Which plural form a whole number takes, after the CLDR's rules for cardinal numbers. Forms are numbered as a gettext
/// catalogue numbers them: in the CLDR's order zero, one, two, few, many, other, without those that a language lacks.
package enum PluralRule: Sendable, Hashable {
    /// Japanese, Chinese, Korean, Vietnamese, Thai, Indonesian, Malay.
    case none
    /// English, German, Dutch, Italian, Spanish, Portuguese of Portugal, Swedish, Greek, Turkish and most others.
    case oneOther
    /// French, Portuguese of Brazil: zero counts as one.
    case zeroAndOneOther
    /// Russian, Ukrainian, Belarusian; Serbian, Croatian and Bosnian name their last form otherwise.
    case eastSlavic
    case polish
    /// Czech and Slovak.
    case czech
    case slovenian
    case lithuanian
    case latvian
    case romanian
    case arabic
    case hebrew

    package init(language tag: String) {
        let tag = tag.lowercased()
        switch Language.primary(of: tag) {
        case "ja", "zh", "ko", "vi", "th", "id", "ms": self = .none
        case "fr": self = .zeroAndOneOther
        case "pt": self = tag == "pt-pt" ? .oneOther : .zeroAndOneOther
        case "ru", "uk", "be", "sr", "hr", "bs": self = .eastSlavic
        case "pl": self = .polish
        case "cs", "sk": self = .czech
        case "sl": self = .slovenian
        case "lt": self = .lithuanian
        case "lv": self = .latvian
        case "ro", "mo": self = .romanian
        case "ar": self = .arabic
        case "he": self = .hebrew
        default: self = .oneOther
        }
    }

    /// How many forms a catalogue must bring.
    package var count: Int {
        switch self {
        case .none: 1
        case .oneOther, .zeroAndOneOther: 2
        case .eastSlavic, .polish, .czech, .lithuanian, .latvian, .romanian, .hebrew: 3
        case .slovenian: 4
        case .arabic: 6
        }
    }

    package func form(for number: Int) -> Int {
        let n = number.magnitude
        let tens = n % 100
        let ones = n % 10
        switch self {
        case .none: return 0
        case .oneOther: return n == 1 ? 0 : 1
        case .zeroAndOneOther: return n <= 1 ? 0 : 1
        case .eastSlavic:
            if ones == 1 && tens != 11 { return 0 }
            return (2...4).contains(ones) && !(12...14).contains(tens) ? 1 : 2
        case .polish:
            if n == 1 { return 0 }
            return (2...4).contains(ones) && !(12...14).contains(tens) ? 1 : 2
        case .czech: return n == 1 ? 0 : (2...4).contains(n) ? 1 : 2
        case .slovenian: return tens == 1 ? 0 : tens == 2 ? 1 : tens == 3 || tens == 4 ? 2 : 3
        case .lithuanian:
            if (11...19).contains(tens) { return 2 }
            return ones == 1 ? 0 : ones >= 2 ? 1 : 2
        case .latvian:
            if ones == 0 || (11...19).contains(tens) { return 0 }
            return ones == 1 ? 1 : 2
        case .romanian: return n == 1 ? 0 : n == 0 || (1...19).contains(tens) ? 1 : 2
        case .arabic:
            if n <= 2 { return Int(n) }
            return (3...10).contains(tens) ? 3 : tens >= 11 ? 4 : 5
        case .hebrew: return n == 1 ? 0 : n == 2 ? 1 : 2
        }
    }
}
