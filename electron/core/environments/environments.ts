import {
  secretDots,
  type Environment,
  type StoredEnvironment,
  type TypedEnvironment,
  type Variable,
} from '#shared/model/environment'
import { ok, type Result } from '#shared/result'
import type { EnvironmentStore } from '../storage/environmentStore'
import type { VariableSecrets } from '../storage/secretStore'
import { noEnvironment, type TemplateEnvironment } from '../templates/templateEnvironment'

/** Named variables for templates. Their secrets are kept as passwords are, and do not leave main but in messages. */
export interface Environments {
  /** As the window may know them. */
  all(): readonly Environment[]
  /** All of them, as they were typed. Fails with `storageFailed`; then they are what they were. */
  save(typed: readonly TypedEnvironment[]): Promise<Result<readonly Environment[]>>
  /** What templates have of one; an id that is not there is none. */
  variablesOf(environmentId: string): TemplateEnvironment
}

export interface EnvironmentsParts {
  readonly store: EnvironmentStore
  readonly secrets: VariableSecrets
}

export const createEnvironments = ({ store, secrets }: EnvironmentsParts): Environments => {
  const all = () => store.current().map((environment) => shownOf(environment, secrets))
  return {
    all,
    save: async (typed) => {
      const before = store.current()
      // The secrets first: what stands in the file as a secret has its value then.
      const kept = await secrets.change(secretsToKeep(typed, secrets))
      if (!kept.ok) return kept
      const saved = await store.save(typed.map((one) => storedOf(one, before)))
      if (!saved.ok) return saved
      // What stood there readable until now would be in the copy of the file that was replaced.
      const cleaned = becomeSecret(typed, before) ? await store.save(store.current()) : ok(null)
      if (!cleaned.ok) return cleaned
      const left = new Set(secretIdsIn(typed))
      const gone = secretIdsIn(before).filter((id) => !left.has(id))
      const forgotten = await secrets.change(new Map(gone.map((id) => [id, null])))
      return forgotten.ok ? ok(all()) : forgotten
    },
    variablesOf: (environmentId) => {
      const found = store.current().find(({ id }) => id === environmentId)
      return found ? variablesIn(found, secrets) : noEnvironment
    },
  }
}

const shownOf = ({ id, name, variables }: StoredEnvironment, secrets: VariableSecrets): Environment => ({
  id,
  name,
  variables: variables.map((variable): Variable => {
    const named = { id: variable.id, name: variable.name }
    return variable.secret
      ? { ...named, secret: true, keeping: secrets.keeping(variable.id) }
      : { ...named, secret: false, value: variable.value }
  }),
})

/** What was typed of secrets, and what copies of them get. */
const secretsToKeep = (typed: readonly TypedEnvironment[], secrets: VariableSecrets): Map<string, string> => {
  const kept = new Map<string, string>()
  for (const { id, secret, value, secretOf } of typed.flatMap(({ variables }) => variables)) {
    const copied = secretOf === undefined ? null : secrets.get(secretOf)
    const wanted = value ?? copied
    if (secret && wanted !== null) kept.set(id, wanted)
  }
  return kept
}

/** As it goes to disk, with what another version wrote beside it. */
const storedOf = ({ id, name, variables }: TypedEnvironment, all: readonly StoredEnvironment[]): StoredEnvironment => {
  const before = all.find((one) => one.id === id)
  return {
    ...before,
    id,
    name,
    variables: variables.map((variable) => ({
      ...before?.variables.find((one) => one.id === variable.id),
      id: variable.id,
      name: variable.name,
      secret: variable.secret,
      value: variable.secret ? '' : (variable.value ?? ''),
    })),
  }
}

const secretIdsIn = (all: readonly (StoredEnvironment | TypedEnvironment)[]): string[] =>
  all.flatMap(({ variables }) => variables.flatMap(({ id, secret }) => (secret ? [id] : [])))

const becomeSecret = (typed: readonly TypedEnvironment[], before: readonly StoredEnvironment[]): boolean => {
  const secret = new Set(secretIdsIn(typed))
  return before.some(({ variables }) => variables.some(({ id, value }) => value !== '' && secret.has(id)))
}

const variablesIn = ({ variables }: StoredEnvironment, secrets: VariableSecrets): TemplateEnvironment => {
  const known = variables.flatMap(({ id, name, secret, value }) => {
    const held = secret ? secrets.get(id) : value
    return held === null ? [] : [{ name, secret, value: held }]
  })
  return {
    isInUse: true,
    hasSecrets: known.some(({ secret }) => secret),
    names: variables.map(({ name }) => name),
    values: Object.fromEntries(known.map(({ name, value }) => [name, value])),
    shown: Object.fromEntries(known.map(({ name, secret, value }) => [name, secret ? secretDots : value])),
  }
}
