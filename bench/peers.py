"""Other people's checkers of YAML, each set up so that it does its work on the same files and has nothing to say.

check-jsonschema and ajv validate each kind's files against the schema that `itsm schema KIND` prints, formats included,
in one start a kind, since they take one schema. ajv takes the times of YAML for dates and refuses them, so it is given
the same records as JSON, made beforehand. yamllint runs once over all, with its relaxed rules and without a limit for
lines.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.generate import FOLDERS
from bench.measure import Command
from itsm_as_code.reading.document import read_document

ITSM = (sys.executable, "-m", "itsm_as_code")
YAMLLINT_RULES = "{extends: relaxed, rules: {line-length: disable}}"
AJV = Path(__file__).with_name("node_modules") / ".bin" / "ajv"


def peers(repository: Path, scratch: Path) -> Mapping[str, Sequence[Command]]:
    """Return the commands of each peer that is installed, by its name; what they need is written into `scratch`."""
    found: dict[str, Sequence[Command]] = {}
    schemas = _write_schemas(repository, scratch)
    checker, linter = _beside_python("check-jsonschema"), _beside_python("yamllint")
    if checker:
        found["check-jsonschema"] = [
            [checker, "--schemafile", str(schema), *map(str, _files(repository, kind))]
            for kind, schema in schemas.items()
        ]
    if linter:
        found["yamllint"] = [[linter, "--strict", "--config-data", YAMLLINT_RULES, "records"]]
    if AJV.exists():
        _write_json(repository, scratch / "json")
        found["ajv"] = [
            [str(AJV), "validate", "--spec=draft2020", "--strict=false", "-c", str(AJV.parents[1] / "ajv-formats"),
             "-s", str(schema), "-d", f"{scratch}/json/{kind}/*.json"]
            for kind, schema in schemas.items()
        ]  # fmt: skip
    return found


def _beside_python(name: str) -> str | None:
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else shutil.which(name)


def _files(repository: Path, kind: str) -> Sequence[Path]:
    """Return a kind's files, relative to the repository, sorted."""
    return sorted(file.relative_to(repository) for file in (repository / "records" / FOLDERS[kind]).rglob("*.yaml"))


def _write_schemas(repository: Path, scratch: Path) -> Mapping[str, Path]:
    schemas = {kind: scratch / f"{kind}.schema.json" for kind in FOLDERS}
    for kind, schema in schemas.items():
        printed = subprocess.run([*ITSM, "schema", kind], cwd=repository, check=True, capture_output=True)
        schema.write_bytes(printed.stdout)
    return schemas


def _write_json(repository: Path, folder: Path) -> None:
    for kind in FOLDERS:
        (folder / kind).mkdir(parents=True)
        for file in _files(repository, kind):
            value = read_document(str(file), (repository / file).read_bytes()).value
            (folder / kind / f"{file.stem}.json").write_text(json.dumps(value), encoding="utf-8")
