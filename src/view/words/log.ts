const ja = {
  title: '公開鍵と記録台帳',
  lead: 'このサイトが受け付けた記録は、後から消したり書き換えたりできない台帳に、到着した順に残ります。ここにある値を控えておくと、このサイトを信用しなくても確かめられます。',
  headTitle: '台帳の現在の状態',
  empty: '台帳には、まだ記録がありません。',
  size: '記録の件数',
  root: '根のハッシュ値',
  identityTitle: '台帳の名前と公開鍵',
  platform: 'プラットフォームの識別子',
  origin: '台帳の名前',
  vkey: '台帳の公開鍵',
  receiptTitle: '検証票の公開鍵',
  receiptText: '検証票の署名を確かめるための鍵です。台帳の鍵とは別の鍵です。',
  kid: '鍵ID',
  from: '有効期間の始まり',
  retired: '使用終了',
  previousTitle: '以前の台帳',
  previousText: '復旧のために引き継いだ、以前の台帳です。',
  useTitle: '使いみち',
  uses: [
    '検証票や記録データを、このサイトによらずに検証する。',
    '台帳の件数と根のハッシュ値を控えておき、後の台帳がその続きであることを確かめる。',
    '台帳を定期的に取得し、記録が消されていないことを見張る。',
  ],
  linksTitle: '機械で読むための入口',
  checkpoint: '署名された現在の状態（チェックポイント）',
  trust: '検証に使う公開鍵の一覧（JSON）',
  note: '鍵は、このページだけでなく、運営者から別の方法でも受け取り、同じであることを確かめてください。',
}

export type LogWords = typeof ja

const en: LogWords = {
  title: 'Public keys and log (記録台帳)',
  lead: 'Records that this site takes stay, in the order of arrival, in a log from which nothing can be removed or altered. Note these values down, and you can check without trusting this site.',
  headTitle: 'Present state of the log',
  empty: 'The log has no entry yet.',
  size: 'Entries',
  root: 'Root hash',
  identityTitle: 'Name and public key of the log',
  platform: 'Platform identifier',
  origin: 'Name of the log',
  vkey: 'Public key of the log',
  receiptTitle: 'Public keys of verification receipts (検証票)',
  receiptText:
    'They check the signature of a verification receipt. They are not the key of the log.',
  kid: 'Key ID',
  from: 'Valid from',
  retired: 'Retired',
  previousTitle: 'Earlier logs',
  previousText: 'Logs that were continued after a recovery.',
  useTitle: 'What they are for',
  uses: [
    'Verify a verification receipt or record data without this site.',
    'Note the number of entries and the root hash, and prove that a later log continues it.',
    'Fetch the log regularly and watch that nothing is removed.',
  ],
  linksTitle: 'For programs',
  checkpoint: 'Signed present state (checkpoint)',
  trust: 'Public keys for verifying (JSON)',
  note: 'Get the keys from the operator by another way too, and make sure that they are the same.',
}

export const logWords = { ja, en }
