import type { SecretKeeping } from '#shared/model/profile'
import { formFor, reveal, type SecretOwner, type SecretRecord } from './secretFile'
import type { SecretVault } from './secretVault'

/** `value: null` = on disk, but it cannot be decrypted now. */
export interface HeldSecret {
  readonly value: string | null
  /** Of a connection that is not on disk itself. */
  readonly temporary: boolean
  readonly keeping: SecretKeeping
  /** As it stands on disk. */
  readonly record: SecretRecord | null
}

/** The secrets of one profile by their names, or those of all variables by their ids. */
export type HeldByName = ReadonlyMap<string, HeldSecret>

/** In memory, each in the form in which it may go to disk now. */
export interface HeldSecrets {
  of(holder: string): HeldByName
  put(holder: string, held: HeldByName): void
  delete(holder: string): void
  /** All that goes to disk. */
  records(): SecretRecord[]
  /** Gives each the form that is right now. */
  settle(plainAllowed: boolean): void
}

/** The variables of all environments. No profile has this id: it would be empty. */
export const variablesHolder = ''

interface HeldParts {
  readonly vault: SecretVault
  readonly plainAllowed: boolean
}

export const createHeldSecrets = (records: readonly SecretRecord[], { vault, ...options }: HeldParts): HeldSecrets => {
  const table = new Map<string, HeldByName>()
  let { plainAllowed } = options
  const of = (holder: string): HeldByName => table.get(holder) ?? new Map<string, HeldSecret>()

  const settled = (owner: SecretOwner, held: HeldSecret): HeldSecret => {
    if (held.value === null) return held
    const form = held.temporary ? null : formFor(vault, plainAllowed)
    if (form === null) return { ...held, keeping: 'session', record: null }
    if (held.record?.form === form.name) return held
    const value = form.seal(held.value)
    if (value === null) return { ...held, keeping: 'session', record: null }
    return { ...held, keeping: form.keeping, record: { ...owner, form: form.name, value } }
  }
  const put = (holder: string, held: HeldByName) => {
    const settledByName = [...held].map(([name, secret]) => [name, settled(ownerOf(holder, name), secret)] as const)
    table.set(holder, new Map(settledByName))
  }
  for (const record of records) {
    const { holder, name } = placeOf(record)
    table.set(holder, new Map(of(holder)).set(name, heldFrom(record, vault)))
  }
  return {
    of,
    put,
    delete: (holder) => void table.delete(holder),
    records: () => [...table.values()].flatMap((held) => [...held.values()].flatMap(({ record }) => record ?? [])),
    settle: (allowed) => {
      plainAllowed = allowed
      for (const [holder, held] of table) put(holder, held)
    },
  }
}

/** One that was typed just now. */
export const typedSecret = (value: string, temporary: boolean): HeldSecret => ({
  value,
  temporary,
  keeping: 'session',
  record: null,
})

const heldFrom = (record: SecretRecord, vault: SecretVault): HeldSecret => {
  const value = reveal(vault, record)
  const keeping = value === null ? 'unreadable' : record.form === 'plain' ? 'plain' : 'stored'
  return { value, temporary: false, keeping, record }
}

const placeOf = (owner: SecretOwner): { readonly holder: string; readonly name: string } =>
  'variableId' in owner
    ? { holder: variablesHolder, name: owner.variableId }
    : { holder: owner.profileId, name: owner.name }

const ownerOf = (holder: string, name: string): SecretOwner =>
  holder === variablesHolder ? { variableId: name } : ({ profileId: holder, name } as SecretOwner)
