import type { RecordingNote, RefusalReason } from '#shared/recording/recordedMessage'

/** Why a message of a recording cannot be taken, for a terminal. */
export const refusalText: Readonly<Record<RefusalReason, string>> = {
  emptyLine: 'an empty line; mosquitto_sub -F %J writes one for a payload that is no JSON',
  notJson: 'no JSON',
  notXml: 'no element MqttMessage',
  notCsv: 'not the columns of this format',
  noMessage: 'no message',
  badTopic: 'no topic name',
  badQos: 'no QoS',
  badTime: 'no time',
  badProperties: 'a property that cannot be read',
  noPayload: 'no payload',
  badPayload: 'a payload that cannot be read',
  cutShort: 'it is cut off',
  noEnd: 'the recording has no end: it was still being written, or was broken off',
  otherLength: 'the payload is longer than the recording says',
  badFrame: 'a frame that cannot be read',
  badPacket: 'no packet of MQTT',
  encrypted: 'encrypted by TLS: its messages cannot be read',
  lostBytes: 'bytes of the payload are not in the recording',
  notKept: 'before it some are missing in the history on disk',
  tooLong: 'it is longer than a message can be',
  otherVersion: 'a recording of a version that is not known here',
}

export const noteText: Readonly<Record<RecordingNote, string>> = {
  rewritten: 'with JSON that mosquitto_sub wrote anew: other bytes than were sent',
  zoneGuessed: 'with times that name no time zone, taken for times of this computer',
  lossy: 'with U+FFFD, which programs write for bytes that are no text: what was there is lost',
  ambiguous: 'with blanks, of which the first was taken for the end of the topic',
  versionGuessed: 'of connections whose beginning was not captured, taken for MQTT 3.1.1',
  noTime: 'without a time',
}
