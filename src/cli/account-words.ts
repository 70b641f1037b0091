import type { Lang } from '../web/lang.ts'

const ja = {
  groups: { org: '組織（請負契約者、保証会社、発注者、運営者）', user: '利用者と招待' },
  commands: {
    orgAdd: '組織を登録する',
    orgList: '組織を表示する',
    userAdd: '利用者を招待し、一度だけ使えるリンクを標準出力に書く',
    userList: '利用者と、受けられていない招待を表示する',
    userRole: '利用者の役割を変える',
    userReset: 'パスワードを決め直すリンクを標準出力に書く',
    userDisable: '利用者のログインを止め、今のログインも終了させる',
    userEnable: '止めた利用者のログインを再び許す',
  },
  options: {
    kind: '種類',
    issuer: '保証会社のid（--kind issuer のとき）',
    owner: '登録済みの発注者名（--kind owner のとき）',
    address: '住所（証書に記載するもの）',
    representative: '代表者（証書に記載するもの）',
    oidc: '所属先の認証（OIDC）でのログインを許す',
    role: '役割',
    org: '組織の名前またはid',
    email: 'メールアドレス',
    name: '名前（招待された人が決める。既定はアドレス）',
    all: '認証アプリとパスキーの登録も取り消す',
  },
  made: 'リンクを作りました。表示はこの一度だけで、7日間、一度だけ使えます。本人にだけ渡してください。',
  states: { active: '有効', disabled: '停止', invited: '招待中' },
}

export type AccountCliWords = typeof ja

const en: AccountCliWords = {
  groups: { org: 'organisations: contractors, companies, owners', user: 'users and invitations' },
  commands: {
    orgAdd: 'register an organisation',
    orgList: 'show the organisations',
    userAdd: 'invite a user and write a link that works once to stdout',
    userList: 'show users, and invitations that were not taken yet',
    userRole: 'change the role of a user',
    userReset: 'write a link to stdout with which a user sets a new password',
    userDisable: 'let a user in no more, and end their sessions',
    userEnable: 'let a user in again',
  },
  options: {
    kind: 'kind',
    issuer: 'id of the guarantee company (with --kind issuer)',
    owner: 'registered name of the owner (with --kind owner)',
    address: 'address, as certificates have it',
    representative: 'representative, as certificates have it',
    oidc: 'let its people sign in through OIDC',
    role: 'role',
    org: 'name or id of the organisation',
    email: 'e-mail address',
    name: 'name (the address unless given); who is invited may change it',
    all: 'remove authenticator app and passkeys too',
  },
  made: 'Made a link: it is shown this once and works once, for 7 days. Give it to that person alone.',
  states: { active: 'active', disabled: 'disabled', invited: 'invited' },
}

export const accountCliWords: Record<Lang, AccountCliWords> = { ja, en }
