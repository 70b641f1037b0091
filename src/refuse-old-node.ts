import { isNewEnough, tooOld } from './launch.mjs'

if (!isNewEnough(process.versions.node)) {
  console.error(tooOld(process.versions.node))
  process.exit(1)
}
