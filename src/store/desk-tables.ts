import type { Generated } from 'kysely'

/** The columns of `db/0012_desk.sql` to `db/0029_draft_place.sql`. */
export interface DeskTables {
  company: { issuer: string; profile: string; setAt: string }
  signingKey: { issuer: string; kid: string; alg: string; sealed: Uint8Array; importedAt: string }
  numberGiven: { issuer: string; series: string; serial: number }
  application: {
    id: string
    number: string | null
    issuer: string
    org: string
    branch: string | null
    worksName: string
    copyOf: string | null
    sendKey: string | null
    createdBy: string
    createdAt: string
    sentAt: string | null
  }
  applicationRevision: {
    application: string
    revision: number
    form: string
    content: string | null
    byUser: string
    at: string
  }
  applicationLine: {
    application: string
    kind: string
    format: 'electronic' | 'paper'
    status: string
    guaranteedAmount: number
    contractNumber: string | null
  }
  lineStep: {
    application: string
    kind: string
    step: number
    status: string
    at: string
    byUser: string | null
    note: string | null
  }
  attachment: {
    id: string
    application: string
    purpose: 'works' | 'interim' | 'other'
    name: string
    mediaType: string
    size: number
    sha256: Uint8Array
    bytes: Uint8Array
    addedBy: string
    addedAt: string
    /** The revision that brought it. */
    addedIn: number
    /** The revision from which on it is gone. */
    removedIn: number | null
  }
  wish: {
    id: string
    application: string
    kind: string
    issuer: string
    org: string
    type: 'rekey' | 'leaked'
    reason: string
    state: 'open' | 'done' | 'refused'
    madeBy: string
    madeAt: string
    closedBy: string | null
    closedAt: string | null
    answer: string | null
  }
  premiumStatement: {
    issuer: string
    number: string
    org: string
    application: string
    kind: string
    contractNumber: string | null
    type: 'charge' | 'refund'
    quote: string
    yen: number
    paymentMethod: string
    billTo: string
    madeAt: string
    settledAt: string | null
    settledBy: string | null
    settledOn: string | null
    voidedAt: string | null
    givenBackBy: string | null
    dueOn: string | null
  }
  settlementUndone: {
    issuer: string
    number: string
    settledAt: string
    settledBy: string
    settledOn: string | null
    reason: string
    byUser: string
    at: string
  }
  issued: {
    issuer: string
    numberKey: string
    contractNumber: string
    org: string
    application: string
    kind: string
    format: 'electronic' | 'paper'
    branch: string | null
    state: 'issuing' | 'in_force' | 'cancelled' | 'released' | 'on_paper'
    newestSeq: number
    certificate: string
    sealedKey: Uint8Array | null
    keySince: string | null
    worksName: string
    searchText: string
    ownerName: string
    contractorName: string
    contractPrice: number
    coverageEnd: string
    issuedAt: string
    arrivedAt: string | null
  }
  issuedLetters: { letters: string; issuer: string; numberKey: string }
  ownerDoing: { issuer: string; numberKey: string; kind: string; count: number; lastAt: string }
  eventsRead: { issuer: string; step: number; cursor: string | null; at: string }
  issuedVersion: {
    issuer: string
    numberKey: string
    seq: number
    event: string
    jws: string
    madeAt: string
    madeBy: string
    approvedBy: string | null
    arrivedAt: string | null
    receipt: string | null
    statement: string | null
  }
  lifeProposal: {
    id: Generated<number>
    issuer: string
    numberKey: string
    event: string
    fields: string
    seq: number
    madeBy: string
    madeByName: string
    madeAt: string
  }
  proposalEnd: {
    proposal: number
    issuer: string
    numberKey: string
    event: string
    fields: string
    madeBy: string
    madeByName: string
    madeAt: string
    deed: 'agreed' | 'withdrawn' | 'declined' | 'overtaken'
    byUser: string
    at: string
    reason: string | null
  }
  lifeDraft: {
    issuer: string
    numberKey: string
    event: string
    byUser: string
    fields: string
    deeds: number
    at: string
  }
  submission: {
    id: Generated<number>
    issuer: string
    numberKey: string
    seq: number
    sealedKey: Uint8Array | null
    state: 'waiting' | 'arrived' | 'refused'
    tries: number
    nextAt: string
    fault: string | null
    madeAt: string
    madeBy: string | null
    keySince: string | null
  }
  refusal: {
    submission: number
    issuer: string
    numberKey: string
    seq: number
    event: string
    jws: string | null
    fault: string
    deed: 'resent' | 'resigned' | 'dropped'
    reason: string | null
    madeBy: string
    madeByName: string
    approvedBy: string | null
    approvedByName: string | null
    at: string
  }
  mail: {
    id: Generated<number>
    messageId: string
    issuer: string | null
    org: string | null
    purpose: string
    numberKey: string | null
    application: string | null
    recipient: string
    subject: string
    body: string
    state: 'waiting' | 'sent' | 'refused' | 'bounced'
    tries: number
    nextAt: string
    fault: string | null
    madeAt: string
    sentAt: string | null
    resentFrom: number | null
  }
  mailTry: { mail: number; try: number; at: string; said: string | null }
  paperStep: {
    issuer: string
    numberKey: string
    seq: number
    event:
      | 'issue'
      | 'amend'
      | 'correct'
      | 'cancel_amendment'
      | 'cancel'
      | 'release'
      | 'reissue'
      | 'to_electronic'
    targetSeq: number | null
    reason: string | null
    reasonCode: string | null
    certificate: string
    paper: string | null
    madeAt: string
    madeBy: string
    approvedBy: string | null
    statement: string | null
  }
  paperPrint: {
    id: Generated<number>
    issuer: string
    numberKey: string
    seq: number
    at: string
    byUser: string
  }
  paperSheet: {
    issuer: string
    sheet: string
    numberKey: string
    seq: number
    copy: '正' | '副'
    certificate: string
    madeAt: string
    madeBy: string
    voidedAt: string | null
    voidReason: string | null
  }
}
