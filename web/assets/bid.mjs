/* The form of a bid whose tender has openers: what is typed and chosen is sealed here, and nothing but the container is sent. */
import { able, bidderOfFile, coKeyFile, coKeyOf, hex, openersOf, seal, sealTwo, sha256, signerFor } from './seal.mjs';
import { money, rate, whole } from './typed.mjs';

const KEPT = ['_csrf', '_key', 'organisation', 'lot', 'sealed'];
const utf8 = new TextEncoder();

const readers = { money, rate, count: whole, months: whole, yes_no: text => text === 'true' };

/* What stands in the fields below a name, as the API takes it. */
function valuesOf(form, name, kinds) {
  const values = {};
  for (const input of form.elements) {
    if (!input.name.startsWith(`${name}.`) || input.value === '') continue;
    const code = input.name.slice(name.length + 1), value = (readers[kinds(code)] || (text => text))(input.value);
    if (value === null) {
      input.setCustomValidity(input.closest('form').dataset.wrong);
      input.reportValidity();
      input.addEventListener('input', () => input.setCustomValidity(''), { once: true });
      throw new Error(code);
    }
    values[code] = value;
  }
  return values;
}

/* Those who bid together: an element of which nothing but its part is said is none. */
function partiesOf(form) {
  const parties = [];
  for (const input of form.elements) {
    const at = /^parties\.(\d+)\.(name|uscc|part|share|work)$/.exec(input.name);
    if (at && input.value !== '') (parties[at[1]] = parties[at[1]] || {})[at[2]] = at[2] === 'share' ? rate(input.value) || input.value : input.value;
  }
  return parties.filter(party => party && Object.keys(party).some(member => member !== 'part'));
}

/* A paper the organisation keeps, as it is now. */
async function paperOf(tick) {
  const answer = await fetch(tick.dataset.href, { credentials: 'same-origin' });
  const bytes = new Uint8Array(await answer.arrayBuffer()), digest = hex(await sha256(bytes));
  if (!answer.ok || digest !== tick.dataset.sha256) throw new Error(`${tick.dataset.file}: ${answer.status}`);
  return { kind: 'certificate', name: tick.dataset.file, bytes, sha256: digest };
}

async function filesOf(form) {
  const files = [];
  for (const input of form.querySelectorAll('input[type=file][name]')) // never the key's
    for (const file of input.name === 'sealed' ? [] : input.files) {
      const bytes = new Uint8Array(await file.arrayBuffer());
      files.push({ kind: input.name, name: file.name, bytes, sha256: hex(await sha256(bytes)) });
    }
  for (const tick of form.querySelectorAll('input[name=certificate]:checked:enabled')) files.push(await paperOf(tick));
  /* In a container each name stands once. */
  return files.map((file, i) => (files.findIndex(other => other.name === file.name) === i ? file : { ...file, name: `${i + 1} ${file.name}` }));
}

const json = (name, value) => ({ name, bytes: utf8.encode(JSON.stringify(value)) });

function bidderOf(form) {
  const chosen = form.elements.organisation;
  return chosen.options ? chosen.options[chosen.selectedIndex].text : chosen.value;
}

async function sealed(form, config, signer, coKey) {
  const two = config.price_openers, envelope = code => (two && config.fields[code].envelope === 2 ? 2 : 1);
  const all = valuesOf(form, 'fields', code => config.fields[code].unit), declared = valuesOf(form, 'declarations', () => 'yes_no');
  const part = which => Object.fromEntries(Object.entries(all).filter(([code]) => envelope(code) === which));
  const files = await filesOf(form), lot = Number(form.elements.lot.value), organisation = form.elements.organisation.value;
  const listed = files.map(({ name, kind, bytes, sha256 }) => ({ name, kind, sha256, bytes: bytes.length }));
  const parties = partiesOf(form), joint = parties.length ? { parties } : {};
  const bid = json('bid.json', { linli: 'bid/1', organisation, lot, fields: part(1), ...joint, declarations: declared, files: listed });
  const request = { openers: await openersOf(config.openers), bidder: bidderOf(form), files: [bid, ...files.map(({ name, bytes }) => ({ name, bytes }))], coKey };
  if (!two) return seal(request, signer);
  const price = { openers: await openersOf(two), bidder: request.bidder, files: [json('price.json', { linli: 'price/1', organisation, lot, fields: part(2) })] };
  return sealTwo(request, price, signer);
}

/* Nothing of what was typed goes along. */
function send(form, container) {
  const carried = new DataTransfer();
  carried.items.add(new File([container], 'bid.sbx', { type: 'application/octet-stream' }));
  form.elements.sealed.files = carried.files;
  for (const input of form.elements) input.disabled = !KEPT.includes(input.name);
  form.submit();
}

/* Papers of another organisation do not go along. */
function offerPapers(form) {
  const chosen = form.elements.organisation;
  const offer = () => form.querySelectorAll('[data-bidder]').forEach(set => { set.disabled = chosen.value !== '' && set.dataset.bidder !== chosen.value; });
  if (!chosen) return;
  chosen.addEventListener('change', offer);
  offer();
}

/* An organisation with registered keys signs with one of them: from its file, which has no name in the form and is never sent. */
function offerKey(box) {
  const label = document.createElement('label'), input = document.createElement('input');
  label.textContent = box.dataset.choose;
  label.htmlFor = input.id = 'key-file';
  input.type = 'file';
  box.append(label, input);
  return input;
}

/* Its file, which any machine opens, names the lot and the instant: who bids again, or for two lots, has several and opens each bid with its own. */
const coName = lot => `bid-${lot}-${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}.co.txt`;

/* Where bidders keep a key: drawn anew with each page, and nothing is sent before the browser was asked to save its file, since nobody else ever has it. */
function offerCoKey(form, state) {
  const line = document.createElement('p'), link = document.createElement('a'), kept = { key: coKeyOf(), saved: false };
  link.className = 'button other';
  link.textContent = form.dataset.keep;
  link.download = coName(form.elements.lot.value);
  link.href = URL.createObjectURL(new Blob([coKeyFile(kept.key)], { type: 'text/plain' }));
  link.addEventListener('click', () => {
    link.download = coName(form.elements.lot.value);
    kept.saved = true;
  });
  line.append(link);
  state.after(line);
  return kept;
}

async function keyed(form, box, input) {
  if (!box || !box.dataset.ids.split(' ').includes(form.elements.organisation.value)) return null;
  const file = input && input.files[0], key = file && (await bidderOfFile(await file.text()));
  if (!key) throw new Error(file ? box.dataset.locked : box.dataset.missing);
  return key;
}

async function begin(form) {
  const config = JSON.parse(form.dataset.seal), state = document.getElementById('seal-state'), button = form.querySelector('.buttons .button');
  const sets = await Promise.all([config.openers, config.price_openers].filter(Boolean).map(openersOf)), signer = await signerFor(...sets);
  if (!signer) return;
  const box = document.getElementById('keyed'), input = box && (await able()) ? offerKey(box) : null;
  state.textContent = form.dataset.able;
  const kept = config.co_key ? offerCoKey(form, state) : null;
  form.addEventListener('submit', async event => {
    const own = event.submitter && event.submitter.formNoValidate;
    if (own) return; // sealed already, on the bidder's own machine
    event.preventDefault();
    button.disabled = true;
    try {
      if (kept && !kept.saved) throw new Error(form.dataset.unsaved);
      const registered = await keyed(form, box, input);
      send(form, await sealed(form, config, registered || signer, kept && kept.key));
    } catch (e) {
      button.disabled = false;
      state.className = 'notice bad';
      state.textContent = `${form.dataset.failed} (${e.message})`;
    }
  });
}

addEventListener('pageshow', event => event.persisted && location.reload());
const form = document.querySelector('form[data-seal]');
if (form) {
  offerPapers(form);
  begin(form);
}
