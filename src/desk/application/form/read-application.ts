import type { Organisation } from '../../../accounts/member.ts'
import type { OwnerSeen } from '../../../ports.ts'
import type { FieldError } from '../../../web/form.ts'
import { showYen } from '../../../web/show.ts'
import type {
  ApplicationContent,
  ApplicationLine,
  AppliedKind,
  BillTo,
  PaymentMethod,
} from '../content.ts'
import { appliedKinds, type Form, PREFIX } from './fields.ts'
import { label } from './labels.ts'
import { checkOwner, type OwnerCheck, unreadOwners } from './owner-check.ts'
import { present } from './present.ts'
import { isAbove, ratioText } from './ratio.ts'
import { readInformation } from './read-information.ts'
import { type LineRead, readLine } from './read-line.ts'
import { readWorks, type WorksRead } from './read-works.ts'
import { readerOf } from './reader.ts'

/** A guarantee company as far as an application names it. */
export interface Company {
  issuer: string
  name: string
  phone?: string
  branches: { id: string; name: string; phone?: string }[]
  paymentMethods: PaymentMethod[]
}

/** What a form is read against. */
export interface FormContext {
  organisation: Organisation
  companies: readonly Company[]
  /** Undefined when the directory could not be read. */
  owners: readonly OwnerSeen[] | undefined
  /** Seconds since it was asked in vain, where pages do not wait for it anew. */
  unanswered?: number | undefined
  billTos: readonly BillTo[]
  /** Purposes of the papers that are attached. */
  purposes: readonly string[]
  /** Whether it was sent before and came back with a question. */
  returned: boolean
}

export const MOST_ANSWER = 400

export interface Reading {
  /** There when nothing is wrong. */
  content: ApplicationContent | undefined
  /** Which company it goes to; there with `content`. */
  issuer: string | undefined
  /** Everything that is wrong, in the order of the page. */
  errors: FieldError[]
  /** What looks odd; nobody is kept from going on. */
  cautions: FieldError[]
  /** What the directory says, where something electronic is applied for and an owner is named. */
  owner: OwnerCheck | undefined
}

/** The value of 申込送信先: which branch of which company. */
export function branchValue(issuer: string, branch: string): string {
  return `${issuer}/${branch}`
}

/** The company of the branch that was chosen; with one company only, that one. */
export function companyOf(form: Form, companies: readonly Company[]): Company | undefined {
  return companies.length === 1
    ? companies[0]
    : companies.find(({ issuer }) => form['branch']?.startsWith(`${issuer}/`))
}

/** The ways to pay that can be chosen before and after a company is. */
export function methodsFor(form: Form, companies: readonly Company[]): PaymentMethod[] {
  const company = companyOf(form, companies)
  return company?.paymentMethods ?? [...new Set(companies.flatMap((one) => one.paymentMethods))]
}

/** Reads the whole form: everything that is wrong at once, in the order of the page. */
export function readApplication(form: Form, context: FormContext): Reading {
  const { organisation, companies } = context
  const reader = readerOf(form)
  const kinds = appliedKinds(form)
  const answer = context.returned
    ? reader.prose('answer', { required: true, most: MOST_ANSWER })
    : undefined
  const works = readWorks(reader, kinds.length !== 1 || kinds[0] !== 'contract')
  if (kinds.length === 0) reader.wrong('advance.apply', '申し込む保証を1つ以上選んでください')
  const lines = readLines(form, context, kinds, works, reader)
  const electronic = lines.filter(({ format }) => format === 'electronic')
  const owner = ownerOf(works, electronic, context)
  const ownerReason = reader.text('ownerReason', {
    required: owner?.state === 'refuses',
    most: 400,
    free: true,
  })
  const branches = companies.flatMap(({ issuer, branches }) =>
    branches.map(({ id }) => branchValue(issuer, id)),
  )
  const undecided = lines.some(({ format }) => format === undefined) || lines.length === 0
  const told = electronic.length > 0 || (undecided ? undefined : false)
  const information = readInformation(reader, branches, told)
  if (kinds.includes('interim_advance_payment') && !context.purposes.includes('interim')) {
    reader.wrong('file.interim', '認定調書の写しを添付してください')
  }
  const whole = reader.errors.length === 0
  const reason = owner?.state === 'refuses' ? ownerReason : undefined
  return {
    content: whole
      ? ({
          contractor: contractorOf(organisation),
          works: present({ ...works, ownerCode: owner?.owner?.code ?? codeOf(works, context) }),
          lines: lines.map((line) => present(withReason(line, reason))),
          information: present(information),
          ...(answer !== undefined && { answer }),
        } as ApplicationContent)
      : undefined,
    issuer: companyOf(form, companies)?.issuer,
    errors: reader.errors,
    cautions: cautionsOf(works, lines),
    owner,
  }
}

function readLines(
  form: Form,
  context: FormContext,
  kinds: readonly AppliedKind[],
  { contractPrice }: WorksRead,
  reader: ReturnType<typeof readerOf>,
): LineRead[] {
  const lineContext = {
    contractPrice,
    billTos: context.billTos,
    paymentMethods: methodsFor(form, context.companies),
  }
  const lines: LineRead[] = []
  for (const kind of kinds) {
    const [first] = lines
    const same = first && first.kind !== 'contract' ? first.billTo : 'none'
    lines.push(readLine(reader, kind, lineContext, same))
  }
  return lines
}

function contractorOf({ name, address, representative }: Organisation) {
  return present({ name, address, representative })
}

function ownerOf(
  { ownerName, worksContractDate }: WorksRead,
  electronic: readonly LineRead[],
  { owners, unanswered }: FormContext,
): OwnerCheck | undefined {
  if (ownerName === undefined || electronic.length === 0) return undefined
  if (owners === undefined) return unreadOwners(unanswered)
  const kinds = electronic.map(({ kind }) => kind)
  return checkOwner(owners, ownerName, worksContractDate, kinds)
}

/** The owner's code also where nothing is electronic. */
function codeOf({ ownerName = '' }: WorksRead, { owners = [] }: FormContext): string | undefined {
  return checkOwner(owners, ownerName, undefined, []).owner?.code
}

function withReason(line: LineRead, ownerReason: string | undefined): LineRead {
  return line.format === 'electronic' && ownerReason !== undefined ? { ...line, ownerReason } : line
}

/** Shares above which most by-laws do not go, in per cent. */
const USUAL: Partial<Record<ApplicationLine['kind'], number>> = {
  advance_payment: 40,
  interim_advance_payment: 20,
}

function cautionsOf(works: WorksRead, lines: readonly LineRead[]): FieldError[] {
  const cautions: FieldError[] = []
  const { contractPrice, worksContractDate, worksPeriod } = works
  if (worksContractDate !== undefined && worksPeriod && worksContractDate > worksPeriod.end) {
    cautions.push({ field: 'worksContractDate', text: '契約日が工期（至）より後になっています。' })
  }
  for (const { kind, fiscalYearAmount, guaranteedAmount } of lines) {
    const at = (name: string) => `${PREFIX[kind]}.${name}`
    if (
      fiscalYearAmount !== undefined &&
      fiscalYearAmount > (contractPrice ?? Number.POSITIVE_INFINITY)
    ) {
      const price = showYen('ja', contractPrice ?? 0)
      const text = `今年度対象額が請負金額（${price}）を超えています。`
      cautions.push({ field: at('fiscalYearAmount'), text })
    }
    const usual = USUAL[kind]
    const base = fiscalYearAmount ?? contractPrice
    if (usual === undefined || guaranteedAmount === undefined || base === undefined) continue
    if (!isAbove(guaranteedAmount, base, usual) || guaranteedAmount > base) continue
    const share = ratioText(guaranteedAmount, base)
    const text = `${label(at('amount'))}が${usual}%を超えています（${share}）。発注者の定めをお確かめください。`
    cautions.push({ field: at('amount'), text })
  }
  return cautions
}
