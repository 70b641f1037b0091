import { expect, test } from 'vitest'
import { KEY, newDesk } from './desk.ts'

const PATH = '/desk/guarantees/east/12345-678901'

async function text(answer: Response | Promise<Response>): Promise<string> {
  return (await (await answer).text()).replace(/<[^>]+>/g, '')
}

test.each(['cancelled', 'released', 'on_paper'] as const)(
  '%s stands in the overview of both sides; what one does with one in force is gone',
  async (state) => {
    const words = { cancelled: '解約済', released: '返還済', on_paper: '書面へ切替済' }[state]
    const desk = await newDesk()
    await desk.issue()
    const said = `この保証は${words}です。`
    const before = await text(desk.ask(PATH, 'contractor'))
    for (const part of ['※発注者にお知らせください', '提出用メール文面', '共有リンクを作る']) {
      expect(before).toContain(part)
    }
    expect(before).not.toContain(said)
    const notice = () => desk.ask(`${PATH}/notice.pdf`, 'contractor')
    expect((await notice()).headers.get('content-type')).toBe('application/pdf')
    await desk.store.commit([desk.store.db.updateTable('issued').set({ state }).compile()])
    const none = await notice()
    expect(none.status).toBe(409)
    expect(await text(none)).toContain(`${said}認証キーのお知らせ（PDF）は、効力のある保証だけに`)
    expect((await desk.ask(`${PATH}/notice.pdf`, 'stranger')).status, 'nothing is said').toBe(404)
    for (const who of ['contractor', 'clerk']) {
      expect(await text(desk.ask(PATH, who)), who).toContain(said)
    }
    const after = await text(desk.ask(PATH, 'contractor'))
    for (const part of ['※発注者にお知らせください', '提出用メール文面', '共有リンクを作る']) {
      expect(after).not.toContain(part)
    }
    expect(after, 'who looks it up still').toContain(KEY)
    expect((await desk.post(`${PATH}/shares`, 'contractor', { days: '30' })).status).toBe(409)
  },
)
