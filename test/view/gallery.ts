/**
 * Pictures of every page and state, for looking at: `node test/view/gallery.ts [part of a name]`.
 * They land in `test/shots/`, which git ignores.
 */
import { execFile } from 'node:child_process'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-core'
import { axeFindings, launchBrowser } from '../support/browser.ts'
import { document, STATES, type State } from './pages.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..', '..')
const shots = join(root, 'test', 'shots')
const only = process.argv[2] ?? ''
const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'"

const server = createServer(async (request, response) => {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname
  const [, lang = '', name = ''] = /^\/page\/(ja|en)\/(.+)$/.exec(path) ?? []
  const state = STATES.find((one) => one.name === name)
  if (state) {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.setHeader('content-security-policy', CSP)
    response.end(document(state, lang === 'en' ? 'en' : 'ja'))
    return
  }
  const file = await readFile(join(root, 'public', path)).catch(() => undefined)
  response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream')
  response.statusCode = file ? 200 : 404
  response.end(file)
})

async function shoot(browser: Browser, origin: string, state: State, lang: 'ja' | 'en') {
  for (const width of [1280, 320]) {
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      locale: 'ja-JP',
      timezoneId: 'Asia/Tokyo',
    })
    const tab = await context.newPage()
    const noise: string[] = []
    tab.on('console', (message) => noise.push(message.text()))
    tab.on('pageerror', (error) => noise.push(String(error)))
    await tab.goto(`${origin}/page/${lang}/${state.name}`)
    await tab.waitForLoadState('networkidle')
    for (const id of state.tick ?? []) await tab.check(`#${id}`)
    const file = join(shots, `${state.name}-${lang}-${width}`)
    await tab.screenshot({ path: `${file}.png`, fullPage: true })
    const overflow = await tab.evaluate('document.documentElement.scrollWidth - innerWidth')
    const faults = await axeFindings(tab)
    if (Number(overflow) > 0) faults.push(`overflow by ${overflow} px`)
    for (const fault of [...faults, ...noise])
      console.log(`${state.name} ${lang} ${width}: ${fault}`)
    if (width === 1280 && (state.name.startsWith('result') || state.name === 'shares-created')) {
      await tab.pdf({ path: `${file}.pdf`, preferCSSPageSize: true })
      await run('pdftoppm', ['-r', '80', '-png', `${file}.pdf`, `${file}-print`])
    }
    await context.close()
  }
}

if (only === '') await rm(shots, { recursive: true, force: true })
await mkdir(shots, { recursive: true })
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const browser = await launchBrowser()
const jobs = STATES.filter(({ name }) => name.includes(only)).flatMap((state) =>
  (['ja', 'en'] as const).map((lang) => () => shoot(browser, origin, state, lang)),
)
const worker = async () => {
  for (let job = jobs.shift(); job; job = jobs.shift()) await job()
}
await Promise.all([worker(), worker(), worker()])
await browser.close()
server.close()
