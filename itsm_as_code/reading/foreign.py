"""Reads YAML that others wrote, leniently: every scalar is the text that stands there."""

from typing import Any

import yaml

_MAX_ALIASES = 100


class _TextLoader(yaml.BaseLoader):
    """PyYAML's loader of bare text, made safe against documents that unfold without end."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self._aliases = 0

    def compose_node(self, parent: Any, index: Any) -> Any:  # noqa: ANN401 - PyYAML's own signature
        if self.check_event(yaml.AliasEvent):
            self._aliases += 1
            if self._aliases > _MAX_ALIASES:
                raise yaml.composer.ComposerError(None, None, "too many aliases", self.peek_event().start_mark)  # type: ignore[no-untyped-call]
        return super().compose_node(parent, index)


def read_foreign_yaml(text: str) -> Any:  # noqa: ANN401 - any YAML value
    """Return the first document's value: mappings, lists and text.

    Raises ValueError, with line and reason, where it cannot be read.
    """
    try:
        loader = _TextLoader(text)
    except yaml.YAMLError as error:
        message = "a control character"
        raise ValueError(message) from error
    try:
        return loader.get_data() if loader.check_data() else None  # type: ignore[no-untyped-call]
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        message = f"{line}{error.problem}"
        raise ValueError(message) from error
    except (yaml.YAMLError, RecursionError, TypeError) as error:
        message = str(error).splitlines()[0] if str(error) else "cannot be read"
        raise ValueError(message) from error
    finally:
        loader.dispose()
