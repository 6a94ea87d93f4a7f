// walk.js WORLD.json FOLDER: the pages of a world in a browser, as TAP.  Every page in both languages: valid HTML,
// no violation of WCAG 2.2 AA, light and dark, nothing wider than a telephone or than half a desk's screen (200 %),
// little to load, nothing its own policy forbids.  Then four people's roads, by keyboard and without JavaScript, and a
// purchase from its money to its last voucher (road.js).  WHO=NAME,..: pages of these alone; ROAD=people, ROAD=purchase: these alone.
const fs = require('fs');
const path = require('path');
const { HtmlValidate } = require('html-validate');
const { DESK, DRAFT, LOOK_S, check, launch, session: enter, shot: keep, told } = require('./tap');
const { purchase } = require('./road');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const world = JSON.parse(fs.readFileSync(process.argv[2]));
const folder = process.argv[3];
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const PAGE_BYTES = 100 * 1024;
const SHEET_ROWS = 200;
const ROAD_S = 900; // one person's road
const CLOSE_S = 30;
const ONLY = process.env.WHO;
const session = (...rest) => enter(world, ...rest);

const validate = new HtmlValidate({
  extends: ['html-validate:standard'],
  // Style, not validity; long titles are the offices'.
  rules: { 'long-title': 'off', 'no-trailing-whitespace': 'off', 'no-implicit-button-type': 'off', 'tel-non-breaking': 'off', 'no-inline-style': 'error' },
});

const name = (language, who, at) => `${language}-${who || 'anybody'}-${at.replace(/[0-9a-f]{8}-[0-9a-f-]{20}([0-9a-f]{7})/g, '$1').replace(/[^a-z0-9]+/gi, '_').slice(0, 80)}`;

async function violations(page) {
  const { violations } = await page.evaluate(tags => axe.run(document, { runOnly: { type: 'tag', values: tags } }), TAGS);
  return violations.map(v => `${v.id}: ${v.nodes.slice(0, 2).map(n => n.html.slice(0, 160)).join(' | ')}`);
}

const overflow = page => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function look(page, language, who, { at, status = 200 }) {
  const wrong = [];
  let bytes = 0;
  page.removeAllListeners('console').removeAllListeners('response');
  page.on('console', m => { if (/Content Security Policy/.test(m.text())) wrong.push(m.text()); });
  page.on('response', async r => { bytes += (await r.body().catch(() => '')).length; });
  await page.setViewportSize(DESK);
  await page.emulateMedia({ colorScheme: 'light' });
  const answer = await page.goto(`/${language}${at}`);
  if (answer.status() !== status) wrong.push(`status ${answer.status()}`);
  wrong.push(...await faults(page, await answer.text(), `${name(language, who, at)}`, language === 'zh'));
  if (bytes > PAGE_BYTES) wrong.push(`${bytes} bytes`);
  check(wrong.length === 0, `/${language}${at} for ${who || 'anybody'}`, wrong.join('\n'));
  return true;
}

async function invalid(html) {
  const report = await validate.validateString(html);
  return report.results.flatMap(r => r.messages.map(m => `html ${m.line}: ${m.ruleId} ${m.message}`));
}

// A telephone, half a desk's screen (200 %), a tablet, a wide screen.
async function narrow(page, file) {
  const wrong = [];
  for (const width of [1920, 768, 640, 360]) {
    await page.setViewportSize({ width, height: 800 });
    const over = await overflow(page);
    if (over > 0) wrong.push(`${over} px wider than ${width}`);
  }
  await keep(page, folder, `${file}-360`);
  return wrong;
}

async function faults(page, html, file, everyWidth) {
  const wrong = await invalid(html);
  await page.evaluate(axe);
  wrong.push(...await violations(page));
  await keep(page, folder, file);
  if (!everyWidth) return wrong;
  wrong.push(...await narrow(page, file));
  await page.emulateMedia({ colorScheme: 'dark' });
  wrong.push(...(await violations(page)).map(v => `dark: ${v}`));
  await page.setViewportSize(DESK);
  await keep(page, folder, `${file}-dark`);
  return wrong;
}

// A page as somebody on a road stands before it: it is looked at like the others, and left as it was.  Where scripts do not
// run axe does not either.
async function stand(page, file, scripts) {
  const size = page.viewportSize();
  const wrong = scripts ? await faults(page, await page.content(), file, true) : [...await invalid(await page.content()), ...await narrow(page, file)];
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(size);
  check(wrong.length === 0, `${file}: nothing wrong with the page`, wrong.join('\n'));
}

// What hangs in the browser, or breaks off, is a failure of its own, neither a wait for ever nor the end of the walk.
async function within(seconds, what, work) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`hangs for ${seconds} s`)), seconds * 1000); });
  try {
    return await Promise.race([work(), late]);
  } catch (e) {
    check(false, `${what} goes on to its end`, e.stack);
    return null;
  } finally {
    clearTimeout(timer);
  }
}

async function pages(browser) {
  for (const who of [...new Set(world.pages.map(p => p.who || ''))].filter(w => ONLY === undefined || ONLY.split(',').includes(w))) {
    // The policy forbids scripts inside a page; axe is put in from outside.
    const begin = () => within(LOOK_S, `${who || 'anybody'} at the door`, () => session(browser, who, { bypassCSP: false }));
    let page = await begin();
    for (const one of world.pages.filter(p => (p.who || '') === who))
      for (const language of ['zh', 'en'])
        if (page && !(await within(LOOK_S, `/${language}${one.at} for ${who || 'anybody'}`, () => look(page, language, who, one)))) page = await begin();
    if (page) await page.context().close();
  }
}

// ---- four people, by keyboard and without JavaScript ----

const shot = (page, what) => keep(page, folder, `road-${what}`);

// How often a page was loaded since.
function loadsOf(page) {
  let loads = 0;
  page.on('request', r => { if (r.isNavigationRequest() && r.frame() === page.mainFrame()) loads++; });
  return () => loads;
}

async function office(browser, language) {
  const page = await session(browser, 'clerk', { javaScriptEnabled: false });
  const year = language === 'zh' ? '2051' : '2052';
  await page.goto(`/${language}/offices/3/lists?do=list_create`);
  await page.fill('#f-year', year);
  await page.fill('#f-title', '');
  // What the browser would hold back is told by the server as well.
  await page.locator('main form').evaluate(f => f.setAttribute('novalidate', '')).catch(() => {});
  await page.locator('#f-title').evaluate(e => e.removeAttribute('required')).catch(() => {});
  await page.click('main form button');
  const link = page.locator('.notice.bad a').first();
  check(await link.count() === 1 && await link.getAttribute('href') === '#f-title', `office ${language}: a gap is told above the form, with a link to it`);
  await shot(page, `office-${language}-gap`);
  await link.focus();
  await page.keyboard.press('Enter');
  check(page.url().endsWith('#f-title'), `office ${language}: which leads to the field`);
  await page.fill('#f-title', `${year} 年清单`);
  await page.click('main form button');
  check(await page.locator('.notice.good').count() === 1, `office ${language}: the list is made`);
  await shot(page, `office-${language}-made`);
  await page.context().close();
}

// A draft is checked while it is filled in, and its lists get longer, without the page being loaded anew.
async function drafting(browser, language) {
  const page = await session(browser, 'clerk', {});
  await page.goto(`/${language}/offices/3/tenders?do=tender_create&entry=${world.entry}&scheme=comprehensive_score`);
  const loads = loadsOf(page), field = at => page.locator(`main [name="${at}"]`);
  const folded = page.locator('main details:not([open]) > summary');
  while (await folded.count()) await folded.first().click();
  for (const [at, value] of Object.entries(DRAFT)) await field(at).fill(value);
  await field('options.tranches.0.due').selectOption('on_acceptance');
  await field('appropriation').selectOption(world.appropriation);
  await field('scheme_options.criteria.0.weight').fill('92%');
  await field('scheme_options.price_weight').fill('8%');
  const told = page.locator('.live.bad li').filter({ hasText: '8%' }).filter({ hasText: '10%' });
  await told.waitFor();
  check(/87/.test(await told.textContent()), `drafting ${language}: a price that weighs too little is told while one types, with the article`, await told.textContent());
  check(await told.locator('a').getAttribute('href') === '#f-scheme_options.price_weight', `drafting ${language}: with a link to its field`);
  await shot(page, `drafting-${language}`);
  await field('scheme_options.criteria.0.weight').fill('90%');
  await field('scheme_options.price_weight').fill('10%');
  await page.locator('.live.good').waitFor();
  check(!/8%/.test(await page.textContent('.live')), `drafting ${language}: and no more once it is mended`);
  const tranches = () => page.locator('fieldset[id="f-options.tranches"] > fieldset.element').count(), before = await tranches();
  await page.locator('main button[name=_more][value="options.tranches"]').click();
  check(await tranches() === before + 3, `drafting ${language}: a list gets longer by three`, `${before} and ${await tranches()}`);
  check(await field('options.tranches.0.share').inputValue() === '100%', `drafting ${language}: what was typed stays`);
  check(loads() === 0, `drafting ${language}: and the page was not loaded anew`, `${loads()} times`);
  await page.context().close();
}

const drafts = page => page.evaluate(() => [[localStorage, 'browser'], [sessionStorage, 'tab']]
  .filter(([store]) => Object.keys(store).some(key => key.startsWith('linli.draft.'))).map(([, name]) => name).join(' '));

/* An organisation with a registered key is told, and signs with its file. */
async function signs(page) {
  await page.click('main form .buttons .button');
  await page.waitForSelector('#seal-state:text("Nothing was sent")');
  check(/linli seal/.test(await page.textContent('#keyed')), 'organisation with a key: told what to run, and nothing is sent without the key');
  await shot(page, 'organisation-keyed');
  await page.setInputFiles('#key-file', world.key);
}

async function organisation(browser, language, who) {
  const page = await session(browser, who, { javaScriptEnabled: language === 'en' });
  await page.goto(`/${language}/tenders/${world.bidding}`);
  await page.click('.acts a[href*="bid_submit"]');
  await page.selectOption('select[name=organisation]', { index: 1 }).catch(() => {});
  await page.selectOption('select[name=lot]', { index: 1 }).catch(() => {});
  await page.fill('input[name="fields.price"]', '81,000');
  if (language === 'en') await page.waitForSelector('#seal-state:text("sealed in your browser")');
  check(/linli seal/.test(await page.textContent('#seal-state')) === (language === 'zh'), `organisation ${language}: told whether the browser seals`);
  if (language === 'en') {
    await page.waitForFunction(() => Object.keys(sessionStorage).some(key => key.startsWith('linli.draft.')));
    check(await drafts(page) === 'tab', `organisation ${language}: what is in a bid is kept no longer than its tab`);
  }
  await page.setInputFiles('input[name=bid_file]', { name: 'offer.txt', mimeType: 'text/plain', buffer: Buffer.from('what we offer\n') });
  await page.locator('fieldset:enabled input[name=certificate]').first().check();
  if (who === 'cc') await signs(page);
  await page.click('main form .buttons .button');
  await page.waitForURL(/done=/);
  check(await page.locator('.notice.good').count() === 1, `organisation ${language}: a bid with a file is in`, (await page.textContent('main')).slice(0, 300));
  if (language === 'en') check(await drafts(page) === '', `organisation ${language}: and not once it is sent`);
  await shot(page, `organisation-${language}`);
  if (who !== 'bb') await replaces(page, language, who);
  await page.context().close();
}

// Until the deadline another bid takes the place of the first, by the same form.
async function replaces(page, language, who) {
  await page.goto(`/${language}/tenders/${world.bidding}`);
  await page.click('.acts a[href*="bid_submit"]');
  await page.selectOption('select[name=organisation]', { index: 1 }).catch(() => {});
  await page.selectOption('select[name=lot]', { index: 1 }).catch(() => {});
  if (language === 'en') await page.waitForSelector('#seal-state:text("sealed in your browser")');
  await page.fill('input[name="fields.price"]', '80,500');
  if (who === 'cc') await page.setInputFiles('#key-file', world.key);
  await page.click('main form .buttons .button');
  await page.waitForURL(/done=/);
  await page.goto(`/${language}/tenders/${world.bidding}`);
  const states = await page.locator('#handed-in .badge').evaluateAll(all => all.map(one => one.className.replace(/.*tone-/, '')).sort().join(' '));
  check(/^replaced [a-z]+$/.test(states), `organisation ${language}: the second bid stands, the first is replaced`, states);
  if (language === 'zh') check(/80,500\.00/.test(await page.textContent('#handed-in')), `organisation ${language}: and it says what it says`, await page.textContent('#handed-in'));
  await shot(page, `organisation-${language}-replaced`);
}

// What is filled in is saved without being sent, and is there for whoever comes back.
async function saved_by_itself(page, loads) {
  await page.waitForSelector('[data-autosave-state]:text("Saved by itself")');
  check(loads() === 0, 'evaluator en: a sheet is saved while it is filled in, and its page not loaded anew', `${loads()} times`);
  const again = await page.context().newPage();
  await again.goto(page.url());
  const kept = await again.locator('main form').evaluate(f => [f.querySelector('input[inputmode=decimal]').value, f.querySelector('textarea').value].join(' '));
  check(kept === '88 sound', 'evaluator en: and is there for whoever comes back', kept);
  await again.close();
}

// With a finger, on a tablet: nothing to scroll sideways for but the table, everything to touch as large as a finger.
async function fits_tablet(page, what) {
  const over = await overflow(page);
  const small = await page.locator('main .button, main form input:not([type=hidden]), main form textarea').evaluateAll(all => all.filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 80)));
  check(over <= 0 && small.length === 0, `evaluator on a tablet: ${what} fits, and is large enough to touch`, [over, ...small].join('\n'));
}

const TABLET = { viewport: { width: 768, height: 1024 }, hasTouch: true };

async function evaluator(browser, language, who) {
  const page = await session(browser, who, language === 'zh' ? { ...TABLET, javaScriptEnabled: false } : {});
  await page.goto(`/${language}/tenders/${world.scoring}`);
  await page.click('.line a.button');
  check(await page.locator('.grid .missing').count() > 0, `evaluator ${language}: side by side, what is missing is marked`);
  await shot(page, `evaluator-${language}-grid`);
  if (language === 'zh') await fits_tablet(page, 'the overview');
  await page.click('.grid thead a');
  if (language === 'zh') await fits_tablet(page, 'a sheet');
  const loads = loadsOf(page);
  // Numbers, Tab and Enter are enough.
  await page.focus('main form input[inputmode=decimal]');
  for (let sheet = 0; sheet < world.bids; sheet++) {
    await page.keyboard.type('88');
    await page.keyboard.press('Tab');
    await page.keyboard.type(language === 'zh' ? '方案可行' : 'sound');
    await page.keyboard.press('Tab');
    if (sheet === 0 && language === 'en') await saved_by_itself(page, loads);
    if (sheet === 0) await shot(page, `evaluator-${language}-sheet`);
    await page.keyboard.press('Enter');
    await page.waitForURL(/saved=1/);
    if (sheet + 1 < world.bids) await page.focus('main form input[inputmode=decimal]');
  }
  check(await page.locator('.grid .missing').count() === 0, `evaluator ${language}: all sheets filled by keyboard`, await page.textContent('main'));
  await page.click('a[href*="marks_lock"]');
  await page.click('main form button');
  check(await page.locator('.notice.good').count() === 1, `evaluator ${language}: and locked`, (await page.textContent('main')).slice(0, 300));
  await page.context().close();
}

// A ballot is cast once: each language has a voter of its own.
async function resident(browser, language, who) {
  const page = await session(browser, who, { javaScriptEnabled: language === 'en' });
  await page.goto(`/${language}/tenders/${world.voting}`);
  await page.click('.line a.button');
  const boxes = page.locator('.pick input[type=checkbox]');
  check(await boxes.count() === 5, `resident ${language}: every proposal is on the ballot`);
  await boxes.nth(0).focus();
  await page.keyboard.press('Space');
  await boxes.nth(1).check();
  await page.click('button[name=_check]');
  check(/[1-9][0-9,]*\.00/.test(await page.textContent('.purse')) && await boxes.nth(0).isChecked(), `resident ${language}: what it costs is added up`);
  await shot(page, `resident-${language}`);
  await page.click('.ballot .button:not(.other)');
  check(await page.locator('.notice.good').count() === 1, `resident ${language}: the ballot is cast`, (await page.textContent('main')).slice(0, 300));
  await page.context().close();
}

// Points to share out: too many are refused, with a link to where they stand; what was typed stays.
async function points(browser, language, who) {
  const page = await session(browser, who, { javaScriptEnabled: language === 'en' });
  await page.goto(`/${language}/tenders/${world.points}`);
  await page.click('.line a.button');
  const each = page.locator('.pick input[inputmode=numeric]'), bad = page.locator('.notice.bad');
  check(await each.count() === 5, `points ${language}: each proposal has a field`);
  check(/(：|: )5/.test(await page.textContent('main > p')), `points ${language}: how many there are is told`, await page.textContent('main > p'));
  await each.nth(0).fill('3');
  await each.nth(1).fill('3');
  await page.click('.ballot .button:not(.other)');
  check(await bad.count() === 1 && await each.nth(0).inputValue() === '3', `points ${language}: six points of five are refused, and stay`, (await page.textContent('main')).slice(0, 300));
  check(language === 'zh' || /more points together/.test(await bad.textContent()), `points ${language}: in the language of the page`, await bad.textContent());
  const where = await bad.locator('a').first().getAttribute('href');
  check(await page.locator(`[id="${where.slice(1)}"]`).count() === 1, `points ${language}: with a link to the field`, where);
  await stand(page, `${language}-points`, language === 'en');
  await each.nth(1).fill('2');
  await page.click('.ballot .button:not(.other)');
  check(await page.locator('.notice.good').count() === 1, `points ${language}: five are taken`, (await page.textContent('main')).slice(0, 300));
  await page.context().close();
}

// What anybody checks a tender with, by the button of its page: a zip, named after what it is.
async function bundle(browser) {
  const page = await session(browser, '', { acceptDownloads: true });
  await page.goto(`/zh/tenders/${world.closed}`);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('aside a[href$="/bundles/public"]')]);
  const bytes = fs.readFileSync(await download.path()), kept = path.join(folder, 'bundle.zip');
  fs.writeFileSync(kept, bytes);
  check(bytes.slice(0, 4).toString('latin1') === 'PK\x03\x04' && /\.zip$/.test(download.suggestedFilename()), 'the bundle of a tender comes by the button of its page', download.suggestedFilename());
  await page.context().close();
}

async function anybody(browser) {
  const page = await session(browser, '', { javaScriptEnabled: false });
  await page.goto('/zh/');
  await page.keyboard.press('Tab');
  check(await page.evaluate(() => document.activeElement.className) === 'skip', 'the first Tab leads past the head of the page');
  await page.click('a[href*="/zh/size"]');
  check(await page.locator('html.large').count() === 1, 'large type is switched on by a link');
  check(await overflow(page) <= 0, 'and fits');
  await page.fill('#q', '助老');
  await page.keyboard.press('Enter');
  await page.waitForURL(/text=/);
  check(await page.locator('td a').count() > 0, 'two characters find tenders');
  await page.context().close();
}

// A sheet of as many rows as one may bring, with names as long as offices write them: shown before it is taken.
async function sheet(browser) {
  const titles = '序号,项目名称,需求科室,服务领域,受益对象,实施地点,预算金额,预算科目,目录编码,适用制度,方式,计划月份,服务期限（月）,联系人';
  const row = no => `${no},第${no}居民区独居、高龄、失能老人居家照护与助餐助浴助洁助行综合服务（含节假日上门探访和紧急呼叫响应）项目,社区服务和社会工作科,养老,独居老人,第${no}居民区,${50000 + no},2081002,A0302,限额以下,限额以下自行采购,3,12,陈经办`;
  const rows = Array.from({ length: SHEET_ROWS }, (_, i) => row(i + 1));
  const page = await session(browser, world.sheet.who, {});
  await page.goto(`/zh/lists/${world.sheet.list}/entries?sheet=1`);
  await page.setInputFiles('main input[type=file]', { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from([titles, ...rows].join('\n')) });
  await Promise.all([page.waitForNavigation(), page.click('main form button')]);
  check(await page.locator('main tbody tr').count() === SHEET_ROWS, `a sheet of ${SHEET_ROWS} rows is shown whole`, (await page.textContent('main')).slice(0, 500));
  const wrong = await faults(page, await page.content(), 'zh-sheet', true);
  check(wrong.length === 0, 'and looks like any other page', wrong.join('\n'));
  await page.context().close();
}

async function people(browser) {
  const road = (work, ...rest) => within(ROAD_S, [work.name, ...rest].join(' '), () => work(browser, ...rest));
  await road(anybody);
  await road(bundle);
  await road(sheet);
  await road(organisation, 'en', 'cc');
  for (const language of ['zh', 'en']) {
    await road(office, language);
    await road(drafting, language);
    await road(organisation, language, language === 'zh' ? 'aa' : 'bb');
    await road(evaluator, language, language === 'zh' ? 'evaluator1' : 'evaluator2');
    await road(resident, language, language === 'zh' ? 'resident' : 'neighbour');
    await road(points, language, language === 'zh' ? 'resident' : 'neighbour');
  }
}

(async () => {
  const browser = await launch(world.chromium);
  const began = Date.now();
  const asked = part => !process.env.ROAD || process.env.ROAD === part;
  try {
    if (asked('pages')) await pages(browser);
    if (asked('people') && !world.alone) await people(browser);
    for (const language of asked('purchase') && !world.alone ? ['zh', 'en'] : []) await purchase(browser, world, language, stand);
  } catch (e) {
    check(false, 'the walk goes on to its end', e.stack);
  }
  await Promise.race([browser.close(), new Promise(done => setTimeout(done, CLOSE_S * 1000))]);
  console.log(`# ${Math.round((Date.now() - began) / 1000)} s, ${told.shots} screenshots in ${folder}`);
  console.log(`1..${told.checks}`);
  process.exit(told.failed ? 1 : 0);
})();
