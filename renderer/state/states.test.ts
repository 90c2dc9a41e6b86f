import { describe, expect, it } from 'vitest'
import { createStates, type StateHandle, type States } from './states'

interface Owner extends States<Owner> {
  readonly name: string
}

interface Counter {
  readonly count: number
  readonly note: string
  add(): void
}

const counter: StateHandle<Counter, Owner> = {
  name: 'counter',
  create: ({ owner, set }) => ({
    count: 0,
    note: `of ${owner.name}`,
    add: () => set(({ count }) => ({ count: count + 1 })),
  }),
  keepsake: ({ note }) => ({ note }),
}
const other: StateHandle<{ readonly seen: readonly number[] }, Owner> = {
  name: 'other',
  create: ({ owner, get, set }) => {
    owner.watch(counter, ({ count }) => set({ seen: [...get().seen, count] }))
    return { seen: [] }
  },
}

const createOwner = (name = 'one'): Owner => {
  const owner: Owner = { name, ...createStates<Owner>(() => owner) }
  return owner
}

describe('the states of an owner', () => {
  it('are values by handle, made at their first use, each owner its own', () => {
    const [one, two] = [createOwner('one'), createOwner('two')]
    one.get(counter).add()
    expect([one.get(counter).count, two.get(counter).count]).toEqual([1, 0])
    expect([one.get(counter).note, two.get(counter).note]).toEqual(['of one', 'of two'])
    expect(one.get(other).seen).toEqual([])
  })

  it('keep their object until they change, and their verbs for good', () => {
    const owner = createOwner()
    const before = owner.get(counter)
    expect(owner.get(counter)).toBe(before)
    before.add()
    expect(owner.get(counter)).not.toBe(before)
    expect(owner.get(counter).add).toBe(before.add)
  })

  it('tell nothing when they are made, and one change for each that is set', () => {
    const owner = createOwner()
    let told = 0
    owner.store.subscribe(() => (told += 1))
    owner.get(counter)
    expect(told).toBe(0)
    owner.get(counter).add()
    expect(told).toBe(1)
  })

  it('tell whatever a batch sets as one change at its end, and read what it has set so far', () => {
    const owner = createOwner()
    const told: number[] = []
    owner.watch(counter, ({ count }) => told.push(count))
    owner.batch(() => {
      owner.get(counter).add()
      owner.batch(() => owner.get(counter).add())
      expect([owner.get(counter).count, told]).toEqual([2, []])
    })
    expect(told).toEqual([2])
  })

  it('tell what a batch has set although it failed, and take changes after it', () => {
    const owner = createOwner()
    const failing = () =>
      owner.batch(() => {
        owner.get(counter).add()
        throw new Error('no')
      })
    expect(failing).toThrow('no')
    owner.get(counter).add()
    expect(owner.get(counter).count).toBe(2)
  })

  it('are watched one by one, with what they were before, until it is stopped', () => {
    const owner = createOwner()
    const told: (readonly [number, number])[] = []
    const stop = owner.watch(counter, ({ count }, before) => told.push([count, before.count]))
    owner.put(other, { seen: [7] })
    owner.get(counter).add()
    stop()
    owner.get(counter).add()
    expect(told).toEqual([[1, 0]])
  })

  it('may react to one another', () => {
    const owner = createOwner()
    owner.get(other)
    owner.get(counter).add()
    owner.get(counter).add()
    expect(owner.get(other).seen).toEqual([1, 2])
  })

  it('hand on their keepsakes and nothing else, of what was ever made', () => {
    const [gone, back] = [createOwner('gone'), createOwner('back')]
    gone.get(counter).add()
    gone.put(counter, { note: 'typed' })
    gone.giveKeepsakes(back)
    expect(back.get(counter)).toMatchObject({ count: 0, note: 'typed' })
    expect(back.store.getState().has(other)).toBe(false)
  })
})
