import type { Finding } from '../../guarantee/sufficiency.ts'
import { findingText } from '../../view/verdict.view.ts'
import type { Lang } from '../../web/lang.ts'

/** A finding with its sentence. */
export function worded(lang: Lang, finding: Finding) {
  return { ...finding, text: findingText(lang, finding).text }
}
