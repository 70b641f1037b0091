import { html as template } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

/** Text that is markup already; everything else that enters {@link html} is escaped. */
export type Html = HtmlEscapedString

/** What may stand in a template. Objects, `true` and promises are refused by the type. */
export type Content = Html | string | number | false | null | undefined | readonly Content[]

/**
 * Markup from a template literal, its values escaped for element content and for attribute values
 * in double quotes; `false`, `null` and `undefined` leave nothing behind.
 */
export function html(strings: TemplateStringsArray, ...values: Content[]): Html {
  // hono answers with a promise only where a value is one, which `Content` rules out.
  return template(strings, ...values) as Html
}
