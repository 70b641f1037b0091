/**
 * A form that says so while its answer is on the way, and a page that begins at what was wrong.
 * @param {HTMLFormElement | null} form with the words to say in `data-busy`
 */
export function prepare(form) {
  const submit = form?.querySelector('button[type=submit]')
  const label = submit?.textContent ?? ''
  form?.addEventListener('submit', () => {
    if (submit) submit.textContent = form.dataset.busy ?? label
  })
  // The page may come back out of the browser's memory as it was left.
  addEventListener('pageshow', () => {
    if (submit) submit.textContent = label
  })
  document.getElementById('error-summary')?.focus()
}
