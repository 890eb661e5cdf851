"""The commands of `docs/operations.md`, run as they stand there, in a directory that stands for the machine.

Only places, ports and the hub's name are replaced, in the page and in the files of `ops/` alike. What needs root or a
systemd is done by stand-ins: `chown` does nothing, `runuser` stays who it is, `units.py` is systemctl.
"""

from __future__ import annotations

import re
import shutil
import ssl
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tests.live.units import INSTRUCTION, Units, inherited
from tests.services.machine import free_port, program

SOURCE = Path(__file__).parents[2]
PAGE = SOURCE / "docs" / "operations.md"
PASSWORD = "a long enough password"
BLOCK = re.compile(r"^```sh follow *(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PLACES = re.compile(
    r"(?<![\w/.])/(?=(?:opt|etc|var/lib|var/backups|var/www)/conference-hub|usr/local/sbin|etc/systemd/system"
    r"|etc/nginx|etc/caddy|var/lib/nginx|var/log/nginx|run/nginx\.pid)"
)
DIRECTORIES = (
    *("usr/local/sbin", "etc/systemd/system", "etc/nginx/conf.d", "etc/nginx/sites-enabled"),
    *("etc/nginx/modules-enabled", "etc/caddy", "var/lib/nginx", "var/log/nginx", "run", "bin", "packages"),
)
DEBIANS_DEFAULT_SITE = (
    "server { listen 80 default_server; listen [::]:80 default_server; root /var/www/html; }\n"
)


@dataclass(kw_only=True)
class Installation:
    """One machine: `root` stands for `/`. Ends its services with `units.close()`."""

    root: Path
    wheel: Path
    postgres_port: int = 0
    postgres_sockets: str = "/var/run/postgresql"
    hub_port: int = field(default_factory=free_port)
    plain_port: int = field(default_factory=free_port)
    tls_port: int = field(default_factory=free_port)

    @property
    def origin(self) -> str:
        """The address that browsers use."""
        return f"https://localhost:{self.tls_port}"

    @cached_property
    def units(self) -> Units:
        """Systemctl of this machine."""
        return Units(
            directory=self.root / "etc/systemd/system",
            environment=self.environment,
            ports={
                "hub.service": self.hub_port,
                "nginx.service": self.tls_port,
                "caddy.service": self.tls_port,
            },
            log=self.root / "journal",
        )

    def path(self, place: str) -> Path:
        """Return where `place` of the page is here."""
        return Path(self.adapted(place))

    def adapted(self, text: str) -> str:
        """Replace places, ports and the name in a text of the page or of `ops/`."""
        here = PLACES.sub(f"{self.root}/", text)
        for documented, ours in (
            ("127.0.0.1:8000", f"127.0.0.1:{self.hub_port}"),
            ("https://hub.example.com", f"https://hub.example.com:{self.tls_port}"),
            ("/var/run/postgresql", self.postgres_sockets),
            ("listen 80", f"listen 127.0.0.1:{self.plain_port}"),
            ("listen 443", f"listen 127.0.0.1:{self.tls_port}"),
            ("listen [::]:80", f"listen unix:{self.root}/run/80"),
            ("listen [::]:443", f"listen unix:{self.root}/run/443"),
            ("user www-data;", "user root;"),
            ("{\n\tservers {", f"{{\n{self._caddy_options()}\tservers {{"),
        ):
            here = here.replace(documented, ours)
        return re.sub(r"conference_hub-\d+\.\d+\.\d+-py3-none-any\.whl", self.wheel.name, here)

    def prepare(self) -> None:
        """Make what the page finds: a bare Debian with its proxies, a checkout, and the wheel of `make wheel`."""
        for directory in DIRECTORIES:
            (self.root / directory).mkdir(parents=True)
        shutil.copytree(SOURCE / "ops", self.root / "source/ops")
        for file in (self.root / "source/ops").iterdir():
            file.write_text(self.adapted(file.read_text(encoding="utf-8")), encoding="utf-8")
        shutil.copy(SOURCE / "requirements.txt", self.root / "source")
        (self.root / "source/dist").mkdir()
        shutil.copy(self.wheel, self.root / "source/dist")
        self._stand_in("chown", "exit 0")
        self._stand_in("runuser", 'shift 3; exec "$@"')
        self._stand_in("python3", f"exec '{sys.executable}' \"$@\"")
        self._lend_packages()

    def install_nginx(self) -> None:
        """Put Debian's nginx in place, its default site included."""
        whole = Path("/etc/nginx/nginx.conf").read_text(encoding="utf-8")
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        aside = "".join(f"\n{kind}_temp_path {self.root}/var/lib/nginx/{kind};" for kind in kinds)
        configuration = self.adapted(whole).replace("http {", f"http {{{aside}", 1)
        self.path("/etc/nginx/nginx.conf").write_text(configuration, encoding="utf-8")
        shutil.copy("/etc/nginx/mime.types", self.path("/etc/nginx"))
        self.path("/etc/nginx/sites-enabled/default").write_text(DEBIANS_DEFAULT_SITE, encoding="utf-8")
        options = f"-p {self.root} -c {self.path('/etc/nginx/nginx.conf')} -e {self.root}/journal"
        self._stand_in("nginx", f'exec {program("nginx", "/usr/sbin/nginx")} {options} "$@"')
        self._service("nginx", "nginx -g 'daemon off;'")

    def install_caddy(self) -> None:
        """Put Caddy in place."""
        self._stand_in("caddy", f'XDG_DATA_HOME={self.root} exec {program("caddy")} "$@"')
        self._service("caddy", f"caddy run --adapter caddyfile --config {self.path('/etc/caddy/Caddyfile')}")

    def follow(self, *ways: str) -> None:
        """Run the marked blocks of the page in order: those for everybody, and those of `ways`."""
        for way, block in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
            if not way or way in ways:
                self.run(block)

    def run(self, block: str) -> None:
        """Run the lines of one block; systemctl's are done here, the lines between them by a shell."""
        script = ""
        for line in [*self.adapted(block).splitlines(), INSTRUCTION]:
            if not line.startswith(INSTRUCTION):
                script += f"{line}\n"
                continue
            if script:
                self._shell(script)
            if line != INSTRUCTION:
                self.units.systemctl(line)
            script = ""

    def trusting(self) -> ssl.SSLContext:
        """Return a context that trusts the proxy's certificate, and nobody else's."""
        places = [
            self.path("/etc/nginx/hub/fullchain.pem"),
            self.root / "caddy/pki/authorities/local/root.crt",
        ]
        return ssl.create_default_context(cafile=next(place for place in places if place.exists()))

    @cached_property
    def environment(self) -> dict[str, str]:
        path = f"{self.root}/bin:{self.root}/usr/local/sbin:{inherited()['PATH']}"
        pip = {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
        postgres = {"PGPORT": str(self.postgres_port), "PGHOST": self.postgres_sockets}
        return {**inherited(), "PATH": path, "PYTHONPATH": f"{self.root}/packages", **pip, **postgres}

    def _shell(self, script: str) -> None:
        done = subprocess.run(
            ["sh", "-eu", "-c", script],
            cwd=self.root / "source",
            env={**self.environment, "HUB_NAME": "localhost", "PGUSER": "postgres"},
            input=f"{PASSWORD}\n",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, f"{script}\n{done.stdout}"

    def _stand_in(self, name: str, script: str) -> None:
        path = self.root / "bin" / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def _service(self, name: str, command: str) -> None:
        unit = f"[Service]\nExecStart={self.root}/bin/{command}\nKillSignal=SIGTERM\n"
        self.path(f"/etc/systemd/system/{name}.service").write_text(unit, encoding="utf-8")

    def _lend_packages(self) -> None:
        """Let pip find the pinned packages installed: all that the tests have but the hub itself."""
        (site,) = {Path(path) for path in sys.path if path.endswith("site-packages")}
        for entry in site.iterdir():
            if "conference_hub" not in entry.name and not entry.name.startswith(("pip", "_virtualenv")):
                (self.root / "packages" / entry.name).symlink_to(entry)

    def _caddy_options(self) -> str:
        ports = f"\thttp_port {self.plain_port}\n\thttps_port {self.tls_port}\n"
        return f"\tadmin off\n\tlocal_certs\n\tskip_install_trust\n{ports}"
