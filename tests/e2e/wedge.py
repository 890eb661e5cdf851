"""A keyboard-wedge scanner: its key presses as a browser gets them, each with the key and what the layout writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from playwright.sync_api import CDPSession, Page

Layout = Callable[[str], str]
"""What a system's layout writes for a key (`KeyY`, `Digit2`)."""

ALT, CTRL, META, SHIFT = 1, 2, 4, 8
GAP_S = 0.004
PAUSE_S = 1.0
AHEAD_MS = 500
GERMAN = {"KeyY": "z", "KeyZ": "y"}
FRENCH = {
    "KeyA": "q",
    "KeyQ": "a",
    "KeyZ": "w",
    "KeyW": "z",
    "KeyM": ",",
    "Digit2": "é",
    "Digit3": '"',
    "Digit4": "'",
    "Digit5": "(",
    "Digit6": "-",
    "Digit7": "è",
}
SIGNS = {"*": ("Digit8", SHIFT), ":": ("Semicolon", SHIFT), "]": ("BracketRight", 0), '"': ("Quote", SHIFT)}
LAYOUTS: dict[str, Layout] = {
    "us": lambda code: code[-1].lower(),
    "german": lambda code: GERMAN.get(code, code[-1].lower()),
    "french": lambda code: FRENCH.get(code, code[-1].lower()),
    "hangul": lambda code: "Process" if code.startswith("Key") else code[-1],
}
ENTER = ("Enter", "Enter", 0)
TAB = ("Tab", "Tab", 0)
LINE_FEED = ("KeyJ", "j", CTRL)
END_OF_TEXT = ("KeyC", "c", CTRL)
SUFFIXES = {
    "enter": [ENTER],
    "tab": [TAB],
    "lf": [LINE_FEED],
    "crlf": [ENTER, LINE_FEED],
    "none": [],
    "etx": [END_OF_TEXT],
}
WINDOWS_KEYS = {"Enter": 13, "Tab": 9}
FOCUSABLE = ":is(a[href], button, input, select, textarea, summary):not([hidden]):not(:disabled)"
STATE = """() => ({
  gate: document.querySelector('#gate-title')?.textContent,
  direction: document.querySelector('input[name=direction]:checked')?.value,
  fields: [...document.querySelectorAll('input:not([type=radio]), select, textarea')].map(({ value }) => value),
  chosen: [...document.querySelectorAll('input:checked')].map(({ name, value }) => `${name}=${value}`),
  dialogs: [...document.querySelectorAll('dialog')].map(({ open }) => open),
  address: location.href,
  focused: !window.focused?.isConnected || document.activeElement === window.focused,
})"""
REMEMBER_FOCUS = "() => { window.focused = document.activeElement; }"
"""An answer may take an element away that had the focus."""


@dataclass(kw_only=True)
class Wedge:
    """A scanner at a page, which is opened with a clock of its own: it types at its own pace.

    The page's clock stands still while a scan is typed, however long the machine takes.
    """

    page: Page
    cdp: CDPSession = field(init=False)
    _now: float = 0.0

    def __post_init__(self) -> None:
        """Open a session to the browser's input."""
        self.cdp = self.page.context.new_cdp_session(self.page)

    def scan(self, text: str, *, layout: str = "us", suffix: str = "enter") -> None:
        """Press the keys of `text` on US keys under the system's `layout`, then those of the suffix."""
        now = self.page.evaluate("() => Date.now()")
        self._now = max(now / 1000, self._now + PAUSE_S)
        self.page.clock.pause_at((now + AHEAD_MS) / 1000)
        for code, key, modifiers in [*_keys(text, LAYOUTS[layout]), *SUFFIXES[suffix]]:
            self._press(code, key, modifiers)
        self.page.clock.resume()

    def _press(self, code: str, key: str, modifiers: int) -> None:
        hidden = key == "Process"
        number = 229 if hidden else WINDOWS_KEYS.get(code, ord(code[-1]))
        common = {
            "code": code,
            "key": key,
            "modifiers": modifiers,
            "windowsVirtualKeyCode": number,
            "timestamp": self._now,
        }
        text = "\r" if code == "Enter" else key if len(key) == 1 and modifiers in (0, SHIFT) else ""
        self.cdp.send(
            "Input.dispatchKeyEvent", {"type": "keyDown" if text else "rawKeyDown", "text": text, **common}
        )
        self.cdp.send("Input.dispatchKeyEvent", {"type": "keyUp", **common})
        self._now += GAP_S


def _keys(text: str, layout: Layout) -> Iterator[tuple[str, str, int]]:
    for letter in text:
        if letter in SIGNS:
            code, modifiers = SIGNS[letter]
            yield code, letter, modifiers
        else:
            code = f"Digit{letter}" if letter.isdigit() else f"Key{letter.upper()}"
            yield code, layout(code), 0


def remembered(page: Page) -> object:
    """Return what no scan may change."""
    page.evaluate(REMEMBER_FOCUS)
    return page.evaluate(STATE)
