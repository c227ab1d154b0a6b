"""Runs the benchmarks and prints one table: `run.py [ROW…]`, `run.py --list`."""

import json
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from measure import files, pages, people, process, signing, tls, viewers
from measure.result import as_markdown

ROWS = files.ROWS | tls.ROWS | viewers.ROWS | pages.ROWS | people.ROWS | signing.ROWS | process.ROWS


class Bench:
    """What the rows share: a folder, and things that are made once and end with the run."""

    def __init__(self, folder: Path, stack: ExitStack):
        self.folder = folder
        self._stack = stack
        self._made = {}

    def once(self, make):
        """The result of `make(self)`, which runs at the first call; a context manager is left at the end of the run."""
        if make not in self._made:
            made = make(self)
            self._made[make] = self._stack.enter_context(made) if hasattr(made, "__exit__") else made
        return self._made[make]

    def leave_at_the_end(self, manager):
        return self._stack.enter_context(manager)


def main(names: list[str]) -> int:
    if "--list" in names:
        print("\n".join(ROWS))
        return 0
    unknown = set(names) - set(ROWS)
    if unknown:
        print(f"no row {', '.join(sorted(unknown))}; there are: {', '.join(ROWS)}", file=sys.stderr)
        return 64

    began = time.monotonic()
    lines = []
    with tempfile.TemporaryDirectory(prefix="mediashare-bench.") as folder, ExitStack() as stack:
        bench = Bench(Path(folder), stack)
        for name in names or ROWS:
            print(f"{name} …", file=sys.stderr, flush=True)
            lines += ROWS[name](bench)
            for line in lines[-3:]:
                if line.row == name:
                    print("   " + "  ".join(line.cells[1:]), file=sys.stderr, flush=True)

    stamp = time.strftime("%Y-%m-%d-%H%M")
    results = Path(__file__).parent / "results"
    table = as_markdown(lines)
    (results / f"{stamp}.md").write_text(f"# Measured {stamp}\n\n{table}\n")
    (results / f"{stamp}.json").write_text(json.dumps([line.__dict__ for line in lines], indent=1))
    print(f"\n{table}\n\n{time.monotonic() - began:.0f} seconds; kept in Benchmarks/results/{stamp}.md and .json")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
