// A purchase from the money of the year to its last voucher, as strangers would do it: each person opens the first page, and
// from there on clicks, chooses and types.  No address is typed and nothing asks the API.
const { DESK, LOOK_S, check } = require('./tap');

// How long a person takes: Card, Moran and Newell's keystroke-level model (1980), of an average typist; a Chinese character is
// three keys, the next field one, and each click and each field is thought about first.
const STRANGER_S = 15 * 60, KEY_S = 0.28, HAN_KEYS = 3, POINT_S = 1.3, THINK_S = 1.35;
const keysOf = text => [...text].reduce((all, c) => all + (c.codePointAt(0) > 0x2e80 ? HAN_KEYS : 1), 0);

class Stranger {
  constructor(road, who, page) {
    this.road = road;
    this.who = who;
    this.page = page;
  }

  pointed() { this.road.seconds += POINT_S + THINK_S; this.road.clicks++; }

  typed(keys) { this.road.seconds += THINK_S + KEY_S * (keys + 1); this.road.keys += keys; this.road.fields++; }

  async click(locator, leads = true) {
    const target = typeof locator === 'string' ? this.page.locator(locator) : locator;
    this.pointed();
    try {
      await Promise.all([leads ? this.page.waitForNavigation() : null, target.first().click()]);
    } catch (e) {
      throw new Error(`${this.who}: no way on by ${locator} at ${this.page.url()}: ${e.message.split('\n')[0]}\n${await this.told()}`);
    }
  }

  async told() { return (await this.page.textContent('main')).replace(/\s+/g, ' ').slice(0, 1500); }

  // What is folded away is opened first.
  async unfold(field) {
    const folds = field.locator('xpath=ancestor::details[not(@open)]');
    for (let left = await folds.count(); left > 0; left--) await this.click(folds.first().locator('summary'), false);
  }

  async fill(name, value) {
    const field = this.page.locator(`main [name="${name}"]:not([type=hidden])`).first();
    if (!(await field.count())) throw new Error(`${this.who}: no field ${name} at ${this.page.url()}\n${await this.told()}`);
    await this.unfold(field);
    const kind = await field.evaluate(e => (e.tagName === 'SELECT' ? 'select' : e.type));
    if (kind === 'select') await field.selectOption(value);
    else if (kind === 'checkbox') await field.check();
    else if (kind === 'file') await field.setInputFiles({ name: `${value}.pdf`, mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.4 ${value} of ${this.who}\n`) });
    else await field.fill(value);
    this.typed(typeof value === 'string' && !['select', 'checkbox', 'file'].includes(kind) ? keysOf(value) : 1);
  }

  async fillAll(fields) { for (const [name, value] of Object.entries(fields)) await this.fill(name, value); }

  // A list of a form gets longer by a button; what was typed stays.
  async longer(list) {
    await this.click(`main button[name=_more][value="${list}"]`, false);
    await this.page.locator(`main [name^="${list}.1."]`).first().waitFor();
  }

  // What is to be found about each bid stands in the form; what does not concern it is left open.
  async find(answers) {
    const rules = await this.page.locator('main select[name$=".rule"]').evaluateAll(all => all.map(one => one.value));
    for (const [i, rule] of rules.entries()) if (answers[rule]) await this.fill(`checks.${i}.passed`, answers[rule]);
  }

  // Sends the form one is at, and looks whether it was done.
  async send(what) {
    await this.click('main form[method=post] .buttons button:not([name])');
    const done = await this.page.locator('.notice.good').count() > 0;
    if (!done) throw new Error(`${this.who}: ${what} at ${this.page.url()}\n${await this.told()}`);
    this.road.steps++;
  }

  async home() { await this.click('a.brand'); }
  async follow(act) { await this.click(`main a[href*="do=${act}"]`); }

  // What waits for one stands in the page one is at as what comes next, or on the first page.
  async waiting(act, fields = {}) {
    if (!(await this.page.locator(`.next-step a[href*="do=${act}"]`).count())) await this.home();
    await this.follow(act);
    await this.fillAll(fields);
    await this.send(act);
  }

  async act(act, fields = {}) {
    await this.follow(act);
    await this.fillAll(fields);
    await this.send(act);
  }

  // The sandbox's clock, by the form above every page.
  async later(...steps) {
    for (const step of steps) {
      this.pointed();
      await this.page.selectOption('.sandbox select', step);
      await this.click('.sandbox button');
    }
  }

  async shot(what) { await this.road.stand(this.page, `purchase-${this.road.language}-${what}`, this.road.language === 'zh'); }
}

class Road {
  constructor(browser, world, language, stand) {
    Object.assign(this, { browser, world, language, stand, people: {}, clicks: 0, fields: 0, keys: 0, steps: 0, seconds: 0 });
  }

  // Logged in by one click, as a sandbox offers; without JavaScript in English.
  async person(role) {
    if (this.people[role]) return this.people[role];
    const context = await this.browser.newContext({ viewport: DESK, baseURL: this.world.base, javaScriptEnabled: this.language === 'zh' });
    context.setDefaultTimeout(LOOK_S * 1000);
    const one = new Stranger(this, role, await context.newPage());
    await one.page.goto(`/${this.language}/`);
    await one.click('header a[href*="/login"]');
    await one.click(`form:has(input[name=login][value="${this.language}_${role}"]) button`);
    this.people[role] = one;
    return one;
  }

  // By the clock above every page.
  async now() { return new Date(await Object.values(this.people)[0].page.locator('.sandbox time').getAttribute('datetime')); }

  async part(name, work) {
    const began = Date.now(), { clicks, fields, seconds } = this;
    await work.call(this);
    check(true, `purchase ${this.language}: ${name}`);
    console.log(`# ${this.language} ${name}: ${((Date.now() - began) / 1000).toFixed(1)} s here, ${this.clicks - clicks} clicks, ${this.fields - fields} fields, ${Math.round(this.seconds - seconds)} s of a person`);
  }

  async close() { for (const one of Object.values(this.people)) await one.page.context().close(); }
}

// ---- the parts ----

const TITLE = { zh: '独居老人助餐与上门探访服务', en: 'Meals and visits for old people who live alone' };

async function money() {
  const approver = await this.person('approver');
  await approver.click('.work h2 a');
  await approver.click('main a[href$="/funds"]');
  await approver.act('fund_create', { code: `elderly_${this.language}`, 'name.zh': '为老服务专项资金', 'name.en': 'Care for the elderly', purpose: '购买为老服务', 'regimes.1': 'sub_threshold' });
  await approver.act('appropriation_create', { budget_item: '2081002', name: '老年福利', amount: '30万' });
  await approver.shot('1-money');
}

// Its year and its name stand there.
async function list() {
  const clerk = await this.person('clerk');
  await clerk.shot('0-first');
  await clerk.click('.desk a[href$="/lists"]');
  await clerk.act('list_create');
  await clerk.act('entry_create', { name: TITLE[this.language], department: '社区办', field: '养老', beneficiaries: '独居老人', place: '本街道', budget: '9万',
    regime: 'sub_threshold', method: 'public_bidding', budget_item: '2081002', catalogue_code: 'A0302', planned_month: '12', term_months: '12', officer: '陈经办' });
  await clerk.shot('2-list');
}

async function published() {
  const approver = await this.person('approver'), clerk = await this.person('clerk');
  await approver.waiting('list_approve');
  await clerk.waiting('list_publish');
  await clerk.shot('3-list-published');
}

// By the guide, which asks four questions and knows what the list holds.
async function tender() {
  const clerk = await this.person('clerk');
  await clerk.home();
  await clerk.click('.work a[href$="/guide"]');
  await clerk.fillAll({ purpose: 'service', money: 'public', budget: '9万', special: 'none' });
  await clerk.click('main form[method=post] button');
  await clerk.shot('4-guide');
  await clerk.click('.way a.button[href*="tender_create"]');
  await clerk.shot('5-tender-form');
  await clerk.longer('options.tranches');
  const parts = [['first', '首款', 'first part', '60%', 'on_signing'], ['final', '尾款', 'last part', '40%', 'on_acceptance']];
  const fields = { summary: '为辖区独居老人提供每日助餐，每周上门探访一次。' };
  parts.forEach(([code, zh, en, share, due], i) => Object.assign(fields, {
    [`options.tranches.${i}.code`]: code, [`options.tranches.${i}.name.zh`]: zh, [`options.tranches.${i}.name.en`]: en,
    [`options.tranches.${i}.share`]: share, [`options.tranches.${i}.due`]: due }));
  await clerk.fillAll({ ...fields, 'options.tranches.0.advance': 'true', 'scheme_options.price_weight': '15%',
    'scheme_options.criteria.0.code': 'technical', 'scheme_options.criteria.0.name.zh': '服务方案', 'scheme_options.criteria.0.name.en': 'how it is done',
    'scheme_options.criteria.0.weight': '85%' });
  await clerk.send('tender_create');
  await clerk.shot('6-draft');
}

// Two people: who drew it up cannot publish it.
async function call() {
  const approver = await this.person('approver');
  const deadline = new Date((await this.now()).getTime() + 30 * 86400e3).toISOString().slice(0, 10);
  await approver.home();
  await approver.follow('tender_publish');
  await approver.fillAll({ deadline: `${deadline}T10:00`, confirm_unverified: 'true' });
  await approver.click('main button[name=_preview]');
  await approver.shot('7-preview');
  await approver.send('tender_publish');
  await approver.shot('8-tender');
}

async function bids() {
  for (const [who, price] of [['one', '78000'], ['two', '7.9万']]) {
    const bidder = await this.person(who);
    await bidder.home();
    await bidder.click(bidder.page.locator('.calls a.title', { hasText: TITLE[this.language] }));
    await bidder.follow('bid_submit');
    if (this.language === 'zh') await bidder.page.waitForSelector('#seal-state:text("浏览器")');
    await bidder.fill('fields.price', price);
    await bidder.fill('bid_file', 'offer');
    await bidder.send('bid_submit');
    await bidder.shot(`9-bid-${who}`);
  }
}

async function opening() {
  const clerk = await this.person('clerk');
  await clerk.home();
  await clerk.later('30d', '1d');
  await clerk.waiting('tender_open');
  await clerk.shot('10-opened');
}

async function qualified() {
  const clerk = await this.person('clerk');
  await clerk.home();
  await clerk.follow('checks_add');
  await clerk.find({ qualified: 'true', good_credit: 'true' });
  await clerk.send('checks_add');
  await clerk.shot('11-checked');
  await clerk.follow('panel_assign');
  await clerk.longer('members');
  for (const i of [0, 1, 2])
    await clerk.fillAll({ [`members.${i}.person`]: { label: `${this.language}_evaluator${i + 1}` }, [`members.${i}.kind`]: 'expert' });
  await clerk.fill('members.0.chair', 'true');
  await clerk.send('panel_assign');
  await clerk.shot('12-panel');
  await clerk.waiting('lot_advance');
}

async function panel() {
  for (const i of [1, 2, 3]) {
    const evaluator = await this.person(`evaluator${i}`);
    await evaluator.waiting('panel_enter');
    await evaluator.waiting('panel_declare', { conflict: 'false' });
    if (i === 1) await evaluator.shot('13-declared');
  }
}

async function declared() {
  for (const i of [1, 2, 3]) {
    const evaluator = await this.person(`evaluator${i}`);
    await evaluator.home();
    await evaluator.shot(`14-evaluator-${i}`);
    await evaluator.follow('checks_add');
    await evaluator.find({ responsive: 'true' });
    await evaluator.send('checks_add');
  }
  await (await this.person('evaluator1')).waiting('lot_advance');
}

const MARKS = [88, 82];

async function scored() {
  for (const i of [1, 2, 3]) {
    const evaluator = await this.person(`evaluator${i}`);
    await evaluator.home();
    await evaluator.follow('marks_put');
    await evaluator.click('.grid thead a');
    for (const [n, mark] of MARKS.entries()) {
      await evaluator.fillAll({ 'value.technical': String(mark - i), 'reason.technical': '按评分细则' });
      if (i === 1 && n === 0) await evaluator.shot('15-marks');
      await evaluator.click(`main form[method=post] .buttons button${n + 1 < MARKS.length ? '[name=_next]' : ':not([name])'}`);
    }
    await evaluator.act('marks_lock');
  }
}

async function evaluated() {
  const chair = await this.person('evaluator1');
  await chair.waiting('lot_evaluate');
  await chair.shot('16-evaluated');
  await chair.waiting('panel_report', { summary: '推荐得分最高的组织。' });
  for (const i of [1, 2, 3]) await (await this.person(`evaluator${i}`)).waiting('panel_sign');
}

// Proposed by one, confirmed by another, published.
async function awarded() {
  const clerk = await this.person('clerk'), approver = await this.person('approver');
  await clerk.waiting('lot_decide');
  await approver.waiting('lot_confirm');
  await clerk.waiting('lot_announce');
  await clerk.shot('17-announced');
  const bidder = await this.person('one');
  await bidder.home();
  await bidder.shot('18-bidder');
}

async function contract() {
  const clerk = await this.person('clerk'), approver = await this.person('approver'), bidder = await this.person('one');
  await clerk.home();
  await clerk.later('7d', '3d');
  const from = new Date((await this.now()).getTime() + 2 * 86400e3), day = d => d.toISOString().slice(0, 10);
  await clerk.waiting('contract_draft', { starts: day(from), ends: day(new Date(from.getTime() + 360 * 86400e3)), terms: '按采购文件和投标文件执行。' });
  await clerk.shot('19-contract');
  await approver.waiting('contract_sign');
  await bidder.waiting('contract_sign');
}

async function pay(number) {
  const clerk = await this.person('clerk'), approver = await this.person('approver');
  await clerk.waiting('tranche_release');
  await clerk.waiting('payment_order', { invoice: `253120000000000000${number}` });
  await approver.waiting('payment_approve');
  await clerk.waiting('payment_settle', { bank_ref: `LS-${number}` });
  await clerk.act('attachment_create', { sha256: `voucher ${number}`, name: `回单-${number}.pdf` });
}

// No invoice and no reference of the bank is used twice.
async function paid() { await pay.call(this, this.language === 'zh' ? 11 : 21); }

async function delivered() {
  const clerk = await this.person('clerk'), bidder = await this.person('one');
  await bidder.waiting('delivery_report', { body: '全年完成助餐 9,600 份，探访 2,080 人次。' });
  await clerk.waiting('tranche_accept', { finding: 'accepted', reason: '实地查验，回访 30 户，均满意。' });
  await pay.call(this, this.language === 'zh' ? 12 : 22);
}

// What anybody reads at the end: the thread of the money, to its last voucher.
async function told() {
  const clerk = await this.person('clerk');
  await clerk.click('header a[href$="/search/tenders"]');
  await clerk.click(clerk.page.locator('main a', { hasText: TITLE[this.language] }));
  await clerk.shot('20-closed');
  const vouchers = clerk.page.locator('.thread a[href*="/attachments"]');
  check(await vouchers.count() === 2, `purchase ${this.language}: two payments, each with its vouchers`, await clerk.told());
  await clerk.click(vouchers.last());
  await clerk.shot('21-voucher');
  check(await clerk.page.locator('main a[href*="/attachments/"][href$="/file"]').count() === 1, `purchase ${this.language}: and leads to the file`, await clerk.told());
}

const PARTS = { money, list, published, tender, call, bids, opening, qualified, panel, declared, scored, evaluated, awarded, contract, paid, delivered, told };

async function purchase(browser, world, language, stand) {
  const road = new Road(browser, world, language, stand), began = Date.now();
  try {
    for (const [name, work] of Object.entries(PARTS)) await road.part(name, work);
  } catch (e) {
    check(false, `purchase ${language}: goes on to its end`, e.stack);
    for (const one of Object.values(road.people)) await one.shot(`stopped-${one.who}`);
  }
  await road.close();
  check(road.seconds < STRANGER_S, `purchase ${language}: takes a person less than fifteen minutes`, `${Math.round(road.seconds)} s`);
  const minutes = s => (s / 60).toFixed(1);
  console.log(`# purchase ${language}: ${minutes((Date.now() - began) / 1000)} minutes here, ${road.steps} acts, ${road.clicks} clicks, ${road.fields} fields, ${road.keys} keys; ${minutes(road.seconds)} minutes of a person`);
}

module.exports = { purchase };
