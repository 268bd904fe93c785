"""Sets as the bits of whole numbers."""

from collections.abc import Iterator


def set_bits(bits: int) -> Iterator[int]:
    """Yield the places of the bits that are set, from the lowest on."""
    # Most sets are small: the digits between are skipped by a search, not one by one.
    digits = bin(bits)[:1:-1]
    place = digits.find("1")
    while place >= 0:
        yield place
        place = digits.find("1", place + 1)
