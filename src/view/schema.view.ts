import { type Content, type Html, html } from '../web/html.ts'
import type { DocsWords } from './words/docs.ts'

/** As much of a JSON Schema as `/docs` shows. */
export interface Schema {
  $ref?: string
  type?: string | readonly string[]
  const?: unknown
  enum?: readonly unknown[]
  description?: string
  pattern?: string
  format?: string
  properties?: Readonly<Record<string, Schema>>
  required?: readonly string[]
  items?: Schema
  oneOf?: readonly Schema[]
  anyOf?: readonly Schema[]
}

/** Deeper than any of ours; ends a schema that refers to itself. */
const DEEPEST = 8

/**
 * A schema as nested lists of members.
 * @param named the document's `components.schemas`, to which `$ref` leads
 */
export function schemaView(
  words: DocsWords,
  schema: Schema,
  named: Readonly<Record<string, Schema>>,
  depth = 0,
): Content {
  const { properties, items, required = [], ...rest } = resolve(schema, named)
  const members = properties ?? (items && resolve(items, named).properties)
  const needed = properties ? required : (items && resolve(items, named).required) || []
  if (depth === DEEPEST) return typeOf(schema, named)
  if (members === undefined)
    return alternatives(words, { ...rest, ...(items && { items }) }, named, depth)
  return html`<ul class="schema">${Object.entries(members).map(
    ([name, member]) =>
      html`<li><span class="code">${name}</span> <span class="aside-note code">${typeOf(member, named)}</span>${needed.includes(name) && html` <span class="need need-required">${words.required}</span>`}${describe(member)}${nested(words, member, named, depth)}</li>`,
  )}</ul>`
}

function alternatives(
  words: DocsWords,
  schema: Schema,
  named: Readonly<Record<string, Schema>>,
  depth: number,
): Content {
  const options = schema.oneOf ?? schema.anyOf
  if (options === undefined) return html`<span class="code">${typeOf(schema, named)}</span>`
  return options.map((option) => schemaView(words, option, named, depth + 1))
}

function nested(
  words: DocsWords,
  member: Schema,
  named: Readonly<Record<string, Schema>>,
  depth: number,
): Content {
  const { properties, items } = resolve(member, named)
  const inside = properties ?? (items && resolve(items, named).properties)
  return inside && schemaView(words, member, named, depth + 1)
}

function describe({ description, pattern }: Schema): Html | undefined {
  const text = [description, pattern].filter(Boolean).join(' ')
  return text === '' ? undefined : html`<br><span class="aside-note" lang="en">${text}</span>`
}

function resolve(schema: Schema, named: Readonly<Record<string, Schema>>): Schema {
  const name = schema.$ref?.split('/').at(-1)
  return (name !== undefined && named[name]) || schema
}

/** `string`, `"a" | "b"`, `object[]`, `string | null`. */
function typeOf(schema: Schema, named: Readonly<Record<string, Schema>>): string {
  const { type, enum: values, const: only, items, oneOf, anyOf } = resolve(schema, named)
  if (only !== undefined) return JSON.stringify(only)
  if (values) return values.map((value) => JSON.stringify(value)).join(' | ')
  if (items) return `${typeOf(items, named)}[]`
  const options = oneOf ?? anyOf
  if (options) return options.map((option) => typeOf(option, named)).join(' | ')
  return typeof type === 'string' ? type : (type?.join(' | ') ?? 'object')
}
