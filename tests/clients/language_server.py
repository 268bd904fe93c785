"""A small client of language servers, which tells `yaml-language-server` what VS Code would tell it."""

import json
import queue
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

HERE = Path(__file__).parent
SERVER = HERE / "node_modules/yaml-language-server/bin/yaml-language-server"
DEADLINE = 60
"""Seconds until an answer counts as missing; it comes within one."""

# What the extension redhat.vscode-yaml sets where people set nothing, but for the catalogue that it downloads.
DEFAULTS = {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}


class LanguageServer:
    """The server, with a folder open in it as in an editor; to be used in a `with` block."""

    def __init__(self, folder: Path, settings: Mapping[str, Any]) -> None:
        self._folder = folder
        self._sections = {
            "yaml": {**DEFAULTS, **_nested(settings).get("yaml", {})},
            "http": {"proxy": "", "proxyStrictSSL": True},
            "[yaml]": {"editor.tabSize": 2, "editor.insertSpaces": True},
            "editor": {"detectIndentation": True, "tabSize": 4},
        }
        self._messages: queue.Queue[dict[str, Any]] = queue.Queue()
        self._last = 0
        self._diagnostics: dict[str, list[Any]] = {}

    def __enter__(self) -> Self:
        command = ["node", str(SERVER), "--stdio"]
        self._server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        uri = self._folder.as_uri()
        completion = {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown", "plaintext"]}}
        capabilities = {
            "workspace": {"configuration": True, "workspaceFolders": True},
            "textDocument": {"completion": completion, "hover": {"contentFormat": ["markdown"]}},
        }
        folders = [{"uri": uri, "name": self._folder.name}]
        self.ask(
            "initialize", {"processId": None, "rootUri": uri, "capabilities": capabilities, "workspaceFolders": folders}
        )
        self._notify("initialized", {})
        self._notify("workspace/didChangeConfiguration", {"settings": None})
        return self

    def __exit__(self, *_error: object) -> None:
        self.ask("shutdown", None)
        self._notify("exit", None)
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.wait(DEADLINE)
        self._reader.join(DEADLINE)
        self._server.stdin.close()
        self._server.stdout.close()

    def open(self, path: str, text: str) -> None:
        """Open a file of the folder with this text in it, whatever stands on disk."""
        document = {"uri": self._uri(path), "languageId": "yaml", "version": 1, "text": text}
        self._notify("textDocument/didOpen", {"textDocument": document})

    def diagnostics(self, path: str, marker: str) -> Sequence[tuple[int, str]]:
        """Return line (from 1) and message of what is marked in a file, once a message has the marker in it.

        The server may say that all is well before it has read a schema, so its silence says nothing.
        """
        uri = self._uri(path)
        while not any(marker in found["message"] for found in self._diagnostics.get(uri, ())):
            self._take()
        return [(found["range"]["start"]["line"] + 1, found["message"]) for found in self._diagnostics[uri]]

    def completions(self, path: str, line: int, column: int) -> Mapping[str, Mapping[str, Any]]:
        """Return what is offered at a place (from 1), by label."""
        answer = self.ask("textDocument/completion", self._at(path, line, column))
        return {item["label"]: item for item in answer["items"]}

    def hover(self, path: str, line: int, column: int) -> str:
        """Return what the editor shows of a place (from 1)."""
        answer = self.ask("textDocument/hover", self._at(path, line, column))
        return str(answer["contents"]["value"])

    def ask(self, method: str, parameters: object) -> Any:  # noqa: ANN401 - any JSON value
        """Return the server's answer to a request."""
        self._last += 1
        number = self._last
        self._send({"id": number, "method": method, "params": parameters})
        while True:
            message = self._take()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def _uri(self, path: str) -> str:
        return (self._folder / path).as_uri()

    def _at(self, path: str, line: int, column: int) -> Mapping[str, Any]:
        place = {"line": line - 1, "character": column - 1}
        return {"textDocument": {"uri": self._uri(path)}, "position": place}

    def _take(self) -> dict[str, Any]:
        """Return the next message, after what VS Code would do about it."""
        message = self._messages.get(timeout=DEADLINE)
        if message.get("method") == "textDocument/publishDiagnostics":
            self._diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "workspace/configuration":
            self._send(
                {
                    "id": message["id"],
                    "result": [self._sections[item["section"]] for item in message["params"]["items"]],
                }
            )
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message

    def _notify(self, method: str, parameters: object) -> None:
        self._send({"method": method, "params": parameters})

    def _send(self, message: Mapping[str, Any]) -> None:
        assert self._server.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._server.stdin.flush()

    def _read(self) -> None:
        stream = self._server.stdout
        assert stream is not None
        while header := stream.readline():
            length = 0
            while header.strip():
                if header.lower().startswith(b"content-length:"):
                    length = int(header.split(b":")[1])
                header = stream.readline()
            self._messages.put(json.loads(stream.read(length)))


def _nested(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings with dots in their names as VS Code hands them out: ``yaml.schemas`` is in section ``yaml``."""
    nested: dict[str, Any] = {}
    for name, value in settings.items():
        section, _, rest = name.partition(".")
        nested.setdefault(section, {})[rest] = value
    return nested
