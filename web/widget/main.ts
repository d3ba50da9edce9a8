// The widget: in a frame on the shop's page, or as a page of its own. Disclosure first, then the chat. It stores nothing before the
// first send, asks nobody but its own origin, and draws no HTML string.
import { Client, type Notes, type Reply, type Wait } from '../channel/client.ts';
import { Refusal } from '../channel/reason.ts';
import { type Keys, dropKeys, loadKeys, makeKeys, storeKeys, sweepKeys } from '../channel/keys.ts';
import { type Waiting, outboxAdd, outboxList, outboxRemove } from '../channel/outbox.ts';
import { CardWatch } from './card.ts';
import { type Child, type Drawn, drawMessage, element } from './render.ts';
import { type Texts, textsOf } from './texts.ts';

interface Host {
  origin: string;
  root: string;
  language: string;
  port: MessagePort | null;
  isOpen: boolean;
}

interface Line {
  item: HTMLElement;
  author: string;
  words: string;
  at: number;
}

const app = document.getElementById('app') as HTMLElement;
const longest = 4000;

// In a frame: the loader's port says which page this is and what root it pins. Alone: our own origin.
function findHost(): Promise<Host> {
  if (window.parent === window) {
    const root = new URLSearchParams(location.hash.slice(1)).get('root') ?? '';
    const language = new URLSearchParams(location.search).get('lang') ?? navigator.language;
    return Promise.resolve({ origin: location.origin, root, language, port: null, isOpen: true });
  }
  return new Promise((done) => {
    addEventListener('message', (event) => {
      const data = event.data as Record<string, unknown> | null;
      const port = event.ports[0];
      if (event.source !== window.parent || data?.['privet'] !== 'port' || !port) return;
      done({ origin: event.origin, root: String(data['root'] ?? ''), language: String(data['lang'] ?? 'en'), port, isOpen: data['open'] === true });
    }, { once: false });
    window.parent.postMessage({ privet: 'hello', v: 1 }, location.ancestorOrigins?.[0] ?? '*');
  });
}

// What is public came with the page, once: notes, notice, greeting. None of it is believed before the notes have proven the server.
function takePublic(): (Notes & { hello: Reply }) | null {
  const block = document.getElementById('public');
  block?.remove();
  try {
    return JSON.parse(block?.textContent ?? '') as Notes & { hello: Reply };
  } catch {
    return null;
  }
}

class Widget {
  private readonly host: Host;
  private readonly t: Texts;
  private readonly announcer = element('div', { class: 'quiet', 'aria-live': 'polite' });
  private readonly main = element('main');
  private keys!: Keys;
  private client!: Client;
  private hello: Reply = { kind: 'none' };
  private state = '';
  private language: string;
  private lines: Line[] = [];
  private list = element('ol');
  private log!: HTMLElement;
  private quick = element('div', { class: 'quick' });
  private status = element('div', { class: 'status', id: 'status' });
  private input = element('textarea', { rows: '1' });
  private unread = 0;
  private isShown: boolean;
  private isStored = false;
  private sending: Promise<unknown> = Promise.resolve();
  private cards = new CardWatch();

  constructor(host: Host) {
    this.host = host;
    this.t = textsOf(host.language);
    this.language = host.language.slice(0, 2);
    this.isShown = host.isOpen;
    document.documentElement.lang = this.language;
    document.documentElement.dir = this.t.dir;
    document.title = this.t.title;
    if (host.port) host.port.onmessage = (event) => this.hear(event.data as Record<string, unknown>);
    addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || document.querySelector('dialog[open]')) return;
      const toggle = document.querySelector<HTMLElement>('[aria-expanded=true]');
      if (toggle) {
        toggle.click();
        toggle.focus();
      } else this.tell({ t: 'close' });
    });
  }

  private tell(message: Record<string, unknown>): void {
    this.host.port?.postMessage(message);
  }

  private hear(message: Record<string, unknown>): void {
    this.isShown = message['t'] === 'open';
    if (!this.isShown) return;
    this.unread = 0;
    this.tell({ t: 'unread', n: 0 });
    app.querySelector<HTMLElement>('textarea, h2[tabindex], button.main')?.focus();
  }

  // A screen scrolls; what is waited for and what is done with it stay in sight below.
  private screen(children: Child[], foot: HTMLElement | null = null): void {
    this.main.replaceChildren(element('div', { class: 'screen', tabindex: '0' }, ...children), this.status, ...(foot ? [element('div', { class: 'foot' }, foot)] : []));
  }

  private frame(): void {
    const menu = element('nav', { class: 'menu', id: 'menu', 'aria-label': this.t.menu, hidden: '' });
    const toggle = element('button', { type: 'button', class: 'icon', 'aria-label': this.t.menu, 'aria-controls': 'menu', 'aria-expanded': 'false' }, '⋯');
    toggle.addEventListener('click', () => {
      menu.hidden = !menu.hidden;
      toggle.setAttribute('aria-expanded', String(!menu.hidden));
    });
    const item = (label: string, run: () => void, kind = ''): HTMLElement => {
      const button = element('button', { type: 'button', class: kind }, label);
      button.addEventListener('click', () => { toggle.click(); run(); });
      return button;
    };
    menu.append(item(this.t.download, () => this.download()), item(this.t.erase, () => this.confirmErase(), 'danger'),
      element('a', { href: `/notice?lang=${this.language}`, target: '_blank', rel: 'noopener' }, this.t.notice));
    const close = element('button', { type: 'button', class: 'icon', 'aria-label': this.t.close }, '×');
    close.addEventListener('click', () => this.tell({ t: 'close' }));
    const name = String((this.hello['bot'] as Record<string, unknown> | undefined)?.['name'] ?? this.t.title);
    app.replaceChildren(element('header', {}, element('div', {}, element('h1', {}, name), element('p', {}, this.t.sealed)), toggle,
      this.host.port ? close : null), menu, this.main, this.announcer);
  }

  async begin(): Promise<void> {
    this.frame();
    this.screen([element('p', {}, this.t.connecting, element('span', { class: 'dots' }))]);
    try {
      const stored = await loadKeys();
      this.isStored = stored !== null;
      this.keys = stored ?? await makeKeys();
    } catch {
      this.screen([element('p', { class: 'refusal' }, this.t.old)]);
      return;
    }
    const known = takePublic();
    this.client = new Client(this.keys, this.host.origin, this.host.root, known);
    this.client.onWait = (reason, seconds = 0) => {
      const words = this.waitWords(reason, seconds);
      if (words && this.status.textContent !== words) this.announcer.textContent = words;
      this.status.textContent = words;
    };
    await this.guarded(async () => {
      await this.client.prove();
      if (known && !this.isStored) await this.greet(known.hello);
      else await this.greet(await this.client.ask({ kind: 'hello', lang: this.host.language }));
    });
    void sweepKeys();
  }

  private waitWords(reason: Wait, seconds: number): string {
    const isLong = seconds > 120;
    const time = new Intl.NumberFormat(this.language, { style: 'unit', unit: isLong ? 'minute' : 'second', unitDisplay: 'long' })
      .format(isLong ? Math.ceil(seconds / 60) : seconds);
    return { network: this.t.waitNetwork, busy: this.t.waitBusy, work: this.t.waitWork, fast: this.t.waitFast.replace('{time}', time), 'not-kept': this.t.waitKeep, '': '' }[reason];
  }

  private async greet(hello: Reply): Promise<void> {
    this.hello = hello;
    this.frame();
    this.tell({ t: 'ready' });
    if (this.isStored && (Number(hello['entries']) > 0 || this.keys.unsent.length > 0)) return this.resume();
    this.disclose();
    // While the visitor reads, hands are shaken. A notice that is no longer the server's is shown anew.
    const notice = hello['notice'] as Record<string, unknown>;
    if (await this.client.open() !== notice['version']) await this.disclosedAnew();
  }

  private async disclosedAnew(): Promise<void> {
    this.hello = await this.client.ask({ kind: 'hello', lang: this.host.language });
    this.disclose();
    this.announcer.textContent = this.t.noticeChanged;
  }

  // Every failure that ends the chat passes here and says so in words; there is no way around a refusal.
  private async guarded(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      const reason = error instanceof Refusal ? error.reason : '';
      const retry = element('button', { type: 'button', class: 'main' }, this.t.again);
      retry.addEventListener('click', () => { void this.begin(); });
      const refused = this.t.refusals[reason] ?? (reason ? this.t.refused : this.t.broken);
      this.screen([element('p', { class: 'refusal', role: 'alert' }, refused), element('p', {}, element('small', {}, reason))], reason ? null : retry);
    }
  }

  private disclose(): void {
    const notice = this.hello['notice'] as Record<string, unknown>;
    const gpc = (navigator as unknown as Record<string, unknown>)['globalPrivacyControl'] === true;
    const remember = element('input', { type: 'checkbox', id: 'remember', 'aria-describedby': 'remember-note' });
    remember.disabled = gpc;
    const start = element('button', { type: 'button', class: 'main' }, this.t.start);
    start.addEventListener('click', () => {
      if (this.isStored) {
        void this.guarded(() => this.resume()); // what is kept has changed in mid-chat, and was read again
        return;
      }
      this.keys.remembered = remember.checked;
      this.chat();
      for (const message of this.hello['greeting'] as unknown[]) this.show(drawMessage(message, this.t.source, String(this.hello['home'])), 'b');
      this.tell({ t: 'event', name: 'started' });
      this.input.focus();
    });
    const title = element('h2', { tabindex: '-1' }, String(this.hello['disclosure']));
    const about = String(this.hello['about'] ?? '');
    this.screen([title, about ? element('p', { dir: 'auto' }, about) : null, element('h3', {}, this.t.keeps),
      element('ul', {}, ...(notice['keeps'] as unknown[]).map((line) => element('li', { dir: 'auto' }, String(line)))),
      element('p', {}, element('a', { href: `/notice?lang=${this.language}`, target: '_blank', rel: 'noopener' }, this.t.notice)),
      element('label', { class: 'check' }, remember, element('span', {}, this.t.remember, element('br'),
        element('small', { id: 'remember-note' }, gpc ? this.t.gpc : this.t.rememberNote)))], start);
    // Read first, then begin: the focus is on the sentence that this is a machine.
    if (this.isShown) title.focus();
  }

  private chat(): void {
    this.list = element('ol');
    this.log = element('div', { class: 'log', role: 'log', 'aria-live': 'off', 'aria-label': this.t.log, tabindex: '0' }, this.list);
    this.input = element('textarea', { rows: '1', id: 'say', 'aria-describedby': 'status', 'aria-label': this.t.placeholder, placeholder: this.t.placeholder, maxlength: String(longest) });
    const form = element('form', {}, this.input, element('button', { class: 'main' }, this.t.send));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const words = this.input.value.trim();
      if (!words || this.stopCard(words)) return;
      this.input.value = '';
      void this.say(words, '');
    });
    this.input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    this.input.addEventListener('input', () => {
      if (this.input.getAttribute('aria-invalid')) this.tellCard('');
    });
    this.lines = [];
    this.main.replaceChildren(this.log, this.quick, this.status, form);
  }

  // A card number stays in the composer until it is taken out: there is no other way around.
  private stopCard(words: string): boolean {
    const isCard = this.cards.has(words);
    if (isCard) this.tellCard(this.t.card);
    else this.cards.keep(words);
    return isCard;
  }

  private tellCard(words: string): void {
    this.status.textContent = this.announcer.textContent = words;
    this.status.classList.toggle('stop', words !== '');
    if (words) this.input.setAttribute('aria-invalid', 'true');
    else this.input.removeAttribute('aria-invalid');
  }

  private add(author: string, content: Child, words: string, at = Date.now() / 1000): HTMLElement {
    const bubble = element('div', { class: 'bubble', dir: 'auto' }, content);
    const item = element('li', { class: `m ${author}` }, element('p', { class: 'badge' }, author === 'v' ? this.t.you : this.t.bot), bubble);
    this.list.append(item);
    this.lines.push({ item, author: author === 'v' ? this.t.you : this.t.bot, words, at });
    this.log.scrollTop = this.log.scrollHeight;
    return item;
  }

  private show(drawn: Drawn, author: string, at?: number): void {
    this.add(author, drawn.node, drawn.spoken, at);
    this.quick.replaceChildren(...drawn.quick.map((one) => {
      const button = element('button', { type: 'button' }, one.title);
      button.addEventListener('click', () => {
        this.input.focus();
        void this.say(one.title, one.payload);
      });
      return button;
    }));
  }

  private async say(words: string, payload: string): Promise<void> {
    if ([...words].length > longest) {
      this.status.textContent = this.t.tooLong;
      return;
    }
    const waiting = { id: Client.newId(), text: words, payload };
    this.isStored = true;
    await outboxAdd(this.keys, waiting);
    if (!await storeKeys(this.keys)) this.announcer.textContent = this.t.rememberTab;
    await this.deliver(waiting);
  }

  // Shows a message and sends it until it is answered. It waits in the outbox until then.
  private async deliver(waiting: Waiting): Promise<void> {
    const item = this.add('v', waiting.text, waiting.text);
    const state = element('p', { class: 'state' }, this.t.sending);
    item.append(state);
    this.quick.replaceChildren();
    const typing = element('li', { 'aria-hidden': 'true' }, element('p', { class: 'state' }, this.t.typing, element('span', { class: 'dots' })));
    this.list.append(typing);
    this.log.scrollTop = this.log.scrollHeight;
    this.tell({ t: 'event', name: 'sent' });
    const request = { kind: 'say', id: waiting.id, text: waiting.text, lang: this.language, tz: -new Date().getTimezoneOffset(),
      notice: String((this.hello['notice'] as Record<string, unknown>)['version']), ...(waiting.payload ? { payload: waiting.payload } : {}) };
    await this.guarded(async () => {
      // Messages wait for each other: the state that this one carries is the one that the last answer brought.
      const mine = this.sending.then(() => this.client.ask(this.state ? { ...request, state: this.state } : request))
        .then((reply) => this.answer(reply, waiting.id, item));
      this.sending = mine.catch(() => undefined);
      await mine;
    });
    typing.remove();
    state.remove();
  }

  private async answer(reply: Reply, id: string, item: HTMLElement): Promise<void> {
    if (reply.kind === 'kept') {
      const entries = await this.client.history();
      const entry = entries.find((one) => one.n === reply['n']);
      if (entry) reply = JSON.parse(entry.text) as Reply;
    }
    if (reply.kind === 'error') {
      if (reply['error'] === 'notice-changed') {
        await this.disclosedAnew();
        return;
      }
      const words = { 'too-long': this.t.tooLong, spent: this.t.spent }[String(reply['error'])] ?? this.t.broken;
      this.status.textContent = this.announcer.textContent = words;
      outboxRemove(this.keys, id);
      await storeKeys(this.keys);
      return;
    }
    if (reply.kind === 'refused') this.forget(item);
    else this.state = String(reply['state'] ?? '');
    for (const one of [...this.list.children]) if (one.getAttribute('aria-hidden')) one.remove();
    for (const message of reply['messages'] as unknown[] ?? []) {
      const drawn = drawMessage(message, this.t.source, String(this.hello['home']));
      this.show(drawn, 'b');
      this.announcer.textContent = `${this.t.bot}: ${drawn.spoken}`;
    }
    this.keys.entries = Math.max(this.keys.entries, Number(reply['n'] ?? -1) + 1);
    outboxRemove(this.keys, id);
    await storeKeys(this.keys);
    this.tell({ t: 'event', name: 'replied' });
    if (!this.isShown) this.tell({ t: 'unread', n: ++this.unread });
  }

  // The server kept nothing of it; nor does this page.
  private forget(item: HTMLElement): void {
    const bubble = item.querySelector('.bubble');
    const line = this.lines.find((one) => one.item === item);
    if (bubble) bubble.textContent = this.t.removed;
    if (line) line.words = this.t.removed;
  }

  private async resume(): Promise<void> {
    let entries;
    try {
      entries = await this.client.history();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.screen([element('p', { class: 'refusal', role: 'alert' }, this.t.damaged), element('p', {}, element('small', {}, error.reason))]);
      return;
    }
    this.chat();
    for (const entry of entries) {
      const value = JSON.parse(entry.text) as Record<string, unknown>;
      const at = Number(value['at']);
      outboxRemove(this.keys, String(value['id']));
      if (entry.author === 'v') this.add('v', String(value['text']), String(value['text']), at);
      else for (const message of value['messages'] as unknown[]) this.show(drawMessage(message, this.t.source, String(this.hello['home'])), 'b', at);
      this.state = String(value['state'] ?? this.state);
    }
    this.announcer.textContent = this.t.resumed;
    if (this.isShown) this.input.focus();
    await storeKeys(this.keys);
    for (const waiting of await outboxList(this.keys)) void this.deliver(waiting);
  }

  private download(): void {
    const body = this.lines.map((line) => `${new Date(line.at * 1000).toISOString()} ${line.author}: ${line.words}`).join('\n');
    const anchor = element('a', { href: URL.createObjectURL(new Blob([body], { type: 'text/plain' })), download: 'chat.txt' });
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 10000);
  }

  private confirmErase(): void {
    const yes = element('button', { type: 'button', class: 'danger' }, this.t.eraseYes);
    const no = element('button', { type: 'button' }, this.t.cancel);
    const dialog = element('dialog', { 'aria-labelledby': 'erase-title' }, element('h2', { id: 'erase-title' }, this.t.eraseTitle),
      element('p', {}, this.t.eraseText), element('div', { class: 'row' }, yes, no));
    dialog.addEventListener('close', () => dialog.remove());
    no.addEventListener('click', () => dialog.close());
    yes.addEventListener('click', () => {
      dialog.close();
      void this.erase();
    });
    app.append(dialog);
    dialog.showModal();
    no.focus();
  }

  private async erase(): Promise<void> {
    await this.guarded(async () => {
      await this.client.ask({ kind: 'erase' });
      await dropKeys(this.keys);
      this.state = '';
      this.isStored = false;
      this.lines = [];
      const fresh = element('button', { type: 'button', class: 'main' }, this.t.newChat);
      fresh.addEventListener('click', () => { void this.begin(); });
      this.screen([element('p', { role: 'status' }, this.t.erased)], fresh);
      fresh.focus();
      this.tell({ t: 'event', name: 'erased' });
    });
  }
}

void findHost().then((host) => new Widget(host).begin());
