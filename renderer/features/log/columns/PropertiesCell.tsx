import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import { VisibleText } from '../../../ui/VisibleText'

/** What the properties of a message say, in few words: what sets messages of one topic apart comes first. */
export const propertiesLine = (properties: Uint8Array): string => {
  const set = properties.length === 0 ? null : decodePublishProperties(properties)
  if (!set) return ''
  const { contentType, responseTopic, messageExpirySeconds, userProperties = [] } = set
  return [
    ...(contentType === undefined ? [] : [contentType]),
    ...userProperties.map(([name, value]) => `${name}=${value}`),
    ...(responseTopic === undefined ? [] : [`→ ${responseTopic}`]),
    ...(messageExpirySeconds === undefined ? [] : [`${messageExpirySeconds} s`]),
  ].join(' · ')
}

/** Characters that a column shows; the details have all properties. */
const shownInColumn = 120

export function PropertiesCell({ properties }: { readonly properties: Uint8Array }) {
  const line = propertiesLine(properties)
  return line === '' ? null : <VisibleText text={line} limit={shownInColumn} mostPieces={4} />
}
