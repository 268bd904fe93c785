"""A cState site's settings: its title, address, categories and declared systems."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from itsm_as_code.interchange.front_matter import UnreadableError, decode, read_bytes, read_settings
from itsm_as_code.interchange.result import Remark

_LANGUAGES = {"yml": "YAML", "yaml": "YAML", "toml": "TOML", "json": "JSON"}
_NAMES = tuple(f"{name}.{ending}" for name in ("config", "hugo") for ending in _LANGUAGES)
_DEFAULT_TITLE = "Imported status page"


@dataclass(frozen=True, slots=True)
class System:
    """A system that the site declares, in its order."""

    name: str
    description: str
    category: str
    link: str


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """What the import needs of the settings; defaults where the site has none that can be read."""

    file: str = "config.yml"
    title: str = _DEFAULT_TITLE
    url: str = ""
    language: str = "en"
    languages: tuple[str, ...] = ()
    systems: tuple[System, ...] = ()


def read_config(site: Path) -> tuple[SiteConfig, Sequence[Remark], Sequence[Remark]]:
    """Return the site's settings, with what had to be skipped of them and what had to be guessed."""
    for name in _NAMES:
        path = site / name
        if path.is_symlink():
            return SiteConfig(name), [Remark(name, "is a symbolic link; not followed")], []
        if path.exists():
            return _read(path)
    return SiteConfig(), [], [Remark(_NAMES[0], f"does not exist: no systems, and the title {_DEFAULT_TITLE!r}")]


def _read(path: Path) -> tuple[SiteConfig, Sequence[Remark], Sequence[Remark]]:
    name = path.name
    try:
        text, guess = decode(read_bytes(path))
        settings = read_settings(text, _LANGUAGES[path.suffix[1:]])
    except UnreadableError as error:
        return SiteConfig(name), [Remark(name, str(error))], []
    guessed = [Remark(name, guess)] if guess else []
    # Hugo's keys know no case, and older sites write `Params`.
    words = {key.lower(): value for key, value in settings.items()}
    parameters = words.get("params")
    systems, skipped = read_systems(name, parameters if isinstance(parameters, dict) else {})
    title = _line(words.get("title"))
    if not title:
        guessed.append(Remark(name, f"has no title: {_DEFAULT_TITLE!r} taken"))
    languages = words.get("languages")
    config = SiteConfig(
        file=name,
        title=title or _DEFAULT_TITLE,
        url=_text(words.get("baseurl")),
        language=_text(words.get("defaultcontentlanguage")) or "en",
        languages=tuple(languages) if isinstance(languages, dict) else (),
        systems=tuple(systems),
    )
    return config, skipped, guessed


def read_systems(file: str, parameters: Mapping[str, Any]) -> tuple[Sequence[System], Sequence[Remark]]:
    """Return the systems that the settings' `params` declare, with those that were skipped."""
    systems: list[System] = []
    skipped: list[Remark] = []
    declared = parameters.get("systems")
    for number, entry in enumerate(declared if isinstance(declared, list) else [], start=1):
        words = entry if isinstance(entry, dict) else {"name": entry}
        name = _line(words.get("name"))
        if not name:
            skipped.append(Remark(file, f"system {number} has no name"))
        elif any(name == system.name for system in systems):
            skipped.append(Remark(file, f"system {name!r} is declared twice; the first is taken"))
        else:
            systems.append(
                System(name, _text(words.get("description")), _line(words.get("category")), _text(words.get("link")))
            )
    return systems, skipped


def _line(value: Any) -> str:  # noqa: ANN401 - any YAML value
    return " ".join(_text(value).split())


def _text(value: Any) -> str:  # noqa: ANN401 - any YAML value
    return value.strip() if isinstance(value, str) else ""
