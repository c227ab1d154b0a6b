func t(_ text: String) -> String { text }

func tn(one: String, other: String, count: Int) -> String {
    (count == 1 ? one : other).replacing("%1", with: String(count))
}
