"""``python -m qol``: the laboratory's commands."""

from qol.cli.main import commands

if __name__ == "__main__":
    commands(prog_name="python -m qol")
