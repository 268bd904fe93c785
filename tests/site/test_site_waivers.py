"""Waived and known findings on the internal site: shown as such, counted apart, and as discreet as the rest."""

import re
from collections.abc import Mapping

from itsm_as_code.rules.baseline import baseline_of, with_known
from itsm_as_code.rules.engine import lint
from tests.site.builds import FILES, build, snapshot

GONE = "name: Bob Example\nactive: false\n"
REASON = "Bob's successor begins in May."
SHOP = FILES["records/services/shop.yaml"]
TIMELINE = f"""\
timeline:
  - at: 2026-03-02T09:00:00+01:00
    by: person:ann
    type: exception
    rule: link-to-inactive
    reason: {REASON}
    until: 2026-05-31T00:00:00+02:00
    approved_by: person:ann
"""


def built(shop: str, audience: str = "internal", **more: str) -> Mapping[str, str]:
    files = {**FILES, "records/services/shop.yaml": shop, "records/people/bob.yaml": GONE, **more}
    findings = tuple(found for found in lint(snapshot(files)) if found.rule == "link-to-inactive")
    return build("restricted" if audience == "restricted" else "internal", files, findings=findings)


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).strip()


def test_waived_findings_are_shown_with_reason_end_and_approver() -> None:
    pages = built(str(SHOP).replace("owner: team:web", "owner: person:bob") + TIMELINE)
    words = "Waived until 31 May 2026, 00:00 CEST"
    for path in ("findings.html", "services/shop.html"):
        text = plain(pages[path])
        assert "waived link-to-inactive person:bob is no longer active" in text
        assert words in text
        assert "approved by Ann Example" in text
        assert "Bob&#39;s successor begins in May." in pages[path]
    assert "0 errors, 0 warnings, 1 waived" in plain(pages["findings.html"])
    assert "Findings none" in plain(pages["index.html"])
    assert 'class="card tone quiet" aria-labelledby="findings"' in pages["services/shop.html"]


def test_without_a_waiver_it_is_a_warning() -> None:
    pages = built(str(SHOP).replace("owner: team:web", "owner: person:bob"))
    assert "0 errors, 1 warning" in plain(pages["findings.html"])
    assert "waived" not in pages["findings.html"].lower()
    assert 'class="card tone warn" aria-labelledby="findings"' in pages["services/shop.html"]


def test_what_the_baseline_knows_is_shown_and_counted_apart() -> None:
    files = {**FILES, "records/services/shop.yaml": str(SHOP).replace("owner: team:web", "owner: person:bob")}
    files["records/people/bob.yaml"] = GONE
    found = [finding for finding in lint(snapshot(files)) if finding.rule == "link-to-inactive"]
    pages = build("internal", files, findings=tuple(with_known(found, baseline_of(found))))
    for path in ("findings.html", "services/shop.html"):
        assert "known link-to-inactive person:bob is no longer active" in plain(pages[path])
    assert "0 errors, 0 warnings, 1 known from baseline.json" in plain(pages["findings.html"])
    assert "Findings none" in plain(pages["index.html"])
    assert 'class="card tone quiet" aria-labelledby="findings"' in pages["services/shop.html"]


def test_what_a_waiver_says_of_a_restricted_record_is_withheld() -> None:
    vault = "title: Vault of keys\nvisibility: restricted\nowner: team:web\nstate: live\ntier: 1\n"
    shop = str(SHOP).replace("owner: team:web", "owner: person:bob") + TIMELINE.replace(REASON, "See service:vault.")
    pages = built(shop, **{"records/services/vault.yaml": vault})
    told = "waived withheld Withheld: concerns a restricted record. 3:8 · owner Waived As of"
    assert told in plain(pages["findings.html"])
    assert "service:vault" not in pages["findings.html"]
    assert "0 errors, 0 warnings, 1 waived" in plain(pages["findings.html"])
    whole = built(shop, "restricted", **{"records/services/vault.yaml": vault})
    assert "See service:vault." in whole["findings.html"]


def test_what_a_restricted_record_waives_is_withheld() -> None:
    vault = "title: Vault of keys\nvisibility: restricted\nowner: person:bob\nstate: live\ntier: 1\n" + TIMELINE
    pages = built(str(SHOP), **{"records/services/vault.yaml": vault})
    assert "Withheld: the record is restricted." in pages["findings.html"]
    assert "successor" not in "".join(pages.values())
    assert "1 waived" in plain(pages["findings.html"])
