"""What holds for the whole project: sizes, names, docstrings, reasons, pinned actions."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import itsm_as_code

# The installed package's own folder: these tests hold for a wheel as well.
PACKAGE = Path(itsm_as_code.__file__).parent
ROOT = Path(__file__).parents[1]

LONGEST_MODULE = 400
LONGEST_FUNCTION = 60
REFUSED_NAMES = re.compile(r"^_*(utils?|helpers?|misc|common|\w*manager|process_(?!id$)\w+|handle_\w+)$")
WRITERS = re.compile(r"^(cli|scaffold|interchange|editing|filing)/|^site/write(\.py|/)")
WRITING_CALLS = {"write_text", "write_bytes", "mkdir", "unlink", "rmdir", "touch", "rename", "replace_file"}


def modules() -> Iterator[tuple[str, str]]:
    """Yield each module of the package, as its path in the package and its source."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), path.read_text(encoding="utf-8")


def functions(source: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method of a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines from `def` to the end of the body."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_module_is_longer_than_its_cap() -> None:
    sizes = {name: len(source.splitlines()) for name, source in modules()}
    assert len(sizes) > 10
    assert {name: size for name, size in sizes.items() if size > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_its_cap() -> None:
    sizes = {f"{name}:{node.name}": length(node) for name, source in modules() for node in functions(source)}
    assert len(sizes) > 20
    assert {name: size for name, size in sizes.items() if size > LONGEST_FUNCTION} == {}


def test_every_module_says_what_it_owns() -> None:
    silent = [name for name, source in modules() if source.strip() and not ast.get_docstring(ast.parse(source))]
    assert silent == []


def test_packages_hold_no_code_in_their_init() -> None:
    assert [name for name, source in modules() if name.endswith("__init__.py") and source.strip()] == []


def test_no_name_that_says_nothing() -> None:
    names = {
        step.removesuffix(".py") for name, source in modules() for step in (*name.split("/"), *_function_names(source))
    }
    # A rule bears the name of its fault, in ITIL's words: major-without-manager.
    rules = {Path(name).stem for name, _ in modules() if name.startswith("rules/") and name.count("/") == 2}
    assert sorted(name for name in names - rules if REFUSED_NAMES.match(name)) == []


def _function_names(source: str) -> list[str]:
    return [node.name for node in functions(source)]


def test_only_the_roof_writes_files() -> None:
    writers = [
        f"{name}:{node.lineno}"
        for name, source in modules()
        if not WRITERS.match(name)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and _writes(node)
    ]
    assert writers == []


def _writes(call: ast.Call) -> bool:
    """Tell whether a call makes or changes a file, as far as its words show."""
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if name in WRITING_CALLS:
        return True
    arguments = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    modes = [argument.value for argument in arguments if isinstance(argument, ast.Constant)]
    return name == "open" and any(
        isinstance(mode, str) and re.fullmatch(r"[rwaxbt+]*[wax+][bt+]*", mode) for mode in modes
    )


def _checkout_file(path: str) -> str:
    file = ROOT / path
    if not file.is_file():
        pytest.skip(f"{path} is not here")
    return file.read_text(encoding="utf-8")


def test_every_linter_exception_has_a_reason() -> None:
    text = _checkout_file("pyproject.toml")
    rules = re.findall(r'^ {4}"([A-Z]+\d*)",?(.*)$', text, flags=re.MULTILINE)
    assert len(rules) > 5
    assert [rule for rule, rest in rules if not re.match(r"\s*# \w+", rest)] == []


def test_every_silenced_line_names_its_rule_and_why() -> None:
    bare = [
        f"{name}:{number}"
        for name, source in modules()
        for number, line in enumerate(source.splitlines(), start=1)
        if re.search(r"# (noqa|type: ignore)", line)
        and not re.search(r"# (noqa: [A-Z]+\d+(, ?[A-Z]+\d+)* - \S|type: ignore\[[\w, -]+\])", line)
    ]
    assert bare == []


def test_actions_are_pinned_by_hash() -> None:
    uses = re.findall(r"uses: (.*)", _checkout_file(".github/workflows/ci.yml"))
    assert uses
    assert [use for use in uses if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use)] == []
