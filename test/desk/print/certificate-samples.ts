import type { CertificatePaper } from '../../../src/desk/print/certificate-paper.ts'
import type { Certificate } from '../../../src/guarantee/certificate.ts'

export const advance: Certificate = {
  kind: 'advance_payment',
  contractNumber: '12345-678901',
  owner: { name: '富士市', title: '富士市長' },
  contractor: {
    name: '株式会社髙橋建設',
    address: '静岡県富士市見本町1丁目100番地',
    representative: '代表取締役　髙橋 一郎',
  },
  worksName: '市道本町線 道路改良工事（第2工区）',
  worksNumber: '20250114',
  worksPlace: '静岡県富士市本町 地内',
  worksContractDate: '2025-11-17',
  worksPeriod: { start: '2025-11-18', end: '2026-09-15' },
  contractPrice: 50_000_000,
  fiscalYearAmount: 50_000_000,
  guaranteedAmount: 20_000_000,
  depositBank: '○○銀行　××支店',
  coverage: { start: '2025-11-20', end: '2026-09-15' },
  documentDate: '2025-11-20',
  terms: { id: 'demo-terms-2025-04', title: '前払金保証約款（見本）' },
  issuerName: 'あかし東建設業保証株式会社',
  issuerAddress: '東京都千代田区見本町1番1号',
  issuerRepresentative: '明石 太郎',
}

const { worksContractDate: _, ...notSigned } = advance

/** A 契約保証 before the contract is signed. */
export const contract: Certificate = {
  ...notSigned,
  kind: 'contract',
  terms: {
    id: 'demo-contract-2025-04',
    title: '前払金保証約款及び契約保証に関する特約（見本）',
  },
  contractNumber: '12345-678902',
  guaranteedAmount: 5_000_000,
}

export const original: CertificatePaper = {
  certificate: advance,
  madeAt: '2025-11-20T05:05:00.000Z',
  office: {
    company: 'あかし東建設業保証株式会社',
    branch: '静岡支店',
    address: '静岡県静岡市見本町2番2号',
    phone: '054-000-0000',
    hours: '平日9時から17時',
  },
  representativeTitle: '代表取締役社長',
  details: { fiscalYear: '令和7年度' },
  as: {
    form: 'original',
    sheets: [
      { copy: '正', sheet: 'P-2025-000123' },
      { copy: '副', sheet: 'P-2025-000124' },
    ],
  },
}

export const copy: CertificatePaper = {
  ...original,
  as: {
    form: 'copy',
    arrivedAt: '2025-11-20T05:05:00.000Z',
    platformOrigin: 'https://hosho.example.lg.jp',
    contentId: 'Zk3aQ0mRb81tVx',
  },
}
