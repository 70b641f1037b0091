import { type Area, areaHeader } from './area.ts'
import { type Content, type Html, html } from './html.ts'
import { type Lang, localHref } from './lang.ts'
import { type ShellWords, shellWords } from './words.ts'

export interface PageOptions {
  lang: Lang
  /** Without the name of the service, which is added. */
  title: string
  /** The path under which a GET shows this page; without it there is no link to the other language. */
  path?: string
  /** The query that belongs to `path`, without `lang`. */
  query?: Readonly<Record<string, string>>
  description?: string
  /** Marks the title: 「エラー：…」. */
  error?: boolean
  /** Puts the band 見本 on the page and on its print-out. */
  demo: boolean
  /** `https://HOST`, whose host is shown as the address to expect. */
  origin: string
  operator?: string
  wide?: boolean
  /** The name in the public header and where it leads; that of the check without it. */
  service?: { name: string; home: string }
  /** Takes the place of the public header where somebody is signed in. */
  area?: Area
  /**
   * Of an answer to a posted form: the address at which a GET shows the same, in the place of the
   * page of the form; `false` where no page would, and going there would lose what was typed.
   */
  answered?: string | false
  /** Names of style sheets under `/css` that this page needs besides those of every page. */
  styles?: readonly string[]
  /** Addresses of modules under `/js`; a page is complete without them. */
  scripts?: readonly string[]
}

const STYLES = ['tokens', 'base', 'shell', 'form', 'button', 'facts', 'result', 'guarantee']

/** A whole document around the markup of a page's main part. No inline style, no inline script. */
export function page(options: PageOptions, body: Content): Html {
  return html`${pageBegin(options)}${body}${pageEnd(options)}`
}

/** The document up to its main part. */
export function pageBegin(options: PageOptions): Html {
  const { lang, error, demo, answered } = options
  const words = shellWords[lang]
  const service = options.area?.service ?? options.service?.name ?? words.service
  const title = error ? words.errorTitle(options.title) : options.title
  return html`<!doctype html>
<html lang="${lang}"${answered && html` data-address="${answered}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="format-detection" content="telephone=no">
${options.description && html`<meta name="description" content="${options.description}">`}
<title>${title === service ? title : `${title} | ${service}`}</title>
<link rel="icon" href="/favicon.ico" sizes="32x32">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
${[...STYLES, ...(options.styles ?? [])].map((name) => html`<link rel="stylesheet" href="/css/${name}.css">`)}
<link rel="stylesheet" href="/css/print.css" media="print">
${options.scripts?.map((source) => html`<script type="module" src="${source}"></script>`)}
</head>
<body>
<a class="skip" href="#main">${words.skip}</a>
${demo && demoBand(words)}
${options.area ? areaHeader(options.area, lang) : header(options, words)}
<main id="main" class="${options.wide ? 'main main-wide' : 'main'}" tabindex="-1">
`
}

/** The document from the end of its main part on. */
export function pageEnd(options: PageOptions): Html {
  return html`
</main>
${footer(options, shellWords[options.lang])}
</body>
</html>
`
}

function demoBand(words: ShellWords): Html {
  return html`<aside class="demo" aria-label="${words.demoMark}"><p><strong class="demo-mark">${words.demoMark}</strong> ${words.demoText}</p></aside>`
}

function header(options: PageOptions, words: ShellWords): Html {
  const { lang, path } = options
  const { name, home } = options.service ?? { name: words.service, home: localHref(lang, '/') }
  const links: [string, string][] = [
    ['/help', words.help],
    ['/owners', words.owners],
    ['/issuers', words.issuers],
  ]
  return html`<header class="header">
<div class="header-inner">
  <p class="service"><a href="${home}">${name}</a></p>
  <p class="host">${words.address}<span class="host-name">${new URL(options.origin).host}</span></p>
  <nav class="nav" aria-label="${words.navLabel}">
    <ul>
      ${links.map(([to, text]) => html`<li><a href="${localHref(lang, to)}"${to === path && html` aria-current="page"`}>${text}</a></li>`)}
      ${path !== undefined && html`<li>${languageLink(options, path, words)}</li>`}
    </ul>
  </nav>
</div>
</header>`
}

function languageLink({ lang, query }: PageOptions, path: string, words: ShellWords): Html {
  const other: Lang = lang === 'ja' ? 'en' : 'ja'
  const search = new URLSearchParams({ ...query, lang: other })
  return html`<a href="${path}?${search.toString()}" lang="${other}" hreflang="${other}">${words.otherLanguage}</a>`
}

function footer({ lang, operator }: PageOptions, words: ShellWords): Html {
  const links: [string, string][] = [
    ['/log', words.log],
    ['/docs', words.docs],
    ['/terms', words.terms],
    ['/accessibility', words.accessibility],
    ['/privacy', words.privacy],
  ]
  return html`<footer class="footer">
<div class="footer-inner">
  <nav aria-label="${words.footerLabel}">
    <ul>${links.map(([to, text]) => html`<li><a href="${localHref(lang, to)}">${text}</a></li>`)}</ul>
  </nav>
  <p class="footer-note">${operator && html`${words.operator(operator)}<br>`}${words.unofficial}</p>
</div>
</footer>`
}
