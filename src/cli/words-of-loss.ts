import { entriesOf } from './count.ts'

const ja = {
  reopened: (sealed: string, size: number, origin: string) =>
    `${sealed} を${size}件で閉じ、${origin} を始めました`,
  afterReopening: [
    '次のことを行ってください。',
    '  1. バックアップの後に行った erase、token revoke、issuer key-revoke・key-retire、発注者の変更をやり直す（消去した内容も元に戻っている）',
    '  2. サーバーを起動する',
    '  3. すぐに新しいバックアップを作り、これより前のものを処分する',
    '  4. 新しい信頼情報（/v1/trust）を、検証に使う人に渡す',
    '  5. 保証会社に知らせる: 失われた記録は送り直す。seq 1 には保証会社の署名（Authorization: Bearer）が要る',
  ],
  backedUp: (file: string, entries: number, origin: string) =>
    `バックアップを作りました: ${file}（${origin}、${entries}件）`,
  secretsApart:
    '秘密は含まれません。秘密のファイルも保管するか、--secrets-to で書き出してください。',
  restored: (database: string, entries: number, origin: string) =>
    `戻しました: ${database}（${origin}、${entries}件）`,
  restoredWhole: '台帳は、最後に応答したところまで揃っています。サーバーを起動できます。',
  restoredRefuses: (file: string) => [
    '照会には答えますが、次のどちらかを実行するまで、新しい記録は受け付けません。',
    '  akashi doctor --accept-guard    バックアップの後に受付・消去・鍵の変更が何もないとき（サーバーを止めてから作った、移設など）',
    `  akashi log reopen --from ${file}    バックアップの後に受け付けた記録が失われたとき、または分からないとき`,
  ],
  restoredUndoes:
    'バックアップの後に行った erase、token revoke、issuer key-revoke・key-retire、発注者の変更は元に戻っています（消去した内容も）。サーバーを起動する前にやり直してください。',
}

const en: typeof ja = {
  reopened: (sealed, size, origin) => `sealed ${sealed} at ${entriesOf(size)}, began ${origin}`,
  afterReopening: [
    'What to do now:',
    '  1. run again each erase, token revoke, issuer key-revoke, key-retire and owner change made since the backup: they are undone, and what was erased is there again',
    '  2. start the server',
    '  3. make a new backup at once, and throw older ones away',
    '  4. hand the new trust document (/v1/trust) to whoever verifies',
    '  5. tell the companies: they send lost records again, seq 1 with their signed bearer',
  ],
  backedUp: (file, entries, origin) => `backed up: ${file} (${origin}, ${entriesOf(entries)})`,
  secretsApart:
    'The secrets are not in it. Keep the secrets file too, or write them with --secrets-to.',
  restored: (database, entries, origin) =>
    `restored: ${database} (${origin}, ${entriesOf(entries)})`,
  restoredWhole: 'The log is whole up to what was last answered. The server can start.',
  restoredRefuses: (file) => [
    'Look-ups are answered. No record is taken until one of these was run:',
    '  akashi doctor --accept-guard    when nothing was taken or erased and no key changed after the backup (the server had stopped before it; a move)',
    `  akashi log reopen --from ${file}    when records taken after the backup are lost, or nobody can tell`,
  ],
  restoredUndoes:
    'Undone, with what was erased there again: each erase, token revoke, issuer key-revoke, key-retire and owner change made since the backup. Run them again before the server starts.',
}

/** Of backups, of their way back, and of a log that lost records. */
export const lossWords = { ja, en }
