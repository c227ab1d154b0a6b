"""A line of the table, and the table."""

from dataclasses import dataclass, field


@dataclass
class Line:
    """One number of ours beside one of theirs."""

    row: str
    what: str
    ours: str
    theirs: str = "–"
    ratio: float | None = None
    # `(">=", 0.95)` or `("<=", 1.3)`, about the ratio; about `value` where there is no peer.
    target: tuple[str, float] | None = None
    value: float | None = None
    unit: str = ""
    raw: dict = field(default_factory=dict)

    @property
    def is_met(self) -> bool | None:
        number = self.ratio if self.ratio is not None else self.value
        if self.target is None or number is None:
            return None
        sign, limit = self.target
        return number >= limit if sign == ">=" else number <= limit

    @property
    def cells(self) -> list[str]:
        wanted = ""
        if self.target:
            sign, limit = self.target
            wanted = f"{'≥' if sign == '>=' else '≤'} {limit:g}{self.unit}"
        verdict = {True: "met", False: "missed", None: ""}[self.is_met]
        ratio = f"{self.ratio:.2f}" if self.ratio is not None else "–"
        return [self.row, self.what, self.ours, self.theirs, ratio, wanted, verdict]


HEAD = ["row", "what", "ours", "theirs", "ratio", "target", ""]


def as_markdown(lines: list[Line]) -> str:
    table = [HEAD, *(line.cells for line in lines)]
    widths = [max(len(cells[column]) for cells in table) for column in range(len(HEAD))]
    rows = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=False)) + " |"
        for cells in table
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([rows[0], rule, *rows[1:]])
