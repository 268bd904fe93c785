"""Which texts are ids of a kind."""

import pytest

from itsm_as_code.model.kind import Kind
from itsm_as_code.model.reference import is_id
from itsm_as_code.reading.kinds import load_kinds


@pytest.fixture(scope="module")
def incident() -> Kind:
    return load_kinds({})["incident"]


@pytest.mark.parametrize("id_", ["INC-20260304-k7qz", "INC-20240229-aaaz", "INC-123", "INC-20261301"])
def test_good_ids(incident: Kind, id_: str) -> None:
    assert is_id(incident, id_)


@pytest.mark.parametrize(
    "id_", ["INC-20261301-aaaz", "INC-20260230-aaaz", "INC-20250229-aaaz", "INC-00000101-aaaz", "INC-20260304-illo"]
)
def test_ids_of_days_that_never_were(incident: Kind, id_: str) -> None:
    assert not is_id(incident, id_)
