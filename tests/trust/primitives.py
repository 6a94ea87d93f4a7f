"""What the second verifier needs of cryptography, from the standard library alone: Ed25519 (RFC 8032, checking only), X25519 (RFC 7748),
AES-256-GCM (FIPS 197, SP 800-38D) and HKDF-Expand (RFC 5869).  Slow, and not for secrets: nothing runs in constant time.
"""
import hashlib
import hmac
import struct

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


# ---- Ed25519 -------------------------------------------------------------------------------


def x_of(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def point(raw):
    y = int.from_bytes(raw, "little")
    x = x_of(y & ((1 << 255) - 1), y >> 255)
    y &= (1 << 255) - 1
    return None if x is None else (x, y, 1, x * y % P)


def add(a, b):
    s, t = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    u, v = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = t - s, v - u, v + u, t + s
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number, a):
    out = (0, 1, 1, 0)
    while number:
        if number & 1:
            out = add(out, a)
        a, number = add(a, a), number >> 1
    return out


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = (x_of(BASE_Y, 0), BASE_Y, 1, x_of(BASE_Y, 0) * BASE_Y % P)


def ed25519_good(public, signature, message):
    a, r = point(public), point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or len(public) != 32 or a is None or r is None or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    left, right = times(s, BASE), add(r, times(k, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# ---- X25519 --------------------------------------------------------------------------------


def x25519(secret, public=(9).to_bytes(32, "little")):
    k = int.from_bytes(secret, "little") & ~7 & ((1 << 255) - 1) | 1 << 254
    u = int.from_bytes(public, "little") & ((1 << 255) - 1)
    x2, z2, x3, z3, swap = 1, 0, u, 1, 0
    for i in range(254, -1, -1):
        bit = k >> i & 1
        if swap ^ bit:
            x2, z2, x3, z3 = x3, z3, x2, z2
        swap = bit
        a, b, c, d = (x2 + z2) % P, (x2 - z2) % P, (x3 + z3) % P, (x3 - z3) % P
        da, cb, aa, bb = d * a % P, c * b % P, a * a % P, b * b % P
        x3, z3 = (da + cb) ** 2 % P, u * (da - cb) ** 2 % P
        x2, z2 = aa * bb % P, (aa - bb) * (aa + 121665 * (aa - bb)) % P
    if swap:
        x2, z2 = x3, z3
    return (x2 * pow(z2, P - 2, P) % P).to_bytes(32, "little")


# ---- HKDF ----------------------------------------------------------------------------------


def hkdf_expand(key, info, size):
    out, last = b"", b""
    while len(out) < size:
        last = hmac.digest(key, last + info + bytes([len(out) // 32 + 1]), "sha256")
        out += last
    return out[:size]


# ---- AES-256-GCM ---------------------------------------------------------------------------


def doubled(a):
    return (a << 1) ^ (0x11B if a & 0x80 else 0)


def tables():
    log, exp, x = [0] * 256, [0] * 255, 1
    for i in range(255):
        exp[i], log[x] = x, i
        x ^= doubled(x)
    box = []
    for a in range(256):
        b = exp[-log[a] % 255] if a else 0
        box.append(b ^ 0x63)
        for turn in range(1, 5):
            box[a] ^= (b << turn | b >> (8 - turn)) & 0xFF
    first = [doubled(s) << 24 | s << 16 | s << 8 | (doubled(s) ^ s) for s in box]
    return box, [[t >> 8 * i | (t << (32 - 8 * i)) & 0xFFFFFFFF for t in first] for i in range(4)]


BOX, ROUNDS = tables()


def key_words(key):
    words, constant = list(struct.unpack(">8I", key)), 1
    for i in range(8, 60):
        w = words[-1]
        if i % 8 == 0:
            w = (w << 8 | w >> 24) & 0xFFFFFFFF
        if i % 4 == 0:
            w = BOX[w >> 24] << 24 | BOX[w >> 16 & 255] << 16 | BOX[w >> 8 & 255] << 8 | BOX[w & 255]
        if i % 8 == 0:
            w, constant = w ^ constant << 24, doubled(constant)
        words.append(words[-8] ^ w)
    return words


def block(words, raw):
    a, b, c, d = (x ^ k for x, k in zip(struct.unpack(">4I", raw), words))
    t0, t1, t2, t3 = ROUNDS
    for i in range(4, 56, 4):
        a, b, c, d = (
            t0[a >> 24] ^ t1[b >> 16 & 255] ^ t2[c >> 8 & 255] ^ t3[d & 255] ^ words[i],
            t0[b >> 24] ^ t1[c >> 16 & 255] ^ t2[d >> 8 & 255] ^ t3[a & 255] ^ words[i + 1],
            t0[c >> 24] ^ t1[d >> 16 & 255] ^ t2[a >> 8 & 255] ^ t3[b & 255] ^ words[i + 2],
            t0[d >> 24] ^ t1[a >> 16 & 255] ^ t2[b >> 8 & 255] ^ t3[c & 255] ^ words[i + 3],
        )
    out = []
    for i, (p, q, r, s) in enumerate(((a, b, c, d), (b, c, d, a), (c, d, a, b), (d, a, b, c))):
        last = BOX[p >> 24] << 24 | BOX[q >> 16 & 255] << 16 | BOX[r >> 8 & 255] << 8 | BOX[s & 255]
        out.append(last ^ words[56 + i])
    return struct.pack(">4I", *out)


class Gcm:
    def __init__(self, key):
        self.words = key_words(key)
        h = int.from_bytes(block(self.words, bytes(16)), "big")
        # table[i][b]: the product of h with byte b at place i
        self.table, power = [], h
        for _ in range(16):
            row = [0] * 256
            bit = 128
            while bit:
                row[bit] = power
                power = (power >> 1) ^ (0xE1 << 120 if power & 1 else 0)
                bit >>= 1
            for b in range(256):
                low = b & -b
                if b != low:
                    row[b] = row[low] ^ row[b ^ low]
            self.table.append(row)

    def tag(self, nonce, cipher, aad):
        y = 0
        whole = aad + bytes(-len(aad) % 16) + cipher + bytes(-len(cipher) % 16) + struct.pack(">QQ", 8 * len(aad), 8 * len(cipher))
        for at in range(0, len(whole), 16):
            y ^= int.from_bytes(whole[at : at + 16], "big")
            z = 0
            for row, b in zip(self.table, y.to_bytes(16, "big")):
                z ^= row[b]
            y = z
        return (y ^ int.from_bytes(block(self.words, nonce + b"\0\0\0\1"), "big")).to_bytes(16, "big")

    def stream(self, nonce, text):
        blocks = (len(text) + 15) // 16
        pad = b"".join(block(self.words, nonce + struct.pack(">I", i + 2)) for i in range(blocks))[: len(text)]
        return (int.from_bytes(text, "big") ^ int.from_bytes(pad, "big")).to_bytes(len(text), "big")

    def encrypt(self, nonce, plain, aad):
        cipher = self.stream(nonce, plain)
        return cipher + self.tag(nonce, cipher, aad)

    def decrypt(self, nonce, sealed, aad):
        """None where the tag does not fit."""
        if not hmac.compare_digest(self.tag(nonce, sealed[:-16], aad), sealed[-16:]):
            return None
        return self.stream(nonce, sealed[:-16])
