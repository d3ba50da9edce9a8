// Bundles the browser's side: the loader, and the widget as one document. Deterministic: the same sources give the same bytes.
//   node web/build.mjs OUTDIR [--c FILE]   types are checked, files written; with --c the same as C data for front/asset.h
//   node web/build.mjs --freeze            records the loader's bytes for its version
//   node web/build.mjs --test              bundles and runs the unit tests
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';

const web = dirname(fileURLToPath(import.meta.url));
const root = dirname(web);
const frozenFile = join(web, 'loader', 'frozen.json');
const hash = (name, bytes, form = 'base64') => createHash(name).update(bytes).digest(form);

function bundle(entry) {
  const built = buildSync({ entryPoints: [entry], bundle: true, minify: true, write: false, format: 'iife', target: 'es2022',
    legalComments: 'none', absWorkingDir: root });
  return built.outputFiles[0].text.trim();
}

function checkTypes() {
  const run = spawnSync(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', join(root, 'tsconfig.json')],
    { encoding: 'utf8' });
  if (run.status !== 0) {
    process.stderr.write(run.stdout + run.stderr);
    process.exit(1);
  }
}

// A page pins the loader's bytes: changed bytes under an old version are a mistake.
function checkFrozen(loader) {
  const frozen = JSON.parse(readFileSync(frozenFile, 'utf8'));
  const now = hash('sha256', loader, 'hex');
  if (process.argv.includes('--freeze')) {
    writeFileSync(frozenFile, `${JSON.stringify({ version: frozen.version, sha256: now }, null, 2)}\n`);
    process.exit(0);
  }
  if (frozen.sha256 !== now) {
    process.stderr.write(`web/loader changed: raise "version" in web/loader/frozen.json, then node web/build.mjs --freeze (${now})\n`);
    process.exit(1);
  }
  return frozen.version;
}

function widgetDocument() {
  const script = bundle(join(web, 'widget', 'main.ts'));
  const css = buildSync({ entryPoints: [join(web, 'widget', 'widget.css')], minify: true, write: false, absWorkingDir: root,
    target: 'chrome120' }).outputFiles[0].text.trim();
  if (script.includes('</script')) throw new Error('the script would end its own element');
  const html = '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    + `<title>Chat</title><style>${css}</style></head><body><div id="app"></div><script type="application/json" id="public"></script>`
    + `<noscript>This chat needs JavaScript: it seals your words before they leave this browser.</noscript><script>${script}</script></body></html>`;
  return { html, script: `sha256-${hash('sha256', script)}`, style: `sha256-${hash('sha256', css)}` };
}

function pack(path, type, text) {
  const plain = Buffer.from(text);
  const brotli = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } });
  const gzip = gzipSync(plain, { level: 9 });
  gzip[9] = 255; // the operating system's byte: the same everywhere
  return { path, type, plain, brotli, gzip, sha384: hash('sha384', plain) };
}

function cSource(assets, names) {
  const bytes = [];
  const rows = assets.map((asset, i) => {
    for (const kind of ['plain', 'brotli', 'gzip'])
      bytes.push(`static const unsigned char ${kind}_${i}[] = {${[...asset[kind]].join(',')}};`);
    return `    {"${asset.path}", "${asset.type}", "${asset.sha384}", plain_${i}, sizeof plain_${i}, brotli_${i}, sizeof brotli_${i}, gzip_${i}, sizeof gzip_${i}},`;
  });
  const texts = Object.entries(names).map(([name, text]) => `const char asset_${name}[] = "${text}";`);
  return `/* Made by web/build.mjs. */\n#include "front/asset.h"\n\n${bytes.join('\n')}\n\nconst struct asset asset_table[] = {\n${rows.join('\n')}\n};\n`
    + `const size_t asset_count = sizeof asset_table / sizeof *asset_table;\n${texts.join('\n')}\n`;
}

function build(out) {
  checkTypes();
  const loader = bundle(join(web, 'loader', 'loader.ts'));
  const version = checkFrozen(loader);
  const widget = widgetDocument();
  const path = `/v1/loader-${version}-${hash('sha256', loader, 'hex').slice(0, 8)}.js`;
  const script = 'text/javascript; charset=utf-8';
  const assets = [pack(path, script, loader), pack('/v1/loader.js', script, loader), pack('/w', 'text/html; charset=utf-8', widget.html)];
  mkdirSync(out, { recursive: true });
  const sizes = {};
  for (const [name, asset] of [['loader.js', assets[0]], ['widget.html', assets[2]]]) {
    writeFileSync(join(out, name), asset.plain);
    sizes[name] = { plain: asset.plain.length, brotli: asset.brotli.length, gzip: asset.gzip.length };
  }
  writeFileSync(join(out, 'assets.json'), JSON.stringify({ loader: { path, version, sha384: assets[0].sha384 }, sizes }, null, 2));
  const c = process.argv.indexOf('--c');
  if (c > 0)
    writeFileSync(process.argv[c + 1], cSource(assets, { script_hash: widget.script, style_hash: widget.style, loader_path: path, loader_version: version }));
  process.stdout.write(`loader ${sizes['loader.js'].brotli} B, widget ${sizes['widget.html'].brotli} B (brotli)\n`);
}

function test() {
  const out = mkdtempSync(join(tmpdir(), 'privet-web-'));
  const files = ['channel', 'widget', 'loader'].flatMap((folder) =>
    readdirSync(join(web, folder)).filter((name) => name.endsWith('.test.ts')).map((name) => join(web, folder, name)));
  if (files.length === 0) throw new Error('no tests');
  // Debian 12's Node 18 has WebCrypto, but no global of that name.
  const banner = "import { webcrypto as nodeCrypto } from 'node:crypto';\nglobalThis.crypto ??= nodeCrypto;";
  buildSync({ entryPoints: files, bundle: true, outdir: out, format: 'esm', platform: 'node', target: 'node18', outExtension: { '.js': '.mjs' },
    absWorkingDir: root, banner: { js: banner } });
  const names = readdirSync(out, { recursive: true }).filter((name) => name.endsWith('.mjs')).map((name) => join(out, name));
  const run = spawnSync(process.execPath, ['--no-warnings', '--test', ...names], { stdio: ['inherit', 'pipe', 'inherit'], cwd: root, encoding: 'utf8' });
  rmSync(out, { recursive: true });
  process.stdout.write(run.stdout);
  const count = (word) => Number(new RegExp(`^(?:#|ℹ) ${word} (\\d+)`, 'm').exec(run.stdout)?.[1] ?? 0);
  process.stdout.write(`${count('pass')} passed, ${count('fail') + count('cancelled')} failed\n`);
  process.exit(run.status === 0 && count('pass') > 0 ? 0 : 1);
}

if (process.argv.includes('--test')) test();
else build(process.argv[2] && !process.argv[2].startsWith('--') ? process.argv[2] : join(tmpdir(), 'privet-bundle'));
