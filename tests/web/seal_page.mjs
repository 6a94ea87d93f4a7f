// seal_page.mjs FOLDER: web/assets/bid.mjs on the form of a bid whose bidders keep a key (mode K2), in as much of a browser as it asks for: nothing is
// sent before the key's file was saved, and what is sent opens with that file and not without.  TAP.
import { execFileSync } from 'node:child_process';
import { File } from 'node:buffer';
import { readFileSync, writeFileSync } from 'node:fs';

const root = new URL('../..', import.meta.url).pathname, folder = process.argv[2];
let number = 0, failed = 0;
function is(got, expected, what) {
  const good = got === expected;
  failed += !good;
  console.log(`${good ? 'ok' : 'not ok'} ${++number} - ${what}`);
  if (!good) console.log(`#   got ${got}\n#   expected ${expected}`);
}
const linli = (...rest) => {
  try {
    return execFileSync(process.env.LINLI || `${root}/bin/linli`, rest, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] }).toString();
  } catch (e) {
    return `exit ${e.status}`;
  }
};
const outcome = text => (text.match(/^outcome (\S+)/m) || [text])[1] || text;
const keys = [1, 2].map(i => linli('keygen', 'opener', `page${i}.key`, '--name', `o${i}`, '--plain').trim());
writeFileSync(`${folder}/page-openers`, linli('openers', '--tender', '0192f0c4-a000-7000-8000-00000000a001', '--threshold', '2', '--not-before', '2026-01-01T01:00:00Z', ...keys));

const listening = {}, after = [], sent = [], blobs = [];
const input = (name, value) => ({ name, value, closest: () => form, setCustomValidity() {}, reportValidity() {}, addEventListener() {} });
const controls = [input('_csrf', 'x'), input('organisation', '0192f0c4-a000-7000-8000-0000000000aa'), input('lot', '1'), input('fields.price', '900.00'), input('sealed', '')];
const form = {
  dataset: { able: 'able', failed: 'failed', wrong: 'wrong', keep: 'save', unsaved: 'unsaved',
    seal: JSON.stringify({ openers: readFileSync(`${folder}/page-openers`).toString(), fields: { price: { unit: 'money', envelope: 1 } }, co_key: true }) },
  elements: Object.assign([...controls], Object.fromEntries(controls.map(c => [c.name, c]))),
  querySelectorAll: () => [],
  querySelector: () => button,
  addEventListener: (kind, run) => { listening[kind] = run; },
  submit: () => sent.push(form.elements.sealed.files),
};
const button = { disabled: false }, state = { textContent: '', after: line => after.push(line) };
Object.assign(globalThis, {
  File,
  DataTransfer: class { constructor() { this.items = { add: file => { this.files = [file]; } }; } },
  addEventListener() {},
  document: {
    querySelector: () => form,
    getElementById: id => (id === 'seal-state' ? state : null),
    createElement: tag => ({ tag, children: [], listening: {}, append(...all) { this.children.push(...all); }, addEventListener(kind, run) { this.listening[kind] = run; } }),
  },
});
URL.createObjectURL = blob => `blob:${blobs.push(blob)}`;

await import('../../web/assets/bid.mjs');
const until = async done => { for (let i = 0; i < 200 && !done(); i++) await new Promise(tell => setTimeout(tell, 20)); };
await until(() => listening.submit);
const link = after[0].children[0], press = () => listening.submit({ submitter: null, preventDefault() {} });
is(`${state.textContent} ${link.textContent} ${link.download.replace(/\d{8}T\d{6}Z/, 'INSTANT')}`, 'able save bid-1-INSTANT.co.txt', "the page says that it seals, and offers the key's file");
await press();
is(`${sent.length} ${state.textContent} ${button.disabled}`, '0 failed (unsaved) false', 'nothing is sent before it was saved');
link.listening.click();
await press();
is(sent.length, 1, 'then the bid is');
writeFileSync(`${folder}/page.sbx`, Buffer.from(await sent[0][0].arrayBuffer()));
writeFileSync(`${folder}/page.co`, Buffer.from(await blobs[0].arrayBuffer()));
is(controls.filter(c => !c.disabled).map(c => c.name).join(' '), '_csrf organisation lot sealed', 'and nothing of what was typed');
const open = (...rest) => outcome(linli('open', '--openers', 'page-openers', '--key', 'page1.key', '--key', 'page2.key', ...rest, 'page.sbx'));
is(open('--co-key', 'page.co', '--into', 'page'), 'opened', 'it opens with the file that was saved');
is(JSON.parse(readFileSync(`${folder}/page/bid.json`)).fields.price, '900.00', 'to what was typed');
is(open() === 'opened', false, 'and not without');
console.log(`1..${number}`);
process.exit(failed ? 1 : 0);
