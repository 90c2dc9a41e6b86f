import { basename } from 'node:path'
import type { TlsSettings } from '#shared/model/profile'
import { fail, type AppError, type ErrorCode } from '#shared/result'

export const fileFields = ['caFile', 'certificateFile', 'keyFile', 'pkcs12File'] as const
/** The settings that name a file; the catalogues call each as the form does. */
export type FileField = (typeof fileFields)[number]

/** A file of the settings, read. */
export interface TlsFile {
  readonly field: FileField
  readonly name: string
  readonly bytes: Buffer
}

type Failure = { readonly ok: false; readonly error: AppError }

/** Blames a file at its field; the sentence names both. `told` = a library's words for it. */
export const blame = (
  code: ErrorCode,
  { field, name }: Pick<TlsFile, 'field' | 'name'>,
  { told, ...values }: Readonly<Record<string, string | number>> = {},
): Failure =>
  fail(code, `${field}: ${name}: ${code}${told === undefined || told === '' ? '' : ` (${told})`}`, {
    field: `tls.${field}`,
    values: { role: field, file: name, name, ...values },
  })

/** Blames the passphrase that goes with a file. */
export const blamePassphrase = (code: ErrorCode, file: TlsFile, told = ''): Failure => {
  const { error } = blame(code, file, { told })
  return { ok: false, error: { ...error, field: 'keyPassphrase' } }
}

export const fileNamed = (tls: TlsSettings, field: FileField): Pick<TlsFile, 'field' | 'name'> => ({
  field,
  name: basename(tls[field]),
})
