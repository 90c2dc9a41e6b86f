import type { DropReason } from '#shared/importing/foreignConnection'

/** Why something does not come along, for a terminal. */
export const dropText: Readonly<Record<DropReason, string>> = {
  noSetting: 'Topicscope has no such setting; it is kept in the profile under importedFrom',
  writesFile: 'It would write a file; set it by hand where you want that',
  secret: 'a secret for which there is no setting; it is kept nowhere',
  typeAgain: 'it is encrypted for another place, so it has to be typed again',
  invalid: 'no value that such a field may have',
  rubbish: 'the other tool left it behind by mistake',
  messages: 'messages that came and went are no setting',
  otherAddress: 'a connection leads to one address; this one is kept in the profile under importedFrom',
  unreadableFile: 'a form of file that cannot be read here',
  unclear: 'what it belongs to does not stand in the file',
}
