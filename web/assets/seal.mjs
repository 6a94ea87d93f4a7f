/*
 * A bid sealed in the browser: the container SBX1 of core/trust/sealed.h, made with nothing but the browser's own WebCrypto (X25519, Ed25519,
 * HMAC, AES-256-GCM), or where it lacks those two, on P-256 (ECDH, ECDSA).  tests/web/seal.mjs holds it against tests/data/trust/vectors.json.
 */
const subtle = globalThis.crypto.subtle;
export const TECHNICAL = 4, PRICE = 2, CO_KEY = 1;
const CHUNK = 65536, PADDED_MIN = 4096;
const utf8 = new TextEncoder();

// ---- bytes ----

export const hex = bytes => [...bytes].map(b => b.toString(16).padStart(2, '0')).join('');
export const unhex = text => Uint8Array.from(text.match(/../g) || [], pair => parseInt(pair, 16));
const base64 = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
const unsigned = text => base64(text.replace(/-/g, '+').replace(/_/g, '/'));

function joined(...parts) {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function number(value, size) {
  const out = new Uint8Array(size);
  for (let i = size - 1; i >= 0; i--, value = Math.floor(value / 256)) out[i] = value % 256;
  return out;
}

const word = text => utf8.encode(text);
const tag = text => word(`${text}\0`);
const random = size => globalThis.crypto.getRandomValues(new Uint8Array(size));

export const sha256 = async (...parts) => new Uint8Array(await subtle.digest('SHA-256', joined(...parts)));

// ---- HKDF (RFC 5869) over HMAC-SHA-256 ----

async function hmac(key, ...parts) {
  // An empty key is as good as one of zeroes, and WebCrypto takes none.
  const imported = await subtle.importKey('raw', key.length ? key : new Uint8Array(32), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await subtle.sign('HMAC', imported, joined(...parts)));
}

async function expand(key, size, ...info) {
  let out = new Uint8Array(0), block = out;
  for (let i = 1; out.length < size; i++) {
    block = await hmac(key, block, ...info, number(i, 1));
    out = joined(out, block);
  }
  return out.slice(0, size);
}

// ---- keys, of which WebCrypto takes the secret half as PKCS #8 alone ----

const PKCS8 = { X25519: '302e020100300506032b656e04220420', Ed25519: '302e020100300506032b657004220420' };

async function secretKey(name, secret) {
  const uses = name === 'X25519' ? ['deriveBits'] : ['sign'];
  const key = await subtle.importKey('pkcs8', joined(unhex(PKCS8[name]), secret), { name }, true, uses);
  return { key, public: unsigned((await subtle.exportKey('jwk', key)).x) };
}

// ---- HPKE (RFC 9180), base mode, single shot: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM ----

const SUITES = {
  x25519: { kem: unhex('4b454d0020'), whole: unhex('48504b45002000010002') },
  p256: { kem: unhex('4b454d0010'), whole: unhex('48504b45001000010002') },
};
const none = new Uint8Array(0);
const labelledExtract = (suite, salt, label, input) => hmac(salt, word('HPKE-v1'), suite, word(label), input);
const labelledExpand = (suite, key, label, info, size) => expand(key, size, number(size, 2), word('HPKE-v1'), suite, word(label), info);

async function encrypted(key, nonce, aad, plain) {
  const imported = await subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  return new Uint8Array(await subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: aad }, imported, plain));
}

async function exchangedX25519(opener, ephemeral) {
  const own = await secretKey('X25519', ephemeral);
  const theirs = await subtle.importKey('raw', opener, { name: 'X25519' }, false, []);
  return { enc: own.public, dh: new Uint8Array(await subtle.deriveBits({ name: 'X25519', public: theirs }, own.key, 256)) };
}

async function exchangedP256(point) {
  const curve = { name: 'ECDH', namedCurve: 'P-256' }, own = await subtle.generateKey(curve, true, ['deriveBits']);
  const theirs = await subtle.importKey('raw', point, curve, false, []), enc = new Uint8Array(await subtle.exportKey('raw', own.publicKey));
  return { enc, dh: new Uint8Array(await subtle.deriveBits({ name: 'ECDH', public: theirs }, own.privateKey, 256)) };
}

async function hpkeSeal(suite, opener, { enc, dh }, info, plain) {
  const { kem, whole } = suite;
  const shared = await labelledExpand(kem, await labelledExtract(kem, none, 'eae_prk', dh), 'shared_secret', joined(enc, opener), 32);
  const context = joined(number(0, 1), await labelledExtract(whole, none, 'psk_id_hash', none), await labelledExtract(whole, none, 'info_hash', info));
  const secret = await labelledExtract(whole, shared, 'secret', none);
  const key = await labelledExpand(whole, secret, 'key', context, 32), nonce = await labelledExpand(whole, secret, 'base_nonce', context, 12);
  return encrypted(key, nonce, none, plain);
}

// ---- shares (Shamir over GF(2^8), polynomial 0x11b) ----

function times(a, b) {
  let out = 0;
  for (let i = 0; i < 8; i++) {
    out ^= -(b & 1) & a;
    a = (a << 1) ^ (-(a >> 7) & 0x11b);
    b >>= 1;
  }
  return out;
}

/* Of the polynomial whose value at 0 is the key, at i. */
const share = (key, coefficients, i) => key.map((byte, at) => times(coefficients.reduceRight((sum, c) => times(sum, i) ^ c[at], 0), i) ^ byte);

// ---- who opens (core/trust/openers.h) ----

/* A text or a note of it; throws where it is none. */
export async function openersOf(note) {
  const signed = note.indexOf('\n\n');
  const text = signed < 0 ? note : note.slice(0, signed + 1), lines = text.split('\n');
  const value = (line, name) => {
    if (!line || !line.startsWith(`${name} `)) throw new Error(`openers: ${name}`);
    return line.slice(name.length + 1);
  };
  if (lines[0] !== 'linli/openers/v1') throw new Error('openers');
  const n = Number(value(lines[3], 'n')), k = Number(value(lines[2], 'k'));
  if (!(k >= 1 && k <= n && n <= 15)) throw new Error('openers');
  const p256 = (lines[4 + n] || '').startsWith('p256 '), last = 4 + n * (p256 ? 2 : 1);
  const keys = Array.from({ length: n }, (_, i) => base64(value(lines[4 + i], `opener ${i + 1}`)));
  const points = p256 ? Array.from({ length: n }, (_, i) => base64(value(lines[4 + n + i], `p256 ${i + 1}`))) : [];
  if (keys.some(key => key.length !== 32) || points.some(point => point.length !== 65) || lines.length !== last + 2) throw new Error('openers');
  value(lines[last], 'not-before');
  return { tender: value(lines[1], 'tender'), k, n, keys, points, digest: await sha256(word(text)) };
}

// ---- who signs ----

/* The bidder's Ed25519 key, from its 32 bytes. */
export async function bidderOf(seed) {
  const signer = await secretKey('Ed25519', seed);
  return { p256: false, public: signer.public, sign: async message => new Uint8Array(await subtle.sign('Ed25519', signer.key, message)) };
}

/* The same from a key file (core/trust/key.h) that no passphrase locks; null: it is none. */
export async function bidderOfFile(text) {
  const [kind, , , secret] = text.split('\n').slice(1), bytes = secret && secret.startsWith('secret ') ? base64(secret.slice(7)) : none;
  return text.startsWith('linli/key/v1\n') && kind === 'kind bidder' && bytes.length === 32 ? bidderOf(bytes) : null;
}

/* A key of P-256, new: it is told by its x, so its y has to be even, as every second one's is. */
export async function bidderP256() {
  for (;;) {
    const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    const point = new Uint8Array(await subtle.exportKey('raw', pair.publicKey));
    if (point[64] % 2 === 0)
      return { p256: true, public: point.slice(1, 33), sign: async message => new Uint8Array(await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, message)) };
  }
}

// ---- the container ----

export const drawn = n => ({ cek: random(32), coefficients: Array.from({ length: 14 }, () => random(32)), ephemerals: Array.from({ length: n }, () => random(32)) });

function padded(size) {
  if (size <= PADDED_MIN) return PADDED_MIN;
  const exponent = Math.floor(Math.log2(size)), unit = 2 ** (exponent - (Math.floor(Math.log2(exponent)) + 1));
  return Math.ceil(size / unit) * unit;
}

/* RFC 8785 is what JSON.stringify prints of strings, integers and members in order. */
async function content(request) {
  const files = [];
  for (const file of request.files) files.push({ name: file.name, sha256: hex(await sha256(file.bytes)), size: file.bytes.length });
  const priced = request.priceFen === undefined ? {} : { price_fen: String(request.priceFen) };
  const manifest = word(JSON.stringify({ bidder: request.bidder, currency: 'CNY', files, ...priced, tender: request.openers.tender, v: 1 }));
  const whole = joined(number(manifest.length, 4), manifest, ...request.files.map(file => file.bytes));
  return joined(whole, new Uint8Array(padded(whole.length) - whole.length));
}

async function headerOf(request, secrets, signer) {
  const { k, n, tender, digest } = request.openers;
  const commit = await sha256(tag('linli/cek-commit/v1'), secrets.cek), ids = unhex(signer.p256 ? '001000010002' : '002000010002');
  const kept = request.coKey ? await sha256(tag('linli/co-commit/v1'), request.coKey) : new Uint8Array(32);
  return joined(word('SBX1'), ids, number(k, 1), number(n, 1), number((request.flags || 0) | (request.coKey ? CO_KEY : 0), 1), number(0, 1), unhex(tender.replace(/-/g, '')),
    new Uint8Array(16), signer.public, digest, commit, kept);
}

async function recordOf(request, secrets, header, p256, i) {
  const own = share(secrets.cek, secrets.coefficients.slice(0, request.openers.k - 1), i), at = number(i, 1);
  const opener = (p256 ? request.openers.points : request.openers.keys)[i - 1];
  const exchanged = await (p256 ? exchangedP256(opener) : exchangedX25519(opener, secrets.ephemerals[i - 1]));
  const cipher = await hpkeSeal(p256 ? SUITES.p256 : SUITES.x25519, opener, exchanged, joined(tag('linli/sbx1/share'), header, at), own);
  return joined(at, exchanged.enc, cipher, await sha256(tag('linli/share-commit/v1'), await sha256(header), at, own));
}

async function chunksOf(begin, cek, coKey, plain) {
  const both = await expand(await hmac(await sha256(begin), cek, coKey || new Uint8Array(32)), 44, tag('linli/sbx1/content'));
  const count = Math.ceil(plain.length / CHUNK), chunks = [];
  for (let j = 0; j < count; j++) {
    const aad = joined(number(j, 8), number(j + 1 === count ? 1 : 0, 1)), nonce = both.slice(32);
    for (let i = 0; i < 8; i++) nonce[4 + i] ^= aad[i];
    chunks.push(await encrypted(both.slice(0, 32), nonce, aad, plain.subarray(j * CHUNK, (j + 1) * CHUNK)));
  }
  return joined(...chunks);
}

/*
 * request: openers (openersOf), bidder (a name, for people), files [{name, bytes}], flags, priceFen, coKey (mode K2: nothing opens without
 * these 32 bytes, which the bidder keeps: coKeyOf, coKeyFile).  signer: bidderOf or bidderP256, which
 * says on which curve.  secrets are drawn for this bid, but for a test.
 */
export async function seal(request, signer, secrets = drawn(request.openers.n)) {
  const plain = await content(request), header = await headerOf(request, secrets, signer);
  let begin = header;
  for (let i = 1; i <= request.openers.n; i++) begin = joined(begin, await recordOf(request, secrets, header, signer.p256, i));
  begin = joined(begin, number(CHUNK, 4), number(plain.length, 8));
  const body = joined(begin, await chunksOf(begin, secrets.cek, request.coKey, plain));
  return joined(body, await signer.sign(joined(tag('linli/sbx1/sign'), await sha256(body))));
}

/* A key that the bidder keeps, and the file of it that linli seal --co-key writes. */
export const coKeyOf = () => random(32);
export const coKeyFile = coKey => `linli/co-key/v1 ${hex(coKey)}\n`;

/* Two envelopes: the price for its own openers, inside the technical one, which is what is handed in. */
export async function sealTwo(request, price, signer) {
  const inner = await seal({ ...price, flags: PRICE }, signer);
  return seal({ ...request, files: [...request.files, { name: 'price.sbx', bytes: inner }], flags: TECHNICAL }, signer);
}

/* Whether this browser has X25519 and Ed25519. */
export async function able() {
  try {
    await secretKey('X25519', random(32));
    const { key } = await secretKey('Ed25519', random(32));
    await subtle.sign('Ed25519', key, none);
    return true;
  } catch {
    return false;
  }
}

/* Who signs a bid for these openers, with a key of this bid alone; null: this browser can seal nothing to them. */
export async function signerFor(...sets) {
  if (await able()) return bidderOf(random(32));
  return subtle && sets.every(openers => openers.points.length) ? bidderP256() : null;
}
