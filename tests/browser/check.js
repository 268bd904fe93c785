// Opens pages in Chromium and prints, as JSON, what is wrong with each.
// Input on stdin: {"browser": path, "pages": [{"name": ..., "file": absolute path}]}
// Output on stdout: {name: [fault, ...]}; a page without faults has an empty list.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SCHEMES = ["light", "dark"];
const WIDTHS = [320, 1280];
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const { browser: executablePath, pages } = JSON.parse(readFileSync(0, "utf8"));
const faults = Object.fromEntries(pages.map(({ name }) => [name, []]));

const validator = new HtmlValidate(
  new FileSystemConfigLoader({
    root: true,
    extends: ["html-validate:recommended"],
    rules: { "long-title": "off" }, // a record's title may be longer than a search engine shows
  }),
);
for (const { name, file } of pages) {
  const report = await validator.validateFile(file);
  for (const { messages } of report.results)
    for (const { line, column, ruleId, message, severity } of messages)
      if (severity === 2) faults[name].push(`html ${line}:${column} ${ruleId}: ${message}`);
}

const browser = await chromium.launch({ executablePath, args: FLAGS });
// One context after the other takes twice as long on two cores.
await Promise.all(
  SCHEMES.map(async (colorScheme) => {
    for (const width of WIDTHS) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
      for (const { name, file } of pages)
        for (const fault of await look(context, file, width)) faults[name].push(`${colorScheme} ${width}px ${fault}`);
      await context.close();
    }
  }),
);
await browser.close();
console.log(JSON.stringify(faults));

async function look(context, file, width) {
  const found = [];
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && found.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => found.push(`script: ${error.message}`));
  page.on("requestfailed", (request) => found.push(`not loaded: ${request.url()}`));
  page.on("request", (request) => /^(file|data):/.test(request.url()) || found.push(`asks for ${request.url()}`));
  page.on("dialog", async (dialog) => {
    found.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  await page.goto(pathToFileURL(file).href);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > width) found.push(`is ${wide} px wide and scrolls sideways`);
  const links = await page.evaluate(() => [...document.links].map((link) => link.href.baseVal ?? link.href));
  for (const href of links) if (!/^(https?|mailto|file):/.test(href)) found.push(`links to ${href}`);
  // Evaluated by the browser itself, so the page's own Content-Security-Policy stays in force.
  await page.evaluate(axe);
  // Without preload: it would fetch style sheets, which neither file:// nor the policy allows.
  const { violations } = await page.evaluate(
    (values) => globalThis.axe.run({ preload: false, runOnly: { type: "tag", values } }),
    TAGS,
  );
  for (const { id, nodes } of violations) found.push(`axe ${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
  await page.close();
  return found;
}
