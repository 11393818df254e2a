"""A forked kernel is a fresh one and gives the bytes of an ordinary one."""

from __future__ import annotations

import pytest

from forkmill.kernels import client, sockets

pytestmark = pytest.mark.skipif(not client.possible(), reason="needs fork, and no debugger")


SPOIL = {
    "the random state": ("import random, numpy\nrandom.seed(1); numpy.random.seed(1)", None),
    "settings of matplotlib": (
        "import matplotlib\nmatplotlib.rcParams['font.size'] = 77",
        "import matplotlib\nprint(matplotlib.rcParams['font.size'])",
    ),
    "settings of pandas": (
        "import pandas\npandas.set_option('display.max_rows', 3)",
        "import pandas\nprint(pandas.get_option('display.max_rows'), pandas.get_option('display.max_columns'))",
    ),
    "environment variables": (
        "import os\nos.environ['LEFT'] = 'behind'",
        "import os\nprint('LEFT' in os.environ, sorted(name for name in os.environ if name.startswith('FORKMILL')))",
    ),
    "the working directory": ("import os\nos.chdir('/')", "import os\nprint(os.path.basename(os.getcwd()))"),
    "open files": (
        "left = open('/dev/null')",
        "import os, stat\nprint([n for n in range(3, 200) if os.path.exists(f'/proc/self/fd/{n}')"
        " and os.path.realpath(f'/proc/self/fd/{n}') == '/dev/null'])",
    ),
    "loaded modules": (
        "import wave\nwave.left = 1",
        "import sys\nprint('wave' in sys.modules, [name for name in sys.modules if name.split('.')[0] in ('forkmill', 'tests')])",
    ),
    "names and history": ("secret = 1", "print('secret' in globals(), In[1:2] == [In[1]])"),
    "the search path": ("import sys\nsys.path.insert(0, '/nowhere')", "import sys\nprint(sys.path, sys.argv[0][-21:])"),
    "signals and mask": (
        "import os, signal\nos.umask(0o777); _ = signal.signal(signal.SIGQUIT, signal.SIG_IGN)",
        "import os, signal\nold = os.umask(0); os.umask(old)\n"
        "print(old, [signal.getsignal(n) for n in (signal.SIGQUIT, signal.SIGTERM, signal.SIGCHLD, signal.SIGPIPE)])",
    ),
}


def test_nothing_of_one_notebook_reaches_the_next_and_both_kinds_of_kernel_agree(runner, monkeypatch):
    asked = {what: shown for what, (_, shown) in SPOIL.items() if shown}

    def told() -> dict[str, str]:
        result = runner(*asked.values())
        assert result.failure is None
        return {what: cell["outputs"][0]["text"] for what, cell in zip(asked, result.content["cells"], strict=True)}

    runner.text(*(spoil for spoil, _ in SPOIL.values()))
    forked = told()
    monkeypatch.setenv(client.SWITCH, "ordinary")
    assert forked == told()


@pytest.mark.parametrize("kind", ["forked", "ordinary"])
def test_a_kernel_sees_no_variable_of_ours_but_those_that_the_project_gives_it(runner, monkeypatch, kind):
    monkeypatch.setenv(client.SWITCH, kind)
    runner.more = {sockets.SOCKETS: str(sockets.folder().parent), client.SWITCH: kind}  # as the kernels of nbval have them
    shown = runner.text("import os\nprint([name for name in os.environ if name.startswith(('FORKMILL', 'OF_THE_PROJECT'))])")
    assert shown == "['OF_THE_PROJECT']\n"


@pytest.mark.parametrize("kind", ["forked", "ordinary"])
def test_no_settings_of_ipython_on_this_machine_reach_a_kernel(runner, monkeypatch, kind):
    settings = runner.cache / "ipython" / "profile_default" / "ipython_kernel_config.py"
    settings.parent.mkdir(parents=True)
    settings.write_text("c.InteractiveShellApp.exec_lines = ['left = 1']\n", encoding="utf-8")
    monkeypatch.setenv(client.SWITCH, kind)
    assert runner.text("print('left' in globals())") == "False\n"


def test_random_numbers_are_drawn_anew_in_every_kernel(runner):
    runner.text(SPOIL["the random state"][0])
    draw = "import random, numpy\nprint(random.random(), numpy.random.random())"
    drawn = [runner.text(draw).split() for _ in range(2)]
    assert not set(drawn[0]) & set(drawn[1])


def test_pyplot_shows_its_figures_in_both_kinds_of_kernel(runner, monkeypatch):
    cells = ("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",)
    forked = runner(*cells).content
    monkeypatch.setenv(client.SWITCH, "ordinary")
    assert [output["output_type"] for output in forked["cells"][0]["outputs"]] == ["display_data"]
    assert forked == runner(*cells).content


def test_a_warning_names_its_cell_alike_in_every_kernel_and_folder(runner, monkeypatch):
    cell = "import warnings\nwarnings.warn('careful')\nimport inspect\ndef f(): pass\nprint(inspect.getsource(f))"
    forked = runner.text(cell)
    assert "ipykernel_cells/" in forked
    assert "UserWarning: careful" in forked
    assert "def f(): pass" in forked
    monkeypatch.setenv(client.SWITCH, "ordinary")
    assert forked == runner.text(cell)
