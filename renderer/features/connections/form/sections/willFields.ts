import { payloadIndicators, willFormats, type WillFormat } from '#shared/model/will'
import type { DraftForm } from '../draftForm'
import type { ProfileField } from '../profileField'
import { WillUserPropertiesField } from '../userPropertyFields'
import { WillPayloadField, WillQosField } from '../willFields'

const hasWill = ({ draft }: DraftForm) => draft.profile.will.enabled
const isFromFile = ({ draft }: DraftForm) => draft.profile.will.payloadFormat === 'file'
const hasWillText = (form: DraftForm) => hasWill(form) && !isFromFile(form)
const hasWillFile = (form: DraftForm) => hasWill(form) && isFromFile(form)
const hasWillOf5 = (form: DraftForm) => hasWill(form) && form.draft.profile.protocolVersion === '5'

const indicatorWords = {
  unsaid: 'payloadIndicators.unsaid',
  '0': 'payloadIndicators.zero',
  '1': 'payloadIndicators.one',
} as const

const properties = { section: 'will', fold: 'willProperties', isShown: hasWillOf5 } as const

export const willFields: readonly ProfileField[] = [
  {
    kind: 'check',
    path: 'will.enabled',
    section: 'will',
    width: 'whole',
    label: 'fields.willEnabled',
    hint: 'willHint',
  },
  {
    kind: 'text',
    path: 'will.topic',
    section: 'will',
    width: 'twoThirds',
    mono: true,
    label: 'fields.will.topic',
    isShown: hasWill,
  },
  { kind: 'own', path: 'will.qos', section: 'will', width: 'third', Component: WillQosField, isShown: hasWill },
  {
    kind: 'own',
    path: 'will.payload',
    section: 'will',
    width: 'twoThirds',
    Component: WillPayloadField,
    isShown: hasWillText,
  },
  {
    kind: 'select',
    path: 'will.payloadFormat',
    section: 'will',
    width: 'third',
    label: 'fields.will.payloadFormat',
    options: willFormats,
    wordsOf: (format) => `willFormats.${format as WillFormat}`,
    isShown: hasWill,
  },
  {
    kind: 'file',
    path: 'will.payloadFile',
    section: 'will',
    width: 'whole',
    label: 'fields.will.payloadFile',
    hint: 'willFileHint',
    isShown: hasWillFile,
  },
  {
    kind: 'check',
    path: 'will.retain',
    section: 'will',
    width: 'whole',
    label: 'fields.willRetain',
    isShown: hasWill,
  },
  {
    ...properties,
    kind: 'number',
    path: 'will.delaySeconds',
    width: 'third',
    label: 'fields.will.delaySeconds',
    hint: 'willDelayHint',
  },
  {
    ...properties,
    kind: 'number',
    path: 'will.expirySeconds',
    width: 'third',
    label: 'fields.will.expirySeconds',
  },
  {
    ...properties,
    kind: 'select',
    path: 'will.payloadIndicator',
    width: 'third',
    label: 'fields.will.payloadIndicator',
    options: payloadIndicators,
    wordsOf: (option) => indicatorWords[option as keyof typeof indicatorWords],
  },
  {
    ...properties,
    kind: 'text',
    path: 'will.contentType',
    width: 'third',
    mono: true,
    label: 'fields.will.contentType',
  },
  {
    ...properties,
    kind: 'text',
    path: 'will.responseTopic',
    width: 'third',
    mono: true,
    label: 'fields.will.responseTopic',
  },
  {
    ...properties,
    kind: 'text',
    path: 'will.correlationData',
    width: 'third',
    mono: true,
    label: 'fields.will.correlationData',
    placeholder: 'correlationExample',
  },
  {
    ...properties,
    kind: 'own',
    path: 'will.userProperties',
    width: 'whole',
    Component: WillUserPropertiesField,
  },
]
