// Starts a TypeScript entry under a Node that can run it: `node src/launch.mjs <entry.ts> [args]`.
// Plain JavaScript that any Node since 14.18 reads, because it is what an old Node is given.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import module from 'node:module'
import { constants } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isNewEnough, tooOld } from './node-version.mjs'

/** The Node that is fetched where none is new enough; CI runs on the same. */
const FETCHED = '24.21.0'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const remembered = join(root, '.node', 'path')

/**
 * What Node makes of the TypeScript, kept beside the code: a command starts in half the time, and a
 * process whose files are all in it never loads Node's stripper of types, 25 MB of WebAssembly.
 * Node tells by a file's bytes whether what it kept of it still holds.
 */
const compiled = join(root, '.node', 'compiled')

/**
 * Runs the entry to its end and leaves with its exit code, 128 + n after signal n.
 *
 * @param {string} entry path of a TypeScript file
 * @param {string[]} args its arguments
 */
export async function launch(entry, args) {
  if (!isNewEnough(process.versions.node)) return spawnEntry(findNode(), entry, args)
  // Where the folder cannot be written to, all is compiled again each time.
  module.enableCompileCache(compiled)
  // In this very process: a second one would only stand between the entry and its signals.
  process.argv = [process.execPath, resolve(entry), ...args]
  process.env.PATH = pathWith(process.execPath)
  await import(pathToFileURL(resolve(entry)).href)
}

/** A new enough Node: from PATH, else the one remembered, else fetched by npm. */
function findNode() {
  const candidates = (process.env.PATH || '').split(delimiter).filter(Boolean)
  const node =
    candidates.map((folder) => join(folder, 'node')).find(works) || recall() || fetchNode()
  if (node) return node
  console.error(tooOld(process.versions.node))
  process.exit(1)
}

function recall() {
  const path = existsSync(remembered) ? readFileSync(remembered, 'utf8').trim() : ''
  return works(path) ? path : undefined
}

function fetchNode() {
  console.error(
    `Node ${process.versions.node} is too old: fetching Node ${FETCHED} once, with npm.`,
  )
  const path = output('npm', [
    'exec',
    '--yes',
    // The package `node` brings its binary by an install script.
    '--ignore-scripts=false',
    `--package=node@${FETCHED}`,
    '--',
    'node',
    '-p',
    'process.execPath',
  ])
  if (!works(path)) return undefined
  try {
    mkdirSync(dirname(remembered), { recursive: true })
    writeFileSync(remembered, `${path}\n`)
  } catch {
    // A checkout that cannot be written to only means that npm is asked again the next time.
  }
  return path
}

function works(path) {
  return existsSync(path) && isNewEnough(output(path, ['-p', 'process.versions.node']))
}

function output(command, args) {
  const { stdout } = spawnSync(command, args, { cwd: root, encoding: 'utf8', timeout: 300000 })
  return (stdout || '').trim()
}

function pathWith(node) {
  return [dirname(node), process.env.PATH].filter(Boolean).join(delimiter)
}

function spawnEntry(node, entry, args) {
  const env = { NODE_COMPILE_CACHE: compiled, ...process.env, PATH: pathWith(node) }
  const child = spawn(node, [resolve(entry), ...args], { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // Once each: on Ctrl-C the terminal signals the whole group and npm sends the same again.
    let passedOn = false
    process.on(signal, () => {
      if (!passedOn) child.kill(signal)
      passedOn = true
    })
  }
  child.on('error', (error) => {
    console.error(`${node} cannot be started: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code))
}

const startedDirectly =
  process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)
if (startedDirectly) {
  const [entry, ...args] = process.argv.slice(2)
  if (entry) await launch(entry, args)
  else {
    console.error('Usage: node src/launch.mjs <entry.ts> [arguments]')
    process.exit(2)
  }
}
