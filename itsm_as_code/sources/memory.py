"""A source in memory, for tests and for records that are not written yet."""

from collections.abc import Iterable, Mapping, Sequence

from itsm_as_code.sources.source import Entry, Source


class MemorySource:
    """Files given as a mapping of path to text or bytes; the plainest `itsm.yaml` is there where none is given."""

    name = "memory"

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self._files = _as_bytes({"itsm.yaml": "format: 1\n", **files})

    def entries(self) -> Sequence[Entry]:
        """Return every path, sorted."""
        return [Entry(path) for path in sorted(self._files)]

    def read(self, paths: Iterable[str]) -> Iterable[tuple[str, bytes | str]]:
        """Yield each path with its bytes."""
        return ((path, self._files[path]) for path in paths if path in self._files)


class OverlaySource:
    """Another source with some files laid over it; a file that is None there is gone."""

    def __init__(self, base: Source, files: Mapping[str, str | bytes | None]) -> None:
        self._base = base
        self._top = _as_bytes({path: text for path, text in files.items() if text is not None})
        self._gone = files.keys() - self._top.keys()
        self.name = base.name

    def entries(self) -> Sequence[Entry]:
        """Return the entries of both, sorted; the files laid over win."""
        merged = {entry.path: entry for entry in (*self._base.entries(), *map(Entry, self._top))}
        return [merged[path] for path in sorted(merged.keys() - self._gone)]

    def read(self, paths: Iterable[str]) -> Iterable[tuple[str, bytes | str]]:
        """Yield each path with its bytes, from the files laid over where they have it."""
        wanted = list(paths)
        yield from ((path, self._top[path]) for path in wanted if path in self._top)
        yield from self._base.read(path for path in wanted if path not in self._top and path not in self._gone)


def _as_bytes(files: Mapping[str, str | bytes]) -> dict[str, bytes]:
    return {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
