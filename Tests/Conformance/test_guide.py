"""docs/adding-a-feature.md can be followed word for word: it names what is there, and in a soak it is built."""

import re
import shutil
import subprocess

import pytest
from harness import ROOT, SOAK
from harness.guide import GUIDE, commands, steps

WORD = re.compile(r"[A-Za-z_]\w+")


def test_every_block_of_code_has_its_place(tmp_path):
    found = steps()
    assert len(found) == GUIDE.read_text().count("\n```") // 2, (
        "a block of code without a sentence that says where it goes"
    )
    for step in found:
        if step.anchor is not None and not (tmp_path / step.path).exists():
            (tmp_path / step.path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / step.path, tmp_path / step.path)
        step.follow(tmp_path)


def test_it_says_truly_how_much_there_is_to_type():
    program = [step for step in steps() if step.path.startswith("Sources/")]
    files = [step for step in program if step.anchor is None]
    lines = sum(len(step.code.splitlines()) for step in files)
    lists = [step for step in program if step.anchor is not None and step.path.endswith(".swift")]
    sentence = re.sub(r"\s+", " ", GUIDE.read_text())
    assert f"It takes five new files, {lines} lines, and four lines in two lists." in sentence, lines
    assert (len(files), sum(len(step.code.splitlines()) for step in lists)) == (5, 4)
    assert len({step.path for step in lists}) == 2


def test_its_code_uses_only_names_that_there_are():
    known = set()
    for pattern in ("Sources/**/*.swift", "Sources/**/*.css", "Tests/**/*.swift"):
        for file in ROOT.glob(pattern):
            known |= set(WORD.findall(file.read_text()))
    for step in steps():
        known |= set(re.findall(r"\b(?:func|let|var|struct|enum) (\w+)", step.code))
    for step in steps():
        if not step.path.endswith(".swift"):
            continue
        code = re.sub(r"//.*|\"[^\"\n]*\"", "", step.code)
        unknown = {word for word in WORD.findall(code) if word not in known}
        assert unknown == set(), f"{step.path} uses names that are nowhere else"


def test_its_commands_and_paths_exist():
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert commands(), "no commands found"
    for command in commands():
        program, *words = command.split()
        assert program != "make" or words[0] in targets, command
        assert not program.startswith("scripts/") or (ROOT / program).exists(), command
    made = {step.path for step in steps() if step.anchor is None}
    for path in re.findall(r"`((?:Sources|Tests|scripts|docs)/[^`\s]+)`", GUIDE.read_text()):
        is_made = any(new == path or new.startswith(f"{path}/") for new in made)
        assert is_made or (ROOT / path).exists(), f"{path} is not there"


@pytest.mark.skipif(not SOAK, reason="builds everything once more; `make soak` does it")
@pytest.mark.timeout(7200)
def test_what_it_builds_passes_its_tests(tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".build", ".git", "data"))
    for step in steps():
        step.follow(copy)
    subprocess.run(["swift", "build", "--build-tests"], cwd=copy, check=True)
    subprocess.run(["swift", "test", "--skip-build", "--filter", "NotesTests"], cwd=copy, check=True)
