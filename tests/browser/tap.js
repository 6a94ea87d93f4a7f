// What the walks share: checks as TAP, a browser that starts under load, screenshots.
const path = require('path');
const { chromium } = require('playwright-core');

const ARGUMENTS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const LOOK_S = 300;
const told = { checks: 0, failed: 0, shots: 0 };

function check(good, what, why) {
  told.checks++;
  if (!good) told.failed++;
  console.log(`${good ? 'ok' : 'not ok'} ${told.checks} - ${what}`);
  if (!good && why) console.log(String(why).split('\n').slice(0, 12).map(line => `# ${line}`).join('\n'));
}

// A loaded machine may fail to start a browser or to open its first tab; once, that is no finding about the pages.
async function launch(executablePath, again = true) {
  let browser;
  try {
    browser = await chromium.launch({ executablePath, args: ARGUMENTS, timeout: LOOK_S * 1000 });
    await (await browser.newPage()).close();
    return browser;
  } catch (e) {
    if (browser) await browser.close().catch(() => {});
    if (!again) throw e;
    console.log(`# the browser did not start: ${e.message.split('\n')[0]}`);
    return launch(executablePath, false);
  }
}

async function shot(page, folder, name) {
  told.shots++;
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}

module.exports = { LOOK_S, check, launch, shot, told };
