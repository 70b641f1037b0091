import type { CDPSession, Page } from 'playwright-core'
import { expect } from 'vitest'
import { press } from '../support/deeds.ts'
import { houseStory, memberIn, SLOW } from './house.ts'
import { keepPicture, look } from './sign-in-deeds.ts'

type Credential = Awaited<ReturnType<typeof keysOf>>[number]

async function keysOf(session: CDPSession, authenticatorId: string) {
  return (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials
}

/** What keeps the passkeys of a browser; it asks for a finger or a PIN, or cannot. */
async function authenticatorOf(page: Page, asks: boolean) {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: asks,
      isUserVerified: asks,
      automaticPresenceSimulation: true,
    },
  })
  return {
    keys: () => keysOf(session, authenticatorId),
    take: (credential: Credential) =>
      session.send('WebAuthn.addCredential', { authenticatorId, credential }),
    remove: () => session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId }),
  }
}

/**
 * The page's own script asks for verification; here it does not, as somebody's own script would.
 * @param id of the passkey that is asked for, in base64: one that is not named is guarded by browsers
 */
async function askForNoVerification(page: Page, id?: string): Promise<void> {
  await page.evaluate((base64) => {
    const { get, create } = navigator.credentials
    const bytes = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
    navigator.credentials.get = ({ publicKey, ...options } = {}) => {
      const changed = { ...publicKey, userVerification: 'discouraged' }
      if (base64) changed.allowCredentials = [{ type: 'public-key', id: bytes(base64) }]
      const given = changed as PublicKeyCredentialRequestOptions
      return get.call(navigator.credentials, { ...options, publicKey: given })
    }
    navigator.credentials.create = (options: CredentialCreationOptions = {}) => {
      const { publicKey } = options
      if (publicKey?.authenticatorSelection) {
        publicKey.authenticatorSelection.userVerification = 'discouraged'
      }
      return create.call(navigator.credentials, options)
    }
  }, id)
}

/** What the server answers to what the authenticator made. */
async function statusOf(page: Page, path: string, deed: () => Promise<void>): Promise<number> {
  const answered = page.waitForResponse((response) => new URL(response.url()).pathname === path, {
    timeout: 10_000,
  })
  await deed()
  return (await answered).status()
}

// The script’s own calls are answered with 401, which the browser logs; the last page is another address.
const expected = /status of 401|request to http:\/\/127\.0\.0\.1/

houseStory(
  'a passkey signs in; one that asked for no finger does not',
  SLOW,
  async ({ browser, house }) => {
    const page = await memberIn(browser, house, 'abe@takahashi.example', { expected })
    const add = page.getByRole('button', { name: 'パスキーを登録する' })
    const table = page.getByRole('table', { name: 'パスキー' })

    // One that does not know its owner is not taken, though the browser hands it over.
    const careless = await authenticatorOf(page, false)
    await askForNoVerification(page)
    expect(await statusOf(page, '/account/passkeys', () => add.click())).toBe(401)
    await page.getByText('パスキーを登録できませんでした').waitFor()
    expect(await careless.keys()).toHaveLength(1)
    await careless.remove()
    await page.reload()
    expect(await table.count()).toBe(0)

    const authenticator = await authenticatorOf(page, true)
    await page.getByLabel('端末の名前').fill('会社のパソコン')
    await add.click()
    await page.waitForURL('**/account?done=passkey')
    expect(await table.getByRole('row').count()).toBe(2)
    expect(await table.getByRole('rowheader', { name: '会社のパソコン' }).count()).toBe(1)
    await look(page, 'account-passkey')
    await press(page, 'ログアウト')
    const enter = page.getByRole('button', { name: 'パスキーでログインする' })
    await enter.click()
    await page.waitForURL('**/desk')

    // The same key, in the hands of something that asks nobody for anything.
    const [key] = await authenticator.keys()
    await authenticator.remove()
    const copier = await authenticatorOf(page, false)
    await copier.take(key as Credential)
    await page.goto('/account')
    await press(page, 'ログアウト')
    await askForNoVerification(page, key?.credentialId)
    expect(await statusOf(page, '/sign-in/passkey', () => enter.click())).toBe(401)
    await page.getByText('パスキーでログインできませんでした').waitFor()
    await keepPicture(page, 'passkey-refused')
    await page.goto('/account')
    expect(new URL(page.url()).pathname).toBe('/sign-in')

    // A passkey belongs to the site's name; under another address the page says where it works.
    await page.goto(`${house.origin.replace('localhost', '127.0.0.1')}/sign-in`)
    expect(await enter.count()).toBe(0)
    await page.getByText('パスキーは、次のアドレスで開いた画面で使えます。').waitFor()
    expect(await page.getByRole('link', { name: house.origin }).count()).toBe(1)
    await keepPicture(page, 'passkey-elsewhere')
  },
)
