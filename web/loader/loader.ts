// The loader: the only code of Privet that runs in the host page. It draws a launcher and holds a frame of the chat's own origin. It
// never sees a word of the chat, stores nothing and asks nobody else. Frozen: a page pins its bytes.
type Listener = (detail: unknown) => void;

interface Api {
  open(): void;
  close(): void;
  on(name: string, listener: Listener): void;
}

const me = document.currentScript as HTMLScriptElement | null;

function start(script: HTMLScriptElement): void {
  const origin = new URL(script.src).origin;
  const { site = '', root = '', lang = '', position = 'end' } = script.dataset;
  const tongue = (lang || document.documentElement.lang || navigator.language).slice(0, 2);
  const [labelOpen, labelClose] = ({ de: ['Chat öffnen', 'Chat schließen'], ar: ['افتح الدردشة', 'أغلق الدردشة'] } as Record<string, string[]>)[tongue]
    ?? ['Open chat', 'Close chat'];
  const listeners: Record<string, Listener[]> = {};
  const host = document.createElement('privet-chat');
  const shadow = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(':host{all:initial}button{position:fixed;inset-block-end:20px;inset-inline-end:20px;z-index:2147483646;width:60px;'
    + 'height:60px;border:0;border-radius:50%;background:#1f6b45;color:#fff;cursor:pointer;box-shadow:0 4px 16px #0004;font:700 13px system-ui}'
    + 'button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px #1f6b45}svg{width:28px;height:28px;fill:currentColor;pointer-events:none}'
    + 'b{position:absolute;inset-block-start:-4px;inset-inline-end:-4px;min-width:22px;line-height:22px;border-radius:11px;background:#b3261e}'
    + 'b:empty{display:none}.start button,.start iframe{inset-inline-end:auto;inset-inline-start:20px}'
    + 'iframe{position:fixed;inset-block-end:92px;inset-inline-end:20px;z-index:2147483646;width:400px;height:min(640px,calc(100dvh - 112px));'
    + 'border:0;border-radius:16px;box-shadow:0 8px 40px #0005;background:Canvas;visibility:hidden}.open iframe{visibility:visible}'
    + '@media(max-width:480px){iframe{inset:0!important;width:100%;height:100dvh;border-radius:0}.open button{display:none}}');
  shadow.adoptedStyleSheets = [sheet];
  const box = document.createElement('div');
  const button = document.createElement('button');
  const badge = document.createElement('b');
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', 'M4 3h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H9l-5 5v-5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(path);
  button.type = 'button';
  button.append(svg, badge);
  box.className = position === 'start' ? 'start' : '';
  box.append(button);
  let frame: HTMLIFrameElement | null = null;
  let port: MessagePort | null = null;
  let isOpen = false;

  const emit = (name: string, detail?: unknown): void => {
    for (const listener of listeners[name] ?? []) listener(detail);
    dispatchEvent(new CustomEvent(`privet:${name}`, { detail }));
  };
  const show = (open: boolean): void => {
    isOpen = open;
    box.classList.toggle('open', open);
    button.setAttribute('aria-expanded', String(open));
    button.setAttribute('aria-label', (open ? labelClose : labelOpen) ?? '');
    port?.postMessage({ t: open ? 'open' : 'closed' });
  };
  const build = (): void => {
    if (frame) return;
    frame = document.createElement('iframe');
    frame.title = 'Chat';
    frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads');
    frame.referrerPolicy = 'strict-origin';
    frame.allow = 'clipboard-write';
    frame.src = `${origin}/w/${encodeURIComponent(site)}?lang=${tongue}`;
    box.append(frame);
  };
  const api: Api = {
    open() {
      build();
      if (isOpen) return;
      show(true);
      badge.textContent = '';
      frame?.focus();
      emit('open');
    },
    close() {
      if (!isOpen) return;
      show(false);
      button.focus();
      emit('close');
    },
    on(name, listener) {
      (listeners[name] ??= []).push(listener);
    },
  };
  const hear = (event: MessageEvent): void => {
    const message = event.data as { t?: unknown; n?: unknown; name?: unknown };
    if (message.t === 'ready') emit('ready');
    if (message.t === 'close') api.close();
    if (message.t === 'unread' && Number.isInteger(message.n)) badge.textContent = isOpen || !message.n ? '' : String(Math.min(Number(message.n), 99));
    if (message.t === 'event' && ['started', 'sent', 'replied', 'erased'].includes(String(message.name))) emit(String(message.name));
  };
  addEventListener('message', (event) => {
    const data = event.data as { privet?: unknown } | null;
    if (event.origin !== origin || !frame || event.source !== frame.contentWindow || port || data?.privet !== 'hello') return;
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = hear;
    frame.contentWindow?.postMessage({ privet: 'port', root, lang: tongue, open: isOpen }, origin, [channel.port2]);
  });
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape') api.close();
  });
  button.addEventListener('pointerenter', build);
  button.addEventListener('focus', build);
  button.addEventListener('click', () => (isOpen ? api.close() : api.open()));
  show(false);
  shadow.append(box);
  document.body.append(host);
  (window as unknown as { privet: Api }).privet = api;
}

if (me) {
  if (document.body) start(me);
  else addEventListener('DOMContentLoaded', () => start(me));
}
