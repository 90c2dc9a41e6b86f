import { utf8Length } from '#shared/mqtt/topicFilter'
import type { Profile } from '#shared/model/profile'
import type { Words } from '#shared/i18n/words'
import type { ProfileDraft } from './profileDraft'

/** Named as in the catalogue. */
export type Warning = keyof Words['profile']['warnings']

/** What a broker may not take or do as wished, by field: it can be saved and tried. */
export const draftWarnings = (draft: ProfileDraft): Readonly<Record<string, Warning>> => {
  const clientId = clientIdWarning(draft.profile)
  return clientId === null ? {} : { clientId }
}

/** MQTT 3.1 §3.1: 1 to 23 characters; most brokers take more. */
const longestId31 = 23

const clientIdWarning = ({ protocolVersion, cleanStart, clientId }: Profile): Warning | null => {
  if (protocolVersion === '3.1' && clientId === '') return 'clientIdNeeded31'
  if (protocolVersion === '3.1') return utf8Length(clientId) > longestId31 ? 'clientId31' : null
  if (clientId !== '' || cleanStart) return null
  // 3.1.1 §3.1.3.1 [MQTT-3.1.3-8]: the server must refuse. MQTT 5 §3.1.3.1: it assigns one.
  return protocolVersion === '5' ? 'clientIdAssigned' : 'clientIdNeeded'
}
