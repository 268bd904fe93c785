"""Where an import may write: also to a folder that is not there yet, below a git repository."""

from pathlib import Path

from itsm_as_code.interchange.cstate import import_cstate
from tests.support import GitRepo


def test_a_folder_that_is_not_there_yet(git_repo: GitRepo, tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "content/issues").mkdir(parents=True)
    (site / "config.yml").write_text("title: ACME\nparams: {systems: [{name: API}]}\n", encoding="utf-8")
    into = git_repo.root / "new" / "records"
    result = import_cstate(site, into)
    assert "records/services/api.yaml" in result.written
    assert (into / "itsm.yaml").is_file()
