"""``make -C tools fuzz``: broken inputs for every parser, seeded; guided by coverage where atheris is installed.

    python -m faults.fuzz [--count 1000000] [--seed 1] [--target NAME] [--engine random|atheris]

An input that crashes a parser, that changes a value in silence, or that takes longer than five seconds is printed, and
the status is 1.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

SLOWEST = 5.0  # seconds for one input
PIECES = ["\0", "\ufeff", "\r\n", "\u2212", "１", "％", "万", ",", ".", "-", "'", '"', "=", "{", "[", "&a", "*a", "!!python/name:os",
          "9" * 400, "0" * 60, "\ud800", "\\ud800", "null", "true", "NaN", "1e999", ": ", "- ", "\n", "\t", "<" * 7 + " ", "²", "٣", "e5",
          "<script>", "../", "[[[[[[[[", "\N{NO-BREAK SPACE}", "\u202e"]


def mutated(text: str, source: random.Random) -> str:
    """``text`` with a few pieces cut, doubled, swapped or put in."""
    for _ in range(source.choice((1, 1, 1, 2, 3, 8))):
        at, to = sorted((source.randint(0, len(text)), source.randint(0, len(text))))
        to = min(to, at + source.choice((0, 1, 1, 2, 5, 40)))
        kind = source.randrange(6)
        if kind == 0:
            text = text[:at] + text[to:]
        elif kind == 1:
            text = text[:at] + text[at:to] * source.choice((2, 3, 20)) + text[to:]
        elif kind == 2:
            text = text[:at] + source.choice(PIECES) + text[at:]
        elif kind == 3:
            text = text[:at] + source.choice(PIECES) + text[to:]
        elif kind == 4:
            text = text[:at] + chr(source.choice((source.randrange(128), source.randrange(0x3000)))) + text[at + 1 :]
        else:
            text = text[:at] + str(source.randrange(10)) + text[at + 1 :]
    return text[:20000]


def inputs(seeds: list[str], count: int, source: random.Random) -> Iterator[str]:
    """Broken forms of the seeds, and of what was broken before."""
    pool = list(seeds)
    for _ in range(count):
        made = mutated(source.choice(pool), source)
        if source.random() < 0.02:
            pool.append(made)
            if len(pool) > 200:
                pool[source.randrange(len(seeds), len(pool))] = source.choice(seeds)
                pool.pop()
        yield made


def tried(target: Callable[[str], None], text: str) -> str | None:
    """What is wrong with what the parser did, or None."""
    began = time.process_time()  # of this process: others may have the machine
    try:
        target(text)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    took = time.process_time() - began
    return f"took {took:.1f} s" if took > SLOWEST else None


def random_run(names: list[str], count: int, seed: int) -> int:
    """Number of inputs that broke a promise."""
    from faults.parsers import SHARES, TARGETS

    total, bad = sum(SHARES[name] for name in names), 0
    for name in names:
        target, seeds = TARGETS[name]
        share, began, kinds = count * SHARES[name] // total, time.perf_counter(), set()
        for text in inputs(seeds, share, random.Random(f"{seed} {name}")):
            fault = tried(target, text)
            if fault:
                bad += 1
                if fault[:40] not in kinds:
                    kinds.add(fault[:40])
                    sys.stdout.write(f"{name}: {fault[:200]}\n  input: {text[:400]!r}\n")
        sys.stdout.write(f"{name:<32} {share:>9} inputs  {time.perf_counter() - began:7.1f} s\n")
        sys.stdout.flush()
    sys.stdout.write(f"{count} inputs, {bad} broke a promise (exit {1 if bad else 0}).\n")
    return bad


def guided_run(name: str, count: int, seed: int) -> None:
    """Inputs that atheris makes, guided by the branches that they reach; it ends the process itself."""
    import atheris

    with atheris.instrument_imports(include=["asprinted", "forkmill"]):
        from faults.parsers import TARGETS
    target, seeds = TARGETS[name]
    corpus = Path(__file__).resolve().parents[2] / "build" / "tools" / "corpus" / name.replace(" ", "-")
    corpus.mkdir(parents=True, exist_ok=True)
    for place, text in enumerate(seeds):
        (corpus / f"seed-{place}").write_text(text, encoding="utf-8")

    def one(raw: bytes) -> None:
        with contextlib.suppress(UnicodeDecodeError):
            target(raw.decode("utf-8"))

    limits = [f"-runs={count}", f"-seed={seed}", "-max_len=4000", "-timeout=20", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *limits, str(corpus)], one)
    atheris.Fuzz()


def main() -> int:
    """Status 1 when an input broke a promise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", help="one parser; all otherwise")
    parser.add_argument("--engine", choices=["random", "atheris"], default="random")
    given = parser.parse_args()
    if given.engine == "atheris":
        guided_run(given.target, given.count, given.seed)
    from faults.parsers import SHARES

    names = [given.target] if given.target else list(SHARES)
    return 1 if random_run(names, given.count, given.seed) else 0


if __name__ == "__main__":
    sys.exit(main())
