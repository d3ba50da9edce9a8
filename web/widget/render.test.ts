// What the server sends becomes nodes: never HTML, links of four kinds with their host shown, images from the chat's own origin. The
// document here is a stand-in of a few lines: what a browser does with the nodes is the browser tests' part.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawMessage } from './render.ts';

class Stand {
  readonly name: string;
  readonly attributes: Record<string, string> = {};
  readonly children: (Stand | string)[] = [];

  constructor(name: string) {
    this.name = name;
  }

  setAttribute(name: string, value: string): void {
    this.attributes[name] = value;
  }

  append(...children: (Stand | string)[]): void {
    this.children.push(...children);
  }

  get textContent(): string {
    return this.children.map((child) => (typeof child === 'string' ? child : child.textContent)).join('');
  }

  // Whoever gives a string of HTML to an element fails here.
  set innerHTML(_: string) { assert.fail('innerHTML'); }
  set outerHTML(_: string) { assert.fail('outerHTML'); }
  insertAdjacentHTML(): void { assert.fail('insertAdjacentHTML'); }

  all(name: string): Stand[] {
    const below = this.children.flatMap((child) => (typeof child === 'string' ? [] : child.all(name)));
    return this.name === name ? [this, ...below] : below;
  }
}

(globalThis as unknown as { document: object }).document = { createElement: (name: string) => new Stand(name) };

const HOME = 'https://www.home.example';

function draw(message: unknown): Stand {
  return drawMessage(message, 'Source', HOME).node as unknown as Stand;
}

const linked = (href: unknown): Stand => draw({ blocks: [{ p: [{ a: ['label'], href }] }] });

test('a link is http, https, mailto or tel, opens apart and shows its host', () => {
  for (const [href, host] of [['https://shop.example/a?b#c', 'shop.example'], ['http://shop.example:8080/', 'shop.example:8080'],
    ['HTTPS://SHOP.example', 'shop.example'], ['https://shop.example@evil.example/', 'evil.example'],
    ['https://аpple.example/', 'xn--pple-43d.example'], ['mailto:help@shop.example', ''], ['tel:+37322', '']] as const) {
    const [anchor] = linked(href).all('a');
    assert.ok(anchor, href);
    assert.equal(anchor.attributes['target'], '_blank');
    assert.match(anchor.attributes['rel'] ?? '', /noopener.*noreferrer/);
    assert.equal(anchor.textContent, host ? `label (${host})` : 'label', href);
  }
});

test('any other link is its label alone', () => {
  for (const href of ['javascript:alert(1)', ' javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'java\nscript:alert(1)', 'java\tscript:alert(1)',
    '\u0001javascript:alert(1)', 'data:text/html,<script>alert(1)</script>', 'vbscript:x', 'file:///etc/passwd', 'blob:https://shop.example/x',
    'about:blank', 'view-source:https://shop.example', '//evil.example', '/\\evil.example', '/\t/evil.example', '/\n/evil', 'shop.example', '', 'https://', null, 7, {}, ['https://a.b']]) {
    const drawn = linked(href);
    assert.equal(drawn.all('a').length, 0, String(href));
    assert.equal(drawn.textContent, 'label');
  }
});

test('a path leads to the site, and a link to it needs no host beside it', () => {
  for (const href of ['/help?a#b', '/help/ä', 'https://www.home.example/', 'https://www.home.example:443/x']) {
    const [anchor] = linked(href).all('a');
    assert.ok(anchor?.attributes['href']?.startsWith('https://www.home.example/'), href);
    assert.equal(anchor?.textContent, 'label');
  }
  for (const href of ['https://www.home.example.evil.example/', 'http://www.home.example/', 'https://home.example/', 'https://www.home.example:8443/'])
    assert.match(linked(href).textContent, /^label \(.+\)$/, href);
});

test('cards and sources hold their links to the same rule', () => {
  const drawn = draw({ cards: [{ title: 'Lamp', url: 'javascript:alert(1)' }, { title: 'Chair', url: 'https://shop.example/chair' }],
    source: { title: 'Help', url: 'data:text/html,x' } });
  assert.deepEqual(drawn.all('a').map((one) => one.attributes['href']), ['https://shop.example/chair']);
  assert.match(drawn.textContent, /Lamp.*Chair \(shop\.example\).*Source: Help/);
});

test('an image comes from the chat’s own origin', () => {
  const images = (image: unknown): Stand[] => draw({ cards: [{ title: 'x', image }] }).all('img');
  assert.equal(images('/media/lamp.webp')[0]?.attributes['src'], '/media/lamp.webp');
  for (const image of ['https://evil.example/x.png', '//evil.example/x.png', '/\\evil.example/x.png', '/\t/evil.example/x.png', '/\n/evil.example', 'data:image/png;base64,AA',
    'x.png', 'javascript:1', '', null, 7, {}]) assert.equal(images(image).length, 0, JSON.stringify(image));
});

test('markup in a text stays text', () => {
  const markup = '<img src=x onerror=alert(1)><script>alert(1)</script>&lt;';
  const inline = [markup, { b: [markup] }, { i: [markup] }, { code: markup }, { br: true }, { a: [markup], href: 'https://shop.example' }];
  const drawn = draw({ blocks: [{ p: inline }, { h: inline }, { ul: [inline] }, { ol: [inline] }, { pre: markup }, { quote: inline }],
    cards: [{ title: markup, price: markup, note: markup }], source: { title: markup } });
  assert.equal(drawn.all('script').length + drawn.all('img').length, 0);
  assert.equal(drawn.textContent.split(markup).length - 1, 5 * 5 + 1 + 3 + 1);
  const names = new Set<string>();
  const walk = (node: Stand): void => {
    names.add(node.name);
    for (const [name] of Object.entries(node.attributes)) assert.ok(!name.startsWith('on') && name !== 'style' && name !== 'srcdoc', name);
    for (const child of node.children) if (typeof child !== 'string') walk(child);
  };
  walk(drawn);
  for (const name of names) assert.ok(['div', 'p', 'ul', 'ol', 'li', 'pre', 'blockquote', 'strong', 'em', 'code', 'br', 'a', 'span'].includes(name), name);
});

test('a message of another shape is drawn as far as it is one', () => {
  for (const message of [null, 7, 'text', [], {}, { blocks: 7 }, { blocks: [null, 7, {}, { p: 'x' }, { p: [null, 7, {}, { b: 'x' }] }] }, { cards: [null] },
    { source: 7 }, { source: { title: 7 } }, { quick: [null, 7, {}, { title: 7 }, { payload: 'x' }] }, { blocks: [{ toString: null }] }])
    assert.deepEqual(drawMessage(message, 'Source', HOME).quick, []);
  assert.deepEqual(drawMessage({ quick: [{ title: 'Yes', payload: '/yes' }] }, 'Source', HOME).quick, [{ title: 'Yes', payload: '/yes' }]);
});

test('what is spoken is what is shown', () => {
  const drawn = drawMessage({ blocks: [{ p: ['It is ', { b: ['here'] }, '.'] }] }, 'Source', HOME);
  assert.equal(drawn.spoken, 'It is here.');
});
