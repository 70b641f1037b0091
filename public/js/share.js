// The share link's page with a script: the token moves from the address into the form. It is sent
// when the button is pressed, never before.

import { prepare } from './form.js'

const link = /** @type {HTMLInputElement} */ (document.getElementById('field-link'))

function takeFragment() {
  const token = location.hash.slice(1)
  if (!/^[A-Za-z0-9_-]{22}$/.test(token)) return
  history.replaceState(null, '', location.pathname + location.search)
  link.value = token
  for (const element of document.querySelectorAll('[data-with-link]'))
    element.removeAttribute('hidden')
  for (const element of document.querySelectorAll('[data-without-link]'))
    element.setAttribute('hidden', '')
}

takeFragment()
addEventListener('hashchange', takeFragment)
prepare(document.querySelector('form[data-share]'))
