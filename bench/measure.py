"""Runs commands and says what they took: CPU and wall seconds, and memory."""

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Command = Sequence[str]


@dataclass(frozen=True, slots=True)
class Run:
    """What commands took: CPU and wall seconds together, and mebibytes of memory of the largest."""

    cpu: float
    wall: float
    memory: float


def measure(commands: Sequence[Command], folder: Path) -> Run:
    """Run commands one after the other in `folder`; raise RuntimeError where one fails."""
    # Installed programs are compiled; ours is too, from the first run on, unless the environment forbids it.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    nothing = subprocess.DEVNULL
    cpu, memory = 0.0, 0.0
    start = time.perf_counter()
    for command in commands:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=nothing, stderr=nothing)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            message = f"exit code {process.returncode} from: {' '.join(command)[:200]}"
            raise RuntimeError(message)
        cpu += usage.ru_utime + usage.ru_stime
        memory = max(memory, usage.ru_maxrss / 1024)
    return Run(cpu, time.perf_counter() - start, memory)


def in_turns(wanted: Mapping[str, Sequence[Command]], folder: Path, rounds: int) -> Mapping[str, Run]:
    """Return the medians of so many rounds, in each of which every command runs once; of memory the most.

    The very first command runs once before, to warm what it reads.
    """
    taken: dict[str, list[Run]] = {name: [] for name in wanted}
    measure([next(iter(wanted.values()))[0]], folder)
    for _ in range(rounds):
        for name, commands in wanted.items():
            taken[name].append(measure(commands, folder))
    return {
        name: Run(
            statistics.median(run.cpu for run in runs),
            statistics.median(run.wall for run in runs),
            max(run.memory for run in runs),
        )
        for name, runs in taken.items()
    }
