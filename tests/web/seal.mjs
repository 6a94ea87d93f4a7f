// seal.mjs FOLDER: web/assets/seal.mjs makes the container of tests/data/trust/vectors.json byte for byte, and what linli open reads.  TAP.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { money, rate } from '../../web/assets/typed.mjs';
import { PRICE, bidderOf, bidderOfFile, bidderP256, coKeyFile, coKeyOf, hex, openersOf, seal, sealTwo, sha256, unhex, able } from '../../web/assets/seal.mjs';

const root = new URL('../..', import.meta.url).pathname, folder = process.argv[2];
const { sbx1 } = JSON.parse(readFileSync(`${root}/tests/data/trust/vectors.json`));
let number = 0, failed = 0;
function is(got, expected, what) {
  const good = got === expected;
  failed += !good;
  console.log(`${good ? 'ok' : 'not ok'} ${++number} - ${what}`);
  if (!good) console.log(`#   got ${got}\n#   expected ${expected}`);
}
const linli = (...rest) => execFileSync(process.env.LINLI || `${root}/bin/linli`, rest, { cwd: folder }).toString();

is(await able(), true, 'this WebCrypto has X25519 and Ed25519');
const openers = await openersOf(sbx1.opener_set);
is(hex(openers.digest), sbx1.opener_set_sha256, 'the openers text is read, and has its digest');
const secrets = { cek: unhex(sbx1.cek), coefficients: [unhex(sbx1.coef1)], ephemerals: sbx1.eph_sk.map(unhex) };
const made = await seal({ openers, bidder: 'did:linli:bidder1', files: [], priceFen: '123456700', flags: PRICE }, await bidderOf(unhex(sbx1.bidder_seed)), secrets);
is(hex(made.subarray(0, 174)), sbx1.header, 'header');
is(hex(made.subarray(174, 174 + 3 * 113)), sbx1.records, 'records: shares, HPKE, commitments');
is(made.length, sbx1.file_len, 'its length');
is(hex(made.subarray(-64)), sbx1.signature, 'signature');
is(hex(await sha256(made)), sbx1.sealed_sha256, 'and the whole of it');

// What is drawn at random, larger than a chunk, in one envelope and two, opens with the other side's program.
const big = globalThis.crypto.getRandomValues(new Uint8Array(65536)), text = new TextEncoder();
const whole = new Uint8Array(3 * 65536 + 7).map((_, i) => big[i % 65536]);
const seed = await bidderOf(globalThis.crypto.getRandomValues(new Uint8Array(32)));
for (const set of ['openers', 'price-openers']) {
  const keys = [1, 2].map(i => linli('keygen', 'opener', `${set}${i}.key`, '--name', `o${i}`, '--plain').trim());
  writeFileSync(`${folder}/${set}`, linli('openers', '--tender', openers.tender, '--threshold', '2', '--not-before', '2026-01-01T01:00:00Z', ...keys));
}
const named = async set => openersOf(readFileSync(`${folder}/${set}`).toString());
const opened = (set, file, into) => linli('open', '--openers', set, '--key', `${set}1.key`, '--key', `${set}2.key`, '--into', into, file).match(/^outcome (\S+)/m)[1];
const bid = { name: 'bid.json', bytes: text.encode('{"linli":"bid/1"}') }, plan = { name: '技术方案.pdf', bytes: whole };
writeFileSync(`${folder}/one.sbx`, await seal({ openers: await named('openers'), bidder: '甲社 "A"', files: [bid, plan] }, seed));
is(opened('openers', 'one.sbx', 'one'), 'opened', 'linli open reads what the browser sealed');
is(Buffer.compare(readFileSync(`${folder}/one/技术方案.pdf`), Buffer.from(whole)), 0, 'file by file');
const price = { openers: await named('price-openers'), bidder: '甲社', files: [{ name: 'price.json', bytes: text.encode('{"linli":"price/1"}') }] };
writeFileSync(`${folder}/two.sbx`, await sealTwo({ openers: await named('openers'), bidder: '甲社', files: [bid] }, price, seed));
is(opened('openers', 'two.sbx', 'two'), 'opened', 'of two envelopes the first');
is(opened('price-openers', 'two/price.sbx', 'three'), 'opened', 'and the other inside it');
is(readFileSync(`${folder}/three/price.json`).toString(), '{"linli":"price/1"}', 'with the price');

// The same on P-256, as a browser without X25519 and Ed25519 does.
const signer = await bidderP256();
writeFileSync(`${folder}/p256.sbx`, await seal({ openers: await named('openers'), bidder: '甲社', files: [bid, plan] }, signer));
is(hex(readFileSync(`${folder}/p256.sbx`).subarray(0, 6)), '534258310010', 'kem 0x0010');
is(opened('openers', 'p256.sbx', 'four'), 'opened', 'linli open reads what was sealed on P-256');
is(Buffer.compare(readFileSync(`${folder}/four/技术方案.pdf`), Buffer.from(whole)), 0, 'file by file');
const second = execFileSync('python3', [`${root}/tests/trust/verify.py`, 'open', 'p256.sbx', '--openers', 'openers', '--key', 'openers1.key', '--key', 'openers2.key'], { cwd: folder }).toString();
is(second.split('\n').filter(line => line.startsWith('file ')).length, 2, 'as does the second verifier');
writeFileSync(`${folder}/p256two.sbx`, await sealTwo({ openers: await named('openers'), bidder: '甲社', files: [bid] }, { ...price, openers: await named('price-openers') }, signer));
is(opened('openers', 'p256two.sbx', 'five') + opened('price-openers', 'five/price.sbx', 'six'), 'openedopened', 'and in two envelopes');

// Mode K2: nothing opens without the key that the bidder keeps, on either curve.
const coKey = coKeyOf();
writeFileSync(`${folder}/kept.co`, coKeyFile(coKey));
writeFileSync(`${folder}/other.co`, coKeyFile(coKeyOf()));
const withKey = (file, ...rest) => {
  try {
    return linli('open', '--openers', 'openers', '--key', 'openers1.key', '--key', 'openers2.key', ...rest, file).match(/^outcome (\S+)/m)[1];
  } catch (e) {
    return e.status;
  }
};
for (const [name, who] of [['k2.sbx', seed], ['k2p256.sbx', signer]]) {
  writeFileSync(`${folder}/${name}`, await seal({ openers: await named('openers'), bidder: '甲社', files: [bid], coKey }, who));
  is(readFileSync(`${folder}/${name}`)[12], 1, `${name} says that a key is kept`);
  is(withKey(name, '--co-key', 'kept.co'), 'opened', 'with it the container opens');
  is(['opened', 0].includes(withKey(name)) || ['opened', 0].includes(withKey(name, '--co-key', 'other.co')), false, 'without it, or with another, it does not');
  execFileSync('python3', [`${root}/tests/trust/verify.py`, 'open', name, '--openers', 'openers', '--key', 'openers1.key', '--key', 'openers2.key', '--co-key', 'kept.co'], { cwd: folder });
}

// Numbers as people type them, the same as on the server (road.t).
for (const [kind, typed, taken] of readFileSync(`${root}/tests/web/typed.tsv`).toString().replace(/\n$/, '').split('\n').map(line => line.split('\t')))
  is({ money, rate }[kind](typed) || '', taken, `${kind} typed as ${typed}`);
// The key of an organisation that registered one, from its file.
const told = linli('keygen', 'bidder', 'ours.key', '--name', 'org-a', '--plain').trim(), ours = await bidderOfFile(readFileSync(`${folder}/ours.key`).toString());
is(Buffer.from(ours.public).toString('base64'), Buffer.from(told.split('+').slice(2).join('+'), 'base64').subarray(1).toString('base64'), 'a key file without a passphrase is read');
writeFileSync(`${folder}/ours.sbx`, await seal({ openers: await named('openers'), bidder: '甲社', files: [bid] }, ours));
is(opened('openers', 'ours.sbx', 'seven'), 'opened', 'and signs a container');
for (const other of ['', 'linli/key/v1\nkind bidder\n', readFileSync(`${folder}/openers1.key`).toString(), readFileSync(`${folder}/ours.key`).toString().replace(/secret .*/, 'locked argon2id 3 65536 AA BB')])
  is(await bidderOfFile(other), null, 'nothing else is a key');
console.log(`1..${number}`);
process.exit(failed ? 1 : 0);
