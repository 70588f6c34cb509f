// SPDX-FileCopyrightText: 2026 sindad.cloud contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Opens each report in Chromium, at the widths of a phone and of a desk, in light and in dark mode, and on paper.
//
//     NODE_PATH=... node check.mjs CHROMIUM PICTURES REPORT.html...
//
// Fails on a console message, a request to anything, a finding of axe, or a page that is wider than its window.

import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.env.BROWSER_MODULES, "package.json"));
const { chromium } = require("playwright-core");
const axe = require("axe-core").source;

const QUIET = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const WIDTHS = [390, 1280];
const SCHEMES = ["light", "dark"];
const TOP = 1095;
const A4 = { width: 703, height: 1009 };  // within the margins of the pages

async function look(browser, file, width, scheme, pictures) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, bypassCSP: true });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => { wrong.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => {
    if (!request.isNavigationRequest() && !request.url().startsWith("data:")) wrong.push(`request: ${request.url()}`);
  });
  await page.goto(pathToFileURL(resolve(file)).href);
  const picture = join(pictures, `${basename(file, ".html")}-${width}-${scheme}`);
  await page.screenshot({ path: `${picture}.png`, fullPage: true });
  await page.screenshot({ path: `${picture}-top.png`, fullPage: true, clip: { x: 0, y: 0, width, height: TOP } });
  await page.evaluate(() => document.querySelectorAll("details").forEach((each) => { each.open = true; }));
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (tooWide > 0) wrong.push(`the page is ${tooWide} px wider than its window`);
  if (await page.evaluate(() => document.querySelectorAll("script").length)) wrong.push("there is a script");
  await page.evaluate(axe);
  // The rows of a table are alike: of a thousand the first ones tell enough, and axe takes minutes for all.
  await page.evaluate(() => document.querySelectorAll("tbody tr:nth-child(n+15)").forEach((row) => row.remove()));
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  for (const each of found.violations) {
    wrong.push(`axe ${each.id}: ${each.help}: ${each.nodes.length} times, first ${each.nodes[0].html.slice(0, 200)}`);
  }
  await context.close();
  return wrong;
}

async function print(browser, file, pictures) {
  const page = await browser.newPage({ viewport: A4 });
  await page.goto(pathToFileURL(resolve(file)).href);
  await page.pdf({ path: join(pictures, `${basename(file, ".html")}.pdf`), format: "A4", preferCSSPageSize: true });
  await page.emulateMedia({ media: "print" });
  // What a style shows counts as visible from the next frame on.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const hidden = await page.evaluate(() =>
    [...document.querySelectorAll("details td")].filter((cell) => !cell.checkVisibility({ contentVisibilityAuto: true })).length);
  const stacked = await page.evaluate(() =>
    [...document.querySelectorAll("td")].filter((cell) => getComputedStyle(cell).display !== "table-cell").length);
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await page.close();
  const wrong = hidden ? [`${hidden} cells are not on paper`] : [];
  if (stacked) wrong.push(`${stacked} cells are below each other, as on a phone`);
  if (tooWide > 0) wrong.push(`the page is ${tooWide} px wider than the paper`);
  return wrong;
}

const [program, pictures, ...files] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: program, args: QUIET, chromiumSandbox: false });
let failed = 0, passed = 0;
for (const file of files) {
  const checks = WIDTHS.flatMap((width) => SCHEMES.map((scheme) => [`${width} px, ${scheme}`, () => look(browser, file, width, scheme, pictures)]));
  checks.push(["on paper", () => print(browser, file, pictures)]);
  for (const [name, check] of checks) {
    const wrong = await check();
    console.log(`${wrong.length ? "FAILED" : "ok"}  ${basename(file)}, ${name}`);
    for (const line of wrong) console.log(`    ${line}`);
    if (wrong.length) failed += 1; else passed += 1;
  }
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
