"""When what an edit tells of happened: never later than now."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.moments import NoMomentError, parse_moment
from itsm_as_code.model.words import shortened


def moment(text: str | None, now: datetime, zone: str) -> datetime:
    """Return when it happened, to the second, with an offset: what `--at` says, else `now` (aware) in the zone.

    `zone` is an IANA name. Raises ItsmError where the text is no time, and where it is still to come.
    """
    here = ZoneInfo(zone)
    try:
        at = parse_moment("now" if text is None else text, now, here)
        if at <= now:
            return at.replace(microsecond=0)
    except NoMomentError as error:
        raise ItsmError(f"--at {error.message}", error.hint) from error
    said = " ".join(str(text).split())
    # At ten past midnight "23:50" is a matter of yesterday; whoever types it may as well have meant 22:50 today.
    is_clock = said.replace(":", "").isdigit() and at - timedelta(days=1) <= now
    hint = f'write "yesterday {said}"' if is_clock else "a timeline tells what has happened; leave --at out for now"
    raise ItsmError(f"--at {shortened(said)} is still to come", hint)
