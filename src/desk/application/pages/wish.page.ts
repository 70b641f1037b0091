import type { Hono } from 'hono'
import type { MemberEnv } from '../../../accounts/require-member.ts'
import { Fault } from '../../../base/fault.ts'
import { seeOther } from '../../../web/answer.ts'
import { readForm } from '../../../web/body.ts'
import type { FieldError } from '../../../web/form.ts'
import { freeText } from '../free-text.ts'
import { newId } from '../new-id.ts'
import type { SentApplication } from '../sent/sent-application.ts'
import { mayWish, type WishType } from '../sent/wish.ts'
import { type Door, HOME, kindOf, type Request } from './door.page.ts'
import { wishView } from './wish.view.ts'

const REASON = { label: '理由と経緯', most: 400 }

/** 認証キーの再発行を依頼, 認証キーが漏えいしたおそれ. */
export function wishPages(app: Hono<MemberEnv>, door: Door): void {
  const path = `${HOME}/:id/wishes/:kind` as const
  app.get(path, async (c) => {
    const { application, line } = await issuedLine(c, door)
    const body = wishView({ application, line, typed: {}, errors: [] })
    return door.show(c, '認証キーについての依頼', body)
  })
  app.post(path, async (c) => {
    const { application, line } = await issuedLine(c, door)
    const { type = '', reason = '' } = await readForm(c)
    const { text, error } = freeText(reason, REASON)
    const errors = wrongIn(type, text, error)
    if (errors.length > 0) {
      const body = wishView({ application, line, typed: { type, reason }, errors })
      return door.show(c, '認証キーについての依頼', body, { error: true, status: 422 })
    }
    const wish = {
      id: newId(door.ports.random),
      type: type as WishType,
      reason: text,
      madeBy: door.memberOf(c).user,
    }
    await door.wishes.make(application, line.kind, wish)
    return seeOther(`${HOME}/${application.id}?wished`)
  })
}

function wrongIn(type: string, reason: string, wrong: string | undefined): FieldError[] {
  const errors: FieldError[] = []
  if (type !== 'rekey' && type !== 'leaked') {
    errors.push({ field: 'type', text: '依頼の内容を選んでください' })
  }
  const text = reason === '' ? '理由と経緯を入力してください' : wrong
  if (text !== undefined) errors.push({ field: 'reason', text })
  return errors
}

async function issuedLine(c: Request, door: Door) {
  const application: SentApplication = await door.sentOf(c)
  const line = application.lines.find(({ kind }) => kind === kindOf(c))
  if (!line || !mayWish(line)) throw new Fault('not_found', 'The guarantee has no key (yet).')
  return { application, line }
}
