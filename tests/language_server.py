"""The YAML language server that editors run, spoken to as an editor does: LSP over pipes."""

import json
import queue
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from node_packages import NODE, installed

HERE = Path(__file__).parent / "lsp"
SERVER = HERE / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
PATIENCE = 30
CURSOR = "‸"


class Editor:
    """One editor with its server. Texts carry the cursor as `‸`."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path, settings: dict) -> None:
        self.process, self.folder, self.settings = process, folder, settings
        self.messages: queue.Queue[dict] = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        self.asked = self.opened = 0
        self.faults: dict[str, list[dict]] = {}
        formats = {"documentationFormat": ["markdown"]}
        text = {"completion": {"completionItem": formats}, "hover": {"contentFormat": ["markdown"]}}
        capabilities = {"textDocument": text, "workspace": {"configuration": True}}
        root = {"uri": folder.as_uri(), "name": folder.name}
        place = {"rootUri": root["uri"], "workspaceFolders": [root]}
        self.ask("initialize", {"processId": None, "capabilities": capabilities, **place})
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": {"yaml": settings}})

    def _read(self) -> None:
        stream = self.process.stdout
        while line := stream.readline():
            size = 0
            while line.strip():
                name, _, value = line.partition(b":")
                size = int(value) if name.lower() == b"content-length" else size
                line = stream.readline()
            self.messages.put(json.loads(stream.read(size)))

    def _send(self, message: dict) -> None:
        raw = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(raw), raw))
        self.process.stdin.flush()

    def tell(self, method: str, params: dict) -> None:
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: Any) -> Any:
        self.asked += 1
        self._send({"id": self.asked, "method": method, "params": params})
        while True:
            message = self._next()
            if "method" not in message and message["id"] == self.asked:
                assert "error" not in message, message
                return message["result"]

    def _next(self) -> dict:
        """The next message; what the server itself asks is answered."""
        message = self.messages.get(timeout=PATIENCE)
        match message.get("method"):
            case "textDocument/publishDiagnostics":
                params = message["params"]
                self.faults[params["uri"]] = params["diagnostics"]
            case "workspace/configuration":
                items = message["params"]["items"]
                result = [self.settings if i["section"] == "yaml" else {} for i in items]
                self._send({"id": message["id"], "result": result})
            case str() if "id" in message:
                self._send({"id": message["id"], "result": None})
        return message

    def open(self, name: str, text: str) -> tuple[dict, list[dict]]:
        """Open a file; where the cursor is, and what the server finds wrong."""
        before = text.partition(CURSOR)[0]
        line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
        self.opened += 1  # a name of its own, so that no late answer is about another text
        path = self.folder / name
        uri = path.with_name(path.name.replace(".", f"-{self.opened}.", 1)).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1}
        self.tell(
            "textDocument/didOpen",
            {"textDocument": {**document, "text": text.replace(CURSOR, "")}},
        )
        while uri not in self.faults:
            self._next()
        position = {"line": line, "character": column}
        return {"textDocument": {"uri": uri}, "position": position}, self.faults[uri]

    def close(self, place: dict) -> None:
        self.tell("textDocument/didClose", {"textDocument": place["textDocument"]})

    def faults_of(self, name: str, text: str) -> list[tuple[int, str]]:
        """What is wrong with a text: line and message."""
        place, faults = self.open(name, text)
        self.close(place)
        return [(fault["range"]["start"]["line"] + 1, fault["message"]) for fault in faults]

    def completions(self, name: str, text: str) -> dict[str, str]:
        """What is offered at the cursor, each with its documentation."""
        place, _ = self.open(name, text)
        answer = self.ask("textDocument/completion", place)
        self.close(place)
        return {item["label"]: _plain(item.get("documentation", "")) for item in answer["items"]}

    def hover(self, name: str, text: str) -> str:
        place, _ = self.open(name, text)
        answer = self.ask("textDocument/hover", place)
        self.close(place)
        return _plain(answer["contents"])


def _plain(documentation: str | dict) -> str:
    return documentation if isinstance(documentation, str) else documentation["value"]


@contextmanager
def editor(folder: Path, **settings: Any) -> Iterator[Editor]:
    """An editor with these settings of `yaml`; it asks nothing of any network."""
    installed(HERE)
    quiet = {"schemaStore": {"enable": False}, "validate": True, "hover": True, "completion": True}
    with subprocess.Popen(
        [NODE, SERVER, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        try:
            one = Editor(process, folder, {**quiet, **settings})
            yield one
            one.ask("shutdown", None)
            one.tell("exit", {})
            process.wait(PATIENCE)
        finally:
            process.kill()
            one.reader.join(PATIENCE)
