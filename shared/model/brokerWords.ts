/** What a server adds to a reason code (MQTT 5 §3.4.2.2): its own sentence, and pairs in the order they came in. */
export interface BrokerWords {
  readonly reasonString: string | null
  readonly userProperties: readonly (readonly [name: string, value: string])[]
}
