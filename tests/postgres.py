"""A real PostgreSQL for the tests: made, started and thrown away with the session."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def _bin() -> Path | None:
    """Folder of initdb: the newest of Debian's, else what the path has. Same as tools/setup."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(debian, key=lambda path: float(path.parts[-3]))
    if newest:
        return newest[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def _account() -> pwd.struct_passwd | None:
    """Who runs the server when the tests run as root: PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


class Cluster:
    """One cluster in a folder of its own, reached by a unix socket in that folder.

    Durability is left on (fsync, synchronous_commit), as in production. Anybody who can
    enter the folder may connect as any role: the tests of rights make their own roles.
    """

    def __init__(self, binaries: Path, folder: Path, account: pwd.struct_passwd | None) -> None:
        self._binaries = binaries
        self._folder = folder
        self._account = account
        if account is not None:
            os.chown(folder, account.pw_uid, account.pw_gid)

    @property
    def url(self) -> str:
        """SQLAlchemy's URL of the superuser ``owner`` in the database ``postgres``."""
        return f"postgresql+psycopg://owner@/postgres?host={self._folder}"

    def start(self) -> None:
        """Make the cluster and start it; return when it answers."""
        self._run(
            "initdb", "--username=owner", "--auth=trust", "--encoding=UTF8", "--no-locale",
            "--no-sync", "--pgdata", self._data,
        )  # fmt: skip
        options = f"-c listen_addresses='' -c unix_socket_directories='{self._folder}'"
        log = str(self._folder / "log")
        self._run("pg_ctl", "start", "--wait", "-D", self._data, "-l", log, "-o", options)

    def stop(self) -> None:
        """Stop it at once: the folder goes away anyway."""
        if (self._folder / "data" / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "--wait", "-D", self._data, "-m", "immediate")

    @property
    def _data(self) -> str:
        return str(self._folder / "data")

    def _run(self, program: str, *arguments: str) -> None:
        account = self._account
        # Its own files for output: the server would keep a pipe open after pg_ctl has ended.
        with (self._folder / "output").open("ab") as output:
            done = subprocess.run(
                [str(self._binaries / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
                cwd=self._folder,
                user=account.pw_uid if account else None,
                group=account.pw_gid if account else None,
                extra_groups=[] if account else None,
            )
        if done.returncode:
            said = "".join(
                path.read_text(errors="replace")
                for name in ("output", "log")
                if (path := self._folder / name).exists()
            )
            pytest.fail(f"{program} ended with {done.returncode}:\n{said}", pytrace=False)


@contextmanager
def temporary_cluster() -> Iterator[Cluster]:
    """Give a started cluster; afterwards nothing of it is left."""
    binaries = _bin()
    if binaries is None:
        pytest.fail("no PostgreSQL here: 'tools/setup test' says what to install", pytrace=False)
    # Not pytest's own folder: that one is closed to other accounts, and its path is too long
    # for a unix socket.
    with tempfile.TemporaryDirectory(prefix="qol-pg-") as name:
        cluster = Cluster(binaries, Path(name), _account())
        try:
            cluster.start()
            yield cluster
        finally:
            cluster.stop()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """URL of an empty real PostgreSQL, as its superuser; one cluster for each test process."""
    with temporary_cluster() as cluster:
        yield cluster.url
