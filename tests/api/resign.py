"""resign.py SEALED KEY: a byte of the content of a container changed, and the whole signed again by its bidder, as one who means that it
shall not open would do.  Standard library only."""
import base64
import hashlib
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "trust"))
import primitives  # noqa: E402

ORDER = 2**252 + 27742317777372353535851937790883648493


def packed(p):
    inverse = pow(p[2], -1, primitives.P)
    x, y = p[0] * inverse % primitives.P, p[1] * inverse % primitives.P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def number(*parts):
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little")


def sign(seed, message):
    """RFC 8032, 5.1.6."""
    digest = hashlib.sha512(seed).digest()
    secret = int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254
    public = packed(primitives.times(secret, primitives.BASE))
    r = number(digest[32:], message) % ORDER
    commitment = packed(primitives.times(r, primitives.BASE))
    return commitment + ((r + number(commitment, public, message) * secret) % ORDER).to_bytes(32, "little")


def main():
    with open(sys.argv[2]) as file:
        seed = base64.b64decode(next(line.split()[1] for line in file if line.startswith("secret ")))
    with open(sys.argv[1], "rb") as file:
        body = bytearray(file.read()[:-64])
    body[-40] ^= 1
    signature = sign(seed[:32], b"linli/sbx1/sign\0" + hashlib.sha256(body).digest())
    with open(sys.argv[1], "wb") as file:
        file.write(bytes(body) + signature)


if __name__ == "__main__":
    main()
