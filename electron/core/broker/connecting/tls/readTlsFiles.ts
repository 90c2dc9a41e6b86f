import type { TlsSettings } from '#shared/model/profile'
import { ok, type AppError, type Result } from '#shared/result'
import { readRegularFile } from '../../../files/readRegularFile'
import { blame, fileFields, fileNamed, type FileField, type TlsFile } from './tlsFileFailure'

/** Five times the size of a bundle of all public authorities. */
const limitBytes = 2 ** 20

export type TlsFiles = Readonly<Record<FileField, TlsFile | null>>

const none: TlsFiles = { caFile: null, certificateFile: null, keyFile: null, pkcs12File: null }

/** Reads what the settings name, in the order of the form; the first problem counts. */
export const readTlsFiles = async (tls: TlsSettings, signal: AbortSignal): Promise<Result<TlsFiles>> => {
  let files = none
  for (const field of fileFields) {
    const read = await readOne(tls, field, signal)
    if (!read.ok) return read
    files = { ...files, [field]: read.value }
  }
  return ok(files)
}

/** The system's message is only for the line of technical details. */
const blameRead = (file: Pick<TlsFile, 'field' | 'name'>, { code, values = {} }: AppError): Result<never> => {
  const { detail = '', ...others } = values
  if (code === 'fileNotRegular') return blame(code, file, values)
  return blame(code === 'fileUnreadable' ? 'tlsFileUnreadable' : code, file, { ...others, told: detail })
}

const readOne = async (tls: TlsSettings, field: FileField, signal: AbortSignal): Promise<Result<TlsFile | null>> => {
  const path = tls[field]
  if (path === '') return ok(null)
  const file = fileNamed(tls, field)
  const read = await readRegularFile(path, { limitBytes, signal })
  if (!read.ok) {
    // The person or the timeout aborted it, with the reason.
    if (read.error.code === 'cancelled') return { ok: false, error: signal.reason as AppError }
    return blameRead(file, read.error)
  }
  const { bytes } = read.value
  return bytes.length === 0 ? blame('tlsFileEmpty', file) : ok({ ...file, bytes })
}
