"""The files of the project, as the contracts see them."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


# What .gitignore leaves out, for a copy of the tree without git.
LEFT_OUT = {".git", ".venv", "instance", "__pycache__", "node_modules", "build", "dist"}


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that is, or would be, committed: relative paths, sorted."""
    paths = _listed_by_git() or _walked()
    return tuple(sorted(path for path in paths if (ROOT / path).is_file()))


def _listed_by_git() -> set[Path]:
    """Nothing where git is not there, or refuses a clone that belongs to another account."""
    git = shutil.which("git")
    if git is None:
        return set()
    listed = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return {Path(name) for name in listed.stdout.split("\0") if name}


def _walked() -> set[Path]:
    paths = {path.relative_to(ROOT) for path in ROOT.rglob("*")}
    return {
        path
        for path in paths
        if not LEFT_OUT.intersection(path.parts)
        and not path.parts[0].endswith("_cache")
        and path.parts[0] != ".hypothesis"
    }
