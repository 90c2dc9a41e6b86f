import { formatHex } from '#shared/mqtt/payloadText'
import { decodePublishProperties, type PublishPropertySet } from '#shared/mqtt/publishProperties'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import type { FieldName, PropertyName } from '../query/queryTerm'

type Property = Exclude<FieldName, { readonly source: 'payload' }>

/** What a message has of a property, as texts; several where it may stand several times. */
export const propertyValues = (set: PublishPropertySet, property: Property): readonly string[] =>
  property.source === 'user'
    ? (set.userProperties ?? []).flatMap(([name, value]) => (name === property.name ? [value] : []))
    : readers[property.name](set)

/** The properties of a section, which most messages do not have. */
export const propertiesOf = (section: Uint8Array): PublishPropertySet | null =>
  section.length === 0 ? null : decodePublishProperties(section)

const present = (value: string | number | undefined): readonly string[] => (value === undefined ? [] : [String(value)])

const readers: Readonly<Record<PropertyName, (set: PublishPropertySet) => readonly string[]>> = {
  'payload-format-indicator': ({ payloadFormatIndicator }) => present(payloadFormatIndicator),
  'message-expiry-interval': ({ messageExpirySeconds }) => present(messageExpirySeconds),
  'content-type': ({ contentType }) => present(contentType),
  'response-topic': ({ responseTopic }) => present(responseTopic),
  'correlation-data': ({ correlationData }) => (correlationData ? dataTexts(correlationData) : []),
  'subscription-identifier': ({ subscriptionIdentifiers = [] }) => subscriptionIdentifiers.map(String),
  'topic-alias': ({ topicAlias }) => present(topicAlias),
}

/** As text where the bytes are one, and as the composer writes bytes that are none. */
const dataTexts = (data: Uint8Array): readonly string[] => [
  ...(isUtf8(data) ? [decodeUtf8(data)] : []),
  `0x${formatHex(data).replaceAll(' ', '')}`,
]
