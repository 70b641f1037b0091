import type { Lang } from './lang.ts'

const ja = {
  service: '電子保証の確認',
  address: '確認先アドレス',
  skip: '本文へ移動',
  navLabel: '主なページ',
  footerLabel: 'このサイトについて',
  errorTitle: (title: string) => `エラー：${title}`,
  help: '使い方',
  owners: '対応している発注者',
  issuers: '保証会社',
  otherLanguage: 'English',
  log: '公開鍵と記録台帳',
  docs: 'API',
  terms: '利用条件',
  accessibility: 'ウェブアクセシビリティ方針',
  privacy: '個人情報の取扱い',
  operator: (name: string) => `運営者：${name}`,
  unofficial:
    '非公式のオープンソースソフトウェアで運用しています。既存の確認サービスとは関係ありません。',
  demoMark: '見本',
  demoText: '動作を確かめるためのサイトです。表示される内容はすべて架空のものです。',
  required: '必須',
  optional: '任意',
  errorSummary: '入力内容に誤りがあります',
  errorCount: (count: number) => `${count}件`,
  slowed: '誤った入力が続いたため、回答を数秒遅らせています。確認ができなくなることはありません。',
}

/** The words of the page shell and of forms. */
export type ShellWords = typeof ja

const en: ShellWords = {
  service: 'Electronic guarantee check',
  address: 'Address',
  skip: 'Skip to content',
  navLabel: 'Main pages',
  footerLabel: 'About this site',
  errorTitle: (title) => `Error: ${title}`,
  help: 'How to use',
  owners: 'Participating owners',
  issuers: 'Guarantee companies',
  otherLanguage: '日本語',
  log: 'Public keys and log',
  docs: 'API',
  terms: 'Terms of use',
  accessibility: 'Accessibility',
  privacy: 'Privacy',
  operator: (name) => `Operated by ${name}`,
  unofficial: 'Runs on unofficial open-source software, not connected to any existing service.',
  demoMark: 'Sample',
  demoText: 'This site is for trying things out. Everything it shows is fictional.',
  required: 'required',
  optional: 'optional',
  errorSummary: 'There is a problem with what was entered',
  slowed:
    'Answers are held back for some seconds, because wrong entries came one after the other. Nobody is locked out.',
  errorCount: (count) => (count === 1 ? '1 problem' : `${count} problems`),
}

export const shellWords: Record<Lang, ShellWords> = { ja, en }
