import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { readConfig } from '../../../src/config.ts'
import { type Company, createCompany } from '../../../src/desk/company/company.ts'
import { type Opened, openNode } from '../../../src/open.ts'
import { systemClock } from '../../../src/outside/clock.ts'
import { freshDatabase } from '../../support/fresh-database.ts'

export const ISSUER = { id: 'sample', numberPattern: '^[0-9]{5}-[0-9]{6}$' }
const EXAMPLE = new URL('../../../docs/issuer-profile.json', import.meta.url)

/** The example of the manual, fresh each time. */
export const example = () => JSON.parse(readFileSync(EXAMPLE, 'utf8'))

/** A company with the profile of the manual, on a real SQLite file of its own. */
export async function openCompany(): Promise<{ ports: Opened['ports']; company: Company }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'akashi-company-'))
  const config = readConfig({ DATA_DIR: dataDir, DEMO: '0' })
  freshDatabase(config.databasePath)
  const { ports, close } = await openNode(config, systemClock, false)
  onTestFinished(async () => {
    await close()
    rmSync(dataDir, { recursive: true })
  })
  const company = createCompany(ports)
  await company.set(ISSUER, example())
  return { ports, company }
}
