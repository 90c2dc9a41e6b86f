import { describe, expect, it } from 'vitest'
import { newProfile, type ProfileEntry } from '#shared/model/profile'
import { connectionRows } from './connectionRows'

const entryOf = (id: string, folder = ''): ProfileEntry => ({
  profile: newProfile({ id, name: `bench-${id}`, folder }),
  saved: true,
  secrets: { password: 'none', keyPassphrase: 'none', proxyPassword: 'none' },
})
const shelf = [entryOf('a'), entryOf('b'), entryOf('c', 'Lab'), entryOf('d', 'Lab'), entryOf('e', 'Plant')]

describe('connectionRows', () => {
  const shown = (search: string, closed: readonly string[] = []) =>
    connectionRows(shelf, { search, closed: new Set(closed) }).map((row) =>
      row.kind === 'folder' ? `[${row.folder} ${row.count}]` : row.entry.profile.id,
    )

  it('lists connections without a folder first, then each folder with its own', () => {
    expect(shown('')).toEqual(['a', 'b', '[Lab 2]', 'c', 'd', '[Plant 1]', 'e'])
  })

  it('hides what is in a closed folder, and opens it for a search', () => {
    expect(shown('', ['Lab'])).toEqual(['a', 'b', '[Lab 2]', '[Plant 1]', 'e'])
    expect(shown('BENCH d', ['Lab'])).toEqual(['[Lab 1]', 'd'])
  })

  it('finds by folder and by address', () => {
    expect(shown('plant')).toEqual(['[Plant 1]', 'e'])
    expect(shown('mqtt://localhost:1883 bench-a')).toEqual(['a'])
  })
})
