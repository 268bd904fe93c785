"""The version of this program, for its packages and for whoever asks."""

VERSION = "0.1.0"
