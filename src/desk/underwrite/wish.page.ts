import type { Context, Hono } from 'hono'
import type { MemberEnv } from '../../accounts/require-member.ts'
import { Fault } from '../../base/fault.ts'
import { seeOther } from '../../web/answer.ts'
import { readForm } from '../../web/body.ts'
import { answerPage, type Site } from '../../web/site.ts'
import { freeText } from '../application/free-text.ts'
import { createRefuseWish } from '../application/sent/refuse-wish.ts'
import { createWishes } from '../application/sent/wish.ts'
import type { UnderwritingParts } from './deed.ts'
import { issuerOf, shell } from './shell.ts'
import { wishView } from './wish.view.ts'

type C = Context<MemberEnv>

const ANSWER = { label: '回答', most: 400 }
const TITLE = '認証キーについての依頼'

/** `/desk/inbox/wishes/:wish`: what a contractor wishes for a key, and the company's answer. */
export function wishPages(
  app: Hono<MemberEnv>,
  doors: Pick<UnderwritingParts, 'store' | 'clock'> & { site: Site },
): void {
  const wishes = createWishes(doors)
  const refuseWish = createRefuseWish(doors)

  async function show(c: C, answer = '', text?: string) {
    const member = c.get('member')
    const issuer = issuerOf(member)
    const wish = (await wishes.open(issuer)).find(({ id }) => id === c.req.param('wish'))
    if (!wish) throw new Fault('not_found', 'There is no such wish (any more).')
    const errors = text === undefined ? [] : [{ field: 'answer', text }]
    const options = { title: TITLE, error: text !== undefined, ...shell(member) }
    const body = wishView(wish, issuer, { answer, errors })
    return answerPage(c, doors.site, options, body, text === undefined ? 200 : 400)
  }

  app.get('/desk/inbox/wishes/:wish', (c) => show(c))
  app.post('/desk/inbox/wishes/:wish', async (c) => {
    const { answer = '' } = await readForm(c)
    const { text: said, error } = freeText(answer, ANSWER)
    if (said === '') return show(c, answer, '回答を入力してください')
    if (error !== undefined) return show(c, answer, error)
    const { user } = c.get('member')
    try {
      await refuseWish(issuerOf(c.get('member')), c.req.param('wish'), user, said)
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'state_conflict') throw error
      return seeOther('/desk/inbox?done=taken')
    }
    return seeOther('/desk/inbox?done=answered')
  })
}
