// The floor of the work of a look-up: bare node:http, prepared statements, one HMAC, one Ed25519
// signature, the access row written, the same bytes out; no framework and no checks.
import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import Database from 'better-sqlite3'

const [port, answers, database = ':memory:'] = process.argv.slice(2) as [string, string, string?]
/** What the product answers: a page as it is, and JSON parsed, for bare node:http has to write it too. */
const bodies = JSON.parse(readFileSync(answers, 'utf8')) as Record<string, object | string>

const db = new Database(database)
db.pragma('synchronous = NORMAL')
const work = database === ':memory:' ? undefined : createWork()

function createWork() {
  const guarantee = db.prepare<[string], { issuer: string; salt: Buffer }>(
    'SELECT issuer, numberKey, contractNumber, pid, salt, mac FROM guarantee WHERE numberKey = ?',
  )
  const versions = db.prepare<[string, string], { position: number; jws: string }>(
    // From a row of its own: with a WHERE SQLite would prepare the join anew at every run.
    `SELECT version.position, seq, jws FROM (SELECT ? AS issuer, ? AS numberKey) AS asked
     JOIN version USING (issuer, numberKey) JOIN recordBody USING (position)`,
  )
  const nodes = db.prepare<[number, number], { hash: Buffer }>(
    'SELECT hash FROM logNode WHERE id BETWEEN ? AND ?',
  )
  const note = db.prepare(
    `INSERT INTO accessNote (at, kind, issuer, numberKey, detail) VALUES (?, 'lookup', ?, ?, '{}')`,
  )
  const { privateKey } = generateKeyPairSync('ed25519')
  const pepper = Buffer.alloc(32, 7)
  const RECEIPT_LENGTH = 900

  return function lookup(request: Record<string, string>, wanted: string): void {
    const { contractNumber, authKey } = request
    const numberKey = (contractNumber as string).replace('-', '')
    const row = guarantee.get(numberKey)
    if (!row) throw new Error(`no guarantee ${contractNumber}`)
    createHmac('sha256', pepper)
      .update(row.salt)
      .update(authKey as string)
      .digest()
    const found = versions.all(row.issuer, numberKey)
    if (wanted === 'evidence') for (const { position } of found) nodes.all(position, position + 14)
    sign(null, Buffer.alloc(RECEIPT_LENGTH, found.length), privateKey)
    note.run(new Date().toISOString(), row.issuer, numberKey)
  }
}

function answer(request: IncomingMessage, response: ServerResponse, body: string): void {
  const [, path, name = ''] = (request.url ?? '').split('/')
  const wanted = body === '' ? {} : (JSON.parse(body) as Record<string, string>)
  if (path === 'lookup') work?.(wanted, name)
  const given = bodies[name]
  const isPage = typeof given === 'string'
  const text = isPage ? given : JSON.stringify(given)
  response.writeHead(200, {
    'content-type': isPage ? 'text/html; charset=UTF-8' : 'application/json',
    'content-length': Buffer.byteLength(text),
  })
  response.end(text)
}

createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => answer(request, response, Buffer.concat(chunks).toString()))
}).listen(Number(port), '127.0.0.1')

process.on('SIGTERM', () => process.exit(0))
