// Passkeys, which need a script by their nature; everything else on the page works without this one.

const lang = document.documentElement.lang === 'en' ? '?lang=en' : ''

/** @param {string} path @param {object} [body] */
async function post(path, body = {}) {
  const response = await fetch(path + lang, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { ok: response.ok, body: await response.json().catch(() => ({})) }
}

/** @param {string} name */
function show(name) {
  document.querySelector(`[data-passkey-${name}]`)?.removeAttribute('hidden')
}

function clear() {
  for (const name of ['failed', 'stale'])
    document.querySelector(`[data-passkey-${name}]`)?.setAttribute('hidden', '')
}

async function signIn() {
  clear()
  const options = await post('/sign-in/passkey/options')
  if (!options.ok) return show('failed')
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON({
    ...options.body,
    userVerification: 'required',
  })
  const credential = await navigator.credentials.get({ publicKey })
  const field = /** @type {HTMLInputElement} */ (document.querySelector('[name=next]'))
  const { ok, body } = await post('/sign-in/passkey', { response: credential, next: field.value })
  if (!ok) return show('failed')
  location.assign(body.next)
}

async function add() {
  clear()
  const options = await post('/account/passkeys/options')
  if (!options.ok) return show(options.body.stale ? 'stale' : 'failed')
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options.body)
  const credential = await navigator.credentials.create({ publicKey })
  const field = /** @type {HTMLInputElement} */ (document.getElementById('field-passkey-name'))
  const { ok, body } = await post('/account/passkeys', { response: credential, name: field.value })
  if (!ok) return show('failed')
  location.assign(body.next)
}

/** @param {string} selector @param {() => Promise<void>} deed */
function onPress(selector, deed) {
  const button = document.querySelector(selector)
  button?.addEventListener('click', () => deed().catch(() => show('failed')))
}

/** A passkey is made for a site's name; under a mere address there are none (WebAuthn §5.1.3). */
const hasName = /[a-z]/i.test(location.hostname) && !location.hostname.startsWith('[')

// A browser that has them, and can read what the server sends.
if (hasName && globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  document.querySelector('[data-passkey]')?.removeAttribute('hidden')
  onPress('[data-passkey-sign-in]', signIn)
  onPress('[data-passkey-add]', add)
}
