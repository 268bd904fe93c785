"""Times impact over a generated CMDB: 10,000 CIs with 50,000 relations between them, and 200 services.

    python -m bench.impact --cis 10000 --relations 50000 --rounds 3

Relations are of every type that carries failure and lead to CIs made before, but for one in fifty, which leads
anywhere, so that there are circles. Every fourth CI can do without half of what it depends on. So nearly everything
hangs together, which is the hardest case: a failure goes a long way, and a service depends on nearly all.
Prints the wall milliseconds (medians of the rounds) of making the network and of each question put to it.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from random import Random

from itsm_as_code.snapshot.impact import impact_of, supports_of
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.lone_causes import lone_causes
from itsm_as_code.snapshot.network import Network, network_of
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources.memory import MemorySource

SERVICES = 200
CLASSES = ("server", "hypervisor", "vm", "application", "database")
TYPES = ("runs_on", "hosted_on", "powered_by", "depends_on", "part_of", "member_of", "secured_by")


def files(cis: int, relations: int, seed: int) -> Iterator[tuple[str, str]]:
    """Yield path and text of each record; the same seed gives the same bytes."""
    dice = Random(seed)
    yield "itsm.yaml", "format: 1\n"
    yield "records/teams/ops.yaml", "name: Operations\n"
    for number in range(cis):
        own = relations // cis + (number < relations % cis)
        text = f"title: Machine {number}\nclass: {dice.choice(CLASSES)}\nstate: operational\nowner: team:ops\n"
        text += "relations:\n" if own else ""
        for _ in range(own):
            # Mostly towards what was there before; one in fifty leads anywhere and may close a circle.
            other = dice.randrange(cis) if dice.random() < 1 / 50 or not number else dice.randrange(number)
            text += f"  - {{type: {dice.choice(TYPES)}, to: ci:m{other:05}}}\n"
        if number % 4 == 0:
            text += 'redundancy: [{over: depends_on, min_up: "50%"}]\n'
        yield f"records/cis/m{number:05}.yaml", text
    for number in range(SERVICES):
        needs = ", ".join(sorted({f"ci:m{dice.randrange(cis):05}" for _ in range(5)}))
        text = f"title: Service {number}\nowner: team:ops\ntier: {number % 4 + 1}\nstate: live\ndepends_on: [{needs}]\n"
        yield f"records/services/s{number:03}.yaml", text


def fresh_network(snapshot: Snapshot) -> Network:
    """Return the network, made anew."""
    snapshot.shared.clear()
    return network_of(snapshot, "now")


def measure(rounds: int, question: Callable[[], object]) -> float:
    """Return the median of the wall milliseconds that a question takes."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        question()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def questions(snapshot: Snapshot) -> Sequence[tuple[str, Callable[[], object]]]:
    """Return what is timed, by name; the failing CI is the one on which most depends."""
    network = network_of(snapshot, "now")
    busiest = max(network.dependents, key=lambda address: len(network.dependents[address]))
    services = [address for address in network.records if address.startswith("service:")]
    last = services[-1]
    return (
        ("network", lambda: fresh_network(snapshot)),
        (
            f"impact of {busiest}: {len(impact_of(network, [busiest]).falls):,} down",
            lambda: impact_of(network, [busiest]),
        ),
        (f"what {last} depends on: {len(supports_of(network, last)):,}", lambda: supports_of(network, last)),
        (f"spof of {last}: {len(lone_causes(network, [last])[last]):,}", lambda: lone_causes(network, [last])),
        (f"spof of all {len(services)} services", lambda: lone_causes(network, services)),
    )


def main() -> None:
    """Run the benchmark as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cis", type=int, default=10_000, help="how many CIs")
    parser.add_argument("--relations", type=int, default=50_000, help="how many relations between them")
    parser.add_argument("--rounds", type=int, default=3, help="how often each question is put")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another CMDB")
    arguments = parser.parse_args()
    start = time.perf_counter()
    snapshot = load(MemorySource(dict(files(arguments.cis, arguments.relations, arguments.seed))))
    print(f"{arguments.cis:,} CIs, {arguments.relations:,} relations; read in {time.perf_counter() - start:.1f} s")
    for name, question in questions(snapshot):
        print(f"{measure(arguments.rounds, question):10.1f} ms  {name}")


if __name__ == "__main__":
    main()
