import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Browser, Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { openSignOn, type SignOn } from '../../accounts/sign-on.ts'
import { newDesk } from '../../cli/akashi.ts'
import { openPage } from '../../support/browser.ts'
import { freePort, startServer } from '../../support/server.ts'
import { story } from '../support/story.ts'

export const PASSWORD = 'tetsukyo-no-mukou-gawa'
/** Several sign-ins, each of which costs a password's hash, on a machine that is busy. */
export const SLOW = { timeout: 180_000 }
const FIRM = '株式会社髙橋建設'

/**
 * A story at an installation without the demo, behind a proxy, set up by its operator on the command
 * line while its server runs, with a single sign-on beside it. One for all files, as of `story`: each
 * test invites people of its own.
 */
export const houseStory = story.extend(
  'house',
  { scope: 'worker' },
  async ({ env }, { onCleanup }) => {
    // Passkeys need a name, which a number is not.
    const origin = `http://localhost:${await freePort()}`
    const signOn = await openSignOn(origin)
    const house = await openHouse(origin, { ...env, ...signOn.env })
    onCleanup(async () => {
      signOn.close()
      await house.close()
    })
    return { ...house, signOn }
  },
)

async function openHouse(origin: string, env: Record<string, string>) {
  const folder = newDesk()
  const { dataDir } = folder
  const settings = { ...env, DEMO: '0', PUBLIC_ORIGIN: origin, TRUST_PROXY: '1' }
  const server = await startServer({ ...settings, PORT: new URL(origin).port, DATA_DIR: dataDir })

  function akashi(...args: string[]): string {
    const { status, stdout, stderr } = folder.akashi(args, { env: settings })
    if (status !== 0) throw new Error(`akashi ${args.join(' ')} ended with ${status}: ${stderr}`)
    return stdout
  }

  akashi('org', 'add', FIRM, '--kind', 'contractor')
  return {
    origin,
    akashi,

    /** The link by which somebody joins. */
    invite(email: string, org = FIRM, role = 'contractor'): string {
      return akashi('user', 'add', '--role', role, '--org', org, '--email', email).trim()
    },

    /** Changes the file beneath the running server, as time that goes by would. */
    change(sql: string, ...values: string[]): void {
      const file = new Database(join(dataDir, 'akashi.db'))
      file.prepare(sql).run(...values)
      file.close()
    },

    async close(): Promise<void> {
      expect(await server.stop()).toBe(0)
      rmSync(folder.path, { recursive: true, force: true })
      expect(server.output()).not.toContain('"event":"internal"')
    },
  }
}

export type House = Awaited<ReturnType<typeof openHouse>> & { signOn: SignOn }

let networks = 0

/**
 * A browser of somebody in a network of their own; that no page broke a rule of the site is part of
 * the story.
 * @param expected of the violations those that the story is about
 */
export async function personIn(
  browser: Browser,
  { origin }: { origin: string },
  { script = true, expected }: { script?: boolean; expected?: RegExp } = {},
): Promise<Page> {
  const { page, context, violations } = await openPage(browser, origin, { script })
  networks += 1
  await context.setExtraHTTPHeaders({ 'x-forwarded-for': `198.51.100.${networks}` })
  onTestFinished(async () => {
    await context.close()
    expect(violations.filter((violation) => !expected?.test(violation))).toEqual([])
  })
  return page
}

/** A browser of somebody who has joined, and stands on their account. */
export async function memberIn(
  browser: Browser,
  house: House,
  email: string,
  options?: { expected?: RegExp },
): Promise<Page> {
  const page = await personIn(browser, house, options)
  const [, secret = ''] = house.invite(email).split('#')
  const form = { secret, name: '佐藤　花子', password: PASSWORD }
  const headers = { origin: house.origin }
  const { request } = page.context()
  const reply = await request.post('/invitation', { form, headers, maxRedirects: 0 })
  expect(reply.status()).toBe(303)
  await page.goto('/account')
  return page
}
