import { describe, expect, test } from 'vitest'
import { printCertificate } from '../../../src/desk/print/certificate.pdf.ts'
import type { CertificatePaper } from '../../../src/desk/print/certificate-paper.ts'
import { advance, contract, copy, original } from './certificate-samples.ts'
import { type Bitmap, codesOnFax, faxOf, infoOf, inkIn, press, textOf, wordsOf } from './reading.ts'

/** The text of each sheet without spaces and breaks. */
async function sheetsOf(what: CertificatePaper): Promise<string[]> {
  const { pdf } = await printCertificate(press, what)
  const sheets = textOf(pdf).split('\f').slice(0, -1)
  return sheets.map((sheet) => sheet.replace(/\s+/g, ''))
}

describe('a certificate on paper', () => {
  test('is 正 and 副, each with its own number, and says what it is', async () => {
    const [first, second, ...more] = await sheetsOf(original)
    expect(more).toEqual([])
    expect(first).toMatch(/^正原本/)
    expect(first).toContain('証書番号P-2025-000123')
    expect(first).toContain('この書面は保証証書の原本です（正副2通のうち正）')
    expect(second).toMatch(/^副(?!原本)/)
    expect(second).toContain('証書番号P-2025-000124')
    expect(second).toContain('副本です')
    for (const sheet of [first, second]) {
      expect(sheet).toContain('電子保証の記録台帳に記録されず')
      expect(sheet).not.toMatch(/写し|https|見本料率|再発行|電子証書は無効/)
    }
  })

  test('an advance says everything in its order', async () => {
    const [sheet = ''] = await sheetsOf(original)
    const said = [
      '証書作成日令和7年11月20日（2025年11月20日）',
      '前払金保証証書',
      '被保証者（発注者）',
      '富士市長殿',
      '被保証者が保証契約者に支払う前払金に関し、下記の保証金額を限度として保証します。',
      '記',
      '保証金額金20,000,000円',
      '保証期限令和8年9月15日（2026年9月15日）',
      '工事名市道本町線道路改良工事（第2工区）',
      '工事場所静岡県富士市本町地内',
      '請負契約締結日令和7年11月17日',
      '請負金額金50,000,000円',
      '今年度対象額金50,000,000円（出来高予定額又は支払限度額令和7年度）',
      '工期令和7年11月18日（2025年11月18日）から令和8年9月15日（2026年9月15日）まで',
      '保証契約者静岡県富士市見本町1丁目100番地株式会社髙橋建設代表取締役髙橋一郎',
      '預託金融機関○○銀行××支店',
      '特記事項―（記載なし）',
      '約款前払金保証約款（見本）',
      '取扱店あかし東建設業保証株式会社静岡支店',
      '代表取締役社長明石太郎',
      '印',
    ]
    let at = -1
    for (const text of said) {
      const found = sheet.indexOf(text, at + 1)
      expect(found, text).toBeGreaterThan(at)
      at = found
    }
  })

  test('a 契約保証 before the signing has no bank, but the day of the award', async () => {
    const details = { awardDate: '2025-11-15' }
    const [sheet] = await sheetsOf({ ...original, certificate: contract, details })
    expect(sheet).toContain('契約保証証書')
    expect(sheet).toContain(
      '当社は、前払金保証約款及び契約保証に関する特約（見本）の定めるところにより',
    )
    expect(sheet).toContain('保証期間令和7年11月20日（2025年11月20日）から')
    expect(sheet).toContain('落札決定日令和7年11月15日')
    expect(sheet).not.toMatch(/預託金融機関|今年度対象額|請負契約締結日|保証期限/)
  })

  test('an interim advance names the approval and the first advance', async () => {
    const certificate = {
      ...advance,
      kind: 'interim_advance_payment' as const,
      interimApprovalDate: '2026-04-20',
      relatedContractNumber: '12345-678900',
      jvName: '髙橋・田中特定建設工事共同企業体',
      jvMembers: ['株式会社髙橋建設', '田中組株式会社'],
    }
    const details = { approvalNumber: '富契第12号' }
    const [sheet] = await sheetsOf({ ...original, certificate, details })
    expect(sheet).toContain('中間前払金保証証書')
    expect(sheet).toContain('支払う中間前払金に関し')
    expect(sheet).toContain('令和8年4月20日（2026年4月20日）認定番号富契第12号')
    expect(sheet).toContain('当初前払金の保証契約番号12345-678900')
    expect(sheet).toContain('髙橋・田中特定建設工事共同企業体代表者株式会社髙橋建設')
    expect(sheet).toContain('構成員2田中組株式会社')
  })

  test('one that takes the place of an electronic one, or of a lost one, says so', async () => {
    const replacing = { why: 'reissue', on: '2025-12-01', sheets: ['P-1', 'P-1-2'] } as const
    const [sheet] = await sheetsOf({ ...original, switched: true, replacing, sample: true })
    expect(sheet).toContain('同じ保証契約番号の電子証書は無効です')
    expect(sheet).toMatch(/^正原本再発行見本/)
    expect(sheet).toContain('（2025年12月1日）に再発行したものです。')
    expect(sheet).toContain('先に交付した証書（証書番号P-1、P-1-2）は無効です')
  })

  test('its table is tagged row by row', async () => {
    const { pdf } = await printCertificate(press, original)
    const structure = infoOf(pdf, '-struct')
    expect(structure.match(/^\s*Table\b/gm)).toHaveLength(2)
    expect(structure.match(/\bTR\b/g)).toHaveLength(22)
    expect(structure.match(/\bTH\b/g)).toHaveLength(22)
    expect(structure.match(/\bTD\b/g)).toHaveLength(22)
    expect(infoOf(pdf)).toMatch(/Tagged: +yes/)
  })

  test('has a square of 20 mm for the seal, empty but for 印', async () => {
    const { pdf } = await printCertificate(press, original)
    const seal = wordsOf(pdf).find(({ text }) => text === '印')
    if (!seal) throw new Error('no seal')
    const [x, y] = [(seal.left + seal.right) / 2, (seal.top + seal.bottom) / 2]
    const bitmap = faxOf(pdf)[0] as Bitmap
    const half = (20 / 25.4) * 36
    for (const side of [x - half, x + half]) {
      const edge = { left: side - 1, right: side + 1, top: y - 20, bottom: y + 20 }
      expect(inkIn(bitmap, edge)).toBeGreaterThan(0.15)
    }
    const inside = { left: x + 10, right: x + half - 2, top: y - 20, bottom: y + 20 }
    expect(inkIn(bitmap, inside)).toBe(0)
  })

  test('the longest texts go over to more sheets, and nothing is lost', async () => {
    const long = '髙﨑𠮷建設'.repeat(40)
    const certificate = {
      ...advance,
      worksName: long,
      worksPlace: long,
      jvName: long,
      jvMembers: Array.from({ length: 12 }, (_, n) => `${n + 1}番${long.slice(8)}`),
      owner: { name: long },
      contractor: { name: long, address: long, representative: long },
      specialClauses: [long, long],
    }
    const sheets = await sheetsOf({ ...original, certificate })
    expect(sheets.length).toBeGreaterThan(2)
    expect(sheets.length % 2).toBe(0)
    const half = sheets.length / 2
    for (const [index, sheet] of sheets.entries()) {
      expect(sheet).toMatch(new RegExp(`${(index % half) + 1}／${half}`))
    }
    const first = sheets.slice(0, half).join('')
    for (let n = 1; n <= 12; n++) expect(first).toContain(`${n}番${long.slice(8)}`)
    expect(first).toContain('代表取締役社長')
  })
})

describe('the copy of an electronic certificate', () => {
  test('says when it arrived, that it is a copy, and where it is checked', async () => {
    const [sheet, ...more] = await sheetsOf(copy)
    expect(more).toEqual([])
    expect(sheet).toMatch(/^写し/)
    expect(sheet).toContain('電子保証発行日時2025年11月20日14:05（令和7年11月20日）')
    expect(sheet).toContain('約款に定める電磁的方法により交付されたものです')
    expect(sheet).toContain('電子証書の表示内容を印刷した写しです')
    expect(sheet).toContain('https://hosho.example.lg.jp')
    expect(sheet).toContain('記録Zk3aQ0mRb81t')
    expect(sheet).not.toMatch(/原本|印(?!刷)|証書番号/)
    const { pdf } = await printCertificate(press, copy)
    expect(codesOnFax(pdf)).toEqual(['https://hosho.example.lg.jp/#n=12345-678901'])
  })

  test('an amended one shows before and after, changed rows in bold', async () => {
    const certificate = {
      ...advance,
      guaranteedAmount: 22_400_000,
      contractPrice: 56_000_000,
      documentDate: '2026-03-02',
    }
    const amended = { times: 2, before: advance, reason: '設計変更', on: '2026-03-01' }
    const [sheet] = await sheetsOf({ ...copy, certificate, amended })
    expect(sheet).toContain('（変更第2回）')
    expect(sheet).toContain(
      '令和7年11月20日（2025年11月20日）付け保証契約番号12345-678901に係る保証契約を、下記のとおり変更しました。',
    )
    expect(sheet).toContain('変更前変更後保証金額金20,000,000円金22,400,000円')
    expect(sheet).toContain('請負金額金50,000,000円金56,000,000円')
    expect(sheet).toContain('変更理由設計変更')
    expect(sheet).toContain('変更日令和8年3月1日')
    expect(sheet).toContain('変更のない事項は従前のとおり')
    const plain = await printCertificate(press, {
      ...copy,
      amended: { ...amended, before: advance },
    })
    const changed = await printCertificate(press, { ...copy, certificate, amended })
    const inkOf = (pdf: Uint8Array, text: string) => {
      const word = wordsOf(pdf).findLast((candidate) => candidate.text === text)
      if (!word) throw new Error(`${text} is not on the sheet`)
      return inkIn(faxOf(pdf)[0] as Bitmap, word)
    }
    const [usual, bold] = [inkOf(plain.pdf, '金20,000,000円'), inkOf(changed.pdf, '金22,400,000円')]
    expect(bold).toBeGreaterThan(usual * 1.15)
  })

  test.each([
    ['cancelled', '解約済', 'この保証契約は解約されています'],
    ['withdrawn', '取消', 'この証書は取り消されています'],
    ['superseded', '変更前', '最新ではありません'],
  ] as const)(
    'one that is %s is stamped across and says so in a line',
    async (state, stamp, line) => {
      const [sheet] = await sheetsOf({ ...copy, state })
      expect(sheet?.split(stamp).length).toBeGreaterThan(2)
      expect(sheet).toContain(line)
      const [plain] = await sheetsOf(copy)
      expect(plain).not.toContain(stamp)
    },
  )
})
