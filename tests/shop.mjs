// The demo shop is a believable one, and every link that its bot can show leads somewhere.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { counter, openWorld } from './world.mjs';

const { check, end } = counter();
const world = await openWorld();
const get = (path) => fetch(world.shop + path, { redirect: 'manual' });

const files = ['bot.yaml', 'products.csv', ...readdirSync('bots/shop/knowledge').map((name) => join('knowledge', name))];
const links = new Set();
for (const file of files)
  for (const [, path] of readFileSync(join('bots/shop', file), 'utf8').matchAll(/(?:\]\(|^url: |,)(\/[a-zA-Z][^\s),"]*)/gm)) links.add(path);
const lost = [];
for (const path of links) if (path !== '/notice' && (await get(path)).status !== 200) lost.push(path);
check(`${links.size} links of the bot lead to a page`, links.size > 60 && lost.length === 0, lost);

const products = readFileSync('bots/shop/products.csv', 'utf8').trim().split('\n').length - 1;
const articles = readdirSync('bots/shop/knowledge').filter((name) => name.endsWith('.md') && !name.includes('.de.')).length;
check(`${products} products, ${articles} articles`, products >= 40 && articles >= 25);

const home = await get('/');
const policy = home.headers.get('content-security-policy') ?? '';
check('the shop is strict', policy.includes("default-src 'none'") && policy.includes("require-trusted-types-for 'script'") && !policy.includes('unsafe'), policy);
check('its page holds the pinned snippet', /integrity="sha384-[^"]+" crossorigin="anonymous" data-site="shop"/.test(await home.text()));

const [number, postcode] = readFileSync('bots/shop/tables/orders.csv', 'utf8').split('\n')[1].split(',');
const order = await (await get(`/orders?number=${number}&postcode=${encodeURIComponent(postcode)}`)).text();
check('an order is tracked on the page too', order.includes(`Order ${number}`), order.slice(-400));
const strange = await (await get(`/orders?number=${number}&postcode=${encodeURIComponent('<script>')}`)).text();
check('not with another postcode, and nothing is echoed as markup', strange.includes('no such order') && !strange.includes('<script>"'));
await world.close();
end();
