"""docs/adding-a-feature.md as a stranger reads it: files to make, and lines to add to files that are there."""

import re
from dataclasses import dataclass
from pathlib import Path

from .server import ROOT

GUIDE = ROOT / "docs/adding-a-feature.md"

# The sentence before a block of code says where it goes.
STEP = re.compile(
    r"^(?:`(?P<new>[^`]+)`|In `(?P<old>[^`]+)`, below `(?P<anchor>[^`]+)`):\n\n```\w+\n(?P<code>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Step:
    """A whole file, or lines that go below a line that is there."""

    path: str
    anchor: str | None
    code: str

    def follow(self, root: Path) -> None:
        file = root / self.path
        if self.anchor is None:
            assert not file.exists(), f"{self.path} is there already"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self.code)
            return
        lines = file.read_text().splitlines(keepends=True)
        places = [number for number, line in enumerate(lines) if line.rstrip("\n") == self.anchor]
        assert len(places) == 1, f"{self.path} has {len(places)} lines `{self.anchor}`"
        lines.insert(places[0] + 1, self.code)
        file.write_text("".join(lines))


def steps() -> list[Step]:
    return [
        Step(found["new"] or found["old"], found["anchor"], found["code"]) for found in STEP.finditer(GUIDE.read_text())
    ]


def commands() -> list[str]:
    return re.findall(r"^    (\S.*)$", re.sub(r"^```.*?^```$", "", GUIDE.read_text(), flags=re.M | re.S), re.MULTILINE)
