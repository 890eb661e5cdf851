"""A download that fails is one line: which registry, what its client said first, what to do."""

from __future__ import annotations

import sys

import pytest

from tools.download import LOG, download, failure

TRY_AGAIN = "— check the network and try again (details: .tools/download.log)"


@pytest.mark.parametrize(
    ("registry", "printed", "line"),
    [
        (
            "PyPI",
            (
                "WARNING: Retrying (Retry(total=4)) after connection broken\n"
                "ERROR: No matching distribution found for alembic==1.20.1\n"
            ),
            f"PyPI: No matching distribution found for alembic==1.20.1 {TRY_AGAIN}",
        ),
        (
            "npm",
            (
                "npm error code ENOTFOUND\nnpm error syscall getaddrinfo\nnpm error errno ENOTFOUND\n"
                "npm error network request to https://registry.npmjs.org/ms failed\n"
            ),
            f"npm: network request to https://registry.npmjs.org/ms failed {TRY_AGAIN}",
        ),
        ("Debian", "E: Failed to fetch chromium\n", f"Debian: Failed to fetch chromium {TRY_AGAIN}"),
        ("PyPI", "", f"PyPI: the download failed {TRY_AGAIN}"),
    ],
)
def test_the_line_holds_the_registry_and_the_clients_complaint(
    registry: str, printed: str, line: str
) -> None:
    assert failure(registry, printed) == line


def test_a_failed_download_ends_with_its_line_and_keeps_the_rest_in_a_file() -> None:
    code = "import sys; print('one', flush=True); print('ERROR: no route', file=sys.stderr); sys.exit(1)"

    with pytest.raises(SystemExit, match=r"^PyPI: no route "):
        download("PyPI", [sys.executable, "-c", code])

    assert LOG.read_text(encoding="utf-8") == "one\nERROR: no route\n"


def test_successful_download_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    download("PyPI", [sys.executable, "-c", "print('noise')"])

    assert capfd.readouterr() == ("", "")
