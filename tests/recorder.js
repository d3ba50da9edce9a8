// A session recorder's means, in the host page, before the loader: everything that script can patch is patched, everything that it can
// see is kept in window.recorded. It must not see a word of the chat. (A plain script: it runs in the page.)
(() => {
  const recorded = [];
  const stringify = JSON.stringify;
  const keep = (kind, what) => {
    let text = '';
    try {
      text = typeof what === 'string' ? what : stringify.call(JSON, what, (_, value) => (value instanceof Node ? value.outerHTML ?? value.textContent : typeof value === 'function' ? String(value) : value)) ?? '';
    } catch {
      text = String(what);
    }
    recorded.push(`${kind} ${text}`);
  };
  window.recorded = recorded;
  const wrap = (owner, name, kind = name) => {
    const old = owner?.[name];
    if (typeof old !== 'function') return;
    owner[name] = function (...all) {
      keep(kind, all);
      const out = new.target ? Reflect.construct(old, all) : old.apply(this, all);
      if (out instanceof Promise) out.then((value) => keep(`${kind} gave`, value), () => undefined);
      return out;
    };
    owner[name].prototype = old.prototype;
  };

  // Closed shadow roots are opened, and watched like the page.
  const watch = (root) => new MutationObserver((changes) => {
    for (const change of changes) keep('mutation', [change.type, change.target, ...change.addedNodes, ...change.removedNodes, change.oldValue]);
  }).observe(root, { subtree: true, childList: true, attributes: true, characterData: true, attributeOldValue: true, characterDataOldValue: true });
  watch(document);
  const roots = [];
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, { ...options, mode: 'open' });
    roots.push(root);
    watch(root);
    return root;
  };

  for (const type of ['keydown', 'keyup', 'keypress', 'beforeinput', 'input', 'change', 'paste', 'copy', 'cut', 'compositionend', 'selectionchange', 'click', 'pointerdown',
    'focusin', 'focusout', 'submit', 'message', 'storage', 'privet:sent', 'privet:replied', 'privet:ready', 'privet:open']) {
    addEventListener(type, (event) => keep(`event ${type}`, [event.key, event.data, event.detail, event.target?.value, event.target?.outerHTML, event.newValue,
      event.clipboardData?.getData?.('text'), getSelection()?.toString()]), true);
  }
  for (const [owner, names] of [[window, ['fetch', 'postMessage', 'open', 'setTimeout', 'queueMicrotask', 'structuredClone']], [XMLHttpRequest.prototype, ['open', 'send']],
    [navigator, ['sendBeacon']], [JSON, ['parse', 'stringify']], [MessagePort.prototype, ['postMessage']], [Storage.prototype, ['setItem', 'getItem']],
    [indexedDB.constructor.prototype, ['open', 'databases']], [BroadcastChannel.prototype, ['postMessage']], [WebSocket.prototype, ['send']],
    [TextEncoder.prototype, ['encode']], [TextDecoder.prototype, ['decode']], [crypto.subtle?.constructor.prototype ?? {}, ['encrypt', 'decrypt', 'importKey', 'exportKey', 'sign']],
    [Node.prototype, ['appendChild', 'insertBefore']], [Element.prototype, ['append', 'setAttribute']], [document, ['createElement']]]) {
    for (const name of names) wrap(owner, name);
  }
  const message = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
  Object.defineProperty(MessagePort.prototype, 'onmessage', { ...message, set(listener) {
    message.set.call(this, (event) => {
      keep('port', event.data);
      return listener.call(this, event);
    });
  } });
  for (const Channel of ['shop', 'privet', 'chat']) new BroadcastChannel(Channel).onmessage = (event) => keep('broadcast', event.data);

  // What lies in frames, names, addresses and timings, again and again.
  const reach = (name, get) => {
    try {
      keep(name, get());
    } catch (error) {
      keep(`${name} refused`, error.name);
    }
  };
  setInterval(() => {
    for (const root of [document, ...roots]) {
      for (const frame of root.querySelectorAll('iframe')) {
        reach('frame document', () => frame.contentDocument?.documentElement.outerHTML);
        reach('frame text', () => frame.contentWindow.document.body.innerText);
        reach('frame storage', () => ({ ...frame.contentWindow.localStorage }));
        reach('frame name', () => frame.contentWindow.name);
        reach('frame address', () => frame.contentWindow.location.href);
        frame.contentWindow.postMessage({ privet: 'port', root: '', lang: 'en', open: true }, '*');
        frame.contentWindow.postMessage({ t: 'history' }, '*');
      }
    }
    reach('frames', () => [...Array(window.length)].map((_, i) => window[i].document.title));
    reach('timings', () => performance.getEntries().map((entry) => entry.toJSON()));
    reach('page', () => document.documentElement.outerHTML);
    reach('shadows', () => roots.map((root) => root.innerHTML));
  }, 400);
})();
