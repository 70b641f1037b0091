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

const site = /** @type {HTMLElement | null} */ (document.querySelector('[data-passkey]'))
const part = document.querySelector('[data-passkey-part]')

// A passkey is made for the site's own name, whatever other names lead to it. Only where browser and
// site have them is anything of this on the page.
if (site && site.dataset.passkey !== location.origin) {
  show('elsewhere')
  part?.removeAttribute('hidden')
} else if (site && globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  site.removeAttribute('hidden')
  part?.removeAttribute('hidden')
  onPress('[data-passkey-sign-in]', signIn)
  onPress('[data-passkey-add]', add)
}
