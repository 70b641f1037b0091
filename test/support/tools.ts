import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Programs that the tests drive, each with its names on PATH and the Debian package it is in. */
const TOOLS = {
  // The shell first: the whole browser starts a page of its own for each window, a fifth of the work.
  chromium: {
    names: ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'],
    debian: 'chromium-headless-shell',
  },
  zbarimg: { names: ['zbarimg'], debian: 'zbar-tools' },
  openssl: { names: ['openssl'], debian: 'openssl' },
  pdftoppm: { names: ['pdftoppm'], debian: 'poppler-utils' },
  pdftotext: { names: ['pdftotext'], debian: 'poppler-utils' },
  pdfinfo: { names: ['pdfinfo'], debian: 'poppler-utils' },
} as const

export type Tool = keyof typeof TOOLS

const JAPANESE_FONT = 'fonts-noto-cjk'

/**
 * The path of a program. `CHROMIUM` names a browser that is not on PATH.
 *
 * @throws Error with the package to install when it is nowhere
 */
export function toolPath(tool: Tool): string {
  const path = find(tool)
  if (path === undefined) throw new Error(`${tool} is missing: ${cure([TOOLS[tool].debian])}`)
  return path
}

/**
 * Installs what is missing, with apt-get where that is allowed.
 *
 * @returns undefined when every program is there, else one sentence that says what to install
 */
export function provideTools(): string | undefined {
  const before = missing()
  if (before.length === 0) return undefined
  if (process.getuid?.() !== 0 || onPath('apt-get') === undefined) return cure(before)
  console.log(`installing ${before.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...before]]) {
    const { status, stdout, stderr } = spawnSync('apt-get', args, { env, encoding: 'utf8' })
    if (status !== 0) return `apt-get ${args[0]} failed; ${cure(before)}\n${stdout}${stderr}`
  }
  const after = missing()
  return after.length === 0 ? undefined : cure(after)
}

/** Debian packages of what is not there, each once. */
function missing(): string[] {
  const tools = (Object.keys(TOOLS) as Tool[]).filter((tool) => find(tool) === undefined)
  const packages = tools.map((tool) => TOOLS[tool].debian as string)
  // A browser without a Japanese font draws boxes, and no assertion on text would notice.
  const fonts = spawnSync('fc-list', [':lang=ja'], { encoding: 'utf8' })
  if (!fonts.stdout?.trim()) packages.push(JAPANESE_FONT)
  return [...new Set(packages)]
}

function cure(packages: string[]): string {
  const names = packages.join(' ')
  return `install ${names} (Debian: apt-get install --no-install-recommends ${names}) and run again`
}

function find(tool: Tool): string | undefined {
  const named = tool === 'chromium' ? process.env.CHROMIUM : undefined
  if (named) return isExecutable(named) ? named : undefined
  return TOOLS[tool].names.map(onPath).find((path) => path !== undefined)
}

function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return folders.map((folder) => join(folder, name)).find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
