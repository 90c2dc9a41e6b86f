import { expect, it, vi } from 'vitest'
import { openTestWindow } from '../testing/testWindow'
import { connectionsState } from './connections'
import { payloadRulesState } from './payloadRules'
import { startSearchRules } from './searchRules'

const rule = { id: 'r', connectionId: 'c', filter: 'a/#', decoder: 'cbor' }

it('tells open connections of rules at once, of a change, and not of what changes no rule', () => {
  const { app, connection } = openTestWindow({ snapshot: { payloadRules: [rule] } })
  const other = app.get(connectionsState).open('other')
  const setRules = vi.spyOn(connection.model, 'setRules')
  const ofOther = vi.spyOn(other.model, 'setRules')
  const stop = startSearchRules(app)
  const told = () => setRules.mock.calls.map(([{ decoding }]) => decoding.map(({ decoder }) => decoder))
  expect(told()).toEqual([['cbor']])
  app.put(payloadRulesState, { schemas: new Map([['jsonSchema /a.json', { status: 'loading' }]]) })
  expect(told()).toEqual([['cbor']])
  app.get(payloadRulesState).put({ ...rule, decoder: 'json' })
  expect(told()).toEqual([['cbor'], ['json']])
  app.get(payloadRulesState).put({ id: 'all', connectionId: null, filter: '#', decoder: 'text' })
  expect(ofOther).not.toHaveBeenCalled()
  app.get(connectionsState).show('other')
  expect(ofOther.mock.lastCall?.[0]).toMatchObject({ decoding: [{ id: 'all' }] })
  stop()
  app.get(payloadRulesState).remove('r')
  expect(told()).toHaveLength(3)
})
