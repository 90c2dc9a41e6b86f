import {
  environmentLimits,
  isVariableName,
  type Environment,
  type ExchangedEnvironments,
  type TypedEnvironment,
  type TypedVariable,
} from '#shared/model/environment'
import type { SecretKeeping } from '#shared/model/profile'

/** A variable as it is being typed. */
export interface FormVariable {
  readonly id: string
  readonly name: string
  readonly secret: boolean
  /** Of a secret only what was typed just now: what is kept never comes here. */
  readonly typed: string
  /** How the secret is kept that stands behind an empty field; `none` = there is none. */
  readonly keeping: SecretKeeping
  /** Of a copy: the variable whose secret it gets. */
  readonly secretOf?: string
}

export interface FormEnvironment {
  readonly id: string
  readonly name: string
  readonly variables: readonly FormVariable[]
}

export type EnvironmentsForm = readonly FormEnvironment[]

export type NameProblem = 'required' | 'nameTaken' | 'variableName'

/** By the ids of environments and variables. */
export type FormProblems = ReadonlyMap<string, NameProblem>

export const formOf = (all: readonly Environment[]): EnvironmentsForm =>
  all.map(({ id, name, variables }) => ({
    id,
    name,
    variables: variables.map((variable) => ({
      id: variable.id,
      name: variable.name,
      secret: variable.secret,
      typed: variable.secret ? '' : variable.value,
      keeping: variable.secret ? variable.keeping : 'none',
    })),
  }))

export const newVariable = (given: Partial<FormVariable> = {}): FormVariable => ({
  id: crypto.randomUUID(),
  name: '',
  secret: false,
  typed: '',
  keeping: 'none',
  ...given,
})

/** With a name that no other one has. */
export const newEnvironment = (
  form: EnvironmentsForm,
  { name, variables = [newVariable()] }: { readonly name: string; readonly variables?: readonly FormVariable[] },
): FormEnvironment => ({ id: crypto.randomUUID(), name: freeName(form, name), variables })

/** The same variables under another name; secrets are copied where they are kept. */
export const copyOf = (form: EnvironmentsForm, { name, variables }: FormEnvironment): FormEnvironment =>
  newEnvironment(form, {
    name,
    variables: variables.map(({ id, secretOf = id, ...variable }) =>
      newVariable(variable.secret && variable.keeping !== 'none' ? { ...variable, secretOf } : variable),
    ),
  })

const freeName = (form: EnvironmentsForm, wanted: string): string => {
  const taken = new Set(form.map(({ name }) => name.trim()))
  if (!taken.has(wanted)) return wanted
  const base = wanted.replace(/ \d+$/, '').slice(0, environmentLimits.name - 5)
  for (let number = 2; ; number += 1) {
    const name = `${base} ${number}`
    if (!taken.has(name)) return name
  }
}

/** Lines in which nothing stands are left out when it is saved. */
const isBlank = ({ name, typed, keeping }: FormVariable): boolean => name === '' && typed === '' && keeping === 'none'

export const problemsIn = (form: EnvironmentsForm): FormProblems => {
  const problems = new Map<string, NameProblem>()
  const look = (all: readonly { readonly id: string; readonly name: string }[], isName: (name: string) => boolean) => {
    const names = all.map(({ name }) => name.trim())
    for (const [place, { id }] of all.entries()) {
      const name = names[place] ?? ''
      if (name === '') problems.set(id, 'required')
      else if (!isName(name)) problems.set(id, 'variableName')
      else if (names.indexOf(name) < place) problems.set(id, 'nameTaken')
    }
  }
  look(form, () => true)
  for (const { variables } of form)
    look(
      variables.filter((variable) => !isBlank(variable)),
      isVariableName,
    )
  return problems
}

/** What is to be saved, of a form without problems. */
export const typedFrom = (form: EnvironmentsForm): TypedEnvironment[] =>
  form.map(({ id, name, variables }) => ({
    id,
    name: name.trim(),
    variables: variables.filter((variable) => !isBlank(variable)).map(typedVariable),
  }))

const typedVariable = ({ id, name, secret, typed, secretOf }: FormVariable): TypedVariable => ({
  id,
  name: name.trim(),
  secret,
  value: secret && typed === '' ? null : typed,
  ...(secret && typed === '' && secretOf !== undefined ? { secretOf } : {}),
})

/** A form without problems as a file for others: secrets by their names only. */
export const exchangedFrom = (form: EnvironmentsForm): ExchangedEnvironments => ({
  version: 1,
  environments: typedFrom(form).map(({ name, variables }) => ({
    name,
    variables: variables.map((variable) => ({
      name: variable.name,
      secret: variable.secret,
      value: variable.secret ? '' : (variable.value ?? ''),
    })),
  })),
})

/** What such a file adds to a form. */
export const withExchanged = (form: EnvironmentsForm, { environments }: ExchangedEnvironments): EnvironmentsForm =>
  environments
    .reduce<EnvironmentsForm>(
      (all, { name, variables }) => [
        ...all,
        newEnvironment(all, {
          name,
          variables: variables.map(({ name: variable, secret, value }) =>
            newVariable({ name: variable, secret, typed: secret ? '' : value }),
          ),
        }),
      ],
      form,
    )
    .slice(0, environmentLimits.environments)
