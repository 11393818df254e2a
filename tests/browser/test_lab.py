"""JupyterLab in a real browser: what `make lab` opens, and every notebook run there."""

from __future__ import annotations

import pytest
from labserver import Lab, Ran
from replayed import replay

from asprinted.notebook.side_by_side import VERDICTS_MIME, records_of
from asprinted.verdicts.record import VERDICT_MIME
from checkout import ROOT
from forkmill.notebooks import ipynb
from forkmill.validate.nbval_plugin import IGNORED, differences, shown

NAMES = [path.stem for path in ipynb.paths(ROOT / "notebooks")]
COMPARED = "nbval-check-output"
# Whether a notebook is in front and ready; it is ``window.notebook`` from then on.
SHOWN = """path => {
  const shown = window.jupyterapp.shell.currentWidget;
  if (shown?.context?.path !== path || !shown.context.isReady) return false;
  window.notebook = shown;
  return true;
}"""
# The links of the rendered first cell.
LINKED = """async () => {
  const first = window.notebook.content.widgets[0];
  await first.ready;
  return [...first.node.querySelectorAll('a')].map(link => link.href).join(' ');
}"""


# Of the module, so that pytest puts all tests of a notebook together.
@pytest.fixture(scope="module", params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    """Each notebook."""
    return request.param


@pytest.fixture(scope="module")
def ran(lab: Lab, name: str) -> Ran:
    """A notebook, run from the browser once for all tests."""
    return lab.run(f"notebooks/{name}.ipynb", [VERDICT_MIME, VERDICTS_MIME])


def stored(name: str) -> dict:
    return ipynb.read(ROOT / "notebooks" / f"{name}.ipynb").content


def code(content: dict) -> list[dict]:
    return [cell for cell in content["cells"] if cell["cell_type"] == "code"]


def records(content: dict) -> dict[str, dict]:
    outputs = [output for cell in code(content) for output in cell["outputs"]]
    return {record["id"]: record for output in outputs for record in records_of(output.get("data", {}))}


def different(content: dict, name: str) -> list[str]:
    """In what the run in the browser differs from the stored outputs, where those are compared."""
    computed = {cell["id"]: cell for cell in code(ipynb.normalise(content))}
    found = []
    for cell in code(stored(name)):
        if COMPARED in cell["metadata"].get("tags", []):
            before, after = (shown(one["outputs"], IGNORED) for one in (cell, computed[cell["id"]]))
            found += [f"{cell['id']}: {line}" for line in differences(before, after)]
    return found


def test_a_notebook_runs_to_its_end(ran):
    cells = code(ran.content)
    assert [output for cell in cells for output in cell["outputs"] if output["output_type"] == "error"] == []
    assert [cell["execution_count"] for cell in cells if "".join(cell["source"]).strip()] == list(
        range(1, len(cells) + 1)
    )
    assert ran.idle


def test_a_notebook_gives_the_outputs_that_it_stores(ran, name):
    assert different(ran.content, name) == []


def test_a_notebook_warns_of_nothing(ran):
    outputs = [output for cell in code(ran.content) for output in cell["outputs"]]
    assert [output for output in outputs if output.get("name") == "stderr"] == []


def test_every_verdict_is_a_card_that_can_be_seen(ran, name):
    cards = ran.cards
    assert set(cards) == set(records(stored(name)))
    for claim, card in cards.items():
        assert card, f"{claim} shows no card"
        assert card["seen"], f"the card of {claim} is hidden"
        assert card["height"] > 40, f"the card of {claim} is {card['height']} pixels high"
        assert not card["cut"], f"the card of {claim} is wider than its place"
        assert claim in card["text"]


def test_running_a_notebook_sends_no_request_to_elsewhere_and_logs_no_error(ran):
    assert ran.outside == []
    assert ran.console == []


def test_lab_opens_with_the_first_notebook_and_its_contents_and_nothing_in_the_way(lab):
    with lab.page(f"/lab/workspaces/audit/tree/notebooks/{NAMES[0]}.ipynb") as opened:
        page = opened.page
        page.wait_for_function(SHOWN, arg=f"notebooks/{NAMES[0]}.ipynb")
        page.locator(".jp-tocItem", has_text="How the audit works").first.wait_for()
        page.wait_for_timeout(1000)  # what pops up pops up now
        assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0
        assert opened.outside == []


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_that_is_only_opened_has_nothing_to_save(lab, name):
    with lab.page() as opened:
        opened.open(f"notebooks/{name}.ipynb")
        assert opened.idle()
        opened.page.wait_for_function("() => window.notebook.sessionContext.session.kernel.info.then(() => true)")
        opened.page.wait_for_timeout(500)  # what the kernel said of itself is in the metadata now
        assert not opened.page.evaluate("() => window.notebook.content.model.dirty")


def test_a_kernel_prints_no_warning_where_jupyterlab_was_started(lab):
    with lab.page() as opened:
        opened.open(f"notebooks/{NAMES[0]}.ipynb")
        assert opened.idle()
    assert "WARNING" not in lab.said()


def test_a_choice_in_a_drop_down_shows_which_verdict_becomes_another(lab):
    with lab.page() as opened:
        opened.open("notebooks/03_collaborative_innovation.ipynb")
        assert opened.idle()
        opened.command("notebook:run-all-cells")
        place = next(n for n, cell in enumerate(opened.content()["cells"]) if cell["id"] == "choices")
        opened.page.evaluate("n => window.notebook.content.scrollToItem(n)", place)
        opened.page.locator(".jupyter-widgets select").first.select_option("latest")
        opened.page.get_by_text("Under vintage = latest, 1 of").wait_for()
        assert opened.outside == []


def test_the_menu_runs_a_notebook_from_a_restarted_kernel(lab):
    name = "05_conclusions"
    with lab.page(f"/lab/tree/notebooks/{name}.ipynb?reset") as opened:
        page = opened.page
        page.wait_for_function(SHOWN, arg=f"notebooks/{name}.ipynb")
        assert opened.idle()
        opened.command("notebook:clear-all-cell-outputs")  # stored counts would pass for those of the run
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Restart Kernel and Run All Cells…").click()
        last = len(code(stored(name)))
        page.wait_for_function(
            "last => [...window.notebook.content.model.cells].some(cell => cell.executionCount === last)", arg=last
        )
        assert opened.idle()
        assert different(opened.content(), name) == []


def test_a_parameter_changed_by_hand_and_run_on_gives_the_changed_verdicts(lab):
    name, claim = "03_collaborative_innovation", "rd-intensity-2019"
    expected = {id: record["verdict"] for id, record in replay(name, vintage="latest").items()}
    assert expected[claim] != records(stored(name))[claim]["verdict"]
    with lab.page() as opened:
        opened.open(f"notebooks/{name}.ipynb")
        assert opened.idle()
        opened.command("notebook:run-all-cells")
        place = next(n for n, cell in enumerate(opened.content()["cells"]) if cell["id"] == "parameters")
        source = "".join(opened.content()["cells"][place]["source"])
        assert 'vintage = "first"' in source
        opened.page.evaluate(
            "async n => { const all = window.notebook.content; all.activeCellIndex = n;"
            " await all.scrollToItem(n); all.mode = 'edit'; all.activeCell.editor.focus(); }", place
        )
        opened.page.keyboard.press("ControlOrMeta+A")
        opened.page.keyboard.insert_text(source.replace('vintage = "first"', 'vintage = "latest"'))
        opened.command("notebook:run-all-below")
        assert {id: record["verdict"] for id, record in records(opened.content()).items()} == expected


def test_the_contents_of_each_notebook_lead_to_all_others(lab):
    with lab.page() as opened:
        opened.open(f"notebooks/{NAMES[-1]}.ipynb")
        for name in NAMES:  # from each to the next, the last leads to the first
            link = opened.page.locator(f".jp-Notebook:visible a[href*='/{name}.ipynb']:visible").first
            link.click()
            opened.page.wait_for_function(SHOWN, arg=f"notebooks/{name}.ipynb")
            linked = opened.page.evaluate(LINKED)
            assert [other for other in NAMES if other != name and f"/{other}.ipynb" not in linked] == []
