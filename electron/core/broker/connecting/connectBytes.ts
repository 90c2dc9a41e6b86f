import { basename } from 'node:path'
import { bytesFromText } from '#shared/encoding/payloadInFormat'
import type { Profile, Secrets } from '#shared/model/profile'
import { fail, ok, type AppError, type Result } from '#shared/result'
import { readRegularFile } from '../../files/readRegularFile'

/** What of CONNECT is bytes that have to be read or made first. Absent = there is none. */
export interface ConnectBytes {
  readonly password?: Buffer
  /** Of a will whose payload is a file. */
  readonly willPayload?: Buffer
}

/** The length in CONNECT has two bytes (MQTT 5 §1.5.6). */
const longest = 65_535

/** Makes and reads them. Fails with the `field` to blame; when `signal` is aborted, with its reason. */
export const loadConnectBytes = async (
  profile: Profile,
  secrets: Secrets,
  signal: AbortSignal,
): Promise<Result<ConnectBytes>> => {
  const password = passwordBytes(profile, secrets)
  if (!password.ok) return password
  const { will } = profile
  if (!will.enabled || will.payloadFormat !== 'file') return ok(password.value)
  const willPayload = await readWill(will.payloadFile, signal)
  return willPayload.ok ? ok({ ...password.value, willPayload: willPayload.value }) : willPayload
}

const passwordBytes = ({ usePassword, passwordFormat }: Profile, { password }: Secrets): Result<ConnectBytes> => {
  if (!usePassword || password === undefined) return ok({})
  const read = bytesFromText(password, passwordFormat)
  if (read.ok && read.bytes.length <= longest) return ok({ password: Buffer.from(read.bytes) })
  return fail('passwordNotInFormat', `The password is not ${passwordFormat}.`, {
    field: 'password',
    values: { detail: passwordFormat },
  })
}

const readWill = async (path: string, signal: AbortSignal): Promise<Result<Buffer>> => {
  const read = await readRegularFile(path, { limitBytes: longest, signal })
  if (read.ok) return ok(read.value.bytes)
  const { error } = read
  if (error.code === 'cancelled') return { ok: false, error: signal.reason as AppError }
  return {
    ok: false,
    error: { ...error, field: 'will.payloadFile', values: { ...error.values, name: basename(path) } },
  }
}
