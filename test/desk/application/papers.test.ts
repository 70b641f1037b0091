import { describe, expect, test } from 'vitest'
import { createAttachments } from '../../../src/desk/application/draft/attachments.ts'
import { newId } from '../../../src/desk/application/new-id.ts'
import { deedsOf } from './deeds.ts'
import { FILLED, MEMBERS } from './desk.ts'
import { PDF, PNG } from './paper-files.ts'

const { sato } = MEMBERS

describe('papers', () => {
  const added = async (...files: { name: string; bytes: Uint8Array }[]) => {
    const { desk, ports, save, id } = await deedsOf()
    await save(id, 0, FILLED)
    const papers = createAttachments(ports)
    const errors = await papers.addAll(
      sato,
      id,
      files.map((file) => ({ purpose: 'works' as const, ...file })),
    )
    return { desk, id, papers, errors: errors.map(({ text }) => text), list: await papers.list(id) }
  }

  test('are told by their content', async () => {
    const { errors, list, papers, id } = await added(
      { name: '契約書（写し）髙橋.pdf', bytes: PDF },
      { name: 'C:\\写真\\現場.PNG', bytes: PNG },
    )
    expect(errors).toEqual([])
    expect(list.map(({ name, mediaType }) => [name, mediaType]).sort()).toEqual([
      ['契約書（写し）髙橋.pdf', 'application/pdf'],
      ['現場.PNG', 'image/png'],
    ])
    const first = list.find(({ mediaType }) => mediaType === 'application/pdf')
    const kept = await papers.open(id, first?.id ?? '')
    expect(Buffer.from(kept?.bytes ?? []).equals(PDF)).toBe(true)
    expect(
      await papers.open(
        newId(() => new Uint8Array(16)),
        first?.id ?? '',
      ),
    ).toBeUndefined()
  })

  test('that lie about their type, are of another, empty or too large are refused by name', async () => {
    const { errors, list } = await added(
      { name: '契約書.pdf', bytes: PNG },
      { name: '手順.html.pdf', bytes: Buffer.from('<html><script>alert(1)</script>') },
      { name: '空.pdf', bytes: new Uint8Array() },
      { name: '大.pdf', bytes: Buffer.concat([PDF, Buffer.alloc(10 * 1024 * 1024)]) },
    )
    expect(errors).toEqual([
      '「契約書.pdf」は名前と中身が違います（中身はPNGです）。正しい名前のファイルを選んでください',
      '「手順.html.pdf」の中身はPDF・JPEG・PNGのどれでもないため、添付できません。別のファイルを選んでください',
      '「空.pdf」は空のファイルです',
      '「大.pdf」は10MBを超えています',
    ])
    expect(list).toEqual([])
  })

  test('of exactly 10 MB are taken, the eleventh is not, the same one counts once', async () => {
    const large = Buffer.concat([PDF, Buffer.alloc(10 * 1024 * 1024 - PDF.length)])
    const some = Array.from({ length: 10 }, (_, i) => ({
      name: `${i}.pdf`,
      bytes: i === 0 ? large : PDF,
    }))
    const { errors, list } = await added(
      ...some,
      { name: '3.pdf', bytes: PDF },
      { name: '10.pdf', bytes: PDF },
    )
    expect(errors).toEqual(['「10.pdf」は添付できません。添付は10件までです'])
    expect(list).toHaveLength(10)
  })
})
