import { concat, utf8 } from '../../base/bytes.ts'

/** An object of a PDF file: its number and what stands between `obj` and `endobj`. */
interface Body {
  id: number
  bytes: Uint8Array
}

/**
 * The same PDF with all objects that have no stream of their own in one compressed object stream,
 * and a cross-reference stream (ISO 32000-1 §7.5.7, §7.5.8): a tagged paper has an object for each
 * piece of its structure, which pdfkit writes in the open; together they are a sixth of the file.
 * @param pdf as pdfkit writes it: one cross-reference table, nothing appended, not encrypted
 */
export async function packObjects(pdf: Uint8Array): Promise<Uint8Array> {
  const { offsets, tableAt, size, trailer } = readTable(pdf)
  const inOrder = [...offsets].sort(([, a], [, b]) => a - b)
  const parts: Uint8Array[] = [pdf.subarray(0, inOrder[0]?.[1] ?? tableAt)]
  let length = parts[0]?.length ?? 0
  const put = (bytes: Uint8Array) => {
    const at = length
    parts.push(bytes)
    length += bytes.length
    return at
  }
  const entries = new Map<number, [kind: number, where: number, index: number]>()
  const loose: Body[] = []
  for (const [place, [id, at]] of inOrder.entries()) {
    const bytes = pdf.subarray(at, inOrder[place + 1]?.[1] ?? tableAt)
    const body = bodyOf(bytes, id)
    if (endsWith(body, 'endstream')) {
      entries.set(id, [1, put((await metadata(id, body)) ?? bytes), 0])
    } else loose.push({ id, bytes: body })
  }
  const [packed, table] = [size, size + 1]
  for (const [index, { id }] of loose.entries()) entries.set(id, [2, packed, index])
  entries.set(packed, [1, put(await objectStream(packed, loose)), 0])
  entries.set(table, [1, length, 0])
  const start = put(await referenceStream(table, entries, trailer))
  put(utf8(`startxref\n${start}\n%%EOF\n`))
  return concat(...parts)
}

function readTable(pdf: Uint8Array) {
  const tail = latin1(pdf.subarray(-400))
  const tableAt = Number(/startxref\n(\d+)\n%%EOF\s*$/.exec(tail)?.[1])
  const text = latin1(pdf.subarray(tableAt))
  const size = Number(/^xref\n0 (\d+)\n/.exec(text)?.[1])
  const trailer = /\/Root \d+ 0 R\n\/Info \d+ 0 R\n\/ID \[.*?\]/s.exec(text)?.[0]
  if (!size || trailer === undefined) throw new Error('a PDF of another kind than pdfkit writes')
  const lines = text.split('\n').slice(2, 2 + size)
  const offsets = lines.flatMap((line, id): [number, number][] =>
    line.includes(' n') ? [[id, Number(line.slice(0, 10))]] : [],
  )
  return { offsets, tableAt, size, trailer }
}

/** The description of the file, which pdfkit leaves as it is, deflated; undefined for any other. */
async function metadata(id: number, body: Uint8Array): Promise<Uint8Array | undefined> {
  const head = /^<<[^>]*(\/Type \/Metadata\n\/Subtype \/XML)\n\/Length (\d+)\n>>\nstream\n/.exec(
    latin1(body.subarray(0, 200)),
  )
  if (!head) return undefined
  const start = head[0].length
  return streamObject(id, head[1] as string, body.subarray(start, start + Number(head[2])))
}

/** Between `12 0 obj` and `endobj`. */
function bodyOf(bytes: Uint8Array, id: number): Uint8Array {
  const head = `${id} 0 obj\n`
  const foot = '\nendobj\n'
  const isWhole = latin1(bytes.subarray(0, head.length)) === head && endsWith(bytes, foot)
  if (!isWhole) throw new Error(`object ${id} of the PDF is not where its table says`)
  return bytes.subarray(head.length, bytes.length - foot.length)
}

function endsWith(bytes: Uint8Array, text: string): boolean {
  return latin1(bytes.subarray(-text.length)) === text
}

async function objectStream(id: number, bodies: readonly Body[]): Promise<Uint8Array> {
  let at = 0
  const heads: string[] = []
  for (const { id: own, bytes } of bodies) {
    heads.push(`${own} ${at}`)
    at += bytes.length + 1
  }
  const first = utf8(`${heads.join(' ')}\n`)
  const newLine = utf8('\n')
  const whole = concat(first, ...bodies.flatMap(({ bytes }) => [bytes, newLine]))
  return streamObject(id, `/Type /ObjStm\n/N ${bodies.length}\n/First ${first.length}`, whole)
}

async function referenceStream(
  id: number,
  entries: ReadonlyMap<number, readonly [number, number, number]>,
  trailer: string,
): Promise<Uint8Array> {
  const count = id + 1
  const rows = new DataView(new ArrayBuffer(count * 7))
  for (const [own, [kind, where, index]] of entries) {
    rows.setUint8(own * 7, kind)
    rows.setUint32(own * 7 + 1, where)
    rows.setUint16(own * 7 + 5, index)
  }
  const head = `/Type /XRef\n/Size ${count}\n/W [1 4 2]\n${trailer}`
  return streamObject(id, head, new Uint8Array(rows.buffer))
}

async function streamObject(id: number, head: string, bytes: Uint8Array): Promise<Uint8Array> {
  const deflated = await deflate(bytes)
  const open = `${id} 0 obj\n<<\n${head}\n/Filter /FlateDecode\n/Length ${deflated.length}\n>>\nstream\n`
  return concat(utf8(open), deflated, utf8('\nendstream\nendobj\n'))
}

async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new CompressionStream('deflate'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** A byte a character; the decoder that bears this name takes some bytes for others. */
function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
}
