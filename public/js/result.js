// Print and copy buttons, which need a script and are hidden without one.

for (const button of document.querySelectorAll('button[data-print]')) {
  button.removeAttribute('hidden')
  button.addEventListener('click', () => print())
}

for (const button of document.querySelectorAll('button[data-copy]')) {
  if (!(button instanceof HTMLButtonElement) || !navigator.clipboard) continue
  button.removeAttribute('hidden')
  button.addEventListener('click', async () => {
    const text = document.getElementById(button.dataset.copy ?? '')?.textContent ?? ''
    await navigator.clipboard.writeText(text)
    const status = button.parentElement?.querySelector('[data-copy-status]')
    if (status) status.textContent = button.dataset.copied ?? ''
  })
}

const focus = document.getElementById('error-summary') ?? document.getElementById('verdict')
if (!location.hash) focus?.focus({ preventScroll: focus.id === 'verdict' })
