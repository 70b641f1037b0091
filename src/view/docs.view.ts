import { type Content, type Html, html } from '../web/html.ts'
import type { Lang } from '../web/lang.ts'
import { dataTable } from '../web/table.ts'
import { type Schema, schemaView } from './schema.view.ts'
import { type DocsWords, docsWords } from './words/docs.ts'

interface MediaContent {
  [type: string]: { schema?: Schema }
}

interface Operation {
  summary?: string
  description?: string
  parameters?: readonly {
    name: string
    in: string
    required?: boolean
    description?: string
    schema?: Schema
  }[]
  security?: readonly Readonly<Record<string, unknown>>[]
  requestBody?: { content: MediaContent; description?: string }
  responses?: Readonly<Record<string, { description: string; content?: MediaContent }>>
}

/** As much of an OpenAPI 3.1 document as `/docs` shows. */
export interface ApiDocument {
  info: { title: string; version: string; description?: string | undefined }
  paths?: Readonly<Record<string, object>> | undefined
  components?:
    | {
        schemas?: Readonly<Record<string, unknown>> | undefined
        securitySchemes?: Readonly<Record<string, object>> | undefined
      }
    | undefined
}

/** What calls refer to by name. */
interface Named {
  schemas: Record<string, Schema>
  bearers: Readonly<Record<string, { description?: string }>>
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

/** `/docs`: the API as a plain page made from its OpenAPI document; nothing is loaded from outside. */
export function docsView(lang: Lang, document: ApiDocument): Html {
  const words = docsWords[lang]
  const calls = callsOf(document)
  const { schemas = {}, securitySchemes: bearers = {} } = document.components ?? {}
  const named = { schemas: schemas as Record<string, Schema>, bearers }
  return html`<h1>${words.title}</h1>
<p class="lead">${words.lead}</p>
${document.info.description && html`<p lang="en">${document.info.description}</p>`}
<p>${words.document} <a class="code" href="/openapi.json">/openapi.json</a></p>
<nav class="contents" aria-label="${words.contents}"><ul>${calls.map(
    ({ id, method, path }) =>
      html`<li><a class="code" href="#${id}">${method.toUpperCase()} ${path}</a></li>`,
  )}</ul></nav>
${calls.map((call) => callView(words, call, named))}`
}

interface Call {
  id: string
  method: string
  path: string
  operation: Operation
}

function callsOf({ paths = {} }: ApiDocument): Call[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, operation]) => ({
        id: `${method}${path}`.replace(/[^A-Za-z0-9]+/g, '-'),
        method,
        path,
        operation: operation as Operation,
      })),
  )
}

function callView(words: DocsWords, call: Call, { schemas, bearers }: Named): Html {
  const { summary, description, security, parameters, requestBody, responses } = call.operation
  const needed = (security ?? []).flatMap((one) => Object.keys(one))
  return html`<section class="call" aria-labelledby="${call.id}">
<h2 id="${call.id}" class="code"><span class="method">${call.method.toUpperCase()}</span> ${call.path}</h2>
${summary && html`<p lang="en">${summary}</p>`}
${description && html`<p lang="en">${description}</p>`}
${needed.map((name) => html`<p><span class="code">Authorization: Bearer</span> <span lang="en">${bearers[name]?.description}</span></p>`)}
${parameters && parameters.length > 0 && parameterTable(words, call, parameters)}
${requestBody && html`<h3>${words.body}</h3>${contentView(words, requestBody.content, schemas)}`}
${responses && html`<h3>${words.answers}</h3><dl class="terms">${Object.entries(responses).map(([status, answer]) => html`<div><dt class="code">${status}</dt><dd><span lang="en">${answer.description}</span>${answer.content && contentView(words, answer.content, schemas)}</dd></div>`)}</dl>`}
</section>`
}

function parameterTable(
  words: DocsWords,
  { method, path }: Call,
  parameters: NonNullable<Operation['parameters']>,
): Html {
  const rows = parameters.map((parameter) => [
    html`<span class="code">${parameter.name}</span>`,
    html`${parameter.in}${parameter.required && html` <span class="need need-required">${words.required}</span>`}`,
    parameter.description && html`<span lang="en">${parameter.description}</span>`,
  ])
  const label = `${words.parameters} ${method.toUpperCase()} ${path}`
  return html`<h3>${words.parameters}</h3>${dataTable(label, [words.name, words.type, words.description], rows)}`
}

function contentView(
  words: DocsWords,
  content: MediaContent,
  named: Record<string, Schema>,
): Content {
  return Object.entries(content).map(
    ([type, { schema }]) =>
      html`<p class="code aside-note">${type}</p>${schema && html`<details class="more"><summary>${words.schema}</summary>${schemaView(words, schema, named)}</details>`}`,
  )
}
