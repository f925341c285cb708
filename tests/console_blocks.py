# SPDX-License-Identifier: Apache-2.0
"""Reads the ```console blocks of a Markdown document: commands behind `$ `, and the output printed below them.

Words behind ```console say how the block is tested:
  exit=N   the last command of the block ends with status N instead of 0
  exact    the output is the same in every run, and compared
  skip     not run
"""
import re
from dataclasses import dataclass, field

BLOCK = re.compile(r"^```console([^\n]*)\n(.*?)^```$", re.M | re.S)


@dataclass
class Step:
    command: str
    line: int
    status: int = 0
    exact: bool = False
    output: list = field(default_factory=list)


def read_block(match, first_line):
    """Steps of one block; lines before the first command are ignored."""
    words = match.group(1).split()
    if "skip" in words:
        return []
    steps = []
    for number, line in enumerate(match.group(2).splitlines(), first_line):
        if line.startswith("$ "):
            steps.append(Step(line[2:], number, exact="exact" in words))
        elif steps:
            steps[-1].output.append(line)
    statuses = [int(word.removeprefix("exit=")) for word in words if word.startswith("exit=")]
    if steps and statuses:
        steps[-1].status = statuses[0]
    return steps


def read_steps(document):
    """All steps of a document, in order."""
    steps = []
    for match in BLOCK.finditer(document):
        steps += read_block(match, document.count("\n", 0, match.start()) + 2)
    return steps
