// The demo shop: pages made from the bot's own products, articles and orders, under a strict Content-Security-Policy with Trusted
// Types. A demo, bound to this machine; it keeps nothing.
//   PRIVET_SHOP_PORT  PRIVET_CHAT_ORIGIN  PRIVET_SNIPPET_FILE (what `privet init` wrote, read for each page)  PRIVET_ANNOUNCE
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bot = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'bots', 'shop');
const chat = process.env.PRIVET_CHAT_ORIGIN ?? 'http://localhost:8080';
const port = Number(process.env.PRIVET_SHOP_PORT ?? 8081);

const escape = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

// RFC 4180.
function readCsv(file) {
  const text = readFileSync(join(bot, file), 'utf8');
  const rows = [[]];
  for (let at = 0, cell = '', quoted = false; at <= text.length; at++) {
    const c = text[at] ?? '\n';
    if (quoted && c === '"' && text[at + 1] === '"') { cell += '"'; at++; }
    else if (c === '"') quoted = !quoted;
    else if (!quoted && (c === ',' || c === '\n')) {
      rows[rows.length - 1].push(cell.replace(/\r$/, ''));
      cell = '';
      if (c === '\n') rows.push([]);
    } else cell += c;
  }
  const [head, ...body] = rows.filter((row) => row.length > 1);
  return body.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i]])));
}

function readArticles() {
  return readdirSync(join(bot, 'knowledge')).filter((name) => name.endsWith('.md')).map((name) => {
    const [, head = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(join(bot, 'knowledge', name), 'utf8')) ?? [];
    const value = (key) => (new RegExp(`^${key}: *(.*)$`, 'm').exec(head)?.[1] ?? '').replace(/^["']|["']$/g, '');
    return { title: value('title'), slug: value('url').split('/').pop(), language: value('language') || 'en', body };
  });
}

const products = readCsv('products.csv');
const orders = readCsv('tables/orders.csv');
const articles = readArticles();
const categories = [...new Set(products.map((one) => one.category))];

const inline = (text) => escape(text).replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>')
  .replace(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, '<a href="$2">$1</a>');

function markdown(body) {
  return body.trim().split(/\n{2,}/).map((part) => {
    if (part.startsWith('## ')) {
      const [head, ...rest] = part.split('\n');
      return `<h2>${inline(head.slice(3))}</h2>${rest.length ? `<p>${inline(rest.join(' '))}</p>` : ''}`;
    }
    if (/^(- |\d+\. )/.test(part)) return `<ul>${part.split('\n').map((line) => `<li>${inline(line.replace(/^(- |\d+\. )/, ''))}</li>`).join('')}</ul>`;
    return `<p>${inline(part.replace(/\n/g, ' '))}</p>`;
  }).join('\n');
}

function snippet(language) {
  try {
    const line = readFileSync(process.env.PRIVET_SNIPPET_FILE ?? '', 'utf8').trim();
    return language ? line.replace('<script ', `<script data-lang="${language}" `) : line;
  } catch {
    return '';
  }
}

function page({ title, body, language = 'en', direction = 'ltr', script = true }) {
  return `<!doctype html><html lang="${language}" dir="${direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escape(title)} – Hearth &amp; Hedge</title><link rel="stylesheet" href="/shop.css">${script ? '<script src="/shop.js" defer></script>' : ''}</head><body>
<header><a class="name" href="/">Hearth &amp; Hedge</a><nav aria-label="Shop"><a href="/help">Help</a> <a href="/orders">Track an order</a> <a href="/privacy">Privacy</a></nav></header>
<main><h1>${escape(title)}</h1>${body}</main>
<footer><p>A demo shop. ${script ? '<button type="button" id="ask">Ask Hazel</button>' : `<a href="${escape(chat)}/chat">Open the chat on its own page</a>`}</p></footer>
${script ? snippet(language === 'en' ? '' : language) : ''}</body></html>`;
}

const card = (one) => `<li><a href="/p/${escape(one.id)}"><img src="/img/${escape(one.id)}.svg" alt="" width="220" height="160">
<span>${escape(one.title)}</span></a><b>€${escape(one.price)}</b>${one.stock === '0' ? ' <em>out of stock</em>' : ''}</li>`;

const tints = { red: '#b5473c', blue: '#3d5a80', navy: '#2b3a67', green: '#4c7a51', black: '#2f2f2f', white: '#e9e4da', grey: '#8a8d8f', yellow: '#d9a441',
  brown: '#8a5a3b', natural: '#c8a97e', copper: '#b87333', silver: '#b8bcc2' };

function picture(one) {
  const tint = tints[one.colour] ?? '#7d9b76';
  const n = categories.indexOf(one.category) % 4;
  const shape = [`<path d="M60 70h100v30a30 30 0 0 1-30 30H90a30 30 0 0 1-30-30z" fill="${tint}"/><path d="M160 78h26v8h-26z" fill="${tint}"/>`,
    `<rect x="75" y="45" width="70" height="85" rx="8" fill="${tint}"/><path d="M145 60h16v44h-16v-8h8V68h-8z" fill="${tint}"/>`,
    `<path d="M80 80h60l-8 50H88z" fill="${tint}"/><path d="M110 80c0-30 24-36 34-36 0 22-14 34-34 36zm0 0c0-26-20-32-32-32 0 20 12 30 32 32z" fill="#5d8a57"/>`,
    `<circle cx="110" cy="85" r="42" fill="${tint}"/><circle cx="110" cy="85" r="24" fill="#fff4"/>`][n];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 220 160"><rect width="220" height="160" fill="#eef1ea"/>${shape}</svg>`;
}

function home(url) {
  const wanted = url.searchParams.get('category');
  const shown = wanted ? products.filter((one) => one.category === wanted) : products;
  const links = categories.map((name) => `<a href="/?category=${encodeURIComponent(name)}">${escape(name)}</a>`).join(' ');
  return page({ title: wanted ?? 'For house and garden', body: `<nav aria-label="Categories">${links}</nav><ul class="grid">${shown.map(card).join('')}</ul>` });
}

function track(url) {
  const number = url.searchParams.get('number') ?? '';
  const postcode = url.searchParams.get('postcode') ?? '';
  const form = `<form action="/orders"><label>Order number <input name="number" value="${escape(number)}" required></label>
<label>Postcode <input name="postcode" value="${escape(postcode)}" required></label><button>Track</button></form>`;
  const same = (a, b) => a.replace(/\s/g, '').toLowerCase() === b.replace(/\s/g, '').toLowerCase();
  const order = orders.find((one) => same(one.order_number, number) && same(one.postcode, postcode));
  const answer = !number ? '' : order ? `<p role="status">Order ${escape(order.order_number)}: ${escape(order.status)}</p>` : '<p role="status">We found no such order.</p>';
  return page({ title: 'Track an order', body: form + answer });
}

function productPage(one, language) {
  const german = language === 'de';
  const stock = one.stock === '0' ? (german ? 'Nicht auf Lager' : 'Out of stock') : (german ? 'Auf Lager' : 'In stock');
  return page({ title: (german && one.title_de) || one.title, language, body: `<img src="/img/${escape(one.id)}.svg" alt="" width="440" height="320">
<p>${escape((german && one.description_de) || one.description)}</p><p><b>€${escape(one.price)}</b> ${stock}</p>` });
}

function answer(url) {
  const language = url.pathname.startsWith('/de/') ? 'de' : 'en';
  const [, first = '', second = ''] = (language === 'de' ? url.pathname.slice(3) : url.pathname).split('/');
  const product = products.find((one) => one.id === second);
  const article = articles.find((one) => one.slug === second && one.language === language) ?? articles.find((one) => one.slug === second);
  if (url.pathname === '/') return home(url);
  if (first === 'p' && product)
    return productPage(product, language);
  if (url.pathname === '/help')
    return page({ title: 'Help', body: `<ul>${articles.filter((one) => one.language === 'en').map((one) => `<li><a href="/help/${escape(one.slug)}">${escape(one.title)}</a></li>`).join('')}</ul>` });
  if (first === 'help' && article) return page({ title: article.title, body: markdown(article.body), language: article.language });
  if (url.pathname === '/orders') return track(url);
  if (url.pathname === '/privacy')
    return page({ title: 'Privacy', body: `<p>This demo keeps nothing. The chat says itself <a href="${escape(chat)}/notice">what it keeps</a>.</p>` });
  if (url.pathname === '/de') return page({ title: 'Für Haus und Garten', language: 'de', body: `<ul class="grid">${products.slice(0, 12).map((one) => card({ ...one, title: one.title_de || one.title })).join('')}</ul>` });
  if (url.pathname === '/rtl') return page({ title: 'للمنزل والحديقة', language: 'ar', direction: 'rtl', body: `<ul class="grid">${products.slice(0, 8).map(card).join('')}</ul>` });
  if (url.pathname === '/plain') return page({ title: 'A page without script', script: false, body: '<p>This page runs no script at all. The chat opens on its own page.</p>' });
  return null;
}

const css = `:root{color-scheme:light dark;--ink:light-dark(#22301f,#e8eee5);--ground:light-dark(#faf8f3,#151b14);--hedge:light-dark(#2c5f3a,#9fd3ac)}
body{margin:0;font:17px/1.55 Georgia,serif;color:var(--ink);background:var(--ground)}a{color:var(--hedge)}header,main,footer{max-width:1080px;margin-inline:auto;padding:16px 24px}
header{display:flex;flex-wrap:wrap;gap:16px;align-items:baseline;justify-content:space-between}nav a{margin-inline-end:14px}.name{font-size:26px;text-decoration:none;font-weight:700}
.grid{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(200px,1fr));gap:22px}.grid img,main img{max-width:100%;height:auto;border-radius:10px}
.grid a{display:block;text-decoration:none}.grid span{display:block}form{display:flex;flex-wrap:wrap;gap:12px;align-items:end}label{display:block}input,button{font:inherit;padding:8px 12px}`;

const policy = `default-src 'none'; script-src 'self' ${chat}; style-src 'self'; img-src 'self'; frame-src ${chat}; connect-src 'self'; form-action 'self'; `
  + "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

function respond(url) {
  const image = /^\/img\/([A-Za-z0-9-]+)\.svg$/.exec(url.pathname);
  const product = image && products.find((one) => one.id === image[1]);
  if (product) return [200, 'image/svg+xml', picture(product)];
  if (url.pathname === '/shop.css') return [200, 'text/css', css];
  if (url.pathname === '/shop.js') return [200, 'text/javascript', "document.getElementById('ask')?.addEventListener('click', () => window.privet?.open());"];
  const body = answer(url);
  return body ? [200, 'text/html; charset=utf-8', body] : [404, 'text/html; charset=utf-8', page({ title: 'Not found', body: '<p>There is no such page.</p>' })];
}

// Once both answer, where to find them.
async function announce() {
  if (!process.env.PRIVET_ANNOUNCE) return;
  while (!await fetch(`${chat}/healthz`).then((one) => one.ok, () => false)) await new Promise((done) => { setTimeout(done, 50); });
  process.stdout.write(`\n  The shop, with the chat on it:   http://127.0.0.1:${port}\n  The chat by itself:              ${chat}/chat\n  Stop with Ctrl-C.\n\n`);
}

createServer((request, response) => {
  const [status, type, body] = request.method === 'GET' || request.method === 'HEAD'
    ? respond(new URL(request.url ?? '/', 'http://shop.invalid')) : [405, 'text/plain', 'GET only'];
  response.writeHead(status, { 'Content-Type': type, 'Content-Security-Policy': policy, 'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'strict-origin-when-cross-origin', 'Cross-Origin-Opener-Policy': 'same-origin' });
  response.end(request.method === 'HEAD' ? '' : body);
}).listen(port, '127.0.0.1', announce);
