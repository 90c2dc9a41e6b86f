import type { ConnectionReading } from '#shared/address/connectionReading'
import type { SecretName } from '#shared/model/profile'
import type { AppError } from '#shared/result'
import type { Warning } from './draftWarnings'
import type { ProfileDraft } from './profileDraft'
import type { NumberPath, TextPath } from './profilePaths'

/** What a field of the form reads and does. */
export interface DraftForm {
  readonly draft: ProfileDraft
  /** Code of the problem to show beside a field: once the field was left, or on saving. */
  readonly problemOf: (path: string) => string | undefined
  /** Why the connection failed last, where this field is to blame and was not changed since. */
  readonly failureOf: (path: string) => AppError | undefined
  /** Code of what a broker may not take, beside a field that was left; it does not keep from saving. */
  readonly warningOf: (path: string) => Warning | undefined
  /** Saving forgets what is stored of it: the draft leads elsewhere. */
  readonly leavesBehind: (name: SecretName) => boolean
  readonly change: (change: (draft: ProfileDraft) => ProfileDraft) => void
  /** Puts another value at a path of the profile that is no text and no number. */
  readonly setValue: (path: string, value: unknown) => void
  readonly setText: (path: TextPath | NumberPath, text: string) => void
  readonly setPassword: (typed: string) => void
  /** Fills the fields with what a pasted text says; false = it is none of these kinds, and nothing was changed. */
  readonly takeOver: (text: string, kinds: readonly ConnectionReading['kind'][]) => boolean
  /** A field was left with this text. One that was and is empty is not complained about before saving. */
  readonly leave: (path: string, text: string) => void
}
