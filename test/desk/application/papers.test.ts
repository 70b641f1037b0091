import { describe, expect, test } from 'vitest'
import { createAttachments } from '../../../src/desk/application/draft/attachments.ts'
import { formOf } from '../../../src/desk/application/form/fields.ts'
import { newId } from '../../../src/desk/application/new-id.ts'
import { deedsOf, ORG, rowsOf } from './deeds.ts'
import { FILLED, MEMBERS } from './desk.ts'
import { PDF, PNG } from './paper-files.ts'

const { sato, suzuki } = MEMBERS

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

describe('papers and revisions', () => {
  const scene = async () => {
    const deeds = await deedsOf()
    await deeds.save(deeds.id, 0, FILLED)
    const papers = createAttachments(deeds.ports)
    const add = (name: string, by = sato) =>
      papers.addAll(by, deeds.id, [{ purpose: 'works', name, bytes: PDF }])
    const idOf = async (name: string) =>
      (await papers.list(deeds.id)).find((one) => one.name === name)?.id ?? ''
    const names = async () => {
      const seen = await deeds.sent.byId(deeds.id, ORG)
      const named = (list: { name: string; isNew: boolean }[] = []) =>
        list.map(({ name, isNew }) => (isNew ? `新 ${name}` : name))
      return { attachments: named(seen?.attachments), removed: named(seen?.removed) }
    }
    return { ...deeds, papers, add, idOf, names }
  }

  test('each change takes one: what was confirmed before it is not sent', async () => {
    const { drafts, id, ports, add, papers, idOf, sendSeen } = await scene()
    const seen = await drafts.current(id)
    if (!seen) throw new Error('it is gone')
    await add('契約書.pdf', suzuki)
    expect(await drafts.current(id)).toMatchObject({ revision: 2, byUser: suzuki.user })
    expect(await sendSeen(seen)).toBe('behind')
    await papers.remove(sato, id, await idOf('契約書.pdf'))
    expect((await drafts.current(id))?.revision).toBe(3)
    // The same again, or one that is not there, changes nothing.
    await papers.remove(sato, id, newId(ports.random))
    expect((await drafts.current(id))?.revision).toBe(3)
  })

  test('a form that is saved over a paper alone is not told of a clash', async () => {
    const { add, save, id } = await scene()
    await add('契約書.pdf', suzuki)
    expect(await save(id, 1, formOf({ ...FILLED, worksName: '甲' }))).toEqual({
      state: 'saved',
      revision: 3,
    })
  })

  test('ten at once of fifteen are taken', async () => {
    const { desk, add } = await scene()
    const files = Array.from({ length: 15 }, (_, at) => `${at}.pdf`)
    const errors = await Promise.all(files.map((name) => add(name)))
    expect(errors.flat()).toHaveLength(5)
    expect(await rowsOf(desk, 'attachment')).toHaveLength(10)
  })

  test('what was sent stays for the company, marked; what came since is seen with the next sending', async () => {
    const { desk, add, names, save, send, goOn, papers, idOf, id } = await scene()
    await add('古い契約書.pdf')
    await add('工程表.pdf')
    await send(id)
    const sentMeanwhile = [
      { field: 'file.works', text: 'この申込みは送信済みのため、書類を変更できません' },
    ]
    expect(await add('遅れた.pdf')).toEqual(sentMeanwhile)
    expect(await papers.remove(sato, id, await idOf('工程表.pdf'))).toEqual(sentMeanwhile)
    expect(await names()).toEqual({ attachments: ['古い契約書.pdf', '工程表.pdf'], removed: [] })
    await goOn(id, 'advance_payment', 'returned', '契約書の写しが読めません')
    await papers.remove(sato, id, await idOf('古い契約書.pdf'))
    await add('新しい契約書.pdf')
    await add('取りやめ.pdf')
    expect(await papers.remove(sato, id, await idOf('取りやめ.pdf'))).toEqual([])
    expect(await names()).toEqual({ attachments: ['古い契約書.pdf', '工程表.pdf'], removed: [] })
    await save(id, 8, formOf({ ...FILLED, answer: '差し替えました' }))
    await send(id)
    expect(await names()).toEqual({
      attachments: ['工程表.pdf', '新 新しい契約書.pdf'],
      removed: ['古い契約書.pdf'],
    })
    expect(await rowsOf(desk, 'attachment')).toHaveLength(3)
  })

  test('of all drafts of a firm together have a limit; what was sent is not counted', async () => {
    const { ports, save, id, send, papers, add } = await scene()
    const other = newId(ports.random)
    await save(other, 0, FILLED)
    await papers.addAll(sato, other, [{ purpose: 'works', name: '大.pdf', bytes: PDF }])
    const { db } = ports.store
    const large = db.updateTable('attachment').set({ size: 300 * 1024 * 1024 })
    await ports.store.commit([large.compile()])
    expect((await add('契約書.pdf')).map(({ text }) => text)).toEqual([
      '「契約書.pdf」は添付できません。送信していない申込みの添付書類が、会社全体で300MBを超えます。不要な下書きを削除してください',
    ])
    await send(other)
    expect(await add('契約書.pdf')).toEqual([])
    await send(id)
  })
})
