import { plainScene } from '../../verifier/scene.ts'

/** What a platform hands out, of one log that stays the same; each as the text of its file. */
export const SCENE = await plainScene()

const evidence = await SCENE.evidence()
const receipt = await SCENE.receipt(0)

export const FILES = {
  evidence: JSON.stringify(evidence),
  receipt: JSON.stringify(receipt),
  trust: JSON.stringify(SCENE.trust),
  record: evidence.versions[0]?.record as string,
  verificationReceipt: evidence.verificationReceipt,
}
