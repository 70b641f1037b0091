import { codePoints } from '../base/text.ts'
import { foldAuthKey } from '../guarantee/auth-key.ts'
import { DEFAULT_PATTERN, foldContractNumber, readPasted } from '../guarantee/contract-number.ts'
import { isShortText } from '../guarantee/lookup-options.ts'
import type { Checker } from '../guarantee/verdict.ts'
import type { FieldError } from '../web/form.ts'
import type { Lang } from '../web/lang.ts'
import { lookupWords } from './words/lookup.ts'

const KEY_LENGTH = 12

/** What stands in the fields of the look-up form; also their names. */
export interface LookupFields {
  contractNumber: string
  authKey: string
  issuer?: string
  department?: string
  name?: string
}

/**
 * The look-up form as sent: numbers and key folded, both taken out of a whole pasted notice, and
 * what is wrong with them in the words of the page.
 * @param onlyDefaultNumbers whether every issuer numbers as the default does; only then a number
 *   of another shape is known to be wrong before any look-up
 */
export function readLookupForm(
  lang: Lang,
  sent: LookupFields,
  onlyDefaultNumbers: boolean,
): { fields: LookupFields; errors: FieldError[] } {
  const pasted = [sent.contractNumber, sent.authKey].map(readPasted)
  const whole = pasted.find((one) => one.contractNumber !== undefined && one.authKey !== undefined)
  const contractNumber = whole?.contractNumber ?? foldContractNumber(sent.contractNumber)
  const authKey = whole?.authKey ?? foldAuthKey(sent.authKey)
  const errors = [
    ...numberErrors(lang, contractNumber, onlyDefaultNumbers),
    ...keyErrors(lang, authKey),
    ...checkerErrors(lang, sent),
  ]
  return { fields: { ...sent, contractNumber, authKey }, errors }
}

function numberErrors(lang: Lang, contractNumber: string, onlyDefault: boolean): FieldError[] {
  const words = lookupWords[lang].errors
  const field = 'contractNumber'
  if (contractNumber === '') return [{ field, text: words.numberMissing }]
  const wrong = onlyDefault && !new RegExp(DEFAULT_PATTERN).test(contractNumber)
  return wrong ? [{ field, text: words.numberFormat }] : []
}

function keyErrors(lang: Lang, authKey: string): FieldError[] {
  const words = lookupWords[lang].errors
  const field = 'authKey'
  if (authKey === '') return [{ field, text: words.keyMissing }]
  const refused = new Set(authKey.match(/[^0-9A-Za-z]/gu))
  if (refused.size > 0) {
    return [{ field, text: words.keyCharacter([...refused].slice(0, 5).join(' ')) }]
  }
  const count = codePoints(authKey)
  return count === KEY_LENGTH ? [] : [{ field, text: words.keyLength(count) }]
}

/** What is wrong with 所属 and 氏名, which would stand in a signed receipt. */
export function checkerErrors(lang: Lang, checker: Checker): FieldError[] {
  const words = lookupWords[lang]
  return (['department', 'name'] as const)
    .filter((field) => checker[field] !== undefined && !isShortText(checker[field]))
    .map((field) => ({ field, text: words.errors.checker(words[field]) }))
}

/** The one answer to a wrong number and to a wrong key; it does not say which. */
export function mismatchErrors(lang: Lang): FieldError[] {
  return [{ field: 'authKey', text: lookupWords[lang].errors.mismatch }]
}
