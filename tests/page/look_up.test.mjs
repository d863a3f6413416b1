// The look-up page in headless Chromium. Run by tests/end_to_end/page_test.py, which tells of the registry and the
// server in POSTEL_PAGE_WORLD. Every page that any case opens is watched: a message on the console, a script's error, a
// violation of the page's own policy or a request to another server fails the case.
import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';

import {chromium} from 'playwright-core';

const world = JSON.parse(process.env.POSTEL_PAGE_WORLD);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const SIZES = {phone: {width: 360, height: 740}, desktop: {width: 1280, height: 860}};
const PAGES = {
  home: '/',
  registered: '/?q=harborlight.org',
  redemption: '/?q=lapsed.org',
  deleting: '/?q=gone.org',
  restoring: '/?q=back.org',
  held: '/?q=held.org',
  bare: '/?q=bare.org',
  idn: '/?q=b%C3%BCcher.org',
  hostile: '/?q=hostile.org',
  'name-server': '/?q=nameserver+ns1.harborlight.org',
  address: '/?q=192.0.2.10',
  registrar: '/?q=registrar+3878',
  contact: null,  // found on the way
  'not-found': '/?q=free-for-now.org',
  elsewhere: '/?q=example.com',
  unknown: '/?q=harborlight',
  problem: '/?q=harbor_light.org',
};
const STATUS = {'not-found': 404, elsewhere: 404, unknown: 404, problem: 400};

let browser;

before(async () => {
  browser = await chromium.launch({
    executablePath: world.chromium,
    args: world.root ? ['--no-sandbox'] : [],
  });
  const {page, close} = await open(PAGES.registered);
  const href = await page.locator('#contacts').getByText('Registry ID').locator('xpath=following-sibling::dd').textContent();
  PAGES.contact = `/?q=contact+${href}`;
  await close();
});
after(() => browser?.close());

// A page of its own, and what has gone wrong in it. `close` fails if anything has.
async function open(path, {scheme = 'light', size = 'desktop', expect, ...options} = {}) {
  const context = await browser.newContext({
    baseURL: world.base, colorScheme: scheme, viewport: SIZES[size], timezoneId: 'America/Halifax', ...options,
  });
  const page = await context.newPage();
  const wrong = [];
  const key = Object.keys(PAGES).find((name) => PAGES[name] === path);
  const status = expect ?? STATUS[key] ?? 200;
  page.on('console', (message) => {
    // Chromium itself logs an answer of 400 or more.
    if (status >= 400 && /status of 4\d\d|status of 503/.test(message.text())) return;
    wrong.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => wrong.push(`error: ${error}`));
  page.on('dialog', (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== world.base) wrong.push(`request: ${request.url()}`);
  });
  if (options.javaScriptEnabled !== false) {
    await page.addInitScript(() => {
      window.violations = [];
      document.addEventListener('securitypolicyviolation', (event) => {
        console.warn(`policy: ${event.violatedDirective} ${event.blockedURI}`);
      });
    });
  }
  const answer = await page.goto(path);
  assert.equal(answer.status(), status, path);
  return {
    page,
    answer,
    context,
    close: async () => {
      await context.close();
      assert.deepEqual(wrong, [], path);
    },
  };
}

// In the page's own world, so that its policy does not forbid it.
async function accessibilityFaults(page) {
  const session = await page.context().newCDPSession(page);
  const {frameTree} = await session.send('Page.getFrameTree');
  const {executionContextId: contextId} = await session.send(
    'Page.createIsolatedWorld', {frameId: frameTree.frame.id, worldName: 'axe'});
  const evaluate = async (expression) => {
    const done = await session.send('Runtime.evaluate', {expression, contextId, awaitPromise: true, returnByValue: true});
    assert.ok(!done.exceptionDetails, JSON.stringify(done.exceptionDetails));
    return done.result.value;
  };
  await evaluate(`${axe}; undefined`);
  return evaluate(`axe.run(document, {resultTypes: ['violations']}).then(
    (result) => result.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html + ' ' + n.failureSummary).join('; ')))`);
}

const text = (page, selector) => page.locator(selector).innerText();

// Each size and each scheme with every page; the rest for those pages that differ most.
const DIFFERENT = ['home', 'registered', 'redemption', 'idn', 'not-found', 'problem'];
for (const [size, scheme, names] of [['phone', 'light'], ['desktop', 'dark'],
                                     ['phone', 'dark', DIFFERENT], ['desktop', 'light', DIFFERENT]]) {
  test(`pages are accessible and fit: ${size}, ${scheme}, ${names ? 'some' : 'all'}`, async () => {
    for (const name of names ?? Object.keys(PAGES)) {
      const {page, close} = await open(PAGES[name], {scheme, size});
      assert.deepEqual(await accessibilityFaults(page), [], name);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= SIZES[size].width, `${name} is ${width} wide`);
      await page.screenshot({path: join(world.screenshots, `${name}-${size}-${scheme}.png`), fullPage: true});
      await close();
    }
  });
}

test('without JavaScript a name is looked up and everything is there', async () => {
  const {page, close} = await open('/', {javaScriptEnabled: false});
  await page.getByLabel('Name to look up').fill('harborlight.org');
  await page.getByRole('button', {name: 'Look up'}).click();
  assert.equal(new URL(page.url()).search, '?q=harborlight.org');
  assert.equal(await text(page, 'h1'), 'harborlight.org');
  assert.equal(await page.title(), `harborlight.org: Registered \u00b7 ${world.name}`);
  assert.match(await text(page, '.state'), /Registered\s+This name is taken, and it is in the DNS/);
  assert.match(await text(page, '.dates'), /Expires\s+\d+ \w+ 20\d\d, \d\d:\d\d UTC\s+in 9 years/);
  const statuses = await text(page, '#statuses');
  for (const word of ['clientTransferProhibited', 'clientUpdateProhibited', 'serverDeleteProhibited']) {
    assert.ok(statuses.includes(word), word);
  }
  assert.match(await text(page, '#dnssec'), /Signed[^]*12345[^]*ECDSA P-256 with SHA-256 \(13\)/);
  assert.ok((await text(page, '#dnssec')).includes(world.digest));
  assert.match(await text(page, '#contacts'), /Holder \(registrant\)[^]*Withheld name, street, city/);
  assert.match(await text(page, '#contacts'), /Technical contact\s+Name\s+Network Team/);
  assert.equal(await page.getByRole('link', {name: 'abuse@blueharbor.example'}).getAttribute('href'),
               'mailto:abuse@blueharbor.example');
  assert.equal(await page.getByRole('link', {name: '+1.9025550101'}).getAttribute('href'), 'tel:+19025550101');
  assert.equal(await page.getByRole('link', {name: /registrar.s own data/}).getAttribute('href'),
               'https://rdap.blueharbor.example/domain/harborlight.org');
  await page.getByRole('link', {name: 'ns1.harborlight.org'}).click();
  assert.match(await text(page, '#addresses'), /192\.0\.2\.10\s+2001:db8::10/);
  await page.getByRole('link', {name: '192.0.2.10'}).click();
  assert.match(await text(page, '#name-servers'), /ns1\.harborlight\.org\s+ns2\.harborlight\.org/);
  await page.goBack();
  await page.getByRole('link', {name: world.registrar}).click();
  assert.equal(await text(page, 'h1'), world.registrar);
  await close();
});

test('the raw data are one click away', async () => {
  const {page, close} = await open(PAGES.registered);
  await page.getByRole('link', {name: 'Raw data (JSON)'}).click();
  assert.match(page.url(), /\/domain\/harborlight\.org$/);
  assert.equal(JSON.parse(await page.locator('pre').first().innerText()).ldhName, 'harborlight.org');
  await close();
});

test('each state of a domain is said in plain words', async () => {
  for (const [name, state, word] of [
    ['redemption', /^Deleted, but can still be restored/, 'redemptionPeriod'],
    ['deleting', /^About to be deleted/, 'pendingDelete'],
    ['restoring', /^Being restored/, 'pendingRestore'],
    ['held', /^Registered, but switched off/, 'clientHold'],
    ['bare', /^Registered, but not in use/, 'inactive'],
    ['idn', /^Registered\s/, 'ok'],
  ]) {
    const {page, close} = await open(PAGES[name]);
    assert.match((await text(page, '.state')).trim(), state, name);
    assert.ok((await text(page, '#statuses')).includes(word), name);
    await close();
  }
});

test('a name is shown in both forms, whichever was typed', async () => {
  for (const typed of ['b%C3%BCcher.org', 'xn--bcher-kva.org', 'B%C3%9CCHER.ORG.', 'https%3A%2F%2Fb%C3%BCcher.org%2Fx']) {
    const {page, close} = await open(`/?q=${typed}`);
    assert.equal(await text(page, 'h1'), 'b\u00fccher.org');
    assert.match(await text(page, '.subject .ascii'), /xn--bcher-kva\.org/);
    await close();
  }
});

test('what is not found is said helpfully', async () => {
  const free = await open(PAGES['not-found']);
  assert.match(await text(free.page, '#answer'), /holds no such name[^]*does not mean that you can have it[^]*ask a registrar/);
  await free.close();
  const below = await open('/?q=www.harborlight.org', {expect: 404});
  await below.page.locator('.guesses').getByRole('link', {name: 'harborlight.org'}).click();
  assert.equal(await text(below.page, 'h1'), 'harborlight.org');
  await below.close();
  const elsewhere = await open(PAGES.elsewhere);
  assert.match(await text(elsewhere.page, '#answer'), /Kept by another registry[^]*under \.com/);
  await elsewhere.close();
  const unknown = await open(PAGES.unknown);
  assert.ok(await unknown.page.locator('.guesses').getByRole('link', {name: 'harborlight.org'}).isVisible());
  await unknown.close();
});

test('what cannot be a name is explained at the field', async () => {
  const {page, close} = await open(PAGES.problem);
  const field = page.getByLabel('Name to look up');
  assert.equal(await field.inputValue(), 'harbor_light.org');
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
  assert.match(await field.getAttribute('aria-describedby'), /\bproblem\b/);
  assert.match(await text(page, '#problem'), /not a domain name/);
  assert.ok(await field.evaluate((element) => element === document.activeElement), 'the field has the focus');
  await close();
});

test('with the keyboard alone a name is looked up and read', async () => {
  const {page, close} = await open('/');
  const focused = () => page.evaluate(() => {
    const element = document.activeElement;
    return element.id || element.textContent.trim() || element.tagName;
  });
  assert.equal(await focused(), 'q', 'typing goes to the field at once');
  await page.keyboard.type('harborlight.org');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/?q=harborlight.org');
  const order = [];
  for (let i = 0; i < 9; ++i) {
    await page.keyboard.press('Tab');
    order.push(await focused());
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.notEqual(outline, 'none', `focus is visible on ${order.at(-1)}`);
  }
  assert.deepEqual(order.slice(0, 6), ['Skip to the answer', world.name, 'q', 'Look up', 'json', 'Show raw data here']);
  await page.goto(PAGES.registered);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await focused(), 'answer', 'the skip link leads to the answer');
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'json');
  await close();
});

test('with JavaScript times are local on request and countries have names', async () => {
  const {page, close} = await open(PAGES.registered);
  const time = page.locator('.dates time').first();
  const utc = await time.innerText();
  const local = page.getByRole('button', {name: 'Times in my zone'});
  await local.click();
  assert.equal(await local.getAttribute('aria-pressed'), 'true');
  assert.notEqual(await time.innerText(), utc);
  assert.match(await page.getByRole('status').innerText(), /America\/Halifax/);
  await local.click();
  assert.equal(await time.innerText(), utc);
  assert.match(await text(page, '#contacts'), /Canada \(CA\)/);
  await close();
});

test('with JavaScript the raw data are shown in place, and copied', async () => {
  const {page, context, close} = await open(PAGES.registered);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const show = page.getByRole('button', {name: 'Show raw data here'});
  await show.click();
  await page.getByRole('button', {name: 'Hide raw data'}).waitFor();
  const raw = page.locator('#raw pre');
  await page.waitForFunction(() => document.querySelector('#raw pre').textContent.startsWith('{'));
  assert.equal(JSON.parse(await raw.innerText()).ldhName, 'harborlight.org');
  await page.screenshot({path: join(world.screenshots, 'raw-desktop-light.png')});
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.getByRole('button', {name: 'Copy raw data'}).click();
  assert.equal(JSON.parse(await page.evaluate(() => navigator.clipboard.readText())).ldhName, 'harborlight.org');
  await page.getByRole('button', {name: 'Copy name'}).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'harborlight.org');
  await close();
});

test('hostile names stay text', async () => {
  for (const path of [PAGES.hostile, '/?q=registrar+1234', '/?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E',
                      '/?q=%22+onfocus%3Dalert(1)+x%3D%22']) {
    const {page, answer, close} = await open(path, {expect: /hostile|1234/.test(path) ? 200 : 404});
    const source = await answer.text();
    assert.ok(!/<script(?! src="\/page\/look_up-[0-9a-f]{16}\.js" defer=""><\/script>)/.test(source), path);
    assert.equal(await page.locator('script').count(), 1);
    assert.equal(await page.locator('[onload], [onerror], [onfocus], img:not([alt=""])').count(), 0);
    await close();
  }
  const {page, close} = await open(PAGES.hostile);
  assert.ok((await text(page, '#contacts')).includes('"><script>alert(1)</script>'));
  await close();
});

test('the policy forbids what is not ours', async () => {
  const {answer, close} = await open('/');
  const headers = answer.headers();
  for (const rule of ["default-src 'none'", "style-src 'self'", "script-src 'self'", "form-action 'self'",
                      "base-uri 'none'", "frame-ancestors 'none'"]) {
    assert.ok(headers['content-security-policy'].includes(rule), rule);
  }
  assert.equal(headers['referrer-policy'], 'no-referrer');
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.match(headers.vary, /Accept/);
  assert.ok(!/ style="|<style|javascript:/.test(await answer.text()));
  await close();
});

test('files are kept for good, and their old names lead to the new ones', async () => {
  const {page, close} = await open('/');
  const href = await page.locator('link[rel=stylesheet]').getAttribute('href');
  const fetched = async (path) => page.evaluate(async (url) => {
    const answer = await fetch(url);
    return {status: answer.status, cache: answer.headers.get('cache-control'), type: answer.headers.get('content-type')};
  }, path);
  assert.deepEqual(await fetched(href),
                   {status: 200, cache: 'public, max-age=31536000, immutable', type: 'text/css; charset=utf-8'});
  assert.equal((await fetched('/page/look_up-0000000000000000.css')).cache, 'no-cache');
  await close();
});

test('it prints without the controls', async () => {
  const {page, close} = await open(PAGES.registered);
  await page.emulateMedia({media: 'print'});
  assert.ok(!await page.getByRole('button', {name: 'Look up'}).isVisible());
  assert.ok(await page.locator('.state').isVisible());
  await page.screenshot({path: join(world.screenshots, 'registered-print.png'), fullPage: true});
  await close();
});

test('nothing moves for those who want no motion', async () => {
  const {page, close} = await open('/', {reducedMotion: 'reduce'});
  assert.equal(await page.locator('.field button').evaluate((element) => getComputedStyle(element).transitionDuration), '0s');
  await close();
});

test('at four times the size nothing is lost', async () => {
  // 1280 pixels at 400 % (WCAG 2.2, 1.4.10).
  const {page, close} = await open(PAGES.registered, {viewport: {width: 320, height: 256}});
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 320);
  await close();
});
