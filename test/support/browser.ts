import axe from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { toolPath } from './tools.ts'

declare global {
  interface Window {
    axe: typeof axe
  }
}

/** The two sizes that every page is looked at. */
export const WIDE = { width: 1280, height: 900 }
export const NARROW = { width: 320, height: 640 }

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Any name under .example (RFC 2606) is this machine: a host that is not loopback by name.
  '--host-resolver-rules=MAP *.example 127.0.0.1',
]

/** Debian's chromium, or the one that `CHROMIUM` names; close it after the last test. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: toolPath('chromium'), args: FLAGS })
}

export interface Visit {
  page: Page
  context: BrowserContext
  /** What no page may do; expected to stay empty. */
  violations: string[]
}

/**
 * A page in a context of its own: an officer in Japan.
 *
 * `violations` collects breaches of the Content-Security-Policy, errors on the console, uncaught
 * exceptions and requests to any other origin. An error status of a page itself is not one of
 * them, although the browser logs it on the console.
 *
 * @param origin the server's origin; relative addresses in `goto` start from it
 * @param options `viewport` WIDE unless given; `script: false` turns JavaScript off
 */
export async function openPage(
  browser: Browser,
  origin: string,
  options: { viewport?: { width: number; height: number }; script?: boolean } = {},
): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: origin,
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    viewport: options.viewport ?? WIDE,
    javaScriptEnabled: options.script ?? true,
  })
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) =>
      console.error('securitypolicyviolation', event.effectiveDirective, event.blockedURI),
    )
  })
  const page = await context.newPage()
  return { page, context, violations: collectViolations(page, origin) }
}

function collectViolations(page: Page, origin: string): string[] {
  const violations: string[] = []
  const visited = new Set<string>()
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (request.isNavigationRequest()) visited.add(withoutFragment(request.url()))
    const network = ['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol)
    if (network && url.host !== new URL(origin).host) violations.push(`request to ${url.href}`)
  })
  page.on('console', (message) => {
    const ownStatus =
      message.text().startsWith('Failed to load resource') &&
      visited.has(withoutFragment(message.location().url))
    if (message.type() === 'error' && !ownStatus) violations.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => violations.push(`uncaught: ${error.message}`))
  return violations
}

function withoutFragment(url: string): string {
  return url.split('#')[0] as string
}

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * What axe finds on the page as it is shown now, up to WCAG 2.2 AA and its best practices.
 * axe is itself a script: open the page with script. It is put into a page once, and asked there:
 * no page has frames, for which its own way of driving a browser takes three times as long.
 *
 * @param colours whether contrast is reckoned, which takes most of the time and no notice of the size
 * @returns one line for each finding, with the elements; expected to be empty
 */
export async function axeFindings(page: Page, colours = true): Promise<string[]> {
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe.source)
  return page.evaluate(
    async ([runOnly, enabled]) => {
      const rules = { 'color-contrast': { enabled } }
      const { violations } = await window.axe.run({ resultTypes: ['violations'], runOnly, rules })
      return violations.map(
        ({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target).join(', ')})`,
      )
    },
    [AXE_TAGS, colours] as const,
  )
}
