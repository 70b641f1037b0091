import { API_HEADERS } from '../../web/answer.ts'
import { html } from '../../web/html.ts'
import { type Asking, show } from './asking.page.ts'
import { done } from './back.page.ts'
import { LIFE } from './life-words.ts'
import { voidView } from './paper/paper.view.ts'
import { paperWords } from './paper/paper-words.ts'
import { showOverview } from './refused.page.ts'
import { isSwitching } from './version-rows.ts'

/** `POST …/sheets`: the first sheets of a switch that has arrived; before that the page says why not. */
export async function makeSheets(asked: Asking): Promise<Response> {
  const { lifeDesk, seen, member } = asked
  if (!seen.isOnPaper) {
    const said = isSwitching(seen.versions) ? paperWords.switching : LIFE.notOnPaper
    const notice = html`<p class="notice notice-bad" role="alert">${said}</p>`
    return showOverview(asked, { notice, status: 409 })
  }
  await lifeDesk.makeSheets(seen, member)
  return done(asked, 'sheets')
}

/** 正 and 副 as one file; void ones are not printed, which is said in their place. */
export async function printSheets(asked: Asking): Promise<Response> {
  const { c, base, seen, member, lifeDesk, site } = asked
  const seq = Number(c.req.param('seq'))
  const set = seen.paper.sets.find(({ step }) => step.seq === seq)
  if (set?.standing === 'void') {
    return show(asked, paperWords.voidTitle, voidView(base, LIFE.title), { status: 409 })
  }
  const { pdf, name } = await lifeDesk.printSheets(seen, seq, member.user, site.demo)
  return new Response(pdf as BodyInit, {
    headers: {
      ...API_HEADERS,
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="certificate.pdf"; filename*=UTF-8''${encodeURIComponent(name)}`,
    },
  })
}
