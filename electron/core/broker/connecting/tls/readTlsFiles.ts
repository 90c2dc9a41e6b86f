import type { TlsSettings } from '#shared/model/profile'
import { ok, type AppError, type Result } from '#shared/result'
import { readRegularFile } from '../../../files/readRegularFile'
import { blame, fileFields, fileNamed, type FileField, type TlsFile } from './tlsFileFailure'

/** A bundle of all public authorities has a fifth of it. */
const limitBytes = 2 ** 20

export type TlsFiles = Readonly<Record<FileField, TlsFile | null>>

const none: TlsFiles = { caFile: null, certificateFile: null, keyFile: null, pkcs12File: null }

const readOne = async (tls: TlsSettings, field: FileField, signal: AbortSignal): Promise<Result<TlsFile | null>> => {
  const path = tls[field]
  if (path === '') return ok(null)
  const file = fileNamed(tls, field)
  const read = await readRegularFile(path, { limitBytes, signal })
  if (!read.ok) {
    // Given up by the person or the clock, which know why.
    if (read.error.code === 'cancelled') return { ok: false, error: signal.reason as AppError }
    return withMessage(blame(read.error.code, file, { ...read.error.values }), read.error)
  }
  const { bytes } = read.value
  return bytes.length === 0 ? blame('tlsFileEmpty', file) : ok({ ...file, bytes })
}

const withMessage = ({ error }: { readonly error: AppError }, { code, message }: AppError): Result<never> => {
  // The sentence for it would hold the words of the system.
  const known = code === 'fileUnreadable' ? 'tlsFileUnreadable' : code
  return { ok: false, error: { ...error, code: known, message } }
}

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
