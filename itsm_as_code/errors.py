"""The one exception for "the run cannot go on"."""


class ItsmError(Exception):
    """The run cannot go on: bad flags, a bad `itsm.yaml`, no repository.

    Told to people as one line on standard error, with exit code 2. `hint` says what to do.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message
