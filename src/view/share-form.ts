import { readShareLink } from '../guarantee/link.ts'
import type { FieldError } from '../web/form.ts'
import type { Lang } from '../web/lang.ts'
import { shareWords } from './words/share.ts'

/** The token out of a pasted share link, or what is wrong with it in the words of the page. */
export function readShareForm(
  lang: Lang,
  link: string,
): { token: string; errors: [] } | { token: undefined; errors: FieldError[] } {
  const { missing, format } = shareWords[lang].errors
  const token = readShareLink(link)
  if (token !== undefined) return { token, errors: [] }
  const text = link.trim() === '' ? missing : format
  return { token, errors: [{ field: 'link', text }] }
}
