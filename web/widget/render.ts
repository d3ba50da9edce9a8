// Draws the server's tree as nodes. There is no HTML string anywhere: text becomes text nodes, links are checked, images come from the
// chat's own origin.
export type Child = Node | string | null;
type Json = unknown;

export function element<K extends keyof HTMLElementTagNameMap>(name: K, attributes: Record<string, string> = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children.filter((child): child is Node | string => child !== null));
  return node;
}

const list = (value: Json): Json[] => (Array.isArray(value) ? value : []);
const record = (value: Json): Record<string, Json> => (typeof value === 'object' && value !== null ? value as Record<string, Json> : {});
const words = (value: Json): string => (typeof value === 'string' ? value : '');

// A browser reads a backslash as a slash and drops tabs and line ends: such a path could name another host.
function isOwnPath(path: string): boolean {
  // eslint-disable-next-line no-control-regex
  return /^\/(?!\/)[^\u0000-\u0020\\]*$/.test(path);
}

// The site's own address: where paths lead, and a link to it needs no host beside its name.
let home = '';

function link(href: string, label: Child[]): HTMLElement | null {
  let url: URL;
  try {
    url = isOwnPath(href) ? new URL(href, home) : new URL(href);
  } catch {
    return null;
  }
  if (!['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol)) return null;
  const anchor = element('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer nofollow ugc' }, ...label);
  if (url.host && url.origin !== home) anchor.append(element('span', { class: 'host' }, ` (${url.host})`));
  return anchor;
}

function inline(value: Json): Child {
  if (typeof value === 'string') return value;
  const node = record(value);
  if (Array.isArray(node['b'])) return element('strong', {}, ...list(node['b']).map(inline));
  if (Array.isArray(node['i'])) return element('em', {}, ...list(node['i']).map(inline));
  if ('code' in node) return element('code', {}, words(node['code']));
  if ('br' in node) return element('br');
  if (Array.isArray(node['a'])) {
    const label = list(node['a']).map(inline);
    return link(words(node['href']), label) ?? element('span', {}, ...label);
  }
  return null;
}

function block(value: Json): Child {
  const node = record(value);
  for (const [key, name] of [['p', 'p'], ['quote', 'blockquote']] as const)
    if (Array.isArray(node[key])) return element(name, {}, ...list(node[key]).map(inline));
  if (Array.isArray(node['h'])) return element('p', { class: 'heading' }, ...list(node['h']).map(inline));
  if ('pre' in node) return element('pre', {}, words(node['pre']));
  for (const name of ['ul', 'ol'] as const)
    if (Array.isArray(node[name])) return element(name, {}, ...list(node[name]).map((item) => element('li', {}, ...list(item).map(inline))));
  return null;
}

function card(value: Json): HTMLElement {
  const node = record(value);
  const title = words(node['title']);
  const image = words(node['image']);
  return element('li', { class: 'card' },
    isOwnPath(image) ? element('img', { src: image, alt: '', loading: 'lazy' }) : null,
    element('p', { class: 'heading' }, link(words(node['url']), [title]) ?? title),
    node['price'] ? element('p', { class: 'price' }, words(node['price'])) : null,
    node['note'] ? element('p', { class: 'note' }, words(node['note'])) : null);
}

export interface Drawn {
  node: HTMLElement;
  spoken: string;
  quick: { title: string; payload: string }[];
}

export function drawMessage(value: Json, source: string, site: string): Drawn {
  home = site;
  const message = record(value);
  const body = element('div', { class: 'body' }, ...list(message['blocks']).map(block));
  const cards = list(message['cards']).map(card);
  if (cards.length > 0) body.append(element('ul', { class: 'cards' }, ...cards));
  const from = record(message['source']);
  if (from['title']) {
    const title = words(from['title']);
    body.append(element('p', { class: 'source' }, `${source}: `, link(words(from['url']), [title]) ?? title));
  }
  const quick = list(message['quick']).map((item) => ({ title: words(record(item)['title']), payload: words(record(item)['payload']) }));
  return { node: body, spoken: body.textContent ?? '', quick: quick.filter((item) => item.title !== '') };
}
