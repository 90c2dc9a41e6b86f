import type { TlsSettings } from '#shared/model/profile'
import { ok, type AppError, type Result } from '#shared/result'
import { readRegularFile } from '../../../files/readRegularFile'
import { blame, fileFields, fileNamed, type FileField, type TlsFile } from './tlsFileFailure'

/** A bundle of all public authorities has a fifth of it. */
const limitBytes = 2 ** 20

export type TlsFiles = Readonly<Record<FileField, TlsFile | null>>

const none: TlsFiles = { caFile: null, certificateFile: null, keyFile: null, pkcs12File: null }

/** The words of the system stand in the message only, which is for the line of technical details. */
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
    // Given up by the person or the clock, which know why.
    if (read.error.code === 'cancelled') return { ok: false, error: signal.reason as AppError }
    return blameRead(file, read.error)
  }
  const { bytes } = read.value
  return bytes.length === 0 ? blame('tlsFileEmpty', file) : ok({ ...file, bytes })
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
