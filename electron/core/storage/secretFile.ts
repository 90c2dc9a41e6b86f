import { z } from 'zod'
import { profileIdSchema, secretNames, type SecretKeeping } from '#shared/model/profile'
import type { SecretVault } from './secretVault'

const profileSecretSchema = z.object({ profileId: profileIdSchema, name: z.enum(secretNames) })
const variableSecretSchema = z.object({ variableId: z.string().min(1).max(64) })

/** Whose secret it is: one of a profile, or that of a variable. */
export type SecretOwner = z.infer<typeof profileSecretSchema> | z.infer<typeof variableSecretSchema>

const sealed = { form: z.enum(['encrypted', 'plain']), value: z.string() }

/** One secret on disk: `value` is base64 of the vault's ciphertext, or the text itself where `form` is `plain`. */
const secretRecordSchema = z.union([profileSecretSchema.extend(sealed), variableSecretSchema.extend(sealed)])
export type SecretRecord = z.infer<typeof secretRecordSchema>

/** An entry this version could not read, as it stood in the file. */
const setAsideSchema = z.strictObject({ setAside: z.unknown() })
type SetAside = z.infer<typeof setAsideSchema>

export interface ParsedSecrets {
  readonly records: readonly SecretRecord[]
  readonly setAside: readonly SetAside[]
  /** How many of `setAside` were still among the secrets. */
  readonly newlySetAside: number
}

/** What one that cannot be read is loses none of the others: it stays in the file and is tried again at every start. */
export const parseSecretFile = (content: unknown): ParsedSecrets => {
  if (!Array.isArray(content)) throw new Error('The file is a list of secrets.')
  const records: SecretRecord[] = []
  const setAside: SetAside[] = []
  let newlySetAside = 0
  for (const entry of content as readonly unknown[]) {
    const before = setAsideSchema.safeParse(entry)
    const raw = before.success ? before.data.setAside : entry
    const parsed = secretRecordSchema.safeParse(raw)
    if (parsed.success) records.push(parsed.data)
    else setAside.push({ setAside: raw })
    if (!parsed.success && !before.success) newlySetAside += 1
  }
  return { records, setAside, newlySetAside }
}

/** The secret's text, or null where it cannot be decrypted now. */
export const reveal = (vault: SecretVault, record: SecretRecord): string | null => {
  if (record.form === 'plain') return record.value
  try {
    return vault.available() ? vault.decrypt(record.value) : null
  } catch {
    return null
  }
}

interface SecretForm {
  readonly name: SecretRecord['form']
  readonly keeping: SecretKeeping
  /** What stands on disk, or null where the vault failed after all. */
  readonly seal: (text: string) => string | null
}

/** How a secret may go to disk now; null = not at all. */
export const formFor = (vault: SecretVault, plainAllowed: boolean): SecretForm | null => {
  if (vault.available()) {
    const seal = (text: string) => {
      try {
        return vault.encrypt(text)
      } catch {
        return null
      }
    }
    return { name: 'encrypted', keeping: 'stored', seal }
  }
  return plainAllowed ? { name: 'plain', keeping: 'plain', seal: (text) => text } : null
}
