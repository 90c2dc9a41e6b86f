import { basename } from 'node:path'
import { bytesFromText } from '#shared/encoding/payloadInFormat'
import { authenticationDataBytes } from '#shared/model/authentication'
import type { Profile, Secrets } from '#shared/model/profile'
import { fail, ok, type AppError, type Result } from '#shared/result'
import { readRegularFile } from '../../files/readRegularFile'

/** What of CONNECT is bytes that have to be read or made first. Absent = there is none. */
export interface ConnectBytes {
  readonly password?: Buffer
  /** Of a will whose payload is a file. */
  readonly willPayload?: Buffer
  /** Of an authentication method that the profile names; absent = CONNECT has none. */
  readonly authenticationData?: Buffer
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
  const authentication = await authenticationData(profile, password.value, signal)
  if (!authentication.ok) return authentication
  const bytes = { ...password.value, ...authentication.value }
  const { will } = profile
  if (!will.enabled || will.payloadFormat !== 'file') return ok(bytes)
  const willPayload = await readShortFile(will.payloadFile, 'will.payloadFile', signal)
  return willPayload.ok ? ok({ ...bytes, willPayload: willPayload.value }) : willPayload
}

const authenticationData = async (
  { authentication, protocolVersion }: Profile,
  { password }: ConnectBytes,
  signal: AbortSignal,
): Promise<Result<ConnectBytes>> => {
  const { mechanism, data, dataFormat, dataFile } = authentication
  if (protocolVersion !== '5' || mechanism !== 'own') return ok({})
  if (dataFormat === 'password') return ok(password ? { authenticationData: password } : {})
  if (dataFormat === 'file') {
    const read = await readShortFile(dataFile, 'authentication.dataFile', signal)
    return read.ok ? ok({ authenticationData: read.value }) : read
  }
  const bytes = authenticationDataBytes(data, dataFormat)
  return ok(bytes && data !== '' ? { authenticationData: Buffer.from(bytes) } : {})
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

const readShortFile = async (path: string, field: string, signal: AbortSignal): Promise<Result<Buffer>> => {
  const read = await readRegularFile(path, { limitBytes: longest, signal })
  if (read.ok) return ok(read.value.bytes)
  const { error } = read
  if (error.code === 'cancelled') return { ok: false, error: signal.reason as AppError }
  return {
    ok: false,
    error: { ...error, field, values: { ...error.values, name: basename(path) } },
  }
}
