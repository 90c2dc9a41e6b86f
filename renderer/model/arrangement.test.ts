import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newProfile, type ProfileEntry } from '#shared/model/profile'
import { foldersOf, moved, neighbourOf, stepPlace, withFolders } from './arrangement'

const entryOf = (id: string, folder = ''): ProfileEntry => ({
  profile: newProfile({ id, name: `bench-${id}`, folder }),
  saved: true,
  secrets: { password: 'none', keyPassphrase: 'none', proxyPassword: 'none' },
})
const idsOf = (list: readonly ProfileEntry[]) => list.map(({ profile }) => profile.id)
const written = (list: readonly { id: string; folder: string }[]) =>
  list.map(({ id, folder }) => (folder === '' ? id : `${folder}/${id}`)).join(' ')

const shelf = [entryOf('a'), entryOf('b'), entryOf('c', 'Lab'), entryOf('d', 'Lab'), entryOf('e', 'Plant')]

const shelves = fc
  .array(fc.constantFrom('', 'Lab', 'Plant', 'Büro'), { minLength: 1, maxLength: 8 })
  .map((folders) => folders.map((folder, index) => entryOf(String(index), folder)))

describe('moved', () => {
  it('puts a connection before another one, into its folder', () => {
    expect(written(moved(shelf, 'a', { folder: 'Lab', beforeId: 'd' }))).toBe('b Lab/c Lab/a Lab/d Plant/e')
  })

  it('makes a folder that is not there yet', () => {
    expect(written(moved(shelf, 'a', { folder: 'New', beforeId: null }))).toBe('b Lab/c Lab/d Plant/e New/a')
  })

  it('leaves the order alone when a connection is dropped on itself', () => {
    expect(written(moved(shelf, 'c', { folder: 'Lab', beforeId: 'c' }))).toBe('a b Lab/c Lab/d Plant/e')
  })

  it('never loses or doubles a connection', () => {
    fc.assert(
      fc.property(shelves, fc.nat(), fc.nat(), (list, from, before) => {
        const id = idsOf(list)[from % list.length]!
        const target = list[before % list.length]!.profile
        const arrangement = moved(list, id, { folder: target.folder, beforeId: target.id })
        expect(arrangement.map((one) => one.id).sort()).toEqual(idsOf(list).sort())
        expect(idsOf(withFolders(list, arrangement))).toEqual(arrangement.map((one) => one.id))
      }),
    )
  })
})

describe('stepPlace', () => {
  it('goes over the edge of a folder', () => {
    expect(stepPlace(shelf, 'c', -1)).toEqual({ folder: '', beforeId: null })
    expect(stepPlace(shelf, 'b', 1)).toEqual({ folder: 'Lab', beforeId: 'c' })
  })

  it('ends at the ends of the list', () => {
    expect(stepPlace(shelf, 'a', -1)).toBeNull()
    expect(stepPlace(shelf, 'e', 1)).toBeNull()
  })

  it('is undone by the step back, while the folder it left is still there', () => {
    fc.assert(
      fc.property(shelves, fc.nat(), (unordered, at) => {
        const id = idsOf(unordered)[at % unordered.length]!
        const list = withFolders(
          unordered,
          moved(unordered, id, { folder: foldersOf(unordered)[0] ?? '', beforeId: null }),
        )
        const place = stepPlace(list, id, 1)
        const folder = list.find(({ profile }) => profile.id === id)!.profile.folder
        const alone = list.filter(({ profile }) => profile.folder === folder).length === 1
        if (!place || alone) return
        const there = withFolders(list, moved(list, id, place))
        const back = stepPlace(there, id, -1)
        expect(back && written(moved(there, id, back))).toBe(written(list.map(({ profile }) => profile)))
      }),
    )
  })
})

describe('neighbourOf', () => {
  it('keeps the connection in view, and takes the one in its place when it is gone', () => {
    expect(neighbourOf('b', shelf, shelf)).toBe('b')
    expect(
      neighbourOf(
        'b',
        shelf,
        shelf.filter((one) => one.profile.id !== 'b'),
      ),
    ).toBe('c')
    expect(neighbourOf('e', shelf, shelf.slice(0, 4))).toBe('d')
    expect(neighbourOf('a', shelf, [])).toBeNull()
  })
})
