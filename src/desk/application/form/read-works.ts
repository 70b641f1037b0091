import type { Works } from '../content.ts'
import { present } from './present.ts'
import type { FormReader } from './reader.ts'
import { textFault } from './text-fault.ts'

const CATEGORIES = ['works', 'consulting', 'other'] as const

const MOST_MEMBERS = 20

/** 請負工事の情報 as far as it could be read; what is wrong is with the reader. */
export type WorksRead = { [K in keyof Omit<Works, 'worksPeriod'>]?: Works[K] | undefined } & {
  worksPeriod?: { start: string; end: string } | undefined
}

/**
 * @param signed whether the works contract must be there already: not for a 契約保証 alone, which may
 *   come before the signing
 */
export function readWorks(reader: FormReader, signed: boolean): WorksRead {
  const multiYear = reader.ticked('multiYear')
  const works = {
    ownerName: reader.text('ownerName', { required: true }),
    worksNumber: reader.text('worksNumber'),
    worksName: reader.text('worksName', { required: true }),
    worksPlace: reader.text('worksPlace'),
    worksCategory: reader.choice('worksCategory', CATEGORIES),
    contractPrice: reader.yen('contractPrice', { required: true }),
    worksContractDate: reader.day('worksContractDate', { required: signed }),
    worksPeriod: readPeriod(reader),
    jvName: reader.text('jvName'),
    jvMembers: readMembers(reader),
    multiYear: multiYear || undefined,
    finalYear: (multiYear && reader.ticked('finalYear')) || undefined,
    lowBid: reader.ticked('lowBid'),
  }
  if (works.jvMembers && (reader.form['jvName'] ?? '').trim() === '') {
    reader.wrong('jvName', '構成員を入力したときは、JV名も入力してください')
  }
  return present(works)
}

function readPeriod(reader: FormReader): { start: string; end: string } | undefined {
  const start = reader.day('periodStart', { required: true })
  const end = reader.day('periodEnd', { required: true })
  if (start === undefined || end === undefined) return undefined
  if (start <= end) return { start, end }
  return reader.wrong('periodEnd', '工期（至）は工期（自）以降の日付を入力してください')
}

/** One member a line. */
function readMembers({ form, wrong }: FormReader): string[] | undefined {
  const members = (form['jvMembers'] ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  if (members.length === 0) return undefined
  if (members.length > MOST_MEMBERS) {
    return wrong('jvMembers', `構成員は${MOST_MEMBERS}社以内で入力してください`)
  }
  for (const member of members) {
    const fault = textFault(member, 200)
    if (fault !== undefined) return wrong('jvMembers', `構成員${fault}`)
  }
  return members
}
