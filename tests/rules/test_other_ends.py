"""Other ends: which further places each rule's wrong example names, and that each is a place."""

from collections.abc import Callable

from itsm_as_code.rules.catalogue import discover
from itsm_as_code.rules.engine import check, lint, lint_step
from itsm_as_code.rules.reference import read_page
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.step import Step
from itsm_as_code.sources.memory import MemorySource
from tests.support import ExampleSource


def test_what_the_examples_name(golden: Callable[[str, str], None]) -> None:
    lines = []
    for rule in discover().values():
        page = read_page(rule.doc)
        snapshot = load(ExampleSource(page.wrong))
        texts = {file.path: file.data.split(b"\n") for file in (*(page.before or ()), *page.wrong)}
        if page.before is not None:
            found = lint_step(Step(load(ExampleSource(page.before)), snapshot, page.wrong_commits))
        else:
            found = lint(snapshot) if page.as_of is None else check(snapshot, page.as_of)
        for finding in found:
            for other in finding.related:
                assert other.place != finding.place
                assert 1 <= other.place.line <= len(texts[other.place.file])
                assert texts[other.place.file][other.place.line - 1].strip()
                assert other.message
                assert other.message.isprintable()
                lines.append(f"{finding.rule}: {finding.place} see {other.place} ({other.message})\n")
    golden("rules/other-ends.txt", "".join(lines))


def test_a_long_circle_names_some_of_its_ends() -> None:
    files = {
        f"records/people/p{number}.yaml": f"name: P{number}\nmanager: person:p{(number + 1) % 50}\n"
        for number in range(50)
    }
    files |= {
        f"records/incidents/2026/INC-20260304-aa{number:02}.yaml": (
            "title: Shop is down\nimpact: high\nurgency: high\n"
            f"parent: INC-20260304-aa{(number + 1) % 50:02}\n"
            "timeline:\n  - {at: 2026-03-04T03:07:00+01:00, by: person:p1, type: created}\n"
        )
        for number in range(50)
    }
    files["itsm.yaml"] = "format: 1\norganisation: {name: ACME}\ntime_zone: Europe/Zurich\n"
    (finding,) = [finding for finding in lint(load(MemorySource(files))) if finding.rule == "parent-cycle"]
    assert len(finding.related) == 20
    assert finding.related[0].message.startswith("leads on to INC-20260304-")


def test_several_that_may_be_meant_are_no_other_end() -> None:
    files = {
        "itsm.yaml": "format: 1\norganisation: {name: ACME}\ntime_zone: Europe/Zurich\n",
        "records/teams/web.yaml": "name: Web\nmembers: [person:anna]\n",
        "records/people/anne.yaml": "name: Anne\n",
    }
    (one,) = lint(load(MemorySource(files)))
    assert [str(other.place) for other in one.related] == ["records/people/anne.yaml:1:1"]
    (both,) = lint(load(MemorySource({**files, "records/people/ann.yaml": "name: Ann\n"})))
    assert "ann or person:anne" in both.message or "anne or person:ann" in both.message
    assert both.related == ()
