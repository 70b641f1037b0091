import { type Form, formOf } from './fields.ts'
import { LABELLED } from './labels.ts'

/** A field that two people changed in two ways. */
export interface Clash {
  field: string
  mine: string
  theirs: string
}

/** What becomes of a form that was typed while somebody else wrote the same application. */
export interface Merged {
  /** What was typed, and besides what only the other one changed. */
  form: Form
  /** Fields taken over from the other one. */
  taken: string[]
  clashes: Clash[]
}

/**
 * Brings two forms together that began from the same one. A field that one of them left alone is
 * the other's; where both changed it, what was typed stays and both are told. The boxes of one day
 * are one field.
 */
export function mergeForms(base: Form, mine: Form, theirs: Form): Merged {
  const merged: Record<string, string> = { ...mine }
  const taken: string[] = []
  const clashes: Clash[] = []
  for (const field of LABELLED) {
    const [before, own, other] = [base, mine, theirs].map((form) => textOf(form, field)) as [
      string,
      string,
      string,
    ]
    if (own === other || other === before) continue
    if (own === before) {
      taken.push(field)
      for (const box of boxesOf(field)) if (box in theirs) merged[box] = theirs[box] ?? ''
    } else {
      clashes.push({ field, mine: own, theirs: other })
    }
  }
  return { form: formOf(merged), taken, clashes }
}

function boxesOf(field: string): string[] {
  return [field, `${field}-m`, `${field}-d`]
}

/** The text of a field; a day as 2025/11/14. */
function textOf(form: Form, field: string): string {
  return boxesOf(field)
    .filter((box) => box in form)
    .map((box) => form[box] ?? '')
    .join('/')
    .replace(/^\/+$/, '')
}
