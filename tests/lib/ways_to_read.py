"""Ways in which a cell can look at something of its project, each an expression whose value depends on what is there.

``{p}`` is the path of a text file that holds a number, ``{d}`` of its folder. A way that needs a library or program which
is not here is left out and named.
"""

from __future__ import annotations

import contextlib
import dbm.dumb
import gzip
import importlib
import importlib.util
import pickle
import shutil
import sqlite3
import struct
import tarfile
import zipfile
from pathlib import Path
from typing import NamedTuple

import PIL.Image


class Way(NamedTuple):
    """Code that prints what it saw; ``wants``: a module or program that it takes."""

    code: str
    wants: str = ""

    @property
    def here(self) -> bool:
        """Whether this machine can do it."""
        return not self.wants or importlib.util.find_spec(self.wants) is not None or shutil.which(self.wants) is not None


def fill(folder: Path, number: int) -> None:
    """Write what the ways look at, all of it dependent on ``number``."""
    folder.mkdir(parents=True, exist_ok=True)
    text = f"{number}\n"
    (folder / "n.txt").write_text(text, encoding="utf-8")
    (folder / "module_of_text.py").write_text(f"TEXT = {number}\n", encoding="utf-8")
    (folder / "package_of_text").mkdir(exist_ok=True)
    (folder / "package_of_text/__init__.py").write_text("", encoding="utf-8")
    (folder / "package_of_text/n.txt").write_text(text, encoding="utf-8")
    with zipfile.ZipFile(folder / "z.zip", "w") as file:
        file.writestr("n", text)
        file.writestr("zipped.py", f"TEXT = {number}\n")
    with tarfile.open(folder / "t.tar", "w") as file:
        file.add(folder / "n.txt", "n")
    with gzip.open(folder / "g.gz", "wt", encoding="utf-8") as file:
        file.write(text)
    with contextlib.closing(sqlite3.connect(folder / "s.db")) as base:
        base.executescript(f"drop table if exists t; create table t(n); insert into t values ({number});")
    (folder / "n.pickle").write_bytes(pickle.dumps(number))
    with dbm.dumb.open(str(folder / "n"), "n") as base:
        base[b"n"] = text.encode()
    zone = b"TZif2" + bytes(15) + struct.pack(">6l", 0, 0, 0, 0, 1, 4) + struct.pack(">lbb", 3600 * number, 0, 0) + b"XXX\0"
    (folder / "zone").write_bytes(zone + zone + f"\n<XXX>-{number}\n".encode())
    (folder / "link").unlink(missing_ok=True)
    (folder / "link").symlink_to("n.txt" if number == 1 else "module_of_text.py")
    PIL.Image.new("L", (1, 1), number).save(folder / "n.png")
    (folder / "n.xml").write_text(f"<n>{number}</n>", encoding="utf-8")
    if WAYS["h5py"].here:
        with importlib.import_module("h5py").File(folder / "n.h5", "w") as file:
            file["n"] = number
    if number != 1:
        (folder / "new.txt").write_text(text, encoding="utf-8")
        (folder / "empty").mkdir()
        (folder / "n.txt").chmod(0o755)


CHILD = "def look(path):\n    with open(path) as file:\n        return file.read()\n"
C = "import ctypes\nlibc = ctypes.CDLL(None)\n"
BESIDE = "import sys\nsys.path.insert(0, {d!r})\n"

WAYS = {
    # By Python's own functions.
    "open": Way("print(open({p!r}).read())"),
    "open for update": Way("print(open({p!r}, 'rb').read(1))"),
    "pathlib": Way("from pathlib import Path\nprint(Path({p!r}).read_text())"),
    "os.open and os.read": Way("import os\nfile = os.open({p!r}, os.O_RDONLY)\nprint(os.read(file, 99))"),
    "a descriptor of the folder": Way("import os\nprint(os.read(os.open(os.path.basename({p!r}), os.O_RDONLY, dir_fd=os.open({d!r}, 0)), 99))"),
    "os.pread": Way("import os\nprint(os.pread(os.open({p!r}, 0), 99, 0))"),
    "os.sendfile": Way("import os\nto = os.memfd_create('x')\nos.sendfile(to, os.open({p!r}, 0), 0, 99)\nprint(os.pread(to, 99, 0))"),
    "os.copy_file_range": Way("import os, tempfile\nto = tempfile.TemporaryFile()\nos.copy_file_range(os.open({p!r}, 0), to.fileno(), 99)\n"
                              "to.seek(0)\nprint(to.read())"),
    "io.FileIO": Way("import io\nprint(io.FileIO({p!r}).readall())"),
    "mmap": Way("import mmap\nwith open({p!r}, 'rb') as file:\n    print(mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)[:])"),
    "fileinput": Way("import fileinput\nprint(list(fileinput.input({p!r})))"),
    "linecache": Way("import linecache\nprint(linecache.getlines({p!r}))"),
    "codecs": Way("import codecs\nprint(codecs.open({p!r}).read())"),
    "tokenize": Way("import tokenize\nprint(tokenize.open({p!r}).read())"),
    "shutil.copy": Way("import shutil, tempfile\nto = shutil.copy({p!r}, tempfile.mkdtemp())\nprint(open(to).read())"),
    "os.link in vain, then a copy": Way("import os, shutil, tempfile\nto = tempfile.mkdtemp() + '/x'\ntry:\n    os.link({p!r}, to)\n"
                                        "except OSError:\n    shutil.copyfile({p!r}, to)\nprint(open(to).read())"),
    "a symbolic link of its own": Way("import os, tempfile\nto = tempfile.mkdtemp() + '/x'\nos.symlink({p!r}, to)\nprint(open(to).read())"),
    "the folder of the process": Way("import os\nos.chdir({d!r})\nprint(open(os.path.basename({p!r})).read())"),
    "/proc/self/cwd": Way("import os\nos.chdir({d!r})\nprint(open('/proc/self/cwd/' + os.path.basename({p!r})).read())"),
    "/proc/self/fd": Way("import os\nfile = os.open({p!r}, 0)\nprint(open(f'/proc/self/fd/{{file}}').read())"),
    "urllib by file:": Way("import pathlib, urllib.request\nprint(urllib.request.urlopen(pathlib.Path({p!r}).as_uri()).read())"),
    "csv": Way("import csv\nprint(list(csv.reader(open({p!r}))))"),
    "runpy": Way("import runpy\nprint(runpy.run_path({d!r} + '/module_of_text.py')['TEXT'])"),
    "import": Way(BESIDE + "import module_of_text\nprint(module_of_text.TEXT)"),
    "importlib.resources": Way(BESIDE + "import importlib.resources\nprint(importlib.resources.files('package_of_text').joinpath('n.txt').read_text())"),
    "pkgutil.get_data": Way(BESIDE + "import pkgutil\nprint(pkgutil.get_data('package_of_text', 'n.txt'))"),
    "a member of a zip": Way("import zipfile\nprint(zipfile.ZipFile({d!r} + '/z.zip').read('n'))"),
    "a path in a zip": Way("import zipfile\nprint(zipfile.Path({d!r} + '/z.zip', 'n').read_text())"),
    "an import from a zip": Way("import sys\nsys.path.insert(0, {d!r} + '/z.zip')\nimport zipped\nprint(zipped.TEXT)"),
    "a member of a tar": Way("import tarfile\nprint(tarfile.open({d!r} + '/t.tar').extractfile('n').read())"),
    "gzip": Way("import gzip\nprint(gzip.open({d!r} + '/g.gz').read())"),
    "sqlite3": Way("import sqlite3\nprint(sqlite3.connect({d!r} + '/s.db').execute('select n from t').fetchall())"),
    "sqlite3 by an address": Way("import sqlite3\nprint(sqlite3.connect('file:' + {d!r}.replace(' ', '%20') + '/s.db?mode=ro&immutable=1', uri=True)"
                                 ".execute('select n from t').fetchall())"),
    "pickle": Way("import pickle\nprint(pickle.load(open({d!r} + '/n.pickle', 'rb')))"),
    "shelve": Way("import dbm.dumb\nprint(dbm.dumb.open({d!r} + '/n', 'r')[b'n'])"),
    "zoneinfo from a file": Way("import zoneinfo\nprint(zoneinfo.ZoneInfo.from_file(open({d!r} + '/zone', 'rb'), key='x').utcoffset(__import__("
                                "'datetime').datetime(2020, 1, 1)))"),
    "zoneinfo by its path": Way("import zoneinfo\nzoneinfo.reset_tzpath([{d!r}])\nzoneinfo.ZoneInfo.clear_cache()\n"
                                "print(zoneinfo.ZoneInfo('zone').utcoffset(__import__('datetime').datetime(2020, 1, 1)))"),
    # What is there, not what it holds.
    "os.listdir": Way("import os\nprint(sorted(os.listdir({d!r})))"),
    "os.scandir": Way("import os\nprint(sorted(one.name for one in os.scandir({d!r})))"),
    "os.walk": Way("import os\nprint(sorted(map(str, os.walk({d!r}))))"),
    "glob": Way("import glob\nprint(sorted(glob.glob({d!r}.replace('[', '[[]') + '/*')))"),
    "rglob": Way("from pathlib import Path\nprint(sorted(Path({d!r}).rglob('*')))"),
    "exists": Way("import os\nprint(os.path.exists({d!r} + '/new.txt'))"),
    "is_file": Way("from pathlib import Path\nprint((Path({d!r}) / 'new.txt').is_file())"),
    "an attempt to open": Way("try:\n    print(open({d!r} + '/new.txt').read())\nexcept FileNotFoundError:\n    print('none')"),
    "an empty folder": Way("import os\nprint(sorted(os.listdir({d!r})))"),
    "getsize": Way("import os\nprint(os.path.getsize({p!r}))"),
    "getmtime": Way("import os\nprint(os.path.getmtime({p!r}))"),
    "stat, its rights": Way("import os\nprint(oct(os.stat({p!r}).st_mode))"),
    "os.access": Way("import os\nprint(os.access({p!r}, os.X_OK))"),
    "stat of a descriptor": Way("import os\nprint(os.fstat(os.open({p!r}, 0)).st_size)"),
    "lstat": Way("import os\nprint(os.lstat({p!r}).st_size)"),
    "readlink": Way("import os\nprint(os.readlink({d!r} + '/link'))"),
    "through a link": Way("print(open({d!r} + '/link').read())"),
    "shutil.disk_usage of the folder's files": Way("import os\nprint(sum(os.path.getsize(os.path.join({d!r}, one)) for one in os.listdir({d!r})))"),
    # In other threads and processes.
    "a thread": Way(CHILD + "import threading\nseen = []\none = threading.Thread(target=lambda: seen.append(look({p!r})))\none.start()\none.join()\nprint(seen)"),
    "many threads at once": Way(CHILD + "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(16) as pool:\n"
                                "    print(list(pool.map(look, [{p!r}] * 300))[-1])"),
    "a thread of asyncio": Way(CHILD + "import asyncio, threading\nseen = []\ndef main():\n    seen.append(asyncio.run(asyncio.to_thread(look, {p!r})))\n"
                               "one = threading.Thread(target=main)\none.start()\none.join()\nprint(seen)"),
    "a timer": Way(CHILD + "import threading\nseen = []\none = threading.Timer(0.01, lambda: seen.append(look({p!r})))\none.start()\none.join()\nprint(seen)"),
    "os.fork": Way(CHILD + "import os\nr, w = os.pipe()\nif os.fork() == 0:\n    os.write(w, look({p!r}).encode())\n    os._exit(0)\n"
                   "_ = os.wait()\nprint(os.read(r, 99))"),
    "processes by fork": Way(CHILD + "import multiprocessing\nwith multiprocessing.get_context('fork').Pool(2) as pool:\n    print(pool.map(look, [{p!r}]))"),
    "processes by spawn": Way("import multiprocessing, pathlib\nwith multiprocessing.get_context('spawn').Pool(1) as pool:\n"
                              "    print(pool.map(pathlib.Path.read_text, [pathlib.Path({p!r})]))"),
    "processes by a fork server": Way("import multiprocessing, pathlib\nwith multiprocessing.get_context('forkserver').Pool(1) as pool:\n"
                                      "    print(pool.map(pathlib.Path.read_text, [pathlib.Path({p!r})]))"),
    "ProcessPoolExecutor": Way("import pathlib\nfrom concurrent.futures import ProcessPoolExecutor\nwith ProcessPoolExecutor(1) as pool:\n"
                               "    print(pool.submit(pathlib.Path.read_text, pathlib.Path({p!r})).result())"),
    "subprocess": Way("import subprocess\nprint(subprocess.run(['cat', {p!r}], capture_output=True, check=True).stdout)", "cat"),
    "a shell": Way("import subprocess\nprint(subprocess.check_output('cat \"$F\"', shell=True, env={{'F': {p!r}}}))", "cat"),
    "os.popen": Way("import os, shlex\nprint(os.popen('cat ' + shlex.quote({p!r})).read())", "cat"),
    "os.posix_spawn": Way("import os, tempfile\nto = tempfile.mkstemp()[0]\n_ = os.waitpid(os.posix_spawn('/bin/cat', ['cat', {p!r}], {{}},"
                          " file_actions=[(os.POSIX_SPAWN_DUP2, to, 1)]), 0)\nprint(os.pread(to, 99, 0))", "cat"),
    "another Python": Way("import subprocess, sys\nprint(subprocess.check_output([sys.executable, '-c', 'import sys; print(open(sys.argv[1]).read())', {p!r}]))"),
    "a child that closes all it was handed": Way(CHILD + "import os\nr, w = os.pipe()\nif os.fork() == 0:\n    os.dup2(w, 3)\n    os.closerange(4, 1024)\n"
                                                 "    os.write(3, look({p!r}).encode())\n    os._exit(0)\n_ = os.wait()\nprint(os.read(r, 99))"),
    "pexpect": Way("import pexpect\nprint(pexpect.spawn('cat', [{p!r}]).read())", "pexpect"),
    "a daemon that outlives its parent": Way(CHILD + "import os, time, tempfile\nto = tempfile.mkdtemp() + '/x'\nif os.fork() == 0:\n    os.setsid()\n"
                                             "    if os.fork() == 0:\n        open(to + '.part', 'w').write(look({p!r}))\n        os.rename(to + '.part', to)\n"
                                             "    os._exit(0)\n_ = os.wait()\nwhile not os.path.exists(to):\n    time.sleep(0.01)\nprint(open(to).read())"),
    "awk": Way("import subprocess\nprint(subprocess.check_output(['awk', '{{print $1}}', {p!r}]))", "awk"),
    "grep -r": Way("import subprocess\nprint(subprocess.run(['grep', '-rh', '.', {d!r} + '/n.txt'], capture_output=True).stdout)", "grep"),
    "perl": Way("import subprocess\nprint(subprocess.check_output(['perl', '-ne', 'print', {p!r}]))", "perl"),
    "a compiled program": Way("import subprocess, tempfile\nto = tempfile.mkdtemp()\nopen(to + '/a.c', 'w').write('#include <stdio.h>\\nint main(int n, char **a)"
                              "{{int c; FILE *f = fopen(a[1], \"r\"); while ((c = getc(f)) != EOF) putchar(c);}}')\n"
                              "subprocess.run(['gcc', '-o', to + '/a', to + '/a.c'], check=True)\nprint(subprocess.check_output([to + '/a', {p!r}]))", "gcc"),
    # By libraries in C, and by the system itself.
    "fopen by ctypes": Way(C + "libc.fopen.restype = ctypes.c_void_p\nbuffer = ctypes.create_string_buffer(99)\nfile = libc.fopen({p!r}.encode(), b'r')\n"
                           "libc.fread(buffer, 1, 99, ctypes.c_void_p(file))\nprint(buffer.value)"),
    "a bare system call": Way(C + "import os\nbuffer = ctypes.create_string_buffer(99)\nfile = libc.open({p!r}.encode(), 0)\nlibc.read(file, buffer, 99)\nprint(buffer.value)"),
    "stat by ctypes": Way(C + "buffer = ctypes.create_string_buffer(256)\nlibc.stat({p!r}.encode(), buffer)\nprint(buffer.raw[48:56])"),
    "opendir by ctypes": Way(C + "libc.scandir.restype = ctypes.c_int\nnames = ctypes.c_void_p()\nprint(libc.scandir({d!r}.encode(), ctypes.byref(names), None, None))"),
    "numpy.fromfile": Way("import numpy\nprint(numpy.fromfile({p!r}, dtype='u1'))", "numpy"),
    "numpy.memmap": Way("import numpy\nprint(numpy.memmap({p!r}, mode='r')[:])", "numpy"),
    "numpy.memmap for writing": Way("import numpy\nprint(numpy.memmap({p!r}, mode='c')[:])", "numpy"),
    "numpy.loadtxt": Way("import numpy\nprint(numpy.loadtxt({p!r}))", "numpy"),
    "pandas.read_csv": Way("import pandas\nprint(pandas.read_csv({p!r}, header=None).iloc[0, 0])", "pandas"),
    "pandas in C": Way("import pandas\nprint(pandas.read_csv({p!r}, header=None, memory_map=True).iloc[0, 0])", "pandas"),
    "matplotlib's imread": Way("import matplotlib.image\nprint(matplotlib.image.imread({d!r} + '/n.png').sum())", "matplotlib"),
    "pillow": Way("import PIL.Image\nprint(PIL.Image.open({d!r} + '/n.png').getpixel((0, 0)))", "PIL"),
    "lxml": Way("from lxml import etree\nprint(etree.parse({d!r} + '/n.xml').getroot().text)", "lxml"),
    "expat": Way("import xml.etree.ElementTree as tree\nprint(tree.parse({d!r} + '/n.xml').getroot().text)"),
    "yaml": Way("import yaml\nprint(yaml.safe_load(open({p!r})))", "yaml"),
    "pyarrow": Way("import pyarrow.csv\nprint(pyarrow.csv.read_csv({p!r}, read_options=pyarrow.csv.ReadOptions(column_names=['n'])))", "pyarrow"),
    "pyarrow's memory map": Way("import pyarrow\nprint(pyarrow.memory_map({p!r}).read())", "pyarrow"),
    "duckdb": Way("import duckdb\nprint(duckdb.sql(\"select * from read_csv('\" + {p!r} + \"', header=false)\").fetchall())", "duckdb"),
    "polars": Way("import polars\nprint(polars.read_csv({p!r}, has_header=False))", "polars"),
    "polars, lazily": Way("import polars\nprint(polars.scan_csv({p!r}, has_header=False).collect())", "polars"),
    "h5py": Way("import h5py\nprint(h5py.File({d!r} + '/n.h5')['n'][()])", "h5py"),
    "zmq's own files": Way("import zmq\nprint(open({p!r}).read(), zmq.zmq_version_info()[0])", "zmq"),
    # As IPython offers it.
    "%load by its function": Way("print(get_ipython().find_user_code({p!r}, skip_encoding_cookie=False))"),
    "get_ipython().system": Way("get_ipython().system('cat \"' + {p!r} + '\"')", "cat"),
    "get_ipython().getoutput": Way("print(get_ipython().getoutput('cat \"' + {p!r} + '\"'))", "cat"),
}
