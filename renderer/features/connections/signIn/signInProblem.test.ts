import { expect, it } from 'vitest'
import { signInProblem } from './signInProblem'

it('misses the user name of a password before MQTT 5 only', () => {
  const typed = { username: '', password: 'p' }
  for (const version of ['3.1', '3.1.1'] as const) expect(signInProblem(typed, version)).toBe('usernameNeeded')
  expect(signInProblem(typed, '5')).toBeNull()
  expect(signInProblem({ username: '', password: '' }, '3.1.1')).toBeNull()
})

it('names what no CONNECT can carry', () => {
  expect(signInProblem({ username: 'a\0', password: '' }, '5')).toBe('noNul')
  expect(signInProblem({ username: 'ä'.repeat(32_768), password: '' }, '5')).toBe('tooLong')
  expect(signInProblem({ username: 'ä'.repeat(32_767), password: '' }, '5')).toBeNull()
})
