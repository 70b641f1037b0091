import type { ApplicationLine, AppliedKind } from '../../../src/desk/application/content.ts'
import { createPremiums } from '../../../src/desk/company/premiums.ts'
import { createIssueLine } from '../../../src/desk/issue/issue-line.ts'
import { createChecks } from '../../../src/desk/underwrite/checks.ts'
import type { Action, Tell } from '../../../src/desk/underwrite/deed.ts'
import { createUnderwriting, type Underwriting } from '../../../src/desk/underwrite/underwriting.ts'
import type { Certificate } from '../../../src/guarantee/certificate.ts'
import { line, newScene, type Scene } from '../issue/scene.ts'

interface Desk {
  scene: Scene
  underwriting: Underwriting
  mails: string[]
  /** What was judged by the rules, in order. */
  judged: Certificate[]
  act(
    application: string,
    action: Action,
    more?: {
      by?: string
      seen?: number
      kind?: AppliedKind
      reason?: string
      all?: boolean
      on?: string
      digest?: string
    },
  ): ReturnType<Underwriting['act']>
  status(application: string): Promise<string[]>
}

export async function newDesk(fourEyes = true): Promise<Desk> {
  const scene = await newScene(fourEyes)
  const { store, clock } = scene.ports
  const { company } = scene.parts
  const mails: string[] = []
  const tell: Tell = {
    async returned(about, kind, reason) {
      mails.push(`returned ${about.number} ${kind} ${reason}`)
      return []
    },
    async declined(about, kind, reason) {
      mails.push(`declined ${about.number} ${kind} ${reason}`)
      return []
    },
    async givenBack(about, { type, yen }) {
      mails.push(`givenBack ${about.number} ${type} ${yen}`)
      return []
    },
    async premium(about, { kind, yen, payment }) {
      mails.push(`premium ${about.number} ${kind} ${yen} ${payment}`)
      return []
    },
  }
  const issueLine = createIssueLine(scene.parts)
  const checks = createChecks(scene.ports)
  const judged: Certificate[] = []
  const underwriting = createUnderwriting({
    ...{ store, clock, tell },
    company: company as never,
    premiums: createPremiums({ store, clock }, company),
    issueLine,
    checks: (application, kind, certificate) => {
      judged.push(certificate)
      return checks(application, kind, certificate)
    },
  })
  const of = async (id: string) => {
    const found = await underwriting.byId(id, 'east')
    if (!found) throw new Error('no such application')
    return found
  }
  return {
    ...{ scene, underwriting, mails, judged },
    async act(application, action, { by = 'clerk', kind = 'advance_payment', ...more } = {}) {
      const seen = (await of(application)).lines.find((one) => one.kind === kind)?.step ?? 0
      const about = { issuer: 'east', application, kind }
      const deed = { ...about, action, byUser: by, seen }
      // As if the page had just been opened.
      const drawn =
        action === 'issue' ? await issueLine.draft(about).catch(() => undefined) : undefined
      return underwriting.act({ ...deed, digest: drawn?.digest ?? '', ...more })
    },
    status: async (id) => (await of(id)).lines.map(({ status }) => status),
  }
}

export const monthly = (change: Partial<ApplicationLine> = {}) =>
  line({ paymentMethod: 'monthly_lump', ...change })
