// What the walks share: checks as TAP, a browser that starts under load, who logs in, screenshots.
const path = require('path');
const { chromium } = require('playwright-core');

const ARGUMENTS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const LOOK_S = 300;
const DESK = { width: 1280, height: 900 };
// What a draft of comprehensive scoring has to have before its weights are looked at.
const DRAFT = { summary: '上门照护', 'options.tranches.0.code': 'all', 'options.tranches.0.name.zh': '全款', 'options.tranches.0.name.en': 'all', 'options.tranches.0.share': '100%',
  'scheme_options.criteria.0.code': 'technical', 'scheme_options.criteria.0.name.zh': '技术与商务', 'scheme_options.criteria.0.name.en': 'technical' };
const told = { checks: 0, failed: 0, shots: 0 };

function check(good, what, why) {
  told.checks++;
  if (!good) told.failed++;
  console.log(`${good ? 'ok' : 'not ok'} ${told.checks} - ${what}`);
  if (!good && why) console.log(String(why).split('\n').slice(0, 12).map(line => `# ${line}`).join('\n'));
}

// A loaded machine may fail to start a browser or to open its first tab; once, that is no finding about the pages.  The first tab
// stays open: a browser without any begins to end itself, and one opened meanwhile never answers.
async function launch(executablePath, again = true) {
  let browser;
  try {
    browser = await chromium.launch({ executablePath, args: ARGUMENTS, timeout: LOOK_S * 1000 });
    await browser.newPage();
    return browser;
  } catch (e) {
    if (browser) await browser.close().catch(() => {});
    if (!again) throw e;
    console.log(`# the browser did not start: ${e.message.split('\n')[0]}`);
    return launch(executablePath, false);
  }
}

// The one tab of somebody who has logged in; it is used on and on, since a tab closed while its page still comes may never say so.
async function session(world, browser, who, options) {
  const context = await browser.newContext({ viewport: DESK, baseURL: world.base, ...options });
  context.setDefaultTimeout(LOOK_S * 1000); // a hang is a failure; a slow machine is none
  const page = await context.newPage();
  if (who) {
    await page.goto('/zh/login');
    await page.fill('#f-login', who);
    await page.fill('#f-password', world.password);
    await Promise.all([page.waitForNavigation(), page.click('main button')]);
    if (/\/login/.test(page.url())) throw new Error(`${who} is not let in: ${(await page.textContent('main')).replace(/\s+/g, ' ')}`);
  }
  return page;
}

async function shot(page, folder, name) {
  told.shots++;
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}

module.exports = { DESK, DRAFT, LOOK_S, check, launch, session, shot, told };
