import {
  connackDefaults,
  connackPropertyNames,
  type AskedFor,
  type ConnackFacts,
  type ConnackPropertyName,
} from '#shared/model/connectionDetails'

/**
 * Where a value comes from: the broker's word, the protocol's default, our CONNECT where the broker was silent, the
 * broker's word against our CONNECT, or nowhere.
 */
type ConnackSource = 'said' | 'default' | 'asked' | 'overruled' | 'absent'

export interface ConnackRow {
  readonly name: ConnackPropertyName
  readonly value: number | string | null
  readonly source: ConnackSource
  /** What CONNECT asked for; null = it cannot ask for this. */
  readonly asked: number | string | null
}

/** What CONNACK said, property by property, or what holds where it was silent. Before MQTT 5: what was asked for. */
export const connackRows = ({ protocolVersion, asked, said }: ConnackFacts): readonly ConnackRow[] => {
  const wishes = askedAs(asked)
  return connackPropertyNames.flatMap((name): ConnackRow[] => {
    const wish = wishes[name] ?? null
    const value = said[name]
    if (value !== undefined)
      return [{ name, value, source: wish !== null && wish !== value ? 'overruled' : 'said', asked: wish }]
    if (wish !== null) return [{ name, value: wish, source: 'asked', asked: wish }]
    if (protocolVersion !== '5') return []
    const usual = connackDefaults[name]
    return [{ name, value: usual, source: usual === null ? 'absent' : 'default', asked: null }]
  })
}

const askedAs = (asked: AskedFor): Readonly<Partial<Record<ConnackPropertyName, number | string | null>>> => ({
  sessionExpiryInterval: asked.sessionExpirySeconds,
  serverKeepAlive: asked.keepaliveSeconds,
  assignedClientIdentifier: asked.clientId,
})

/** Where MQTT 5 says what holds of a property. */
export const connackClauses: Readonly<Record<ConnackPropertyName, string>> = {
  sessionExpiryInterval: '§3.2.2.3.2',
  receiveMaximum: '§3.2.2.3.3',
  maximumQos: '§3.2.2.3.4',
  retainAvailable: '§3.2.2.3.5',
  maximumPacketSize: '§3.2.2.3.6',
  assignedClientIdentifier: '§3.2.2.3.7',
  topicAliasMaximum: '§3.2.2.3.8',
  reasonString: '§3.2.2.3.9',
  wildcardSubscriptionAvailable: '§3.2.2.3.11',
  subscriptionIdentifierAvailable: '§3.2.2.3.12',
  sharedSubscriptionAvailable: '§3.2.2.3.13',
  serverKeepAlive: '§3.2.2.3.14',
  responseInformation: '§3.2.2.3.15',
  serverReference: '§3.2.2.3.16',
  authenticationMethod: '§3.2.2.3.17',
}
