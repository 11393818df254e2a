"""The bulk run over synthetic papers ends with its tables and its figure."""

from __future__ import annotations

from synthetic import bulk


def test_a_run_writes_the_tables_and_the_figure_with_its_data(tmp_path):
    found, sound = bulk.report(tmp_path, 500, 7, 1, accept=False)
    assert sound
    assert found.startswith("500 claims drawn from seed 7.")
    assert (tmp_path / "build" / "tools" / "synthetic.md").read_text(encoding="utf-8").strip() == found
    assert sorted(path.name for path in (tmp_path / "build" / "tools" / "synthetic").iterdir()) == [
        "missed-errors.csv", "missed-errors.json", "missed-errors.png", "missed-errors.svg"]
