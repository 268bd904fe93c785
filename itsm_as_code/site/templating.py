"""Templates: the shipped ones and the repository's own over them, compiled once, run in a sandbox on plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

from jinja2 import DictLoader, StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from itsm_as_code import resources
from itsm_as_code.errors import ItsmError
from itsm_as_code.site.frame import Frame

STYLE = "style.css"
_SUFFIX = ".html.j2"


class _Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox, with a short way to what is safe beyond doubt: fields of frozen dataclasses, and macros."""

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - any value, as in the class above it
        """Return an attribute as the template asks for it."""
        type_ = obj.__class__
        if attribute in _plain_fields(type_) or (type_ is TemplateModule and not attribute.startswith("_")):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as getattr
        """Return what a call in a template gives."""
        if obj.__class__ is Macro:
            kwargs.pop("_block_vars", None)  # Jinja's own, which it takes away before it calls a macro, too
            kwargs.pop("_loop_vars", None)
            return obj(context.eval_ctx, *args, **kwargs)
        return super().call(context, obj, *args, **kwargs)


@cache
def _plain_fields(type_: type) -> frozenset[str]:
    """Return the names of the fields of a frozen dataclass; none for other types."""
    if not is_dataclass(type_) or not type_.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        return frozenset()
    return frozenset(field.name for field in fields(type_) if not field.name.startswith("_"))


@dataclass(frozen=True, slots=True, eq=False)
class Press:
    """Prints views; made once for a build."""

    environment: "_Sandbox"
    style: bytes

    def page(self, template: str, frame: Frame, view: object) -> bytes:
        """Return the HTML of a view, as UTF-8. Raises ItsmError where the template does not work."""
        try:
            return self._template(template).render(frame=frame, view=view).encode()
        except TemplateSyntaxError as error:
            raise ItsmError(f"templates/{error.name}:{error.lineno}: {error.message}") from error
        except RecursionError as error:
            raise ItsmError(f"templates/{template}: it goes round in a circle") from error
        except MemoryError as error:
            raise ItsmError(f"templates/{template}: it needs more memory than there is") from error
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
    environment = _Sandbox(
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
