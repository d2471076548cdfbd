"""Damaged replies: whatever a server or a network may send ends as documented.

    python -m tests.contract.damage                the long run
    python -m tests.contract.damage --examples 500 --seed 7
                                                     a short one, drawn in another way
    python -m tests.contract.damage --case 7:s3:GetObject:12
                                                     one case of a run, in detail

Valid replies of every protocol, drawn with `botosmith.testing`, are damaged and served
over a socket to the clients that users have: `Client` and `AsyncClient`, with the
generated and with botocore's serializer, with msgspec and without, with DEBUG logging
and without. A client
may give a reply or raise a `ServiceError`, a `ReplyError` or one of botocore's network
errors, and nothing else; the same goes for streams of bytes and of events, which are
read to their ends. Replies and errors can be printed, copied and pickled, and logging
changes no outcome.

| module | does |
|---|---|
| `lab`, `subject` | names the services, and generates them |
| `draw` | draws valid replies |
| `spoil`, `tree`, `http`, `message` | damage bytes, documents, HTTP and events |
| `case`, `corpus` | put damaged replies together |
| `server` | serves them |
| `judge` | says whether an outcome is a documented one |
| `waited`, `awaited` | make the calls |

The awaited half needs aiobotocore, whose newest release admits no botocore as new as
the one that the other tests have: `tests.contract.asynchronous.environment` makes it an
environment of its own, to which the cases are handed in a file.
"""
