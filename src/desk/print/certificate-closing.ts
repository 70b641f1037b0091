import { clockInTokyo, dayInTokyo, eraDay, westernDay } from '../../base/time.ts'
import { locatorUrl } from '../../guarantee/link.ts'
import { qrShape } from '../../web/qr.ts'
import { type Block, drawDown, heightOf, paragraph, setText, setWithin } from './blocks.ts'
import type { Place } from './certificate-blocks.ts'
import type { CertificatePaper, OriginalSheet } from './certificate-paper.ts'
import {
  COPY,
  ELECTRONIC,
  OUTSIDE_LOG,
  replacedText,
  SWITCHED,
  sheetNatures,
} from './certificate-words.ts'
import { companyText, phoneText } from './office.ts'
import { MM, type Style } from './paper.ts'
import { missingNote } from './words.ts'

const SEAL = 20 * MM
const QR_SIDE = 30 * MM

/** Terms, the company with its seal, and what this sheet is. */
export function closing(
  place: Place,
  what: CertificatePaper,
  sheet: OriginalSheet | undefined,
): Block[] {
  return [terms(place, what), company(place, what), ...nature(place, what, sheet)]
}

function terms({ paper, x, width, density }: Place, { certificate }: CertificatePaper): Block {
  const style: Style = { face: 'regular', size: 9.5 * density, leading: 1.5 }
  const { title, id } = certificate.terms
  return paragraph(paper, `約款　${title}（${id}）`, { style, x, width, after: 10 * density })
}

/** At the left the office in charge, at the right who promises, with room for the seal. */
function company(
  { paper, x, width, density }: Place,
  { certificate, office, as, representativeTitle }: CertificatePaper,
): Block {
  const sealed = as.form === 'original'
  const style: Style = { face: 'regular', size: 10.5 * density, leading: 1.55 }
  const small: Style = { face: 'regular', size: 9 * density, leading: 1.55 }
  const leftWidth = width * 0.38
  const rightX = x + width * 0.44
  const rightWidth = x + width - rightX - (sealed ? SEAL + 3 * MM : 0)
  const sizes = { most: 3, sizes: [1, 0.9, 0.8] }
  const representative = certificate.issuerRepresentative
  const who = [
    certificate.issuerAddress,
    certificate.issuerName ?? office.company,
    representative && [representativeTitle, representative].filter(Boolean).join('　'),
  ].filter((line) => line !== undefined)
  const right = who.map((line) => setWithin(paper, line, style, { width: rightWidth, ...sizes }))
  const contact = ['取扱店', companyText(office), office.address, phoneText(office)]
  const left = contact
    .filter((line) => line !== undefined)
    .map((line) => setWithin(paper, line, small, { width: leftWidth, ...sizes }))
  const height = Math.max(heightOf(left), heightOf(right), sealed ? SEAL : 0)
  return {
    height,
    after: 9 * density,
    draw(top) {
      drawDown(paper, left, x, top)
      drawDown(paper, right, rightX, top)
      if (!sealed) return
      const box = { x: x + width - SEAL, y: top, width: SEAL, height: SEAL }
      paper.frame(box, 0.5)
      const faint: Style = { face: 'regular', size: 11, leading: 1.2 }
      const seal = { x: box.x + (SEAL - 11) / 2, y: top + (SEAL - 13) / 2 }
      paper.tag('P', () => paper.write('印', seal.x, seal.y, faint))
    },
  }
}

/** Original or copy, in words; and how a copy is checked. */
function nature(place: Place, what: CertificatePaper, sheet: OriginalSheet | undefined): Block[] {
  const { paper, x, width, density } = place
  const style: Style = { face: 'regular', size: 9 * density, leading: 1.5 }
  const blocks = sheet
    ? originalNotes(what, sheet).map((text) =>
        paragraph(paper, text, { style, x, width, after: 1 }),
      )
    : [copyNote(place, what)]
  const note = missingNote(paper.missing)
  return note === undefined
    ? blocks
    : [...blocks, paragraph(paper, note, { style, x, width, after: 0 })]
}

function originalNotes({ switched, replacing }: CertificatePaper, sheet: OriginalSheet): string[] {
  return [
    `${sheetNatures[sheet.copy]}${OUTSIDE_LOG}`,
    ...(switched ? [SWITCHED] : []),
    ...(replacing ? [replacedText(replacing)] : []),
  ]
}

function copyNote({ paper, x, width, density }: Place, what: CertificatePaper): Block {
  const { as, certificate } = what
  if (as.form !== 'copy') throw new Error('only a copy has a place where it is checked')
  const style: Style = { face: 'regular', size: 9.5 * density, leading: 1.5 }
  const mono: Style = { face: 'mono', size: 9.5 * density, leading: 1.5 }
  const day = dayInTokyo(as.arrivedAt)
  const arrived = `電子保証発行日時　${westernDay(day)} ${clockInTokyo(as.arrivedAt)}（${eraDay(day)}）`
  const wide = width - QR_SIDE - 4 * MM
  const texts = [arrived, ELECTRONIC, COPY].map((text) => setText(paper, text, style, wide))
  const site = setText(paper, as.platformOrigin, mono, wide)
  const sets = [...texts, site]
  const { side, dark } = qrShape(locatorUrl(as.platformOrigin, certificate.contractNumber))
  return {
    height: Math.max(QR_SIDE, heightOf(sets) + 6),
    after: 2,
    draw(top) {
      drawDown(paper, sets, x, top + 3)
      const box = { x: x + width - QR_SIDE, y: top, width: QR_SIDE, height: QR_SIDE }
      const alt = `確認サイトを開く二次元コード。保証契約番号 ${certificate.contractNumber} だけが入っています。`
      paper.tag('Figure', () => paper.shape(dark, side, box), { alt, box })
    },
  }
}
