import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { exportJWK, generateKeyPair } from 'jose'
import { Provider } from 'oidc-provider'
import { freePort } from '../support/server.ts'

export interface Person {
  email: string
  name: string
  /** Many providers say nothing of it. */
  email_verified?: boolean
}

export interface SignOn {
  issuer: string
  /** Its people by login; to be added to. Any other login is nobody. */
  people: Record<string, Person>
  /** The settings of a server whose people come by it. */
  env: Record<string, string>
  close(): void
}

const CLIENT = {
  client_id: 'akashi',
  client_secret: 'a-secret-of-the-test-and-of-no-use-elsewhere',
}
const LOGIN = /^\/login\/[\w-]+$/

/**
 * The single sign-on of an authority: a real OpenID provider on loopback, with a page on which
 * somebody gives a login (never a password) or turns back.
 * @param origin of the site that its people go on to
 */
export async function openSignOn(origin: string): Promise<SignOn> {
  const people: Record<string, Person> = {}
  const port = await freePort()
  const issuer = `http://localhost:${port}`
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const provider = new Provider(issuer, {
    clients: [
      {
        ...CLIENT,
        redirect_uris: [`${origin}/api/auth/callback/oidc`],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: ['of the test alone'] },
    ttl: { AccessToken: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/login/${uid}` },
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: '1', alg: 'RS256', use: 'sig' }] },
    findAccount: (_, login) => {
      const person = people[login]
      return person && { accountId: login, claims: () => ({ sub: login, ...person }) }
    },
    // Nobody is asked whether the site may know their address: their house has said so.
    async loadExistingGrant({ oidc: { client, session } }) {
      const given = { clientId: client?.clientId, accountId: session?.accountId }
      const grant = new provider.Grant(given as { clientId: string; accountId: string })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
  const answer = provider.callback()
  const server = createServer((request, response) => {
    if (!LOGIN.test(request.url ?? '')) void answer(request, response)
    else if (request.method === 'POST') void finish(provider, request, response)
    else ask(response)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    issuer,
    people,
    env: {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: CLIENT.client_id,
      OIDC_CLIENT_SECRET: CLIENT.client_secret,
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function ask(response: ServerResponse): void {
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.end(`<!doctype html><html lang="ja"><link rel="icon" href="data:,"><title>市の認証</title><h1>市の認証</h1>
<form method="post"><label>職員番号 <input name="login"></label>
<button name="act" value="in">認証する</button> <button name="act" value="back">中止する</button></form>`)
}

async function finish(provider: Provider, request: IncomingMessage, response: ServerResponse) {
  const sent = new URLSearchParams(await text(request))
  const result =
    sent.get('act') === 'in'
      ? { login: { accountId: sent.get('login') ?? '' } }
      : { error: 'access_denied', error_description: 'The person turned back <b>here</b>.' }
  await provider.interactionFinished(request, response, result)
}
