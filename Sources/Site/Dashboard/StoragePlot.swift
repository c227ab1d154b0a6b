import Core
import Web

/// Storage by type: one bar of all of it against the limit, bars with an axis, and the same numbers as a table, which is the legend too. Widths are in percent, so
/// that the text keeps its size on every screen.
struct StoragePlot: Sendable {
    let use: [DashboardPage.KindUse]
    /// Bytes; nil for no limit.
    let limit: Int64?

    private static let rowHeight = 46

    var html: HTML {
        """
        <div class="panel">
        <h3 id="storage-title">\(t("Storage by type"))</h3>
        \(limit.map(whole))
        <div class="columns">\(plot)\(table)</div>
        </div>
        """
    }

    /// All types in a row, as far as they fill the limit.
    private func whole(of limit: Int64) -> HTML {
        let total = use.reduce(0) { $0 + $1.size }
        let end = Double(max(limit, total, 1))
        let text = t("\(Language.current.size(bytes: total)) of \(Language.current.size(bytes: limit)) used")
        var (before, parts): (Double, [HTML]) = (0, [])
        for kind in use where kind.size > 0 {
            let share = Double(kind.size) / end * 100
            parts.append(
                "<rect class=\"plot-\(kind.kind.rawValue)\" x=\"\(tenth(before))%\" width=\"\(tenth(share))%\" height=\"16\"/>"
            )
            before += share
        }
        return """
            <svg class="plot-whole" height="16" role="img" aria-label="\(text)">\
            <rect class="plot-free" width="100%" height="16"/>\(parts)</svg>
            <p class="plot-text">\(text)</p>
            """
    }

    private func tenth(_ percent: Double) -> String { "\((percent * 10).rounded() / 10)" }

    private var plot: HTML {
        let scale = Scale(largest: use.map(\.size).max() ?? 0)
        let bottom = use.count * Self.rowHeight
        return """
            <svg class="plot" height="\(bottom + 28)" role="img" aria-labelledby="storage-title">
            \(scale.ticks.map { tick($0, scale: scale, bottom: bottom) })
            \(use.enumerated().map { bar($1, top: $0 * Self.rowHeight, scale: scale) })
            </svg>
            """
    }

    private func tick(_ size: Int64, scale: Scale, bottom: Int) -> HTML {
        let x = scale.percent(size)
        let anchor: HTML = size == 0 ? "start" : size == scale.end ? "end" : "middle"
        return """
            <line class="plot-grid" x1="\(x)%" x2="\(x)%" y1="0" y2="\(bottom)"/>\
            <text x="\(x)%" y="\(bottom + 18)" text-anchor="\(anchor)">\(Language.current.size(bytes: size))</text>

            """
    }

    private func bar(_ use: DashboardPage.KindUse, top: Int, scale: Scale) -> HTML {
        """
        <g><title>\(use.kind.plural): \(Language.current.size(bytes: use.size))</title>\
        <text class="plot-name" x="0" y="\(top + 14)">\(use.kind.plural)</text>\
        <rect class="plot-\(use.kind.rawValue)" x="0" y="\(top + 22)" width="\(scale.percent(use.size))%" height="12" rx="3"/></g>

        """
    }

    private var table: HTML {
        """
        <table class="table">
        <thead><tr><th scope="col">\(t("Type"))</th><th scope="col" class="number">\(t("Items"))</th>\
        <th scope="col" class="number">\(t("Size"))</th></tr></thead>
        <tbody>
        \(use.map(row))</tbody>
        </table>
        """
    }

    private func row(_ use: DashboardPage.KindUse) -> HTML {
        """
        <tr><td><span class="swatch plot-\(use.kind.rawValue)"></span>\(use.kind.plural)</td>\
        <td class="number">\(Language.current.number(use.items))</td>\
        <td class="number">\(Language.current.size(bytes: use.size))</td></tr>

        """
    }
}

/// An axis from nothing to a round number at or above the largest value, with up to five marks.
struct Scale: Sendable, Hashable {
    let ticks: [Int64]
    let end: Int64

    init(largest: Int64) {
        var step: Int64 = 1
        // 1, 2, 5, 10, 20, 50 … until four steps reach the largest value.
        let factors: [Int64] = [2, 5, 10]
        var decade: Int64 = 1
        search: while step * 4 < largest {
            for factor in factors {
                step = decade * factor
                if step * 4 >= largest { break search }
            }
            decade *= 10
            guard decade < Int64.max / 100 else { break }
        }
        let count = max(1, (largest + step - 1) / step)
        ticks = (0...count).map { $0 * step }
        end = count * step
    }

    /// Where a value stands on the axis, in whole percent; what is there at all is at least one.
    func percent(_ value: Int64) -> Int {
        guard value > 0 else { return 0 }
        return max(1, Int((Double(value) / Double(end) * 100).rounded()))
    }
}
