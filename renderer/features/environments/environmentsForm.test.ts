import { describe, expect, it } from 'vitest'
import { exchangedEnvironmentsSchema, typedEnvironmentsSchema, type Environment } from '#shared/model/environment'
import {
  copyOf,
  exchangedFrom,
  formOf,
  newEnvironment,
  newVariable,
  problemsIn,
  typedFrom,
  withExchanged,
  type EnvironmentsForm,
} from './environmentsForm'

const dev: Environment = {
  id: 'dev',
  name: 'Development',
  variables: [
    { id: 'v1', name: 'host', secret: false, value: 'north' },
    { id: 'v2', name: 'password', secret: true, keeping: 'stored' },
  ],
}
const form = formOf([dev])
const [first] = form
if (!first) throw new Error('There is one.')

const withVariable = (given: Parameters<typeof newVariable>[0]): EnvironmentsForm => [
  { ...first, variables: [...first.variables, newVariable(given)] },
]

describe('the form of environments', () => {
  it('leaves what was not touched as it is kept', () => {
    const typed = typedFrom(form)
    expect(typed).toEqual([
      {
        id: 'dev',
        name: 'Development',
        variables: [
          { id: 'v1', name: 'host', secret: false, value: 'north' },
          { id: 'v2', name: 'password', secret: true, value: null },
        ],
      },
    ])
    expect(typedEnvironmentsSchema.safeParse(typed).success).toBe(true)
  })

  it('copies an environment with the secrets that are kept, also those of a copy', () => {
    const copy = copyOf(form, first)
    const second = copyOf([...form, copy], copy)
    expect([copy.name, second.name]).toEqual(['Development 2', 'Development 3'])
    for (const { variables } of typedFrom([copy, second])) {
      expect(variables).toMatchObject([
        { name: 'host', value: 'north' },
        { value: null, secretOf: 'v2' },
      ])
      expect(variables.map(({ id }) => id)).not.toContain('v2')
    }
  })

  it('sends what was typed of a secret, or of what is none any more', () => {
    const [host, password] = first.variables
    if (!host || !password) throw new Error('There are two.')
    const changed = [
      {
        ...first,
        variables: [
          { ...host, secret: true },
          { ...password, typed: 'x' },
        ],
      },
    ]
    expect(typedFrom(changed)[0]?.variables).toMatchObject([
      { secret: true, value: 'north' },
      { secret: true, value: 'x' },
    ])
    expect(typedFrom([{ ...first, variables: [{ ...password, secret: false }] }])[0]?.variables).toMatchObject([
      { secret: false, value: '' },
    ])
  })

  it.each([
    [{ name: 'a b' }, 'variableName'],
    [{ name: '1a' }, 'variableName'],
    [{ name: 'host' }, 'nameTaken'],
    [{ name: '', typed: 'x' }, 'required'],
    [{ name: '_a-1' }, undefined],
    [{ name: '' }, undefined],
  ])('says of the variable %j: %s', (given, problem) => {
    const wrong = withVariable({ id: 'v3', ...given })
    expect(problemsIn(wrong).get('v3')).toBe(problem)
    expect(typedEnvironmentsSchema.safeParse(typedFrom(wrong)).success).toBe(problem === undefined)
  })

  it('wants names for environments, each another one', () => {
    const two = [...form, { ...first, id: 'b' }, { ...first, id: 'c', name: ' ' }]
    const problems = problemsIn(two.map((one) => ({ ...one, variables: [] })))
    expect([...problems]).toEqual([
      ['b', 'nameTaken'],
      ['c', 'required'],
    ])
    expect(newEnvironment(form, { name: 'Development' }).name).toBe('Development 2')
  })

  it('goes into a file and out of it without secrets', () => {
    const file = exchangedFrom(withVariable({ name: 'token', secret: true, typed: 'hunter2' }))
    expect(JSON.stringify(file)).not.toContain('hunter2')
    const read = exchangedEnvironmentsSchema.parse(JSON.parse(JSON.stringify(file)))
    const [, added] = withExchanged(form, read)
    expect(added).toMatchObject({
      name: 'Development 2',
      variables: [
        { name: 'host', secret: false, typed: 'north' },
        { name: 'password', secret: true, typed: '', keeping: 'none' },
        { name: 'token', secret: true, typed: '', keeping: 'none' },
      ],
    })
  })
})
