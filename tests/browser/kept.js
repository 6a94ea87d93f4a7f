// kept.js WORLD.json FOLDER STAGE: a bid whose bidder keeps a key, as TAP: "seal", before the deadline, "show", after it, and "read", once it is opened.
const fs = require('fs');
const net = require('net');
const path = require('path');
const { check, launch, session, shot, told } = require('./tap');
const world = JSON.parse(fs.readFileSync(process.argv[2]));
const folder = process.argv[3];
const digest = require('crypto').createHash('sha256').update(fs.readFileSync(world.offer)).digest('hex');
const PRICE = '781.25';

// What the browser sends, as it goes over the wire.
function overheard() {
  const { hostname: host, port } = new URL(world.base), sent = [];
  const between = net.createServer(browser => {
    const portal = net.connect(port, host);
    browser.on('data', piece => sent.push(piece));
    browser.pipe(portal).pipe(browser);
    for (const end of [browser, portal]) end.on('error', () => { browser.destroy(); portal.destroy(); });
  });
  return new Promise(resolve => { between.listen(0, '127.0.0.1', () => resolve({ base: `http://127.0.0.1:${between.address().port}`, sent, end: () => between.close() })); });
}

async function saves(page) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#seal-state + p a')]);
  await download.saveAs(world.key);
  check(/^bid-1-\d{8}T\d{6}Z\.co\.txt$/.test(download.suggestedFilename()), 'its file is saved under the name of the lot and the instant', download.suggestedFilename());
}

async function seal(browser) {
  const wire = await overheard(), page = await session({ ...world, base: wire.base }, browser, world.who, {});
  await page.goto(`/zh/tenders/${world.tender}`);
  await page.click('.acts a[href*="bid_submit"]');
  await page.waitForSelector('#seal-state + p a');
  await page.fill('input[name="fields.price"]', PRICE);
  await page.setInputFiles('input[name=bid_file]', world.offer);
  const state = await page.textContent('#seal-state'), before = wire.sent.length;
  await page.click('main form .buttons .button');
  await page.waitForFunction(was => document.getElementById('seal-state').textContent !== was, state);
  check(wire.sent.length === before && /先保存密钥文件/.test(await page.textContent('#seal-state')), 'nothing is sent before the key is saved, and the page says so', await page.textContent('#seal-state'));
  await shot(page, folder, 'kept-1-unsaved');
  await saves(page);
  await page.click('main form .buttons .button');
  await page.waitForURL(/done=/);
  check(await page.locator('.notice.good').count() === 1, 'then the bid is in', (await page.textContent('main')).slice(0, 300));
  const key = fs.readFileSync(world.key, 'latin1').match(/[0-9a-f]{64}/)[0], all = Buffer.concat(wire.sent);
  const open = [PRICE, key, Buffer.from(key, 'hex'), fs.readFileSync(world.offer).subarray(0, 64), path.basename(world.offer)].filter(one => all.includes(one));
  check(all.length > fs.statSync(world.offer).size && open.length === 0, 'what went over the wire holds neither price nor file nor key', `${all.length} ${open}`);
  await shot(page, folder, 'kept-2-sent');
  await page.context().close();
  wire.end();
}

async function show(browser) {
  const page = await session(world, browser, world.who, {});
  await page.goto('/zh/');
  await page.click('main a[href*="do=co_key_show"]');
  await page.fill('main [name=co_key]', fs.readFileSync(world.key, 'utf8').trim());
  await shot(page, folder, 'kept-3-key');
  await Promise.all([page.waitForNavigation(), page.click('main form[method=post] .buttons button:not([name])')]);
  check(await page.locator('.notice.good').count() === 1, 'after the deadline its bidder shows the key, as its file has it', (await page.textContent('main')).slice(0, 600));
}

async function read(browser) {
  const page = await session(world, browser, world.who, {});
  await page.goto(`/zh/tenders/${world.tender}`);
  const mine = await page.textContent('#handed-in');
  check(mine.includes(PRICE) && mine.includes(digest.slice(0, 16)), 'its bidder reads what it offered', mine);
  await shot(page, folder, 'kept-4-opened');
}

(async () => {
  const browser = await launch(world.chromium);
  try {
    await { seal, show, read }[process.argv[4]](browser);
  } catch (e) {
    check(false, `${process.argv[4]} goes on to its end`, e.stack);
  }
  await browser.close();
  process.exit(told.failed ? 1 : 0);
})();
