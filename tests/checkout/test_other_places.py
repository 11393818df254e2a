"""Binder, Docker, Pages and the hook do what make does; the badges count what the notebooks store."""

from __future__ import annotations

import re

import yaml

from asprinted.commands import badges, readme
from asprinted.verdicts.vocabulary import VERDICTS
from checkout import ROOT


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", text("tools/Makefile"), re.MULTILINE))


def test_binder_takes_python_from_conda_and_everything_else_from_the_lock():
    listed = yaml.safe_load(text(".binder/environment.yml"))["dependencies"]
    assert all(re.match(r"python|pip", str(one)) for one in listed)
    assert "--require-hashes -r requirements/all.txt" in text(".binder/postBuild")
    assert "--editable ." in text(".binder/postBuild")


def test_binder_starts_jupyterlab_with_the_settings_of_make_lab():
    folder = re.search(r"\$PWD/([\w/]+)", text(".binder/start"))[1]
    assert (ROOT / folder / "labconfig" / "default_setting_overrides.json").is_file()
    assert all((ROOT / ".binder" / name).stat().st_mode & 0o111 for name in ("start", "postBuild"))


def test_the_docker_image_is_set_up_by_the_same_script_and_opens_the_lab():
    said = text("Dockerfile")
    assert "FROM python:3.11-slim" in said
    assert "python3 requirements/install.py all" in said
    assert 'CMD ["make", "lab"' in said
    for source in re.search(r"^COPY --chown=reader (.*) \./$", said, re.MULTILINE)[1].split():
        assert (ROOT / source).is_file(), source
    assert {".venv", "build"} <= set(text(".dockerignore").split())


def test_the_pages_workflow_publishes_the_report_of_a_run():
    jobs = yaml.safe_load(text(".github/workflows/pages.yml"))["jobs"]
    steps = jobs["build"]["steps"]
    assert {"run": "make reproduce"} in steps
    assert steps[-1]["with"]["path"] == "build/report"
    assert jobs["deploy"]["needs"] == "build"


def test_the_hook_calls_a_target_of_the_maintainers_makefile_and_needs_no_network():
    [repository] = yaml.safe_load(text(".pre-commit-config.yaml"))["repos"]
    [hook] = repository["hooks"]
    assert repository["repo"] == "local"
    assert hook["entry"].removeprefix("make -C tools ") in targets()


def test_the_committed_badges_are_current():
    assert {path.name: path.read_text(encoding="utf-8") for path in readme.badges_shown(ROOT)} == {
        path.name: content for path, content in readme.badges_shown(ROOT).items()
    }, "run: make readme"


def test_the_readme_shows_every_badge_from_this_repository():
    names = {path.name for path in (ROOT / badges.FOLDER).glob("*.svg")}
    assert names == set(re.findall(r"!\[[^]]+\]\(docs/badges/([^)]+)\)", text("README.md")))


def test_every_claim_is_counted_in_one_badge_beside_the_one_of_all():
    made = badges.badges([{"verdict": verdict, "could_fail": could_fail, "kind": "number"}
                          for verdict in VERDICTS for could_fail in (True, False)] + [{"kind": "identity"}])
    counts = {name: int(re.search(r": (\d+)</title>", content)[1]) for name, content in made.items()}
    assert counts == {"claims.svg": 14, "hold.svg": 2, "agree.svg": 2, "do-not-hold.svg": 6, "open.svg": 4}
