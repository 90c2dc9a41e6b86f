import { describe, expect, it } from 'vitest'
import { openTestWindow } from '../testing/testWindow'
import { createConnection, defineConnectionState } from './app'
import { connectionsState } from './connections'

const owned = defineConnectionState<{ readonly of: string }>('owned', ({ owner }) => ({ of: owner.id }))

describe('a connection', () => {
  it('is the owner of states of its own', () => {
    const { app } = openTestWindow()
    const [one, two] = [createConnection(app, 'one'), createConnection(app, 'two')]
    expect([one.get(owned), two.get(owned)]).toEqual([{ of: 'one' }, { of: 'two' }])
  })

  it('holds no memory for messages before it is used, and gives it back when it is gone', () => {
    const { app, connection } = openTestWindow()
    expect(app.models.memory().limitBytes).toBe(0)
    const { model } = connection
    expect(connection.model).toBe(model)
    expect(app.models.memory().limitBytes).toBeGreaterThan(0)
    connection.close()
    expect(app.models.memory().limitBytes).toBe(0)
  })

  it('ends what waits for it when it is gone, and is made anew under its id', () => {
    const { app, connection } = openTestWindow()
    const { open, close } = app.get(connectionsState)
    expect(open('c')).toBe(connection)
    expect([close('c'), connection.gone.aborted]).toEqual([connection, true])
    expect([open('c') === connection, open('c').gone.aborted]).toEqual([false, false])
    expect(close('nobody')).toBeUndefined()
  })
})
