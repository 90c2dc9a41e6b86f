import { malformed, protocolReason } from '../packets/packetFailure'

/** The topics by the aliases that a server has given them on one network connection (MQTT 5 §3.3.2.3.4). */
interface TopicAliases {
  /**
   * The topic of a PUBLISH with this alias (0 = none): `topic`, which the alias stands for from now on, or where the packet
   * names none (null) the one that it stands for. Throws PacketFailure.
   */
  resolve(alias: number, topic: string | null): string
}

/** `maximum` is the Topic Alias Maximum of our CONNECT; 0 = the server must not use any. */
export const createTopicAliases = (maximum: number): TopicAliases => {
  const topics = new Map<number, string>()
  return {
    resolve: (alias, topic) => {
      if (alias > maximum) {
        const allowed = maximum === 0 ? 'but none was allowed' : `but ${maximum} were allowed`
        throw malformed(0x30, `topic alias ${alias}, ${allowed}`, protocolReason.topicAliasInvalid)
      }
      const found = topic ?? topics.get(alias)
      // §3.3.2.1 and §3.3.4: a topic name of no length needs an alias that was given.
      if (found === undefined)
        throw malformed(
          0x30,
          alias === 0 ? 'the topic name is empty' : `topic alias ${alias} stands for nothing yet`,
          protocolReason.protocolError,
        )
      if (alias > 0) topics.set(alias, found)
      return found
    },
  }
}
