// Each process tries, in a build for this alone (make try), what its cage forbids, and sends each neighbour every message that it may not
// send. It dies or is refused, the log says what it tried, it is started again, and the server serves. Then what a child is started with.
import { readFileSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { counter, openWorld, until } from './world.mjs';

const { check, end } = counter();
const children = ['front', 'core', 'vault', 'courier'];
const dies = (syscall) => ({ syscall });
const refused = (errno) => ({ errno });
const may = { may: true }; // though the kernel may say no for another reason
const EPERM = 1;
const EACCES = 13;
const ENOSYS = 38;
const always = {
  socket: dies('socket'), open: dies('openat'), open_write: dies('openat'), open_memory: dies('openat'), exec: dies('execve'), fork: dies('clone'), clone3: refused(ENOSYS),
  ptrace: dies('ptrace'), read_memory: dies('process_vm_readv'), mmap_exec: dies('mmap'), mprotect_exec: dies('mprotect'), kill: dies('kill'), tgkill: dies('tgkill'),
  prctl: dies('prctl'), prlimit: dies('prlimit64'), setuid: dies('setuid'), bind: dies('bind'), connect: dies('connect'), memfd: dies('memfd_create'),
  unshare: dies('unshare'), mount: dies('mount'), chroot: dies('chroot'), bpf: dies('bpf'), perf: dies('perf_event_open'), io_uring: dies('io_uring_setup'),
  keyctl: dies('keyctl'), userfaultfd: dies('userfaultfd'), owner: dies('fcntl'), type_for: dies('ioctl'), chmod: dies('chmod'), link: dies('symlink'),
};
const expected = {
  front: always,
  core: { ...always, open: refused(EACCES), open_write: refused(EACCES), open_memory: refused(EACCES) },
  vault: always,
  courier: always,
  // It starts the others, loads their libraries, and ends them; nothing else.
  parent: { ...always, open: may, open_write: refused(EACCES), open_memory: refused(EACCES), exec: refused(EACCES), fork: may, clone3: may, mmap_exec: may,
    mprotect_exec: may, kill: may, tgkill: may, prctl: may, prlimit: may },
};
// How many kinds of message, and one that is none, each may not send to whom.
// (What courier sends, core does not even read: it has no question for it yet.)
const forged = { front: { core: 10 }, core: { front: 13, vault: 12, courier: 15 }, vault: { core: 13 }, courier: {} };

// Any but "ready", one that is no type, and one that is no message: in the log both are unknown.
const forgedToParent = 14;

const eventsOf = (world) => world.log.split('\n').flatMap((line) => {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
});
const serves = async (world) => until(() => fetch(`${world.chat}/.well-known/privet`).then((answer) => answer.ok, () => false), 15000, 'it serves').catch(() => false);

function checkCalls(role, events) {
  for (const [what, wanted] of Object.entries(expected[role])) {
    const at = events.findIndex((event) => event.event === 'try' && event.what === what);
    const after = events.slice(at + 1).find((event) => ['cage_refused', 'try_survived'].includes(event.event) && event.role === role) ?? {};
    const good = at >= 0 && (wanted.syscall ? after.event === 'cage_refused' && after.syscall === wanted.syscall && after.caged === role
      : after.event === 'try_survived' && after.what === what && (wanted.may ? after.gave >= 0 || after.errno === EPERM : after.gave === -1 && after.errno === wanted.errno));
    check(`${role} ${what}: ${wanted.syscall ? 'dies, by name' : wanted.may ? 'may' : 'is refused'}`, good, after);
  }
}

function checkForged(role, events) {
  for (const [to, count] of Object.entries(forged[role] ?? {})) {
    const seen = events.filter((event) => event.event === 'wire_violation' && event.role === to && event.from === role);
    check(`${role} to ${to}: each of ${count} forged messages ends ${to}, which says of what type it was`, seen.length === count && seen.every((one) => one.type && one.bytes > 0),
      [seen.length, events.filter((event) => event.event === 'try_sent')]);
  }
}

async function tryRole(role, at) {
  const world = await openWorld({ at, build: 'build-try', env: { PRIVET_TRY: role } });
  try {
    await until(() => world.log.includes('"event":"try_end"'), 100000, `${role} has tried all`);
    check(`after all that ${role} tried, the server serves`, await serves(world), world.log.slice(-800));
    const events = eventsOf(world);
    checkCalls(role, events);
    checkForged(role, events);
    const gone = events.filter((event) => event.event === 'child_gone' && event.child === role).length;
    check(`${role} was started again each time`, role === 'parent' || events.filter((event) => event.event === 'child_started' && event.child === role).length > gone, gone);
  } catch (error) {
    check(`${role} came to its end`, false, `${error.stack}\n${world.log.slice(-1500)}`);
  }
  await world.close();
}

// Each ends the parent: whoever supervises it starts it again, and the next one is tried.
async function tryParentOf(role, at) {
  const env = { PRIVET_TRY: `${role} parent 0` };
  const seen = [];
  let world = null;
  for (let n = 0; n < 20 && !world?.log.includes('"event":"try_end"'); n++) {
    env.PRIVET_TRY = `${role} parent ${n}`;
    if (world) await world.start();
    else world = await openWorld({ at, build: 'build-try', env });
    await until(() => world.server.exitCode !== null || world.server.signalCode !== null || world.log.includes('"event":"try_end"'), 10000, `the parent ends, ${n}`).catch(() => undefined);
  }
  const events = eventsOf(world);
  for (const one of events.filter((event) => event.event === 'try' && event.to === 'parent' && event.role === role))
    if (events.some((event) => event.event === 'wire_violation' && event.role === 'parent' && event.from === role && event.type === one.type)) seen.push(one.type);
  check(`${role} to parent: each of ${forgedToParent} forged messages ends the parent, which says what it was`, seen.length === forgedToParent && new Set(seen).size === seen.length - 1, [seen, world.log.slice(-800)]);
  await world.close();
}

// Descriptors by what they are; more of a kind than stated, or another kind, is a leak.
const kinds = {
  front: { socket: 3, 'anon_inode:[eventpoll]': 8, 'anon_inode:[eventfd]': 8 },
  core: { socket: 4, 'store.db': 2, 'store.db-wal': 2, 'store.db-shm': 1, slots: 1 },
  vault: { socket: 2 },
  courier: { socket: 2 },
};

function checkChild(world, name, pid) {
  const status = world.status(pid);
  check(`${name}: not root, no group, no capability`, /^Uid:\s+([1-9]\d*)\s+\1\s+\1\s+\1$/m.test(status) && /^Groups:\s*$/m.test(status) && /^CapEff:\s+0+$/m.test(status)
    && /^CapPrm:\s+0+$/m.test(status) && /^CapAmb:\s+0+$/m.test(status), status);
  check(`${name}: no new privileges, a filter, no core dump`, /^NoNewPrivs:\s+1$/m.test(status) && /^Seccomp:\s+2$/m.test(status)
    && /Max core file size\s+0\s+0/.test(readFileSync(`/proc/${pid}/limits`, 'utf8')), status);
  const seen = {};
  for (const fd of readdirSync(`/proc/${pid}/fd`)) {
    if (Number(fd) <= 2) continue;
    const to = readlinkSync(`/proc/${pid}/fd/${fd}`);
    const kind = to.startsWith('socket:') ? 'socket' : to.startsWith('/') ? to.split('/').pop() : to;
    seen[kind] = (seen[kind] ?? 0) + 1;
  }
  if (name === 'parent') return;
  check(`${name}: no descriptor but its own`, Object.entries(seen).every(([kind, count]) => count <= (kinds[name][kind] ?? 0)), seen);
  check(`${name}: an empty environment`, readFileSync(`/proc/${pid}/environ`).length === 0, readFileSync(`/proc/${pid}/environ`, 'latin1'));
  check(`${name}: can't be dumped: its files in /proc are root's`, statSync(`/proc/${pid}/environ`).uid === 0);
}

async function started() {
  const world = await openWorld({ at: 9 });
  for (const [name, pid] of Object.entries({ parent: world.server.pid, ...world.children() })) checkChild(world, name, pid);
  await world.close();
}

await started();
await Promise.all([...children, 'parent'].map((role, i) => tryRole(role, i)));
await Promise.all(children.map((role, i) => tryParentOf(role, 10 + i)));
end();
