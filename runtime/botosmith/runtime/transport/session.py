"""Clients made by a user's session, with parts of ours in place of the session's."""

from __future__ import annotations

from collections.abc import Mapping
from inspect import iscoroutinefunction
from typing import Any

from botocore.session import Session


def find_session(session: Any) -> Session:
    """The botocore session to use: the user's, boto3's own one, or a new one.

    A new one for each client, because making clients from a shared session is not
    thread-safe, and so that no client shares credentials, configuration or event
    handlers with another unless its user says so by handing a session over.

    Raises:
        TypeError: It is not a session of botocore or boto3.
    """
    if session is None:
        return Session()
    found = getattr(session, "_session", session)  # boto3 keeps botocore's there
    # aiobotocore's sessions are botocore's as well, but their clients are others.
    if isinstance(found, Session) and not iscoroutinefunction(found.get_credentials):
        return found
    raise refusal(session, "botocore or boto3")


def refusal(session: object, expected: str) -> TypeError:
    """Return the error for an object that is not a session of a kind."""
    # The value is left out: a caller who mixes up arguments may have given credentials.
    kind = type(session)
    is_plain = kind.__module__ == "builtins"
    name = kind.__name__ if is_plain else f"{kind.__module__}.{kind.__name__}"
    article = "an" if expected[0] in "aeiou" else "a"
    msg = f"session: expected {article} {expected} session, not an object of {name}"
    return TypeError(msg)


def borrow(session: Session, components: Mapping[str, Any]) -> Any:
    """A session that makes clients in which some of its components are replaced.

    The session itself is not altered. It is the session that makes the client all the
    same: credentials, configuration, event handlers and whatever it remembers between
    clients are its own, by way of an object that shares its state and answers for the
    replaced components itself.

    Args:
        session: The session.
        components: The replacements, by the names that botocore registers them under.
    """
    kind: Any = type(session)

    class Borrowed(kind):  # type: ignore[misc] # whatever class the user's session is of
        def get_component(self, name: str) -> Any:
            if name in components:
                return components[name]
            return kind.get_component(self, name)

        def _get_internal_component(self, name: str) -> Any:
            if name in components:
                return components[name]
            return kind._get_internal_component(self, name)

    borrowed = Borrowed.__new__(Borrowed)
    borrowed.__dict__ = session.__dict__
    return borrowed
