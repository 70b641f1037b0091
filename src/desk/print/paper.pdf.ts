import { create } from 'fontkit'
import PDFDocument from 'pdfkit'
import { concat } from '../../base/bytes.ts'
import { type Instant, milliseconds } from '../../base/time.ts'
import type { FontFiles } from '../../ports.ts'
import type { FontFile } from './font-file.ts'
import { breakLines } from './lines.ts'
import { packObjects } from './pack.ts'
import { A4, type Face, MM, type Paper, type PaperInfo, type Style } from './paper.ts'
import { createTypeface, type Typeface } from './typeface.ts'

const LEADING = 1.5
/** How far the outlines of heavy type are drawn thicker, in sizes. */
const HEAVY = 0.032
/** Where the foot of a kanji stands below the baseline, and its head above, in sizes. */
const EM = { above: 0.88, below: 0.12 }

/** Reads the fonts; the returned function opens a paper and may be called as often as wanted. */
export async function loadPaper(files: FontFiles): Promise<(info: PaperInfo) => Paper> {
  const faces: Face[] = ['regular', 'bold', 'mono']
  const fonts = await Promise.all(
    faces.map(async (face) => [face, create(Buffer.from(await files.read(face)))] as const),
  )
  return (info) => openPaper(new Map(fonts as [Face, unknown][]) as Map<Face, FontFile>, info)
}

function openPaper(fonts: ReadonlyMap<Face, FontFile>, { title, madeAt }: PaperInfo): Paper {
  const missing = new Set<string>()
  const faces = new Map([...fonts].map(([face, font]) => [face, createTypeface(font, missing)]))
  const doc = newDocument(title, madeAt)
  const bytes = collect(doc)
  for (const [face, typeface] of faces) {
    doc.registerFont(face, typeface as unknown as PDFKit.Mixins.PDFFontSource)
  }
  const face = ({ face }: Style) => faces.get(face) as Typeface
  const structure = structureOf(doc)
  const lineHeight = ({ size, leading = LEADING }: Style) => size * leading

  return {
    ...structure,
    ...drawing(doc),
    missing,
    lineHeight,
    width: (text, style) => face(style).width(text) * style.size,
    lines: (text, style, width) =>
      text.split('\n').flatMap((line) => breakLines(face(style).pieces(line), width / style.size)),
    has: (text, name) => (faces.get(name) as Typeface).has(text),
    write(line, x, top, style) {
      const baseline = top + (lineHeight(style) - style.size) / 2 + EM.above * style.size
      doc.font(style.face, fine(style.size))
      if (style.heavy) doc.lineWidth(fine(HEAVY * style.size))
      const stroke = style.heavy === true
      doc.text(line, fine(x), fine(baseline), {
        lineBreak: false,
        baseline: 'alphabetic',
        fill: true,
        stroke,
      })
    },
    stamp(text, angle) {
      const size = (150 * MM) / face({ face: 'bold', size: 1 }).width(text)
      const [x, y] = [A4.width / 2, A4.height / 2]
      doc
        .save()
        .rotate(angle, { origin: [x, y] })
        .fillColor('#d4d4d4')
        .font('bold', size)
      const down = y + ((EM.above - EM.below) / 2) * size
      doc.text(text, x - 75 * MM, down, { lineBreak: false, baseline: 'alphabetic' })
      doc.restore().fillColor('black')
    },
    nextSheet: () => {
      doc.addPage()
    },
    async end() {
      structure.close()
      doc.end()
      return { pdf: await packObjects(await bytes), missing: [...missing] }
    },
  }
}

/** To the hundredth of a point: finer digits cost room in the file and show nowhere. */
function fine(points: number): number {
  return Math.round(points * 100) / 100
}

function newDocument(title: string, madeAt: Instant): PDFKit.PDFDocument {
  const at = new Date(milliseconds(madeAt))
  return new PDFDocument({
    size: [A4.width, A4.height],
    margin: 0,
    // No standard font: its metrics would be read from files of the library.
    font: null as unknown as string,
    pdfVersion: '1.7',
    tagged: true,
    lang: 'ja-JP',
    displayTitle: true,
    info: { Title: title, Producer: 'Akashi', Creator: 'Akashi', CreationDate: at, ModDate: at },
  })
}

function collect(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const parts: Uint8Array[] = []
    doc.on('data', (part: Uint8Array) => parts.push(part))
    doc.on('end', () => resolve(concat(...parts)))
    doc.on('error', reject)
  })
}

function structureOf(doc: PDFKit.PDFDocument): Pick<Paper, 'tag' | 'group'> & { close(): void } {
  const root = doc.struct('Document')
  doc.addStructure(root)
  const open = [root]
  const within = () => open.at(-1) as PDFKit.PDFStructureElement
  return {
    tag(name, draw, { alt, scope, box } = {}) {
      const options = {
        ...(alt && { alt }),
        ...(scope && { scope }),
        ...(box && { bbox: [box.x, box.y, box.x + box.width, box.y + box.height] as const }),
      }
      within().add(doc.struct(name, options as PDFKit.Mixins.StructureElementOptions, [draw]))
    },
    group(name, draw) {
      const element = doc.struct(name)
      within().add(element)
      open.push(element)
      draw()
      open.pop()
      element.end()
    },
    close: () => root.end(),
  }
}

function drawing(doc: PDFKit.PDFDocument): Pick<Paper, 'rule' | 'frame' | 'shape'> {
  function artifact(draw: () => void): void {
    doc.markContent('Artifact', { type: 'Layout' })
    draw()
    doc.endMarkedContent()
  }
  return {
    rule: (x, y, x2, y2, thickness) =>
      artifact(() =>
        doc.lineWidth(thickness).moveTo(fine(x), fine(y)).lineTo(fine(x2), fine(y2)).stroke(),
      ),
    frame: ({ x, y, width, height }, thickness) =>
      artifact(() =>
        doc.lineWidth(thickness).rect(fine(x), fine(y), fine(width), fine(height)).stroke(),
      ),
    shape(path, side, { x, y, width }) {
      doc
        .save()
        .translate(x, y)
        .scale(width / side)
      doc.path(path).fill('black').restore()
    },
  }
}
