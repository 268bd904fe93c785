"""Makes a repository of records that look like an organisation's: any number of them, the same for the same seed.

    python -m bench.generate FOLDER --records 10000 --seed 1

All shipped kinds in the shares in which organisations have them, with links, timelines and outages, about 25 lines
a record, and nothing for `itsm lint --strict` to report.
"""

import argparse
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from bench.records import desk, operations, organisation, things, works
from bench.world import PREFIXES, World, make_world

NOW = "2026-03-12T09:00:00+00:00"
"""Shortly after the last entry of any record."""

FOLDERS: Mapping[str, str] = {
    "asset": "assets",
    "catalog-item": "catalog",
    "change": "changes",
    "change-template": "change-templates",
    "ci": "cis",
    "contract": "contracts",
    "freeze": "freezes",
    "incident": "incidents",
    "known-error": "known-errors",
    "licence": "licences",
    "person": "people",
    "problem": "problems",
    "request": "requests",
    "service": "services",
    "sla": "slas",
    "team": "teams",
}
"""Folder of each kind under `records/`."""

SHARES: Mapping[str, float] = {
    "team": 0.01,
    "person": 0.05,
    "service": 0.03,
    "ci": 0.22,
    "asset": 0.10,
    "contract": 0.01,
    "licence": 0.01,
    "incident": 0.30,
    "problem": 0.04,
    "known-error": 0.02,
    "change": 0.13,
    "change-template": 0.005,
    "freeze": 0.005,
    "request": 0.06,
    "catalog-item": 0.005,
    "sla": 0.005,
}

SETTINGS = """\
format: 1
organisation:
  name: Generated Ltd
time_zone: Etc/UTC
calendars:
  office:
    hours: [{days: [mon, tue, wed, thu, fri], start: "08:00", end: "18:00"}]
    holidays: [{date: "2026-01-01", name: New Year's Day}]
"""

MAKERS: Mapping[str, Callable[[World, int], tuple[str, str]]] = {
    "team": organisation.team,
    "person": organisation.person,
    "service": organisation.service,
    "ci": things.ci,
    "asset": things.asset,
    "contract": things.contract,
    "licence": things.licence,
    "incident": operations.incident,
    "problem": operations.problem,
    "known-error": operations.known_error,
    "change": works.change,
    "change-template": works.change_template,
    "freeze": works.freeze,
    "request": desk.request,
    "catalog-item": desk.catalog_item,
    "sla": desk.sla,
}
"""What makes id and text of the record of a number, by kind."""


def generate(folder: Path, records: int, seed: int) -> None:
    """Write about so many records, and an `itsm.yaml`, into `folder`; the same seed gives the same bytes."""
    counts = {kind: max(2, round(records * share)) for kind, share in SHARES.items()}
    for path, text in [("itsm.yaml", SETTINGS), *_all_records(make_world(counts, seed))]:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _all_records(world: World) -> Iterator[tuple[str, str]]:
    for kind, make in MAKERS.items():
        for number in range(world.counts[kind]):
            id_, text = make(world, number)
            year = f"{world.opened[kind][number].year}/" if kind in PREFIXES else ""
            yield f"records/{FOLDERS[kind]}/{year}{id_}.yaml", text


def main() -> None:
    """Generate as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where to write; made if it is not there")
    parser.add_argument("--records", type=int, default=1000, help="how many records, about")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other records")
    arguments = parser.parse_args()
    generate(arguments.folder, arguments.records, arguments.seed)


if __name__ == "__main__":
    main()
