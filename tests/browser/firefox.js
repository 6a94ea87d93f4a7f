// firefox.js WORLD.json FOLDER: what its own engine may do otherwise, in Debian's Firefox ESR, as TAP: pages fit, a bid is sealed in
// the browser, a sheet is saved by itself, a draft is checked and its lists get longer, what was typed is kept.
const fs = require('fs');
const path = require('path');
const { DRAFT, check, told } = require('./tap');
const { Firefox } = require('./marionette');
const world = JSON.parse(fs.readFileSync(process.argv[2]));
const folder = process.argv[3];
const PAGES = at => ['/', '/search/tenders', `/tenders/${at.closed}`, `/tenders/${at.bidding}`, '/spending', '/login'];

async function login(fox, who) {
  await fox.goto(`${world.base}/zh/login`);
  await fox.run('document.querySelectorAll(\'form[action$="/logout"] button\').forEach(b => b.click())');
  await fox.goto(`${world.base}/en/login`);
  await fox.fill('#f-login', who);
  await fox.fill('#f-password', world.password);
  await fox.click('main button');
  await fox.until('return !/login/.test(location.pathname)');
}

async function fits(fox) {
  for (const at of PAGES(world))
    for (const width of [500, 1280]) {
      await fox.size(width, 900);
      await fox.goto(`${world.base}/zh${at}`);
      const over = await fox.run('return document.documentElement.scrollWidth - document.documentElement.clientWidth');
      check(over <= 0, `/zh${at} fits into ${width} px`, `${over} px wider`);
      if (width === 500) await fox.shot(path.join(folder, `firefox-${at.replace(/[^a-z]+/gi, '_')}.png`));
    }
}

async function seals(fox) {
  await login(fox, 'bb');
  await fox.goto(`${world.base}/en/tenders/${world.bidding}/bids?do=bid_submit`);
  await fox.until('return /sealed in your browser/.test(document.getElementById("seal-state").textContent)');
  await fox.run('for (const s of document.querySelectorAll("select[name=organisation], select[name=lot]")) s.selectedIndex = 1');
  await fox.fill('input[name="fields.price"]', '80,000');
  await fox.run(`const carried = new DataTransfer();
    carried.items.add(new File(["what we offer\\n"], "offer.txt", { type: "text/plain" }));
    document.querySelector("input[name=bid_file]").files = carried.files;`);
  await fox.until('return Object.keys(sessionStorage).some(key => key.startsWith("linli.draft."))');
  check(true, 'what is in a bid is kept as long as its tab is open');
  await fox.click('main form .buttons .button');
  await fox.until('return /done=/.test(location.search)');
  check(await fox.run('return document.querySelectorAll(".notice.good").length') === 1, 'a bid sealed in the browser is in', await fox.run('return document.querySelector("main").textContent.slice(0, 300)'));
  await fox.shot(path.join(folder, 'firefox-bid.png'));
}

async function marks(fox) {
  await login(fox, 'evaluator3');
  await fox.goto(`${world.base}/en/lots/${world.scored}/marks?do=marks_put&bid=${world.marked}`);
  await fox.fill('main form input[inputmode=decimal]', '77');
  await fox.fill('main form textarea', 'sound');
  await fox.until('return /Saved by itself/.test(document.querySelector("[data-autosave-state]").textContent)');
  await fox.goto(`${world.base}/en/lots/${world.scored}/marks?do=marks_put&bid=${world.marked}`);
  check(await fox.run('return document.querySelector("main form input[inputmode=decimal]").value') === '77', 'a score sheet is saved while it is filled in');
}

async function drafting(fox) {
  await login(fox, 'clerk');
  await fox.goto(`${world.base}/en/offices/3/tenders?do=tender_create&entry=${world.entry}&scheme=comprehensive_score`);
  await fox.run('document.querySelectorAll("main details").forEach(d => { d.open = true; })');
  const weights = { 'scheme_options.criteria.0.weight': '92%', 'scheme_options.price_weight': '8%' };
  const chosen = { 'options.tranches.0.due': 'on_acceptance', appropriation: world.appropriation };
  await fox.run(`for (const [at, value] of Object.entries(arguments[0])) document.querySelector('main [name="' + at + '"]').value = value;`, chosen);
  for (const [at, value] of Object.entries({ ...DRAFT, ...weights })) await fox.fill(`main [name="${at}"]`, value);
  await fox.until('return [...document.querySelectorAll(".live.bad li")].some(one => /8%/.test(one.textContent) && /10%/.test(one.textContent))');
  check(true, 'a draft is checked while it is filled in');
  const count = 'return document.querySelectorAll(\'[id="f-options.tranches"] > fieldset.element\').length', before = await fox.run(count);
  await fox.click('main button[name=_more][value="options.tranches"]');
  check(await fox.run(count) === before + 3, 'a list gets longer in the page');
}

(async () => {
  const fox = await Firefox.start(process.argv[4]);
  try {
    for (const part of [fits, seals, marks, drafting]) await part(fox);
  } catch (e) {
    check(false, 'the walk goes on to its end', e.stack);
    await fox.shot(path.join(folder, 'firefox-stopped.png')).catch(() => {});
  }
  await fox.end();
  console.log(`1..${told.checks}`);
  process.exit(told.failed ? 1 : 0);
})();
