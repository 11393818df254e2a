"""What a reader can get wrong, said so that it can be mended."""

from __future__ import annotations


class InputError(Exception):
    """One fault in the input: what is wrong, where, what was expected, what came, what to do.

    ``where`` names the file and, as far as they are known, row, column or cell.

    >>> print(InputError("a percentage has a percent sign", "growth.csv, row 3, column digits",
    ...                  "a plain number such as 8.4", "8.4%", "remove the sign"))
    growth.csv, row 3, column digits: a percentage has a percent sign
      expected: a plain number such as 8.4
      found:    8.4%
      to do:    remove the sign
    """

    # By hand: dataclasses imports inspect, and a run with nothing to do imports this.
    def __init__(self, what: str, where: str, expected: str = "", got: str = "", do: str = "") -> None:
        super().__init__(what, where, expected, got, do)
        self.what, self.where, self.expected, self.got, self.do = what, where, expected, got, do

    def __eq__(self, other: object) -> bool:
        return isinstance(other, InputError) and self.args == other.args

    def __hash__(self) -> int:
        return hash(self.args)

    def __str__(self) -> str:
        lines = [f"{self.where}: {self.what}"]
        for label, text in (("expected", self.expected), ("found", self.got), ("to do", self.do)):
            if text:
                lines.append(f"  {label + ':':<9} {text}")
        return "\n".join(lines)

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in a notebook: the fault, and no way through the libraries that met it."""
        return str(self).splitlines()


class InputErrors(Exception):
    """Several faults found in one pass, so that a reader mends them all at once.

    >>> len(InputErrors([InputError("a", "b"), InputError("c", "d")]).errors)
    2
    """

    def __init__(self, errors: list[InputError]) -> None:
        self.errors = list(errors)
        super().__init__("\n".join(str(error) for error in self.errors))

    _render_traceback_ = InputError._render_traceback_
