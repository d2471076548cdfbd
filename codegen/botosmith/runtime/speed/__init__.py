"""What `botosmith[speed]` adds: msgspec, wherever it gives the same bytes and values.

Whatever it would write or read otherwise than the standard library and the generated
wire code is left to these.
"""

from botosmith.runtime.speed.document import decode, encode
from botosmith.runtime.speed.replies import Replies

read = Replies().read

__all__ = ["Replies", "decode", "encode", "read"]
