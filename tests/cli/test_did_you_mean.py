"""What a person types who slips, or knows another tool, and what is offered to them."""

import shlex

import pytest

from itsm_as_code.cli.main import COMMANDS
from itsm_as_code.cli.usage import COMMANDS_MEANT
from itsm_as_code.model.finding import Finding
from itsm_as_code.rules.engine import lint
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource
from tests.support import GitRepo, RunItsm

INCIDENT = "records/incidents/2026/INC-20260304-k7qz.yaml"
FILES = {
    "itsm.yaml": "format: 1\n",
    "records/teams/web.yaml": "name: Web\nmembers: [person:alice]\n",
    "records/people/alice.yaml": "name: Alice Ames\nemails: [alice@example.org]\n",
    "records/services/shop.yaml": "title: Web shop\nowner: team:web\nstate: live\n",
    "records/cis/web-01.yaml": "title: Web server\nclass: server\nowner: team:web\nstate: operational\n",
    INCIDENT: (
        "title: Shop is down\nimpact: high\nurgency: high\nservices: [service:shop]\n"
        "timeline:\n  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}\n"
    ),
}
TYPED = {
    "lnt": "there is no command lnt (did you mean lint?)",
    "validate": "(did you mean itsm lint?)",
    "build": "(did you mean itsm render?)",
    "ls": "(did you mean itsm list?)",
    "create incident": "(did you mean itsm new?)",
    "get ci:web-01": "(did you mean itsm show?)",
    "rules": "(did you mean itsm explain --list?)",
    "version": "(did you mean itsm --version?)",
    "import csv": "there is no command import csv; there are cstate and table (itsm import --help)",
    "import cstat": "there is no command import cstat (did you mean cstate?)",
    "lint --formt json": "there is no option --formt (did you mean --format?)",
    "list change --sort x": "there is no option --sort (itsm list --help)",
    "lint --rule x": "(did you mean --select?)",
    "lint -f json": "(did you mean --format?)",
    "check --date 2026-03-04": "(did you mean --at?)",
    "lint --as-of 2026-03-04": "(did you mean --now?)",
    "new incident --now 2026-03-04": "(did you mean --at?)",
    "lint --format JSON": "(did you mean json?)",
    "lint --format": "--format needs a value after it (itsm lint --help)",
    "completion": "SHELL is missing: one of bash, zsh, fish",
    "lint --root itsm.yaml": "--root itsm.yaml is a file; a folder is wanted",
    "lint --root nowhere": "--root nowhere does not exist",
    "lint --select dangling": "(did you mean dangling-link?)",
    "lint --select DanglingLink": "(did you mean dangling-link?)",
    "lint --select ''": "--select and --ignore name a rule",
    "explain schema": "(did you mean schema-any-of, schema-const or schema-contains?)",
    "list incidnet": "there is no kind incidnet (did you mean incident?)",
    "list ticket": "there is no kind ticket (did you mean incident?)",
    "list persons": "(did you mean person?)",
    "list Server": "(did you mean ci?)",
    "list rooms-and-doors": "(kinds are asset, ",
    "schema license": "(did you mean licence?)",
    "new rfc": "(did you mean change?)",
    "list incident --where 'state=In Progress'": "(did you mean in-progress?)",
    "list incident --where state=WIP": "(did you mean in-progress?)",
    "list incident --where status=new": "(did you mean state?)",
    "list incident --where assignee=x": "(did you mean assignment.person?)",
    "list incident --where severity=x": "(did you mean impact?)",
    "list incident --where impact=Critical": "(did you mean high?)",
    "list incident --where =x": "--where =x has no field",
    "list change --where approvals=x": "a change has no field approvals; who agrees to a change says so",
    "new incident --title 'The shop is slow' --set impact=critical": "(did you mean high?)",
    "new incident --title 'The shop is slow' --set assignee=x": "(did you mean assignment.person?)",
    "show ci:web01": "there is no record ci:web01 (did you mean ci:web-01?)",
    "show service:web-1": "there is no record service:web-1 (did you mean ci:web-01 or team:web?)",
    "show person:zoe": "(itsm list person lists them)",
    "show ''": "the id is empty",
    "impact shp": "(did you mean service:shop?)",
    "link team:wbe": "(did you mean team:web?)",
    "risk CHG-20260401-aaaa": "there is no record CHG-20260401-aaaa",
}
WRITTEN = {
    "status: new": "unknown field status (did you mean state?)",
    "Status: new": "unknown field Status (did you mean state?)",
    "short_description: Shop is down": "(did you mean title?)",
    "shortDescription: Shop is down": "(did you mean title?)",
    "assignee: person:alice": "(did you mean assignment.person?)",
    "assignment_group: team:web": "(did you mean assignment.team?)",
    "priority: 1": "unknown field priority; the priority follows from impact and urgency",
    "severity: high": "(did you mean impact?)",
    "resolved_at: 2026-03-04T03:07:00Z": "is the at of the timeline's transition to resolved",
    "caller: person:alice": "(did you mean reported_by?)",
    "work_notes: x": "(did you mean timeline?)",
    "role: affected": "(did you mean role in an entry of cis?)",
    "manager: person:alice": "(did you mean major.manager?)",
    "assignment: {title: x}": "(did you mean title of the record itself, beside assignment?)",
    "assignment: {assigned_to: person:alice}": "(did you mean person?)",
    "cis: [{id: ci:web-01}]": "unknown field id",
    "state: In Progress": "(did you mean in-progress?)",
    "state: Pending": "(did you mean on-hold?)",
    "channel: telephone": "(did you mean phone?)",
    "colour: red": "unknown field colour; fields here: kind, id, title",
}


@pytest.fixture
def org(git_repo: GitRepo) -> GitRepo:
    git_repo.commit(dict(FILES))
    return git_repo


@pytest.mark.parametrize("typed", TYPED)
def test_what_was_meant_on_the_command_line_is_offered(org: GitRepo, run_itsm: RunItsm, typed: str) -> None:
    run = run_itsm(*shlex.split(typed), cwd=org.root)
    assert (run.exit_code, run.stdout) == (2, "")
    (line,) = run.stderr.splitlines()
    assert TYPED[typed] in line


@pytest.mark.parametrize(
    "typed", ["show records/cis/web-01.yaml", "show CI:WEB-01", "explain DANGLING_LINK", "list INC"]
)
def test_what_can_only_mean_one_thing_is_understood(org: GitRepo, run_itsm: RunItsm, typed: str) -> None:
    assert run_itsm(*shlex.split(typed), cwd=org.root).exit_code == 0


@pytest.mark.parametrize("written", WRITTEN)
def test_what_was_meant_in_a_record_is_offered(written: str) -> None:
    name = written.partition(":")[0]
    kept = "".join(line for line in FILES[INCIDENT].splitlines(keepends=True) if not line.startswith(f"{name}:"))
    assert any(WRITTEN[written] in finding.message for finding in _found({INCIDENT: f"{written}\n{kept}"}))


def test_an_entry_of_a_timeline() -> None:
    entry = "  - {at: 2026-03-04T03:08:00+01:00, by: person:alice, type: comment, text: x}\n"
    (finding,) = _found({INCIDENT: FILES[INCIDENT] + entry})
    assert finding.message.endswith("(did you mean note?)")
    entry = entry.replace("comment, text", "note, comment")
    messages = [finding.message for finding in _found({INCIDENT: FILES[INCIDENT] + entry})]
    assert any(message.startswith("unknown field comment in an entry of type note") for message in messages)


def test_the_commands_that_are_meant_are_there() -> None:
    for word, meant in COMMANDS_MEANT.items():
        assert word not in COMMANDS
        assert meant.startswith("-") or meant.split()[0] in COMMANDS


def _found(files: dict[str, str]) -> list[Finding]:
    return [finding for finding in lint(load(MemorySource({**FILES, **files}))) if finding.place.file == INCIDENT]
