"""One browser or machine on one kept connection: it keeps cookies, and measures how long answers take."""

from __future__ import annotations

import http.client
import json
import re
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

ANSWER_S = 30.0
CSRF = re.compile(r'<meta name="csrf-token" content="([^"]*)"')


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back, and how many seconds after the first byte was sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    took_s: float

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def document(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass
class Client:
    """Asks 127.0.0.1:`port`; with `token` as a machine, else as a browser with the cookies that it was given."""

    port: int
    token: str | None = None
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, headers or {}, None)

    def command(self, path: str, **body: Any) -> Answer:
        """Post a command of the API as a machine, under a new `command_id`."""
        return self.post(path, command_id=uuid.uuid4().hex, **body)

    def post(self, path: str, **body: Any) -> Answer:
        """Post a JSON object as a machine."""
        content = json.dumps(body).encode()
        return self._ask("POST", path, {"Content-Type": "application/json"}, content)

    def send(self, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Post a body of any kind as a machine."""
        return self._ask("POST", path, headers, body)

    def send_form(self, page: str, action: str, /, **fields: str) -> Answer:
        """Open a page, then post a form of it to `action` with its form token, as a browser does."""
        (token,) = CSRF.findall(self.get(page).text)
        content = urlencode({"csrf_token": token, **fields}).encode()
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://127.0.0.1:{self.port}",
        }
        return self._ask("POST", action, headers, content)

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_S)
        began = time.perf_counter()
        response = self._response(method, path, {**self._own_headers(), **headers}, body)
        content = response.read()
        took_s = time.perf_counter() - began
        if response.will_close:
            self.close()
        self._keep_cookies(response)
        lowered = {name.lower(): value for name, value in response.getheaders()}
        return Answer(status=response.status, headers=lowered, body=content, took_s=took_s)

    def _response(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes | None
    ) -> http.client.HTTPResponse:
        """Send a request, once more on a new connection when the server had closed the kept one meanwhile."""
        assert self._connection is not None
        for again in (False, True):
            try:
                self._connection.request(method, path, body, headers)
                return self._connection.getresponse()
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                if again:
                    raise
                self._connection.close()
        raise AssertionError

    def _own_headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return ({"Authorization": f"Bearer {self.token}"} if self.token else {}) | (
            {"Cookie": cookies} if cookies else {}
        )

    def _keep_cookies(self, response: http.client.HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
