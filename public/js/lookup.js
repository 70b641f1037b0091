// The look-up page with a script: fills both fields from a pasted notice, takes the number out of
// the address, shows the key for reading aloud. The server does all of it again.

import { prepare } from './form.js'
import { readPasted } from './notice.js'

const INVISIBLE = /[\u00AD\u200B-\u200F\u2060\uFEFF]/g
const HYPHENS = /[‐‑‒–—―−ー─━⁃ｰ﹣－]/g

/** @param {string} text */
const fold = (text) => text.replace(INVISIBLE, '').replace(HYPHENS, '-').normalize('NFKC')

/** @param {string} id @returns {HTMLElement | null} */
const byId = (id) => document.getElementById(id)

const number = /** @type {HTMLInputElement} */ (byId('field-contractNumber'))
const key = /** @type {HTMLInputElement} */ (byId('field-authKey'))
const reading = /** @type {HTMLElement} */ (byId('reading'))
const count = /** @type {HTMLElement} */ (byId('key-count'))

/** @param {string} symbol */
function kindOf(symbol) {
  if (/[A-Z]/.test(symbol)) return 'upper'
  if (/[a-z]/.test(symbol)) return 'lower'
  return /[0-9]/.test(symbol) ? 'digit' : 'other'
}

/** @param {string} name @param {string} text @param {Node[]} [children] */
function span(name, text, children = []) {
  const element = document.createElement('span')
  element.className = name
  element.append(text, ...children)
  return element
}

function showReading() {
  const symbols = [...fold(key.value).replace(/[\s-]/g, '')].slice(0, 24)
  const groups = []
  for (let start = 0; start < symbols.length; start += 4) {
    const cells = symbols.slice(start, start + 4).map((symbol) => {
      const kind = reading.dataset[kindOf(symbol)] ?? ''
      return span('cell', '', [span('cell-symbol', symbol), span('cell-kind', kind)])
    })
    groups.push(span('reading-group', '', cells))
  }
  reading.replaceChildren(...groups)
  return symbols.length
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let speaking

/** The count is spoken when typing rests, not at every key. */
function keyChanged() {
  const length = showReading()
  clearTimeout(speaking)
  speaking = setTimeout(() => {
    const text =
      length === 12 ? count.dataset.complete : count.dataset.count?.replace('0', `${length}`)
    count.textContent = length === 0 ? '' : (text ?? '')
  }, 600)
}

/** @param {ClipboardEvent} event */
function pasted(event) {
  const { contractNumber, authKey } = readPasted(event.clipboardData?.getData('text') ?? '')
  if (!contractNumber || !authKey) return
  event.preventDefault()
  number.value = contractNumber
  key.value = authKey
  keyChanged()
  key.focus()
}

/** A notice's QR code brings the number in the fragment; it does not stay in the address bar. */
function takeFragment() {
  const given = new URLSearchParams(location.hash.slice(1)).get('n')
  if (given === null) return
  history.replaceState(null, '', location.pathname + location.search)
  number.value = given
  key.focus()
}

number.addEventListener('paste', pasted)
key.addEventListener('paste', pasted)
key.addEventListener('input', keyChanged)
takeFragment()
addEventListener('hashchange', takeFragment)
if (key.value) showReading()
prepare(document.querySelector('form[data-lookup]'))
