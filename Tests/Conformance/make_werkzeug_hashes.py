"""Writes 1,000 password hashes made by Werkzeug to a file, for the Swift test that verifies them.

Each line holds, separated by tabs: a password in hex (UTF-8), another password in hex that is wrong, and the hash. A
few use Werkzeug's full cost; most are cheap, so that the format is covered widely and the test stays short. The seed is
fixed for the passwords and the parameters; the salts are Werkzeug's own and differ from run to run.
"""

import random
import sys
import unicodedata

from werkzeug.security import generate_password_hash

COUNT = 1_000
ALPHABET = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
    "äöüßéñøłжд中文日本🎬🔑"
)

EXPENSIVE = ["scrypt", "scrypt:32768:8:1", "pbkdf2", "pbkdf2:sha256", "pbkdf2:sha256:600000"]
CHEAP = [
    "scrypt:256:8:1",
    "scrypt:512:8:2",
    "scrypt:1024:4:2",
    "scrypt:1024:16:1",
    "scrypt:4096:2:1",
    "pbkdf2:sha1:1",
    "pbkdf2:sha1:1000",
    "pbkdf2:sha256:1",
    "pbkdf2:sha256:1500",
    "pbkdf2:sha512:1000",
]


def password(source: random.Random) -> str:
    letters = "".join(source.choice(ALPHABET) for _ in range(source.randint(1, 72)))
    return unicodedata.normalize("NFC", letters)


def wrong(right: str, source: random.Random) -> str:
    """A password that differs from the right one in as little as one letter."""
    candidates = [right + " ", " " + right, right[:-1], right.swapcase(), right[::-1], password(source)]
    return source.choice([candidate for candidate in candidates if candidate != right])


def main() -> None:
    source = random.Random(1_000)
    with open(sys.argv[1], "w", encoding="ascii") as output:
        for number in range(COUNT):
            method = EXPENSIVE[number] if number < len(EXPENSIVE) else source.choice(CHEAP)
            right = password(source)
            made = generate_password_hash(right, method=method, salt_length=source.choice([8, 16, 24]))
            output.write(f"{right.encode().hex()}\t{wrong(right, source).encode().hex()}\t{made}\n")


if __name__ == "__main__":
    main()
