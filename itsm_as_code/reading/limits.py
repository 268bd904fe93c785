"""How large, deep and faulty a record's file may be before it is read no further."""

MAX_BYTES = 1024 * 1024
"""Bytes of a file; a record has a few thousand."""
MAX_DEPTH = 50
"""Mappings and lists inside one another."""
MAX_FAULTS = 100
"""Faults of one file that are told: with more it is no record, and a hostile one would go on for ever."""
