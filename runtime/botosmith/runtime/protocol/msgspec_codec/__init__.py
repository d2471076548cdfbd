"""The code of `botosmith[speed]`: msgspec, wherever bytes and values are the same.

Whatever it would write or read otherwise than the standard library and the generated
wire code is left to these.
"""

from botosmith.runtime.protocol.msgspec_codec.document import decode, encode
from botosmith.runtime.protocol.msgspec_codec.replies import Replies

#: By whether numbers may be text, which depends on the protocol.
REPLIES = {from_text: Replies(from_text=from_text) for from_text in (False, True)}

__all__ = ["REPLIES", "decode", "encode"]
