"""A Dockerfile as data, by its reference: instructions, stages, continued lines."""

import re
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Stage:
    """One stage: what it starts from, and its instructions in their order."""

    base: str
    name: str | None
    steps: list[tuple[str, str]] = field(default_factory=list)

    def all(self, instruction: str) -> list[str]:
        """Return the arguments of each instruction of that name."""
        return [arguments for name, arguments in self.steps if name == instruction]

    @property
    def environment(self) -> dict[str, str]:
        """What ``ENV`` sets, in the form ``NAME=value``."""
        return dict(pair.split("=", 1) for arguments in self.all("ENV") for pair in arguments.split())


def read_dockerfile(file: Path) -> tuple[dict[str, str], list[Stage]]:
    """Return the arguments before the first stage with their defaults, and the stages."""
    text = "\n".join(line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    arguments: dict[str, str] = {}
    stages: list[Stage] = []
    for line in filter(None, map(str.strip, text.replace("\\\n", " ").splitlines())):
        instruction, rest = line.split(None, 1)
        rest = re.sub(r"\s+", " ", rest)
        if instruction == "FROM":
            base, _, name = re.sub(r"\$\{(\w+)\}", lambda match: arguments[match[1]], rest).partition(" AS ")
            stages.append(Stage(base, name or None))
        elif not stages:
            arguments.update([rest.split("=", 1)])
        else:
            stages[-1].steps.append((instruction, rest))
    return arguments, stages
