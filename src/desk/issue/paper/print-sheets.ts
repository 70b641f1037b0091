import { Fault } from '../../../base/fault.ts'
import { instant } from '../../../base/time.ts'
import type { Certificate } from '../../../guarantee/certificate.ts'
import type { DeskPorts } from '../../../ports.ts'
import { printCertificate } from '../../print/certificate.pdf.ts'
import type { CertificatePaper } from '../../print/certificate-paper.ts'
import type { Printed } from '../../print/paper.ts'
import type { Press } from '../../print/press.ts'
import type { Issued } from '../version-rows.ts'
import type { PaperContent } from './paper-content.ts'
import type { OnPaper, SheetSet } from './paper-rows.ts'

/** A file to print, with its name. */
export interface PrintedSheets extends Printed {
  name: string
}

/** Prints sets of sheets: the same file each time, and each time is noted with who it was. */
export function createPrintSheets(
  { store, clock, report }: Pick<DeskPorts, 'store' | 'clock' | 'report'>,
  press: Press,
) {
  /**
   * @param seq of the step that made the sheets
   * @param sample whether the paper wears 見本
   * @throws Fault not_found, state_conflict for void sheets, which are never printed again
   */
  return async function printSheets(
    { issued, paper }: { issued: Issued; paper: OnPaper },
    seq: number,
    byUser: string,
    sample: boolean,
  ): Promise<PrintedSheets> {
    const set = paper.sets.find(({ step }) => step.seq === seq)
    if (!set) throw new Fault('not_found', 'There are no such sheets.')
    if (set.standing === 'void') throw new Fault('state_conflict', 'These sheets are void.')
    const { pdf, missing } = await printCertificate(press, paperOf(set, issued, sample))
    const { issuer, numberKey, contractNumber } = issued
    if (missing.length > 0) report('glyphs_missing', { contractNumber, missing })
    const at = instant(clock.now())
    const noted = store.db.insertInto('paperPrint').values({ issuer, numberKey, seq, at, byUser })
    await store.commit([noted.compile()])
    return { pdf, missing, name: `保証証書_${set.sheets[0]?.sheet}.pdf` }
  }
}

function paperOf({ step, sheets, standing }: SheetSet, { state }: Issued, sample: boolean) {
  const { certificate, paper, madeAt } = step
  const said = JSON.parse(paper ?? '{}') as PaperContent
  const over = state === 'released' ? 'released' : 'cancelled'
  return {
    ...said,
    certificate: JSON.parse(certificate) as Certificate,
    madeAt,
    as: { form: 'original', sheets },
    ...(standing === 'amended' && { state: 'superseded' as const }),
    ...(standing === 'ended' && { state: over }),
    sample,
  } satisfies CertificatePaper
}
