/** The languages of the pages; Japanese is the default. */
export type Lang = 'ja' | 'en'

/** A local address in the language of the page it stands on, so that no cookie is needed. */
export function localHref(lang: Lang, path: string): string {
  if (lang === 'ja') return path
  const [address = '', fragment] = path.split('#')
  const marked = `${address}${address.includes('?') ? '&' : '?'}lang=${lang}`
  return fragment === undefined ? marked : `${marked}#${fragment}`
}
