/** Text that is markup already; everything else that enters {@link html} is escaped. */
export class Html {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}

/** What may stand in a template. Objects, `true` and promises are refused by the type. */
export type Content = Html | string | number | false | null | undefined | readonly Content[]

/**
 * Markup from a template literal, its values escaped for element content and for attribute values
 * in double quotes; `false`, `null` and `undefined` leave nothing behind. Our own and not hono's, which
 * waits for promises too: a list of fifty rows takes a third of the time.
 */
export function html(strings: TemplateStringsArray, ...values: Content[]): Html {
  return markup(strings, values)
}

/** As {@link html}, of strings made out of those of a template: they stand as they are. */
export function markup(strings: readonly string[], values: readonly Content[]): Html {
  let text = strings[0] as string
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    text += typeof value === 'string' ? safe(value) : markupOf(value)
    text += strings[i + 1]
  }
  return new Html(text)
}

function markupOf(value: Content): string {
  if (typeof value === 'string') return safe(value)
  if (value instanceof Html) return value.toString()
  if (typeof value === 'number') return String(value)
  if (!value) return ''
  let text = ''
  for (const one of value) text += markupOf(one)
  return text
}

function safe(text: string): string {
  return SPECIAL.test(text) ? escaped(text) : text
}

const SPECIAL = /[&<>"']/

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (symbol) => ENTITIES[symbol] as string)
}
