"""Tests of the clients whose calls are awaited.

aiobotocore admits no botocore as new as the one whose models are pinned. So what needs
it is in the folder `inside`, which `test_environment.py` runs in an environment of its
own; here it is passed over.
"""

from __future__ import annotations

collect_ignore = ["inside"]
