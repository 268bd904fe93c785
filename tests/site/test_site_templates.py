"""Templates of a repository that never end, or want more than the machine has, stop the run in one line."""

import pytest

from itsm_as_code.errors import ItsmError
from tests.site.builds import build


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{% include 'home.html.j2' %}", "goes round in a circle"),
        ("{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}", "goes round in a circle"),
        ("{% extends 'home.html.j2' %}", "goes round in a circle"),
        ("{{ 'x' * 9999999999999999 }}", "more memory than there is"),
    ],
)
def test_a_template_without_end_stops_the_run_in_one_line(template: str, says: str) -> None:
    with pytest.raises(ItsmError, match=rf"^templates/home\.html\.j2: it .*{says}"):
        build("internal", templates={"home.html.j2": template})
