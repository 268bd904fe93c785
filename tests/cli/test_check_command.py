"""`itsm check` and waivers from end to end: what it prints, the clock, and how it and lint exit."""

import json

import pytest

from tests.support import GitRepo, RunItsm

CONTRACT = "records/contracts/care.yaml"
LAPTOP = "records/assets/LT-0031.yaml"
SHOP = "records/services/shop.yaml"
FILES = {
    "itsm.yaml": "format: 1\norganisation: {name: ACME}\ntime_zone: Europe/Zurich\n",
    "records/people/ann.yaml": "name: Ann\n",
    "records/people/bob.yaml": "name: Bob\nactive: false\n",
    CONTRACT: (
        "title: Care\ntype: support\nstate: active\nvendor: Fixit\n"
        "term: {start: 2026-01-01, end: 2026-12-31, renewal: manual}\n"
    ),
    LAPTOP: "title: Laptop\nclass: laptop\nstate: in-stock\nwarranty: {end: 2026-06-30}\n",
}
WAIVER = (
    "timeline:\n  - at: 2026-03-01T00:00:00Z\n    by: person:ann\n    type: exception\n    rule: RULE\n"
    "    reason: Not now.\n    until: 2027-06-30T00:00:00Z\n    approved_by: person:ann\n"
)


@pytest.fixture
def org(git_repo: GitRepo) -> GitRepo:
    git_repo.commit(dict(FILES))
    return git_repo


def test_nothing_is_due(org: GitRepo, run_itsm: RunItsm) -> None:
    run = run_itsm("check", "--strict", "--as-of", "2026-03-10T09:00:00+01:00", cwd=org.root)
    assert (run.exit_code, run.stderr) == (0, "")
    assert run.stdout == "as of 2026-03-10T09:00:00+01:00, 4 records, nothing to report\n"


def test_warnings_exit_1_in_strict_and_errors_always(org: GitRepo, run_itsm: RunItsm) -> None:
    due = ("check", "--as-of", "2026-12-15T09:00:00+01:00")
    run = run_itsm(*due, cwd=org.root)
    assert run.exit_code == 0
    assert run.stdout == (
        f"{LAPTOP}:4:17 warning warranty-expired the warranty ended 168 days ago (2026-06-30); "
        "renew it, or plan what takes its place\n"
        f"{CONTRACT}:5:32 warning renewal-due ends in 16 days (2026-12-31) unless it is renewed; "
        "renew it, or write renewal: none\n"
        "as of 2026-12-15T09:00:00+01:00, 4 records: 0 errors, 2 warnings\n"
    )
    assert run_itsm(*due, "--strict", cwd=org.root).exit_code == 1
    assert run_itsm(*due, "--strict", "--ignore", "renewal-due,warranty-expired", cwd=org.root).exit_code == 0
    assert "1 warning" in run_itsm(*due, "--select", "renewal-due", cwd=org.root).stdout
    assert "1 warning" in run_itsm(*due, "records/contracts", cwd=org.root).stdout
    assert run_itsm("check", "--as-of", "2027-01-01T00:00:00+01:00", cwd=org.root).exit_code == 1
    assert run_itsm("check", "--as-of", "2026-12-31T22:59:59Z", cwd=org.root).exit_code == 0


def test_the_clock_is_the_options_else_source_date_epoch(
    org: GitRepo, run_itsm: RunItsm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798761600")
    run = run_itsm("check", cwd=org.root)
    assert run.exit_code == 1
    assert run.stdout.splitlines()[-1].startswith("as of 2027-01-01T00:00:00+00:00, 4 records: 1 error")
    assert run_itsm("check", "--as-of", "2026-03-10T09:00:00Z", cwd=org.root).exit_code == 0
    wrong = run_itsm("check", "--as-of", "tomorrow", cwd=org.root)
    assert wrong.exit_code == 2
    assert "--as-of tomorrow is not a time" in wrong.stderr


def test_formats_and_revisions(org: GitRepo, run_itsm: RunItsm) -> None:
    org.write({CONTRACT: FILES[CONTRACT].replace("2026-12-31", "2028-12-31")})
    late = ("check", "--as-of", "2027-01-01T00:00:00+01:00")
    assert run_itsm(*late, cwd=org.root).exit_code == 0
    report = json.loads(run_itsm(*late, "--rev", "HEAD", "--format", "json", cwd=org.root).stdout)
    assert report["as_of"] == "2027-01-01T00:00:00+01:00"
    assert report["summary"] == {"records": 4, "errors": 1, "warnings": 1, "waived": 0, "known": 0, "gone": 0}
    lines = run_itsm(*late, "--rev", "HEAD", "--format", "github", cwd=org.root).stdout.splitlines()
    assert lines[0].startswith(f"::error file={CONTRACT},line=5,col=32,title=contract-expired::")
    assert lines[-1].startswith("::notice title=itsm check::as of 2027-01-01T00:00:00+01:00, 4 records: 1 error")


def test_records_that_cannot_be_read_are_said_to_be_left_out(org: GitRepo, run_itsm: RunItsm) -> None:
    org.write({CONTRACT: "title: Care\nterm: [\n"})
    run = run_itsm("check", "--as-of", "2027-01-01T00:00:00+01:00", cwd=org.root)
    assert run.stderr == "warning: 1 record left out for not being valid; itsm lint says why\n"
    assert "contract-expired" not in run.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["lint", "--select", "renewal-due"], "renewal-due depends on the time, which lint does not know"),
        (["lint", "--ignore", "waiver-expired"], "itsm check"),
        (["check", "--select", "dangling-link"], "dangling-link does not depend on the time"),
        (["check", "--select", "renewal-deu"], "did you mean renewal-due?"),
    ],
)
def test_rules_of_the_other_command_are_refused(
    org: GitRepo, run_itsm: RunItsm, arguments: list[str], words: str
) -> None:
    run = run_itsm(*arguments, cwd=org.root)
    assert run.exit_code == 2
    assert words in run.stderr


def test_waived_findings_fail_neither_lint_nor_check(org: GitRepo, run_itsm: RunItsm) -> None:
    shop = "title: Web shop\ntier: 3\nstate: live\nowner: person:bob\n" + WAIVER.replace("RULE", "link-to-inactive")
    org.write({SHOP: shop, LAPTOP: FILES[LAPTOP] + WAIVER.replace("RULE", "warranty-expired")})
    lint = run_itsm("lint", "--strict", cwd=org.root)
    assert lint.exit_code == 0
    assert lint.stdout == (
        f"{SHOP}:4:8 waived link-to-inactive person:bob is no longer active "
        "(waived until 2027-06-30T00:00:00Z, approved by person:ann: Not now.)\n"
        "5 records, nothing to report, 1 waived\n"
    )
    only = run_itsm("lint", "--strict", "--select", "unused-waiver", cwd=org.root)
    assert (only.exit_code, only.stdout) == (0, "5 records, nothing to report\n")
    check = run_itsm("check", "--strict", "--as-of", "2026-07-01T09:00:00+02:00", cwd=org.root)
    assert check.exit_code == 0
    assert check.stdout.splitlines()[-1] == "as of 2026-07-01T09:00:00+02:00, 5 records, nothing to report, 1 waived"
    late = run_itsm("check", "--as-of", "2027-06-30T00:00:00Z", "--ignore", "contract-expired", cwd=org.root)
    assert late.exit_code == 1
    assert [line.split()[2] for line in late.stdout.splitlines()[:-1]] == ["warranty-expired", "waiver-expired"]
    assert run_itsm("lint", "--strict", cwd=org.root).exit_code == 0


def test_explain_knows_the_rules_of_both(org: GitRepo, run_itsm: RunItsm) -> None:
    assert "As of: 2026-" in run_itsm("explain", "renewal-due", cwd=org.root).stdout
    listed = run_itsm("explain", "--list", cwd=org.root).stdout
    assert "waiver-expired" in listed
    assert "unused-waiver" in listed
