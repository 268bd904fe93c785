"""Nothing leaks: secrets planted in every field are looked for in every byte of the output."""

from collections.abc import Iterable, Mapping

import pytest

from itsm_as_code.rules.engine import lint
from itsm_as_code.status.audience import Audience
from tests.site.builds import NOW, build, finding, snapshot
from tests.site.planting import Planter

KINDS = snapshot({}).kinds
IDS = {name: f"{kind.prefix}-20260304-{{}}" for name, kind in KINDS.items() if kind.prefix}
WINDOW = {"start": "2026-03-12T22:00:00+01:00", "end": "2026-03-12T23:00:00+01:00"}


def id_of(kind: str, word: str) -> str:
    return IDS.get(kind, "{}").format(word)


def path_of(kind: str, id_: str) -> str:
    year = "2026/" if kind in IDS else ""
    return f"records/{KINDS[kind].folder}/{year}{id_}.yaml"


def address(kind: str, id_: str) -> str:
    return KINDS[kind].address(id_)


def planted(visibility: str, word: str, planter: Planter) -> Mapping[str, str]:
    """Return a record of every kind with a secret in every field."""
    return {
        path_of(name, id_of(name, word)): planter.record(kind, visibility=visibility) for name, kind in KINDS.items()
    }


def targets(word: str) -> Mapping[str, str]:
    return {name: address(name, id_of(name, word)) for name in KINDS}


def found(pages: Mapping[str, str], secrets: Iterable[str]) -> set[str]:
    text = "\n".join(f"{path}\n{content}" for path, content in pages.items()).lower()
    return {secret for secret in secrets if secret.lower() in text}


@pytest.mark.parametrize("visibility", ["internal", "restricted"])
def test_the_public_site_holds_nothing_of_other_records(visibility: str) -> None:
    planter = Planter("hidden", targets("zzzz"))
    files = planted(visibility, "zzzz", planter)
    assert all(record.valid for record in snapshot(files).records.values()), snapshot(files).faults
    assert len(planter.secrets) > 200
    pages = build("public", files)
    assert found(pages, planter.secrets) == set()
    assert found(pages, ["zzzz"]) == set()


def test_the_public_site_holds_only_what_is_allowed_of_public_records() -> None:
    hidden, shown = Planter("hidden", targets("zzzz")), Planter("shown", targets("zzzz"))
    pages: dict[str, Mapping[str, str]] = {}
    for name, fixed in (
        ("service", {"state": "live"}),
        ("incident", {"state": "new"}),
        ("change", {"state": "scheduled", "planned": WINDOW}),
    ):
        record = shown.record(KINDS[name], visibility="public", **fixed)
        files = {**planted("internal", "zzzz", hidden), path_of(name, id_of(name, "yyyy")): record}
        assert all(each.valid for each in snapshot(files).records.values()), snapshot(files).faults
        pages |= {name: build("public", files)}
    allowed = {
        "service": shown.said("title", "public.name", "public.group"),
        "incident": shown.said("title", "public.message", "public communication", "public note"),
        "change": shown.said("title", "outage.message", "public communication", "public note"),
    }
    # A service shows its public name in place of its title, so what must be there is less than what may be.
    needed = {
        "service": shown.said("public.name", "public.group"),
        "incident": shown.said("public.message"),
        "change": shown.said("outage.message"),
    }
    for name, held in pages.items():
        there = found(held, {**shown.secrets, **hidden.secrets})
        assert there <= allowed[name], name
        assert there & needed[name], name
        assert {"INC-20260304-zzzz", "zzzz"}.isdisjoint(found(held, ["INC-20260304-zzzz", "zzzz"]))


def test_restricted_records_are_stubs_on_the_internal_site() -> None:
    planter, plain = Planter("hidden", targets("zzzz")), Planter("plain", targets("zzzz"))
    files = {**planted("restricted", "zzzz", planter), **planted("internal", "yyyy", plain)}
    findings = tuple(
        finding(path, address(name, id_of(name, "zzzz")), f"says {next(iter(planter.secrets))}")
        for name in KINDS
        for path in [path_of(name, id_of(name, "zzzz"))]
    )
    pages = build("internal", files, findings=findings)
    assert found(pages, planter.secrets) == set()
    assert "This record is restricted" in pages["incidents/INC-20260304-zzzz.html"]
    assert "INC-20260304-zzzz" in pages["incidents/index.html"]
    assert found(pages, plain.secrets) == set(plain.secrets), "a field is shown nowhere"
    # Whoever builds for the few sees all: the scan would have found it.
    assert found(build("restricted", files), planter.secrets) == set(planter.secrets)


@pytest.mark.parametrize("audience", ["public", "internal"])
@pytest.mark.parametrize(
    "text",
    [
        "title: hidden secret\nvisibility: restricted\nowner: [\n",
        "title: hidden secret\nvisibilty: restricted\nowner: team:web\ntier: 1\n",
        "title: hidden secret\nvisibility: Restricted\nowner: team:web\ntier: 1\n",
        'title: hidden secret\ntier: 1\nx: "\0"\nvisibility: restricted\n',
        "title: hidden secret\nvisibility: restricted\nvisibility: internal\nowner: team:web\ntier: 1\n",
    ],
)
def test_a_broken_record_that_may_be_meant_as_restricted_is_withheld(audience: Audience, text: str) -> None:
    file = "records/services/vault.yaml"
    pages = build(audience, {file: text}, findings=(finding(file, "service:vault", "hidden secret"),))
    assert found(pages, ["hidden secret"]) == set()
    assert audience == "public" or "This record is restricted" in pages["services/vault.html"]


def test_a_broken_record_is_shown_as_it_is_on_the_internal_site_only() -> None:
    file = "records/services/shop.yaml"
    files = {file: "title: <b>Shop & more</b>\nvisibility: public\nowner: [\n"}
    findings = (finding(file, "service:shop", "what is wrong here"),)
    page = build("internal", files, findings=findings)["services/shop.html"]
    assert "title: &lt;b&gt;Shop &amp; more&lt;/b&gt;" in page
    assert "what is wrong here" in page
    assert found(build("public", files, findings=findings), ["Shop"]) == set()


def test_links_that_restricted_records_state_are_not_shown_at_their_other_end() -> None:
    incident = """\
title: Theft
visibility: restricted
impact: high
urgency: high
services: [service:shop]
public: {level: major-outage}
timeline: [{at: 2026-03-04T03:07:00+01:00, by: person:ann, type: created}]
"""
    files = {
        "records/incidents/2026/INC-20260304-zzzz.yaml": incident,
        "records/people/ann.yaml": "name: Ann\n",
        "records/services/shop.yaml": "title: Shop\nstate: live\nowner: person:ann\ntier: 1\n",
    }
    pages = build("internal", files)
    for page in ("services/shop.html", "status.html", "index.html", "people/ann.html"):
        assert "INC-20260304-zzzz" not in pages[page]
        assert "Major outage" not in pages[page]
    assert "Major outage" in build("restricted", files, now=NOW)["status.html"]


BOX = {
    "records/cis/box.yaml": "title: Box\nvisibility: restricted\nclass: vm\nstate: canceled\nowner: person:ann\n",
}
LAPTOPS = {
    "records/assets/LT-0042.yaml": "title: The judge's laptop\nvisibility: restricted\n",
    "records/assets/lt-0042.yaml": "title: A laptop\n",
}


def with_vault(*, service: str = "", person: str = "", vault: str = "state: retired\n") -> Mapping[str, str]:
    """Return a repository with a restricted service; what the others add to theirs is given."""
    head = "state: live\nowner: person:ann\ntier: 1\n"
    return {
        "records/people/ann.yaml": f"name: Ann\n{person}",
        "records/services/shop.yaml": f"title: Shop\n{head}{service}",
        "records/services/vault.yaml": (
            f"title: Vault\nvisibility: restricted\naliases: [old-safe, the old safe]\n"
            f"owner: person:ann\ntier: 1\n{vault}"
        ),
    }


@pytest.mark.parametrize(
    ("rule", "said", "files"),
    [
        ("link-to-canceled", "is canceled", {**with_vault(service="depends_on: [ci:box]\n"), **BOX}),
        ("retired-in-use", "is retired, but", with_vault(service="depends_on: [service:vault]\n")),
        ("retired-in-use", "is retired, but", with_vault(service="depends_on: ['service:The Old Safe']\n")),
        ("alias-link", "another name", with_vault(service="depends_on: [service:old-safe]\n", vault="state: live\n")),
        (
            "circular-dependency",
            "depend on each other",
            with_vault(service="depends_on: [service:vault]\n", vault="state: live\ndepends_on: [service:shop]\n"),
        ),
        ("dangling-link", "did you mean", with_vault(service="depends_on: [service:vualt]\n")),
        ("duplicate-id", "apart;", {**with_vault(), **LAPTOPS}),
        (
            "dangling-link",
            "3 links name service:payment",
            with_vault(
                service="depends_on: [service:paymnet]\n",
                vault="state: live\ndepends_on: [service:payment]\nlinks:\n"
                + "".join(f"  - {{type: {name}, to: service:payment}}\n" for name in ("relates-to", "needs")),
            ),
        ),
    ],
)
def test_findings_of_other_records_do_not_tell_of_a_restricted_one(
    rule: str, said: str, files: Mapping[str, str]
) -> None:
    shot = snapshot(files)
    findings = tuple(each for each in lint(shot) if each.place.file != "records/services/vault.yaml")
    telling = [each for each in findings if each.rule == rule]
    assert any(said in each.message for each in telling), findings
    pages = build("internal", files, findings=findings)
    assert found(pages, [rule, said]) == set()
    assert "Withheld: concerns a restricted record." in pages["findings.html"]
    owner = telling[0].record
    if owner in shot.records and "shop" in owner:
        assert "Withheld: concerns a restricted record." in pages["services/shop.html"]
    told = build("restricted", files, findings=findings)
    assert found(told, [rule, said]) == {rule, said}


def test_findings_that_name_no_restricted_record_are_told() -> None:
    findings = (finding("records/services/shop.yaml", "service:shop", "service:vaults is vault, see records/x.yaml"),)
    pages = build("internal", with_vault(), findings=findings)
    assert "service:vaults is vault, see records/x.yaml" in pages["findings.html"]
