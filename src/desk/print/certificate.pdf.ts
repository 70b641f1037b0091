import type { Block } from './blocks.ts'
import { amendedItems, certificateHead, items, opening } from './certificate-blocks.ts'
import { closing } from './certificate-closing.ts'
import type { CertificatePaper, OriginalSheet } from './certificate-paper.ts'
import { stamps, titles } from './certificate-words.ts'
import { A4, MM, type Paper, type Printed, type Style } from './paper.ts'
import type { Press } from './press.ts'
import { drawSheets } from './sheets.ts'

const X = 22 * MM
const WIDTH = A4.width - 2 * X
const AREA = { x: X, top: 15 * MM, width: WIDTH, bottom: A4.height - 20 * MM }

/** 前払金保証証書, 中間前払金保証証書, 契約保証証書: 正 and 副, or the copy of an electronic one. */
export async function printCertificate(press: Press, what: CertificatePaper): Promise<Printed> {
  const { certificate, madeAt, as } = what
  const title = `${titles[certificate.kind]}（${certificate.contractNumber}）`
  const paper = await press.open({ title, madeAt })
  const sheets = as.form === 'original' ? as.sheets : [undefined]
  for (const [index, sheet] of sheets.entries()) {
    if (index > 0) paper.nextSheet()
    drawSheets(paper, (density) => blocks(paper, what, sheet, density), AREA, {
      behind: () => what.state && paper.stamp(stamps[what.state], -35),
      foot: (number, of) => foot(paper, what, sheet, `${number}／${of}`),
    })
  }
  return paper.end()
}

function blocks(
  paper: Paper,
  what: CertificatePaper,
  sheet: OriginalSheet | undefined,
  density: number,
): Block[] {
  const place = { paper, x: X, width: WIDTH, density }
  return [
    ...certificateHead(place, what, sheet),
    ...opening(place, what),
    ...(what.amended ? amendedItems(place, what, what.amended) : [items(place, what)]),
    ...closing(place, what, sheet),
  ]
}

function foot(
  paper: Paper,
  { certificate, as }: CertificatePaper,
  sheet: OriginalSheet | undefined,
  page: string,
): void {
  const style: Style = { face: 'regular', size: 8.5, leading: 1.4 }
  const top = A4.height - 14 * MM
  const hash = as.form === 'copy' && as.contentId ? `　記録 ${as.contentId.slice(0, 12)}` : ''
  const left = `保証契約番号 ${certificate.contractNumber}${sheet ? `　${sheet.copy} ${sheet.sheet}` : '　写し'}${hash}`
  paper.rule(X, top - 3, X + WIDTH, top - 3, 0.5)
  paper.tag('P', () => {
    paper.write(left, X, top, style)
    paper.write(page, X + WIDTH - paper.width(page, style), top, style)
  })
}
