"""Ids for foreign records, made from their names alone, so that every import finds the same ones."""

from collections.abc import Collection
from datetime import UTC, datetime
from hashlib import sha256

from itsm_as_code.writing.ids import ALPHABET, SUFFIX_LENGTH

_BITS = 5


def foreign_id(prefix: str, moment: datetime, name: str, taken: Collection[str]) -> str:
    """Return ``PREFIX-YYYYMMDD-xxxx``: the day of the moment in UTC and four letters of the name's hash.

    Where another name of the same day has these letters (`taken`), the next four of the hash are used.
    """
    day = moment.astimezone(UTC).date().isoformat().replace("-", "")
    round_ = 0
    while True:
        number = int.from_bytes(sha256(f"{name}\0{round_}".encode()).digest()[:4])
        letters = "".join(ALPHABET[number >> _BITS * place & 31] for place in range(SUFFIX_LENGTH))
        id_ = f"{prefix}-{day}-{letters}"
        if id_ not in taken:
            return id_
        round_ += 1
