// The door to every command: runs on any Node ≥ 20, makes Node 24 and the locked packages present once, then hands over.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE_MAJOR = 24;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const toolchain = join(root, 'toolchain');

/** What Node 24 is asked to run for each command; `npm` stands for npm's own script. */
const commands = {
	start: ['scripts/start.ts'],
	dev: ['scripts/dev.ts'],
	test: ['scripts/test.ts'],
	lint: ['scripts/test.ts', '--only=static'],
	chain: ['scripts/chain.ts'],
	reindex: ['scripts/reindex.ts'],
	arbitrate: ['scripts/arbitrate.ts'],
	rates: ['scripts/rates.ts'],
	govern: ['scripts/govern.ts'],
	'check-draw': ['scripts/check-draw.ts'],
	contracts: ['npm', 'run', 'build', '-w', '@kaishi/contracts', '--'],
	bench: ['bench/run.ts'],
	'bench:drop': ['bench/drop.ts'],
	'bench:live': ['bench/live.ts'],
	crash: ['scripts/crash.ts'],
	fuzz: ['npm', 'run', 'fuzz', '-w', '@kaishi/contracts', '--'],
	mutants: ['npm', 'run', 'mutants', '-w', '@kaishi/contracts', '--'],
	coverage: ['npm', 'run', 'coverage', '-w', '@kaishi/contracts', '--'],
};

class Trouble extends Error {}

const say = (line) => console.log(`\u001b[2mkaishi\u001b[0m ${line}`);

/** npm's own script: from the npm that runs us, else the one beside this Node, else the one in PATH. */
function findNpm() {
	const beside = join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
	const besideOnWindows = join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
	const inPath = (process.env.PATH ?? '').split(delimiter).map((dir) => join(dir, 'npm'));
	for (const file of [process.env.npm_execpath, beside, besideOnWindows, ...inPath]) {
		if (!file || !existsSync(file)) continue;
		const real = realpathSync(file);
		if (/npm-cli\.c?js$/.test(real)) return real;
	}
	throw new Trouble('npm was not found. Install Node.js together with npm (https://nodejs.org), then run this again.');
}

/** The environment for programs under `node`: that Node first in PATH, and nothing of the npm script that called us. */
function environmentFor(node, npm) {
	const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(package|lifecycle)_|^npm_config_local_prefix$|^INIT_CWD$/i.test(name)));
	const pathName = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
	return { ...env, [pathName]: [dirname(node), env[pathName]].filter(Boolean).join(delimiter), npm_node_execpath: node, npm_execpath: npm };
}

/** Of commands that open a market: a restart reads what was compiled before instead of compiling it. Goes with the packages. */
const compiled = new Set(['start', 'dev', 'chain']);
const COMPILED = join(root, 'node_modules', '.cache', 'kaishi-compiled');
/**
 * What the EVM remembers of a block is a few hundred megabytes that are given back at its end: a C library that returned them to the
 * system each time would spend half of a replay on that.
 */
const KEPT_FOR_THE_EVM = { MALLOC_TRIM_THRESHOLD_: String(2 ** 30) };
/** Megabytes that a start fills anyway: room for them from the beginning is a tenth less work than making it bit by bit. */
const YOUNG_SPACE = '--min-semi-space-size=16';

function install(node, npm, cwd, what) {
	const started = Date.now();
	const result = spawnSync(node, [npm, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd, stdio: 'inherit', env: environmentFor(node, npm) });
	if (result.status === 0) return say(`${what}: ready after ${Math.round((Date.now() - started) / 1000)} s`);
	throw new Trouble(
		`${what} could not be installed (npm answered ${result.status ?? result.signal}).\n` +
			'  Most often the network or the npm registry cannot be reached, or the disk is full. Nothing is broken: run the same command again once that is solved.\n' +
			'  没有装好：多半是网络或 npm 源不通，或磁盘已满。解决后再运行同一条命令即可。',
	);
}

/** Node 24: the one running us, or the one in toolchain/, fetched from npm once. */
function ensureNode(npm) {
	if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return process.execPath;
	const name = `node-${process.platform}-${process.arch}`;
	const lock = JSON.parse(readFileSync(join(toolchain, 'package-lock.json'), 'utf8'));
	const wanted = lock.packages[`node_modules/${name}`]?.version;
	if (!wanted)
		throw new Trouble(
			`Kaishi runs on Node ${NODE_MAJOR}. This is Node ${process.versions.node}, and for ${process.platform}-${process.arch} npm has none to fetch: install Node ${NODE_MAJOR} or newer.`,
		);
	const node = join(toolchain, 'node_modules', name, 'bin', 'node');
	if (versionOf(node) !== `v${wanted}`) {
		say(
			`Kaishi runs on Node ${NODE_MAJOR}, this is Node ${process.versions.node}: fetching it once, into this folder only · 首次运行，正在准备 Node ${NODE_MAJOR}`,
		);
		install(process.execPath, npm, toolchain, `Node ${wanted}`);
	}
	if (versionOf(node) !== `v${wanted}`)
		throw new Trouble(`Node ${wanted} was fetched but does not run here. Install Node ${NODE_MAJOR} or newer and run this again.`);
	return node;
}

function versionOf(node) {
	try {
		return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
	} catch {
		return null;
	}
}

/** Packages as the lockfile says. A stamp inside node_modules makes the usual case free; `npm ci` removes it first, so an interrupted install starts over. */
function ensurePackages(node, npm) {
	const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
	const stampFile = join(root, 'node_modules', '.kaishi-installed');
	const stamp = createHash('sha256').update(lockText).update(`${process.platform}-${process.arch}`).digest('hex');
	if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
	if (!treeMatches(JSON.parse(lockText))) {
		say('installing the packages of the lockfile, about a minute · 正在安装依赖，约一分钟');
		install(node, npm, root, 'packages');
	}
	writeFileSync(stampFile, stamp);
}

function treeMatches(lock) {
	const hidden = join(root, 'node_modules', '.package-lock.json');
	if (!existsSync(hidden)) return false;
	const have = JSON.parse(readFileSync(hidden, 'utf8')).packages;
	return Object.entries(lock.packages).every(
		([path, wanted]) => !path.includes('node_modules/') || wanted.link || !fitsHere(wanted) || have[path]?.version === wanted.version,
	);
}

/** Whether npm must have installed a package on this machine. Of the optional ones only native binaries for this platform count: a skipped one breaks things later. */
function fitsHere({ os, cpu, libc, optional }) {
	if (optional && !(os && cpu)) return false;
	const allows = (list, value) => !list || (list.some((x) => x.startsWith('!')) ? !list.includes(`!${value}`) : list.includes(value));
	const ourLibc = process.platform !== 'linux' ? undefined : process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl';
	return allows(os, process.platform) && allows(cpu, process.arch) && allows(libc, ourLibc);
}

function handOver(node, npm, [command, ...args]) {
	const steps = commands[command];
	const argv = steps[0] === 'npm' ? [npm, ...steps.slice(1), ...args] : [join(root, steps[0]), ...steps.slice(1), ...args];
	if (compiled.has(command)) argv.unshift(YOUNG_SPACE);
	const env = { ...(compiled.has(command) ? { NODE_COMPILE_CACHE: COMPILED, ...KEPT_FOR_THE_EVM } : {}), ...environmentFor(node, npm) };
	const child = spawn(node, argv, { cwd: root, stdio: 'inherit', env });
	// a terminal sends Ctrl-C to the child as well: only wait for it; other senders reach us alone
	process.on('SIGINT', () => {});
	for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
	// npm tells its shell to end, and the shell tells nobody: then we are an orphan, and end what we started
	const parent = process.ppid;
	if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500).unref();
	child.on('error', (error) => fail(error));
	child.on('exit', (code, signal) => process.exit(signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1)));
}

function fail(error) {
	if (!(error instanceof Trouble)) throw error;
	console.error(`\n${error.message}\n`);
	process.exit(1);
}

try {
	const [command] = process.argv.slice(2);
	if (!(command in commands)) throw new Trouble(`Usage: npm run <${Object.keys(commands).join(' | ')}>`);
	const npm = findNpm();
	const node = ensureNode(npm);
	ensurePackages(node, npm);
	handOver(node, npm, process.argv.slice(2));
} catch (error) {
	fail(error);
}
