"""Make or mend the virtual environment .venv from a lock: ``python requirements/install.py [run|all]``.

The installer itself lies in the wheel of asprinted, so that a newer wheel brings a newer one.
"""

import zipfile
from pathlib import Path

wheel = next(Path(__file__).resolve().parent.glob("wheels/asprinted-*.whl"))
code = zipfile.ZipFile(wheel).read("asprinted/lent/requirements/install.py")
exec(compile(code, __file__, "exec"), globals())
