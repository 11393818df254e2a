"""Principal components and clusters of scaled columns, in numpy alone."""

from __future__ import annotations

import numpy as np
import pandas as pd


def shares_of_variance(frame: pd.DataFrame) -> pd.Series:
    """Percent of the variance of the scaled columns on each principal component, the largest first, counted from 1.

    >>> shares_of_variance(pd.DataFrame({"x": [0, 1, 2], "y": [0, 2, 4]})).round(9).tolist()
    [100.0, 0.0]
    """
    squares = np.linalg.svd(_scaled(frame), compute_uv=False) ** 2
    return pd.Series(100 * squares / squares.sum(), index=range(1, len(squares) + 1))


def k_means(frame: pd.DataFrame, clusters: int, starts: int = 50) -> pd.Series:
    """Number of the cluster of each row, from 0: the closest clustering that Lloyd's iteration finds from so many random starts.

    >>> k_means(pd.DataFrame({"x": [0.0, 1, 10, 11], "y": [0.0, 1, 10, 11]}), 2).nunique()
    2
    """
    values, draw = _scaled(frame), np.random.default_rng(1)
    found = [_from(values, values[draw.choice(len(values), clusters, replace=False)]) for _ in range(starts)]
    return pd.Series(min(found, key=lambda one: one[0])[1], index=frame.index)


def _scaled(frame: pd.DataFrame) -> np.ndarray:
    return ((frame - frame.mean()) / frame.std()).to_numpy()


def _from(values: np.ndarray, centres: np.ndarray) -> tuple[float, np.ndarray]:
    """The sum of squares within the clusters that these centres lead to, and the cluster of each row."""
    while True:
        squares = ((values[:, None, :] - centres[None]) ** 2).sum(axis=2)
        nearest = squares.argmin(axis=1)
        moved = np.array([values[nearest == one].mean(axis=0) if (nearest == one).any() else centre for one, centre in enumerate(centres)])
        if np.allclose(moved, centres):
            return float(squares.min(axis=1).sum()), nearest
        centres = moved


def classes(frame: pd.DataFrame) -> dict[str, int]:
    """How many columns hold numbers with decimals, whole numbers, dates, and text.

    >>> classes(pd.DataFrame({"x": [0.5, None], "n": [1.0, None], "name": ["a", "b"]}))
    {'decimals': 1, 'whole': 1, 'date': 0, 'text': 1}
    """
    numbers = frame.select_dtypes("number")
    whole, dates = int((numbers.fillna(0) % 1 == 0).all().sum()), len(frame.select_dtypes("datetime").columns)
    return {"decimals": numbers.shape[1] - whole, "whole": whole, "date": dates, "text": frame.shape[1] - numbers.shape[1] - dates}
