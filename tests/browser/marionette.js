// Firefox as its own remote control takes it: JSON over a socket of 127.0.0.1.
const { spawn } = require('child_process');
const fs = require('fs');
const net = require('net');
const os = require('os');
const path = require('path');

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const START_S = 120, TRY_MS = 250;
const PREFERENCES = { 'browser.shell.checkDefaultBrowser': false, 'datareporting.policy.dataSubmissionEnabled': false, 'app.update.enabled': false, 'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false, 'browser.safebrowsing.downloads.enabled': false, 'extensions.update.enabled': false, 'toolkit.telemetry.enabled': false };

const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

const freePort = () => new Promise(resolve => {
  const server = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

const connect = port => new Promise((resolve, reject) => {
  const socket = net.connect(port, '127.0.0.1', () => resolve(socket));
  socket.once('error', reject);
});

class Firefox {
  static async start(program) {
    const one = new Firefox(), port = await freePort();
    one.profile = fs.mkdtempSync(path.join(os.tmpdir(), 'linli-firefox-'));
    fs.writeFileSync(path.join(one.profile, 'user.js'), Object.entries({ ...PREFERENCES, 'marionette.port': port }).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(''));
    one.child = spawn(program, ['--headless', '--marionette', '--no-remote', '--profile', one.profile], { stdio: 'ignore' });
    for (let left = START_S * 1000 / TRY_MS; !one.socket && left > 0; left--) one.socket = await connect(port).catch(() => pause(TRY_MS));
    if (!one.socket) throw new Error('Firefox does not start');
    one.listen();
    await one.ask('WebDriver:NewSession', { strictFileInteractability: false });
    await one.ask('WebDriver:SetTimeouts', { pageLoad: START_S * 1000, script: START_S * 1000 });
    return one;
  }

  // "12:[1,3,null,{...}]": length, then type, number, error, result.
  listen() {
    let held = Buffer.alloc(0);
    this.waiting = {};
    this.count = 0;
    this.socket.on('data', piece => {
      held = Buffer.concat([held, piece]);
      for (let colon; (colon = held.indexOf(':')) > 0;) {
        const size = Number(held.subarray(0, colon)), end = colon + 1 + size;
        if (held.length < end) return;
        this.heard(JSON.parse(held.subarray(colon + 1, end)));
        held = held.subarray(end);
      }
    });
  }

  heard(message) {
    if (!Array.isArray(message)) return; // the greeting
    const [, number, error, result] = message, { resolve, reject } = this.waiting[number];
    if (error) reject(new Error(`${error.error}: ${error.message}`));
    else resolve(result && 'value' in result ? result.value : result);
  }

  ask(name, given = {}) {
    const number = ++this.count, text = Buffer.from(JSON.stringify([0, number, name, given]));
    return new Promise((resolve, reject) => {
      this.waiting[number] = { resolve, reject };
      this.socket.write(Buffer.concat([Buffer.from(`${text.length}:`), text]));
    });
  }

  goto(url) { return this.ask('WebDriver:Navigate', { url }); }
  url() { return this.ask('WebDriver:GetCurrentURL'); }
  run(script, ...args) { return this.ask('WebDriver:ExecuteScript', { script, args }); }
  size(width, height) { return this.ask('WebDriver:SetWindowRect', { width, height }); }
  async find(selector) { return (await this.ask('WebDriver:FindElement', { using: 'css selector', value: selector }))[ELEMENT]; }
  async click(selector) { return this.ask('WebDriver:ElementClick', { id: await this.find(selector) }); }
  async fill(selector, text) { return this.ask('WebDriver:ElementSendKeys', { id: await this.find(selector), text }); }
  async shot(file) { fs.writeFileSync(file, Buffer.from(await this.ask('WebDriver:TakeScreenshot', { full: true }), 'base64')); }

  // Until a script of the page gives something true.
  async until(script, seconds = START_S) {
    for (let left = seconds * 1000 / TRY_MS; left > 0; left--, await pause(TRY_MS)) {
      const given = await this.run(script).catch(() => null); // the page may just be going away
      if (given) return given;
    }
    throw new Error(`${await this.url()} does not come to ${script}`);
  }

  async end() {
    await this.ask('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => {});
    this.socket.destroy();
    this.child.kill();
    fs.rmSync(this.profile, { recursive: true, force: true });
  }
}

module.exports = { Firefox };
