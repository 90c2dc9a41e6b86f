import { historyModes, type HistoryMode } from '#shared/model/history'
import type { DraftForm } from '../draftForm'
import { HistoryExcludeField, HistoryIncludeField } from '../FilterListField'
import type { ProfileField } from '../profileField'

const isFiltered = ({ draft }: DraftForm) => draft.profile.history.mode === 'filtered'

const historyModeWords = { off: 'historyModes.off', on: 'historyModes.on', filtered: 'historyModes.filtered' } as const

export const historyFields: readonly ProfileField[] = [
  {
    kind: 'select',
    path: 'history.mode',
    section: 'history',
    width: 'whole',
    label: 'fields.historyMode',
    hint: 'historyModeHint',
    options: historyModes,
    wordsOf: (mode) => historyModeWords[mode as HistoryMode],
  },
  {
    kind: 'check',
    path: 'history.incoming',
    section: 'history',
    width: 'half',
    label: 'fields.historyIncoming',
    hint: 'historyIncomingHint',
    isShown: isFiltered,
  },
  {
    kind: 'check',
    path: 'history.outgoing',
    section: 'history',
    width: 'half',
    label: 'fields.historyOutgoing',
    hint: 'historyOutgoingHint',
    isShown: isFiltered,
  },
  {
    kind: 'own',
    path: 'history.include',
    section: 'history',
    width: 'half',
    Component: HistoryIncludeField,
    isShown: isFiltered,
  },
  {
    kind: 'own',
    path: 'history.exclude',
    section: 'history',
    width: 'half',
    Component: HistoryExcludeField,
    isShown: isFiltered,
  },
]
