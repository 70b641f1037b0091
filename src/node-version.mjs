// What the launcher and the entries both ask of a Node. A file of its own: an entry that imported the
// launcher, which is waiting for that very entry, would wait for ever.

/** The oldest Node that runs the sources as they are (type stripping without a flag). */
const OLDEST = [22, 18]

/** @param {string} version e.g. `24.21.0` */
export function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number)
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])
}

/**
 * One sentence for whoever runs an older Node.
 * @param {string} version
 */
export function tooOld(version) {
  return `Akashi needs Node ${OLDEST.join('.')} or newer and this is ${version}: install a newer one (https://nodejs.org) and try again.`
}
