import { isNewEnough, tooOld } from './node-version.mjs'

if (!isNewEnough(process.versions.node)) {
  console.error(tooOld(process.versions.node))
  process.exit(1)
}
