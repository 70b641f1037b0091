import { type Html, html } from '../web/html.ts'

/** A result as a shape: circle, cross, broken ring with a question mark, triangle. */
export type Mark = 'pass' | 'fail' | 'unknown' | 'note'

const SHAPES: Record<Mark, Html> = {
  pass: html`<circle cx="12" cy="12" r="9"/>`,
  fail: html`<path d="M4 4l16 16M20 4L4 20"/>`,
  unknown: html`<circle cx="12" cy="12" r="10" stroke-dasharray="4 3"/><path d="M9 9.5a3 3 0 1 1 4.3 2.7c-.9.5-1.3 1-1.3 2"/><path d="M12 17.5v.1"/>`,
  note: html`<path d="M12 3.5L22 21H2z"/><path d="M12 10v5"/><path d="M12 18v.1"/>`,
}

/** The shape of a result; its word always stands beside it, so it is hidden from readers. */
export function mark(kind: Mark): Html {
  return html`<svg class="mark mark-${kind}" viewBox="0 0 24 24" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round">${SHAPES[kind]}</svg>`
}
