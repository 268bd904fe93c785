"""The forge in `itsm.yaml`."""

import pytest

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.config import Forge
from itsm_as_code.reading.config import load_config


@pytest.mark.parametrize(
    ("line", "forge"),
    [
        ("", None),
        ("forge: {type: forgejo}\n", Forge("forgejo")),
        ("forge: {type: gitlab, url: https://seven.example/git/}\n", Forge("gitlab", "https://seven.example/git")),
    ],
)
def test_the_forge_is_read(line: str, forge: Forge | None) -> None:
    assert load_config(f"format: 1\n{line}".encode()).forge == forge


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("{url: https://git.example.org}", "type"),
        ("{type: gitlabb}", "did you mean gitlab?"),
        ("{type: gitlab, url: git.example.org}", "forge's address"),
        ("{type: gitlab, url: 'https://alice:s3cret@git.example.org'}", "without a user or password"),
    ],
)
def test_what_is_no_forge(words: str, said: str) -> None:
    with pytest.raises(ItsmError, match=r"^itsm\.yaml:2:") as refused:
        load_config(f"format: 1\nforge: {words}\n".encode())
    assert said in str(refused.value)
