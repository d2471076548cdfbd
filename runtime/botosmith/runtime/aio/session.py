"""Sessions of aiobotocore, and whether it is there at all."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from botosmith.runtime.transport.session import refusal


def find_session(session: Any) -> Any:
    """The aiobotocore session to use: the user's, aioboto3's own one, or a new one.

    Raises:
        TypeError: It is not a session of aiobotocore or aioboto3.
        ModuleNotFoundError: aiobotocore is not installed.
    """
    sessions = _import_sessions()
    if session is None:
        return sessions.AioSession()
    found = getattr(session, "_session", session)  # aioboto3 keeps aiobotocore's there
    if isinstance(found, sessions.AioSession):
        return found
    raise refusal(session, "aiobotocore or aioboto3")


def _import_sessions() -> Any:
    # By its name, since type checkers would miss what need not be installed.
    try:
        return import_module("aiobotocore.session")
    except ModuleNotFoundError as error:
        if error.name != "aiobotocore":
            raise
        msg = "AsyncClient needs aiobotocore: pip install 'botosmith[async]'"
        raise ModuleNotFoundError(msg, name=error.name) from None
