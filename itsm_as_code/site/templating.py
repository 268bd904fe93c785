"""Templates: the shipped ones and the repository's own over them, compiled once, run in a sandbox on plain data."""

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import DictLoader, StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from itsm_as_code import resources
from itsm_as_code.errors import ItsmError
from itsm_as_code.site.frame import Frame

STYLE = "style.css"
_SUFFIX = ".html.j2"


@dataclass(frozen=True, slots=True, eq=False)
class Press:
    """Prints views; made once for a build."""

    environment: ImmutableSandboxedEnvironment
    style: bytes

    def page(self, template: str, frame: Frame, view: object) -> bytes:
        """Return the HTML of a view, as UTF-8. Raises ItsmError where the template does not work."""
        try:
            return self._template(template).render(frame=frame, view=view).encode()
        except TemplateSyntaxError as error:
            raise ItsmError(f"templates/{error.name}:{error.lineno}: {error.message}") from error
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
            raise ItsmError(f"templates/{template}: {error}", "it does not fit the data of this page") from error

    def _template(self, name: str) -> Template:
        return self.environment.get_template(name)


def press(overrides: Mapping[str, str]) -> Press:
    """Return the press; `overrides` gives template texts by name (``record.html.j2``, ``style.css``)."""
    shipped = {
        path.name: path.read_text("utf-8") for path in resources.templates().iterdir() if _is_template(path.name)
    }
    texts = {**shipped, **{name: text for name, text in overrides.items() if _is_template(name)}}
    environment = ImmutableSandboxedEnvironment(
        loader=DictLoader(texts),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    return Press(environment, texts[STYLE].encode())


def _is_template(name: str) -> bool:
    return name == STYLE or name.endswith(_SUFFIX)
