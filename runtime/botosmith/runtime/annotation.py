"""`schema`, as the annotations of generated classes know it.

Type checkers evaluate annotations. In descriptions they find nothing that the first use
of `schema.fields` would not, and pyright takes a twentieth of its time for those of the
classes that a program names. So for them, there is nothing to look at.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    schema: Any
else:
    from botosmith.runtime import schema

__all__ = ["schema"]
