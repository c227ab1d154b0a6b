"""An authenticator app (RFC 6238)."""

import base64
import hmac
import struct
import time

STEP = 30


def code(key: str, later: int = 0) -> str:
    """What the app shows now, or so many steps later."""
    secret = base64.b32decode(key.replace(" ", ""))
    mac = hmac.digest(secret, struct.pack(">Q", int(time.time()) // STEP + later), "sha1")
    start = mac[-1] & 15
    number = struct.unpack(">I", mac[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
