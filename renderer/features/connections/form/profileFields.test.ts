import { expect, it } from 'vitest'
import { newProfile, secretNames } from '#shared/model/profile'
import { sectionOf } from './formSections'
import { profileFields } from './profileFields'

/** Not the form's: who the profile is, and a switch that stands with the password. */
const withoutField = ['id', 'kind', 'usePassword']

const pathsIn = (value: unknown, path: string): readonly string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([name, part]) => pathsIn(part, path === '' ? name : `${path}.${name}`))
    : [path]

it('has one field for each option of a profile and for each of its secrets', () => {
  const options = pathsIn(newProfile({ id: 'one' }), '').filter((path) => !withoutField.includes(path))
  const paths = profileFields.map(({ path }) => path)
  expect(paths.toSorted()).toEqual([...options, ...secretNames].toSorted())
})

it('knows the section of each field, and of a part of one', () => {
  for (const { path, section } of profileFields) expect(sectionOf(path)).toBe(section)
  expect(sectionOf('subscriptions.3.filter')).toBe('subscriptions')
})
