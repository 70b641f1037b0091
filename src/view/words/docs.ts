const ja = {
  title: 'API',
  lead: '保証会社や発注者のシステムから使うための入口です。説明は英語です。',
  document: 'OpenAPI 3.1の定義（JSON）',
  contents: '呼び出しの一覧',
  parameters: 'パラメーター',
  body: '送る内容',
  answers: '返る内容',
  name: '名前',
  type: '型',
  description: '説明',
  status: '状態',
  required: '必須',
  schema: '内容の形',
}

export type DocsWords = typeof ja

const en: DocsWords = {
  title: 'API',
  lead: 'For the systems of guarantee companies and owners.',
  document: 'OpenAPI 3.1 document (JSON)',
  contents: 'Calls',
  parameters: 'Parameters',
  body: 'Request body',
  answers: 'Answers',
  name: 'Name',
  type: 'Type',
  description: 'Description',
  status: 'Status',
  required: 'required',
  schema: 'Shape of the content',
}

export const docsWords = { ja, en }
