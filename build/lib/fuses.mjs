// Electron's fuses: what a released executable can never be talked into, whoever starts it.
import { Problem, messageOf } from './problem.mjs'

/** Null where it is not installed. */
const loadFuses = () => import('@electron/fuses').catch(() => null)

/**
 * Turns off what only development needs: an executable that serves as plain Node, or obeys NODE_OPTIONS and --inspect,
 * would run anybody's code under our name and with our access to the keyring; so would one that loads a folder somebody put
 * beside its archive. That the archive is ours is checked where the packaging can say what it must be: Windows wants that
 * in the executable's resources, which no tool here writes, and Linux has no place for it. Answers whether it was done.
 * @param {string} executable
 */
export const flipFuses = async (executable) => {
  const fuses = await loadFuses()
  if (!fuses) return false
  const { FuseV1Options, FuseVersion } = fuses
  const wanted = {
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableCookieEncryption]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: process.platform === 'darwin',
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  }
  try {
    const wire = await fuses.getCurrentFuseWire(executable)
    // The old runtime for development does not have them all.
    const present = Object.fromEntries(Object.entries(wanted).filter(([option]) => option in wire))
    const resetAdHocDarwinSignature = process.platform === 'darwin'
    await fuses.flipFuses(executable, { version: FuseVersion.V1, resetAdHocDarwinSignature, ...present })
    return true
  } catch (error) {
    throw new Problem(`the fuses of ${executable} could not be set: ${messageOf(error)}`)
  }
}
