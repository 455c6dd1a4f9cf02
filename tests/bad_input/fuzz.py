"""Coverage-guided fuzzing of decode + clean + enrich: ``make fuzz``.

The fuzzer's bytes choose the pieces that a file is put together from, an encoding, and what is spoiled in it. A file
that fails is shown by ``python -m tests.bad_input.fuzz CRASH-FILE``.
"""

import sys
from collections import Counter

import atheris

with atheris.instrument_imports(include=["pipeline"]):
    from tests.bad_input.fragments import ENCODINGS, PIECES
    from tests.bad_input.invariants import check, load_knowledge

_REPORT_EVERY = 5_000
_outcomes: Counter[str] = Counter()


def one_file(choices: bytes) -> None:
    """Make a file of the fuzzer's choices and check what becomes of it."""
    data = atheris.FuzzedDataProvider(choices)
    pieces = []
    for _ in range(data.ConsumeIntInRange(0, 120)):
        known = data.ConsumeIntInRange(0, 9) < 8
        pieces.append(data.PickValueInList(list(PIECES)) if known else data.ConsumeUnicodeNoSurrogates(12))
    spoiled = bytearray("".join(pieces).encode(data.PickValueInList(list(ENCODINGS)), "replace"))
    for _ in range(data.ConsumeIntInRange(0, 2) if data.ConsumeBool() and spoiled else 0):
        spoiled[data.ConsumeIntInRange(0, len(spoiled) - 1)] = data.ConsumeIntInRange(0, 255)
    _outcomes[check(bytes(spoiled)) or "document"] += 1
    if _outcomes.total() % _REPORT_EVERY == 0:
        print(f"{_outcomes.total():,} files: {dict(_outcomes.most_common())}", flush=True)


if __name__ == "__main__":
    load_knowledge()
    atheris.Setup(sys.argv, one_file)
    atheris.Fuzz()
