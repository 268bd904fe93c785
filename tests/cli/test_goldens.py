"""What a person reads on the command line, kept as goldens: every help text, reports, links, records and lists."""

from collections.abc import Callable
from pathlib import Path

import pytest

from itsm_as_code.cli.main import COMMANDS
from tests.support import GitRepo, RunItsm

FILES = {
    "itsm.yaml": "format: 1\norganisation: {name: ACME}\ntime_zone: Europe/Zurich\n",
    "records/teams/web.yaml": "name: Web team\nmembers: [person:alice]\n",
    "records/people/alice.yaml": "name: Alice Ames\nemails: [alice@example.org]\n",
    "records/services/shop.yaml": "title: Web shop\nowner: team:web\ntier: 1\nstate: live\n",
    "records/cis/web-01.yaml": "title: Web server\nclass: server\nowner: team:web\nstate: operational\n",
    "records/incidents/2026/INC-20260304-k7qz.yaml": (
        "title: Shop is down\nimpact: high\nurgency: high\nservices: [service:shop]\n"
        "cis: [{ci: ci:web-01, role: affected}]\n"
        "timeline:\n  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}\n"
    ),
}
BROKEN = {
    "records/cis/web-01.yaml": "title: Web server\nclass: sevrer\nstate: operational\nversion: 1.10\n",
    "records/incidents/2026/INC-20260304-k7qz.yaml": (
        "title: Shop is down\nimpact: hihg\nurgency: high\nservices: [service:shpo]\ncis: [{ci: ci:web-01}]\n"
        "timeline:\n  - {at: 2026-03-04T03:07:00, by: person:alice, type: created}\n"
    ),
}
SHOWN = {
    "link.txt": ["link"],
    "link-record.txt": ["link", "service:shop"],
    "link-record.json": ["link", "service:shop", "--format", "json"],
    "show.txt": ["show", "INC-20260304-k7qz"],
    "show.json": ["show", "INC-20260304-k7qz", "--format", "json"],
    "list.txt": ["list", "incident"],
    "list.csv": ["list", "incident", "--format", "csv"],
}
Golden = Callable[[str, str], None]


@pytest.mark.parametrize("command", ["", *COMMANDS, "import cstate", "import table", "setup editor"])
def test_help(command: str, run_itsm: RunItsm, golden: Golden, tmp_path: Path) -> None:
    run = run_itsm(*command.split(), "--help", cwd=tmp_path)
    assert run.exit_code == 0
    golden(f"help/{command.replace(' ', '-') or 'itsm'}.txt", run.stdout)


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_shown(name: str, git_repo: GitRepo, run_itsm: RunItsm, golden: Golden) -> None:
    git_repo.commit(FILES)
    run = run_itsm(*SHOWN[name], cwd=git_repo.root)
    assert (run.exit_code, run.stderr) == (0, "")
    golden(f"cli/{name}", run.stdout)


@pytest.mark.parametrize("format_", ["text", "json", "github", "junit"])
def test_what_lint_reports(format_: str, git_repo: GitRepo, run_itsm: RunItsm, golden: Golden) -> None:
    git_repo.commit({**FILES, **BROKEN})
    run = run_itsm("lint", "--format", format_, cwd=git_repo.root)
    assert (run.exit_code, run.stderr) == (1, "")
    golden(f"cli/lint-{format_}.txt", run.stdout)
