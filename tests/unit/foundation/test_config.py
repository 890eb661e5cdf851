"""Settings are read once and refuse loudly."""

from __future__ import annotations

from pathlib import Path

import pytest

from conference_hub.core.config import Settings, SettingsError, load

SECRET = "s" * 40


def production(tmp_path: Path, **env: str) -> dict[str, str]:
    return {
        "HUB_SECRET_KEY": SECRET,
        "HUB_PUBLIC_URL": "https://hub.example.com",
        "HUB_DATA_DIR": str(tmp_path),
        **env,
    }


def test_production_settings_are_taken_from_the_environment(tmp_path: Path) -> None:
    env = production(tmp_path, HUB_BIND="0.0.0.0:9000", HUB_REDIS_URL="redis://r", HUB_PROXIES="1")

    assert load(env) == Settings(
        host="0.0.0.0",  # noqa: S104 - compared, not bound
        port=9000,
        database_url=f"sqlite:///{tmp_path}/hub.sqlite3",
        redis_url="redis://r",
        secret_key=SECRET,
        public_url="https://hub.example.com",
        data_dir=tmp_path,
        demo=False,
        demo_start=None,
        proxies=1,
        frame_hosts=("www.youtube-nocookie.com", "player.vimeo.com"),
        mail_from="hub@hub.example.com",
    )


@pytest.mark.parametrize(
    ("given", "hosts"),
    [
        ("", ()),
        ("Video.Example.com", ("video.example.com",)),
        ("a.example, b.example a.example", ("a.example", "b.example")),
    ],
)
def test_hosts_of_video_are_separated_by_commas_or_spaces(
    tmp_path: Path, given: str, hosts: tuple[str, ...]
) -> None:
    assert load(production(tmp_path, HUB_FRAME_HOSTS=given)).frame_hosts == hosts


@pytest.mark.parametrize("secret", ["", "short", "demo-" + "s" * 40])
def test_production_start_without_a_real_secret_names_the_variable(tmp_path: Path, secret: str) -> None:
    with pytest.raises(SettingsError, match="HUB_SECRET_KEY"):
        load(production(tmp_path, HUB_SECRET_KEY=secret))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HUB_PUBLIC_URL", ""),
        ("HUB_PUBLIC_URL", "hub.example.com"),
        ("HUB_PUBLIC_URL", "http://hub.example.com"),
        ("HUB_PUBLIC_URL", "https://hub.example.com/sub"),
        ("HUB_BIND", "8000"),
        ("HUB_BIND", "127.0.0.1:70000"),
        ("HUB_DATABASE_URL", "postgresql://db/hub"),
        ("HUB_DEMO_START", "tomorrow"),
        ("HUB_DEMO_START", "2026-12-02T09:20:00"),
        ("HUB_PROXIES", "one"),
        ("HUB_OUTGOING_PRIVATE", "yes"),
        ("HUB_TRANSPORT", "quick"),
        ("HUB_CLIENT_BACKLOG_KB", "15"),
        ("HUB_CLIENT_BACKLOG_KB", "-1"),
        ("HUB_FRAME_HOSTS", "https://player.vimeo.com"),
        ("HUB_FRAME_HOSTS", "*"),
        ("HUB_FRAME_HOSTS", "example.com; script-src *"),
    ],
)
def test_an_unusable_value_names_its_variable(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        load(production(tmp_path, **{name: value}))


def test_a_demo_makes_a_secret_once_and_keeps_it(tmp_path: Path) -> None:
    env = {"HUB_DATA_DIR": str(tmp_path)}

    first, second = load(env, demo=True), load(env, demo=True)

    assert first.secret_key == second.secret_key
    assert first.public_url == "http://127.0.0.1:8000"
    assert (tmp_path / "demo-secret").stat().st_mode & 0o777 == 0o600


def test_the_secret_of_a_demo_is_refused_in_production(tmp_path: Path) -> None:
    demo = load({"HUB_DATA_DIR": str(tmp_path)}, demo=True)

    with pytest.raises(SettingsError, match="HUB_SECRET_KEY"):
        load(production(tmp_path, HUB_SECRET_KEY=demo.secret_key))
