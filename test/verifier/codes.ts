import type { Evidence } from '../../src/log/bundle.ts'
import { checkEvidence } from '../../src/verifier/check.ts'
import type { Outcome } from '../../src/verifier/report.ts'
import { type Scene, tools } from './scene.ts'

/** The codes that are not `OK`, without `NO_EXTERNAL_TIME`, which plain evidence cannot avoid. */
export async function codes(scene: Scene, evidence: unknown, given = tools): Promise<string[]> {
  const { findings } = await checkEvidence(evidence, scene.trust, given)
  const telling = findings.filter(({ code }) => code !== 'OK' && code !== 'NO_EXTERNAL_TIME')
  return [...new Set(telling.map(({ code }) => code))]
}

export async function outcome(scene: Scene, evidence: unknown): Promise<Outcome> {
  return (await checkEvidence(evidence, scene.trust, tools)).outcome
}

/** The n-th version of evidence, from 0. */
export function versionAt(evidence: Evidence, n: number): Evidence['versions'][number] {
  const version = evidence.versions[n]
  if (version === undefined) throw new Error(`the evidence has no version ${n}`)
  return version
}
