// The form of an application with a script: what was understood of sums, days and banks while they
// are typed, and the buttons that clear a section. The server does all of it again and decides.

const INVISIBLE = /[\u00AD\u200B-\u200F\u2060\uFEFF]/g
const HALF_KANA = /[\uFF61-\uFF9F]+/g
const MOST_YEN = 999_999_999_999
const number = new Intl.NumberFormat('ja-JP')
const era = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', {
  timeZone: 'UTC',
  era: 'long',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
})
const ERAS = { 令和: 2018, R: 2018, 平成: 1988, H: 1988, 昭和: 1925, S: 1925 }

const form = /** @type {HTMLFormElement | null} */ (
  document.querySelector('form[data-application]')
)

/** @param {string} text */
const fold = (text) => text.replace(INVISIBLE, '').normalize('NFKC').trim()

/** @param {string} name */
function typedIn(name) {
  const field = form?.elements.namedItem(name)
  return field && 'value' in field ? String(field.value) : ''
}

/** @param {string} text */
function readYen(text) {
  const digits = /^金?[¥\\]?(\d{1,15})円?也?$/u.exec(fold(text).replace(/[\s,、]/gu, ''))?.[1]
  const yen = Number(digits)
  return digits !== undefined && yen >= 1 && yen <= MOST_YEN ? yen : undefined
}

/** @param {number | undefined} yen */
function yenText(yen) {
  if (yen === undefined) return ''
  const plain = `${number.format(yen)}円`
  if (yen < 10_000 || yen % 10_000 !== 0) return plain
  const oku = Math.floor(yen / 100_000_000)
  const man = (yen % 100_000_000) / 10_000
  const counted = `${oku > 0 ? `${number.format(oku)}億` : ''}${man > 0 ? `${number.format(man)}万` : ''}円`
  return `${plain}（${counted}）`
}

/** @param {number | undefined} amount @param {number | undefined} base */
function ratioText(amount, base) {
  if (amount === undefined || base === undefined) return '0.0%'
  const permille = Math.floor((2 * amount * 1000 + base) / (2 * base))
  return `${Math.floor(permille / 10)}.${permille % 10}%`
}

/** @param {string} field */
function eraText(field) {
  const [y = '', m = '', d = ''] = ['', '-m', '-d'].map((box) => fold(typedIn(field + box)))
  const typed =
    m === '' && d === ''
      ? y
      : `${y.replace(/年$/, '')}-${m.replace(/月$/, '')}-${d.replace(/日$/, '')}`
  const [, name = '', year = '', month = '', date = ''] =
    /^(令和|平成|昭和|[RHS])?(\d{1,4}|元)[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/iu.exec(
      typed.replace(/\s/g, ''),
    ) ?? []
  if (date === '' || (name === '' && year.length !== 4)) return ''
  const before = ERAS[/** @type {keyof typeof ERAS} */ (name.toUpperCase())] ?? 0
  const western = before + (year === '元' ? 1 : Number(year))
  const day = new Date(Date.UTC(western, Number(month) - 1, Number(date)))
  return day.getUTCMonth() === Number(month) - 1 && day.getUTCDate() === Number(date)
    ? era.format(day)
    : ''
}

/** @param {string} text */
const fullWidth = (text) =>
  text
    .trim()
    .replace(HALF_KANA, (kana) => kana.normalize('NFKC'))
    .replace(/[!-~]/g, (ascii) => String.fromCharCode(ascii.charCodeAt(0) + 0xfee0))
    .replaceAll(' ', '\u3000')

/** @param {string} name @param {string} text */
function echo(name, text) {
  const place = document.querySelector(`[data-echo="${name}"]`)
  if (place && place.textContent !== text) place.textContent = text
}

function ratios() {
  for (const place of document.querySelectorAll('[data-ratio]')) {
    const prefix = place.getAttribute('data-ratio')
    const base = readYen(typedIn(`${prefix}.fiscalYearAmount`)) ?? readYen(typedIn('contractPrice'))
    place.textContent = ratioText(readYen(typedIn(`${prefix}.amount`)), base)
  }
}

/** @param {Element} field */
function mirror(field) {
  if (!('name' in field) || !(field instanceof HTMLElement)) return
  const name = String(field.name)
  if (field.hasAttribute('data-yen')) {
    echo(name, yenText(readYen(typedIn(name))))
    ratios()
  }
  const day = field.closest('[data-day]')?.getAttribute('data-day')
  if (day) echo(day, eraText(day))
  const bank = field.closest('[data-bank]')?.getAttribute('data-bank')
  if (bank) {
    const parts = [typedIn(bank), typedIn(`${bank}Branch`)].map(fullWidth)
    echo(bank, parts.filter((part) => part !== '').join('\u3000'))
  }
  const most = field.getAttribute('data-count')
  if (most)
    echo(name, `${number.format([...typedIn(name)].length)}／${number.format(Number(most))}文字`)
}

/** An electronic guarantee is told of by mail unless somebody says no. */
function preferNotice() {
  const electronic = form?.querySelector('input[name$=".format"][value=electronic]:checked')
  const notify = /** @type {NodeListOf<HTMLInputElement>} */ (
    document.querySelectorAll('input[name=notify]')
  )
  if (electronic && notify[0] && ![...notify].some((one) => one.checked)) notify[0].checked = true
}

/** @param {HTMLElement} button */
function clear(button) {
  if (!confirm(button.dataset.question)) return
  const part = document.querySelector(`[data-part="${button.dataset.clear}"]`)
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (
    part?.querySelectorAll('input:not([type=hidden]), select, textarea')
  )
  for (const field of fields) {
    // インフォメーション has a button of its own.
    if (button.dataset.clear === 'guarantees' && field.closest('[data-part=information]')) continue
    if (field.type === 'radio' || field.type === 'checkbox') field.checked = false
    else field.value = ''
    mirror(field)
  }
  button.focus()
}

for (const button of document.querySelectorAll('button[data-clear]')) {
  if (!(button instanceof HTMLElement)) continue
  button.hidden = false
  button.addEventListener('click', () => clear(button))
}

form?.addEventListener('input', (event) => {
  if (event.target instanceof Element) mirror(event.target)
})
form?.addEventListener('change', preferNotice)

// Who leaves what was typed since the last saving is asked first; a button of the form saves it.
/** @param {BeforeUnloadEvent} event */
const ask = (event) => event.preventDefault()
form?.addEventListener('input', () => addEventListener('beforeunload', ask))
form?.addEventListener('submit', () => removeEventListener('beforeunload', ask))

// The button that was pressed says so; it is not disabled, since a second press does no harm.
form?.addEventListener('submit', (event) => {
  const submit = event.submitter
  if (submit && form.dataset.busy && submit.classList.contains('button-main')) {
    submit.textContent = form.dataset.busy
  }
})
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload()
})
const behind = document.getElementById('behind')
if (behind) {
  behind.focus()
  // Nothing of it is saved yet.
  addEventListener('beforeunload', ask)
} else document.getElementById('error-summary')?.focus()
