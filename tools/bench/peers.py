"""The environment of the tools that are compared with: made once, from a lock with hashes, beside the project's own."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".bench"
PYTHON = FOLDER / "bin" / "python"
LOCK = ROOT / "tools" / "bench" / "peers.txt"
STAMP = FOLDER / "installed"


def install() -> None:
    """Make or renew the environment; nothing when it holds what the lock says."""
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted:
        return
    print("Installing the tools to compare with into .bench: first time only, a minute or two ...", flush=True)
    env = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(FOLDER)], check=True, env=env)
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, "--require-hashes", "-r", str(LOCK)], check=True, env=env, cwd=ROOT)
    # The packages of this checkout, for the notebooks: one line, as in an editable installation.
    folder = next((FOLDER / "lib").glob("python*/site-packages"))
    (folder / "this-checkout.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    STAMP.write_text(wanted, encoding="utf-8")


def versions(*names: str) -> dict[str, str]:
    """Installed versions of the tools, by name."""
    code = "import sys\nfrom importlib.metadata import version\nfor name in sys.argv[1:]: print(name, version(name))"
    said = subprocess.check_output([str(PYTHON), "-c", code, *names], text=True, encoding="utf-8")
    return dict(line.split() for line in said.splitlines())


if __name__ == "__main__":
    install()
