import { describe, expect, it } from 'vitest'
import { connackPropertyNames, type ConnackFacts } from '#shared/model/connectionDetails'
import { connackRows } from './connackRows'

const facts = (given: Partial<ConnackFacts> = {}): ConnackFacts => ({
  protocolVersion: '5',
  session: 'none',
  asked: { keepaliveSeconds: 60, sessionExpirySeconds: 300, clientId: 'bench', cleanStart: false },
  said: {},
  userProperties: [],
  ...given,
})
const rowOf = (given: ConnackFacts, name: string) => connackRows(given).find((row) => row.name === name)

describe('the rows of CONNACK', () => {
  it('hold every property of MQTT 5, with the default or what was asked where the broker was silent', () => {
    const rows = connackRows(facts())
    expect(rows.map(({ name }) => name)).toEqual(connackPropertyNames)
    expect(rowOf(facts(), 'receiveMaximum')).toMatchObject({ value: 65_535, source: 'default' })
    expect(rowOf(facts(), 'sessionExpiryInterval')).toMatchObject({ value: 300, source: 'asked' })
    expect(rowOf(facts(), 'reasonString')).toMatchObject({ value: null, source: 'absent' })
  })

  it('say what was overruled, and what merely agrees', () => {
    const said = {
      sessionExpiryInterval: 120,
      serverKeepAlive: 60,
      assignedClientIdentifier: 'auto-1',
      receiveMaximum: 9,
    }
    expect(rowOf(facts({ said }), 'sessionExpiryInterval')).toMatchObject({
      value: 120,
      source: 'overruled',
      asked: 300,
    })
    expect(rowOf(facts({ said }), 'serverKeepAlive')).toMatchObject({ value: 60, source: 'said' })
    expect(rowOf(facts({ said }), 'assignedClientIdentifier')).toMatchObject({ source: 'overruled', asked: 'bench' })
    expect(rowOf(facts({ said }), 'receiveMaximum')).toMatchObject({ value: 9, source: 'said', asked: null })
    // A session expiry of 0 and a keepalive of 0 are words as well.
    expect(rowOf(facts({ said: { serverKeepAlive: 0 } }), 'serverKeepAlive')).toMatchObject({
      value: 0,
      source: 'overruled',
    })
  })

  it('before MQTT 5 are what was asked for, and no defaults of another version', () => {
    const asked = { keepaliveSeconds: 60, sessionExpirySeconds: null, clientId: 'bench', cleanStart: true }
    expect(connackRows(facts({ protocolVersion: '3.1.1', asked }))).toEqual([
      { name: 'serverKeepAlive', value: 60, source: 'asked', asked: 60 },
      { name: 'assignedClientIdentifier', value: 'bench', source: 'asked', asked: 'bench' },
    ])
  })
})
