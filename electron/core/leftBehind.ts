import {
  keepSecrets,
  secretNames,
  type Profile,
  type SecretChanges,
  type SecretKeeping,
  type SecretName,
} from '#shared/model/profile'
import { isSamePlace } from '#shared/model/secretPlace'
import { fail, type AppError } from '#shared/result'

/** The secrets that would be kept although the changed profile leads where they were not entered for. */
export const leftBehind = (
  before: Profile,
  after: Profile,
  { changes, keepings }: { changes: SecretChanges; keepings: Readonly<Record<SecretName, SecretKeeping>> },
): readonly SecretName[] =>
  secretNames.filter(
    (name) => changes[name].change === 'keep' && keepings[name] !== 'none' && !isSamePlace(before, after, name),
  )

export const forgetting = (names: readonly SecretName[]): SecretChanges => ({
  ...keepSecrets,
  ...Object.fromEntries(names.map((name) => [name, { change: 'set', value: '' }])),
})

export const leftBehindNotice = ({ name }: Profile, names: readonly SecretName[]): AppError => {
  const detail = names.length > 1 ? 'both' : (names[0] ?? 'both')
  return fail('secretsForgotten', `The secrets of ${name} were forgotten: it leads elsewhere now.`, {
    values: { name, detail },
  }).error
}
