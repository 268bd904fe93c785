"""Which failures are enough by themselves to take a record down, for many records at once.

Each record holds a set of those that take it down alone: itself, and the sets of all that it needs outside of any
group; of a group, those that are in the sets of more members than it can spare. The least fixed point of these sets is
found in rounds, dependencies first. A set is the bits of one whole number, so that a step treats 4,096 failures at
once: 10,000 records take three times the work of one, and not 10,000 times.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from itsm_as_code.model.bits import set_bits
from itsm_as_code.snapshot.network import Network

_BLOCK = 4096
"""How many failures are followed at once."""


@dataclass(frozen=True, slots=True)
class _Step:
    """How one record's set follows from those of others, which are named by their position."""

    plain: Sequence[int]
    """What it needs outside of any group."""
    groups: Sequence[tuple[int, Sequence[int]]]
    """How many must fail, and the members that are up."""
    dependents: Sequence[int]
    """Whose sets follow from this one."""


def lone_causes(network: Network, targets: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Return for each target the other records whose failure alone takes it down, in file order.

    Looks only at what the targets depend on: for each 4,096 of those, a step for each need, and again for those needs
    along which a cycle carries failure back.
    """
    wanted = [target for target in dict.fromkeys(targets) if target in network.records]
    order = _upstream(network, wanted)
    position = {address: number for number, address in enumerate(order)}
    steps = _steps(network, order, position)
    nodes = [address for address in network.records if address in position]
    found: dict[str, list[str]] = {target: [] for target in wanted}
    for start in range(0, len(nodes), _BLOCK):
        block = nodes[start : start + _BLOCK]
        fatal = _fixed_point(steps, [position[address] for address in block])
        for target in wanted:
            found[target] += [block[bit] for bit in set_bits(fatal[position[target]]) if block[bit] != target]
    return found


def _upstream(network: Network, targets: Sequence[str]) -> Sequence[str]:
    """Return the targets and all they depend on, what is needed before what needs it, as far as cycles allow."""
    order: list[str] = []
    seen = set()
    for root in targets:
        if root in seen:
            continue
        seen.add(root)
        work = [(root, _needed(network, root))]
        while work:
            node, rest = work[-1]
            fresh = next((target for target in rest if target not in seen), None)
            if fresh is None:
                order.append(node)
                work.pop()
            else:
                seen.add(fresh)
                work.append((fresh, _needed(network, fresh)))
    return order


def _needed(network: Network, address: str) -> Iterator[str]:
    return (need.target for need in network.needs.get(address, ()))


def _steps(network: Network, order: Sequence[str], position: Mapping[str, int]) -> Sequence[_Step]:
    dependents: list[list[int]] = [[] for _ in order]
    steps = []
    for number, address in enumerate(order):
        needs = network.needs.get(address, ())
        plain = [position[need.target] for need in needs if not need.groups]
        groups = [
            (group.spare + 1, [position[member] for member in group.members if member not in group.idle])
            for group in network.groups.get(address, ())
        ]
        for needed in {position[need.target] for need in needs}:
            dependents[needed].append(number)
        steps.append(_Step(plain, groups, dependents[number]))
    return steps


def _fixed_point(steps: Sequence[_Step], block: Sequence[int]) -> Sequence[int]:
    """Return for each record the bits of those of the block that take it down alone."""
    fatal = [0] * len(steps)
    for bit, number in enumerate(block):
        fatal[number] = 1 << bit
    waiting = bytearray(b"\1" * len(steps))
    while any(waiting):
        for number, step in enumerate(steps):
            if not waiting[number]:
                continue
            waiting[number] = 0
            bits = fatal[number]
            for needed in step.plain:
                bits |= fatal[needed]
            for least, members in step.groups:
                bits |= _in_at_least(least, [fatal[member] for member in members])
            if bits != fatal[number]:
                fatal[number] = bits
                for dependent in step.dependents:
                    waiting[dependent] = 1
    return fatal


def _in_at_least(least: int, sets: Iterable[int]) -> int:
    """Return the bits that are set in at least so many of the sets: they are counted for all bits at once."""
    held = [bits for bits in sets if bits]
    if len(held) < least:
        return 0
    digits: list[int] = []
    """The binary digits of the counts, lowest first; each holds that digit for every bit."""
    for bits in held:
        carry = bits
        for place, digit in enumerate(digits):
            digits[place], carry = digit ^ carry, digit & carry
            if not carry:
                break
        if carry:
            digits.append(carry)
    if least >> len(digits):
        return 0
    more, same = 0, -1
    for place in reversed(range(len(digits))):
        if least >> place & 1:
            same &= digits[place]
        else:
            more |= same & digits[place]
            same &= ~digits[place]
    return more | same
