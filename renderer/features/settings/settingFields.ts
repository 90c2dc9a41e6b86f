import { LanguageField } from './LanguageField'
import { numberSetting, type SettingField } from './settingField'
import {
  budgetNumber,
  historyDaysNumber,
  historyNumber,
  packetNumber,
  rowLimitNumber,
  topicLimitNumber,
} from './settingNumbers'

/**
 * All settings of the dialog, in the order in which they stand in their section. A new one is its line in the schema of
 * the settings and in their defaults, its words, and an object here.
 */
export const settingFields: readonly SettingField[] = [
  {
    kind: 'select',
    key: 'theme',
    section: 'appearance',
    label: 'theme',
    options: [
      {
        value: 'system',
        label: 'themes.system',
      },
      {
        value: 'light',
        label: 'themes.light',
      },
      {
        value: 'dark',
        label: 'themes.dark',
      },
    ],
  },
  {
    kind: 'select',
    key: 'contrast',
    section: 'appearance',
    label: 'contrast',
    options: [
      {
        value: 'system',
        label: 'contrasts.system',
      },
      {
        value: 'standard',
        label: 'contrasts.standard',
      },
      {
        value: 'high',
        label: 'contrasts.high',
      },
    ],
  },
  { kind: 'own', key: 'language', section: 'appearance', label: 'language', Component: LanguageField },
  numberSetting({
    key: 'logBudgetBytes',
    section: 'messages',
    number: budgetNumber,
    label: 'logBudget',
    hint: 'logBudgetHint',
    problem: 'wholeRange',
  }),
  numberSetting({
    key: 'logRowLimit',
    section: 'messages',
    number: rowLimitNumber,
    label: 'rowLimit',
    hint: 'rowLimitHint',
    problem: 'rowLimitRange',
    placeholder: 'noLimit',
  }),
  numberSetting({
    key: 'topicLimit',
    section: 'messages',
    number: topicLimitNumber,
    label: 'topicLimit',
    hint: 'topicLimitHint',
    problem: 'wholeRange',
  }),
  numberSetting({
    key: 'maximumPacketBytes',
    section: 'messages',
    number: packetNumber,
    label: 'packetLimit',
    hint: 'packetLimitHint',
    problem: 'packetLimitRange',
  }),
  { kind: 'check', key: 'recordPackets', section: 'messages', label: 'recordPackets', hint: 'recordPacketsHint' },
  numberSetting({
    key: 'historyBytes',
    section: 'messages',
    number: historyNumber,
    label: 'historyLimit',
    hint: 'historyLimitHint',
    problem: 'wholeRange',
  }),
  numberSetting({
    key: 'historyDays',
    section: 'messages',
    number: historyDaysNumber,
    label: 'historyDays',
    hint: 'historyDaysHint',
    problem: 'rowLimitRange',
    placeholder: 'noLimit',
  }),
  { kind: 'check', key: 'showCopies', section: 'messages', label: 'showCopies', hint: 'showCopiesHint' },
  { kind: 'check', key: 'notifications', section: 'messages', label: 'notifications', hint: 'notificationsHint' },
  {
    kind: 'check',
    key: 'storeSecretsWithoutKeyring',
    section: 'secrets',
    label: 'storeSecrets',
    hint: 'storeSecretsHint',
  },
]
