"""A small audit whose numbers are recomputed from a data file: four birds, three claims and a printed table of six cells."""

from __future__ import annotations

from pathlib import Path

from asprinted.data_files import provenance

BIRDS = "species,mass\nAdelie,3750\nAdelie,3800\nGentoo,5000\nGentoo,5101\n"
ABOUT = """\
title: four birds
holds: one bird a row, four rows
whose: authors
publisher: the authors
published: "2020"
address: https://example.org/birds
rights: CC0 1.0
sha256:
columns:
  species: {meaning: species of the bird}
  mass: {meaning: weight of the bird, unit: grams}
"""
CLAIMS = """\
- {id: birds, where: 1/1/1, kind: count, stated: "4", unit: birds, quantity: how many birds there are}
- {id: mean-mass, where: 1/1/1, kind: number, stated: "4,413", unit: grams, quantity: mean weight of all birds}
- {id: heavier, where: 1/1/1, kind: order, quantity: Gentoos are heavier than Adelies}
"""
TABLE = """\
- id: table-1
  where: tab/1
  kind: table
  quantity: birds by species
  columns: {n: {unit: birds, kind: count}, mean: {unit: grams}, SD: {unit: grams}}
"""
CELLS = 'species,n,mean,SD\nAdelie,2,3775,35.4\nGentoo,2,"5,051",–\n'
FILES = {
    "data/files/birds.csv": BIRDS,
    "data/files/birds.yaml": ABOUT,
    "data/paper/claims/1.yaml": CLAIMS + TABLE,
    "data/paper/tables/table-1.csv": CELLS,
    "data/paper/locators.csv": "where,kind\n1/1/1,sentence\ntab/1,caption\n",
    "data/paper/inventory.csv": 'where,n,text,claim,exempt\n1/1/1,1,4,birds,\n1/1/1,2,"4,413",mean-mass,\n',
    "data/paper/paper.yaml": "locale: en\n",
    "data/paper/conclusions.yaml": "- {id: size, where: 1/1/1, conclusion: birds differ, rests_on: [table-1, birds]}\n",
    "data/paper/replies.yaml": "[]\n",
}


def put(root: Path, name: str, text: str) -> None:
    """Write a file of the audit."""
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")


def make(root: Path) -> Path:
    """Write the audit and take its data file over as reviewed; its folder."""
    for name, text in FILES.items():
        put(root, name, text)
    provenance.rehash(root)
    return root
