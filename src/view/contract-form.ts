import { foldWidth } from '../base/text.ts'
import { isShortText } from '../guarantee/lookup-options.ts'
import type { ContractData } from '../guarantee/verdict.ts'
import { readDay, readYen } from '../web/amount.ts'
import type { FieldError } from '../web/form.ts'
import type { Lang } from '../web/lang.ts'
import { matchWords } from './words/match.ts'

/** The fields of the comparison form, in its order; also their names. */
export const CONTRACT_FIELDS = [
  'worksName',
  'worksNumber',
  'contractPrice',
  'worksContractDate',
  'worksPeriod.start',
  'worksPeriod.end',
  'ownerName',
  'contractorName',
] as const

export type ContractField = (typeof CONTRACT_FIELDS)[number]

/** What stands in the fields, as typed. */
export type ContractFields = Partial<Record<ContractField, string>>

/**
 * What the officer entered from the works contract, and what is wrong with it in the words of the
 * page. Empty fields are not compared; all of them empty is an error.
 */
export function readContractForm(
  lang: Lang,
  sent: ContractFields,
): { contract: ContractData; errors: FieldError[] } {
  const words = matchWords[lang]
  const errors: FieldError[] = []
  const wrong = (field: ContractField, text: string): undefined => {
    errors.push({ field, text })
  }
  const name = (field: ContractField): string | undefined => {
    const text = sent[field]?.trim() ?? ''
    if (text === '') return undefined
    return isShortText(text) ? text : wrong(field, words.errors.text(words.fields[field]))
  }
  const day = (field: ContractField): string | undefined => {
    const text = foldWidth(sent[field] ?? '').trim()
    if (text === '') return undefined
    return readDay(text) ?? wrong(field, words.errors.day(words.fields[field]))
  }
  const price = foldWidth(sent.contractPrice ?? '').trim()
  const contract = withoutAbsent({
    worksName: name('worksName'),
    worksNumber: name('worksNumber'),
    contractPrice:
      price === '' ? undefined : (readYen(price) ?? wrong('contractPrice', words.errors.amount)),
    worksContractDate: day('worksContractDate'),
    worksPeriod: withoutAbsent({ start: day('worksPeriod.start'), end: day('worksPeriod.end') }),
    ownerName: name('ownerName'),
    contractorName: name('contractorName'),
  })
  const { worksPeriod = {}, ...rest } = contract
  const given = Object.keys(worksPeriod).length > 0 ? { ...rest, worksPeriod } : rest
  if (errors.length === 0 && Object.keys(given).length === 0) {
    wrong('worksName', words.errors.empty)
  }
  return { contract: given, errors }
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** The same object without the members that are undefined. */
function withoutAbsent<T extends object>(value: T): Present<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== undefined),
  ) as Present<T>
}
