import type { Finding } from '../guarantee/sufficiency.ts'
import { findingText } from '../view/verdict.view.ts'
import { resultWords } from '../view/words/result.ts'
import type { Lang } from '../web/lang.ts'

/** What a rule found, in one line, in the words of the pages. */
export function findingLine(lang: Lang, finding: Finding): string {
  const { title, text } = findingText(lang, finding)
  return `${resultWords[lang].severities[finding.severity]} (${finding.rule}): ${title} – ${text}`
}
