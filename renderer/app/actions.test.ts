import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { catalogues } from '#shared/i18n/catalogues'
import { acceleratorOf } from '../ui/shortcut'
import { allActions } from './actions'

const shortcutsOf = (mac: boolean) =>
  allActions.flatMap(({ id, shortcut }) => (shortcut ? [{ id, keys: acceleratorOf(shortcut, mac) }] : []))

/** Each row of the README's tables: keys, and what they do. */
const readmeRows = (): readonly (readonly [keys: string, text: string])[] =>
  readFileSync('README.md', 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, keys, text] = /^\| (.+?) +\| (.+?) +\|$/.exec(line) ?? []
      return keys !== undefined && text !== undefined ? [[keys.trim(), text.trim()] as const] : []
    })

const messageAt = (key: string): unknown =>
  key.split('.').reduce<unknown>((words, name) => (words as Record<string, unknown>)[name], catalogues.en)

describe('the actions', () => {
  it('have an id each', () => {
    const ids = allActions.map(({ id }) => id)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })

  it.each([false, true])('have a shortcut each that no other one has (Mac: %s)', (mac) => {
    const keys = shortcutsOf(mac).map((one) => one.keys)
    expect(keys.length).toBeGreaterThan(5)
    expect(keys.filter((one, index) => keys.indexOf(one) !== index)).toEqual([])
  })

  it.each(allActions.filter(({ shortcut }) => shortcut !== undefined).map((action) => [action.id, action] as const))(
    'stand in the README with their keys and name: %s',
    (_, { shortcut, label }) => {
      const keys = acceleratorOf(shortcut ?? '', false).replace('CmdOrCtrl', 'Ctrl/Cmd')
      const row = readmeRows().find((one) => one[0] === keys)
      const name = String(messageAt(typeof label === 'function' ? '' : label.key)).replace('…', '')
      expect(row?.[1].split(':')[0]).toBe(name)
    },
  )
})
