import type { ComponentType } from 'react'
import type { KeyIn } from '#shared/i18n/words'
import type { Settings } from '#shared/model/settings'
import type { SettingNumber } from './settingNumbers'

/** Sections of the dialog, in their order. */
export const settingSections = ['appearance', 'messages', 'secrets'] as const
export type SettingSection = (typeof settingSections)[number]

/** Words are keys of the catalogue `settings`. */
interface AnySetting {
  readonly key: keyof Settings
  readonly section: SettingSection
  readonly label: KeyIn<'settings'>
}

export interface SelectSetting extends AnySetting {
  readonly kind: 'select'
  readonly key: ChoiceKey
  readonly options: readonly { readonly value: string; readonly label: KeyIn<'settings'> }[]
}

export interface CheckSetting extends AnySetting {
  readonly kind: 'check'
  readonly key: KeysOf<boolean>
  readonly hint: KeyIn<'settings'>
}

export interface NumberSetting extends AnySetting {
  readonly kind: 'number'
  readonly hint: KeyIn<'settings'>
  /** What is said while the text is not allowed; it names the range. */
  readonly problem: KeyIn<'settings'>
  readonly placeholder?: KeyIn<'settings'>
  readonly range: SettingNumber<number>['range']
  readonly textOf: (settings: Settings) => string
  /** What the text would change; null where it is not allowed. */
  readonly parse: (text: string) => Partial<Settings> | null
}

/** A setting with behaviour of its own. */
interface OwnSetting extends AnySetting {
  readonly kind: 'own'
  readonly Component: ComponentType
}

/** One setting of the dialog. What it may be and what it is by default says the schema of the settings. */
export type SettingField = SelectSetting | CheckSetting | NumberSetting | OwnSetting

/** Secrets are kept readable only where the system has no keyring, so it is no setting elsewhere. */
export const isOffered = ({ section }: SettingField, { keyringAvailable }: { readonly keyringAvailable: boolean }) =>
  section !== 'secrets' || !keyringAvailable

/** Settings that are one of some words. */
type ChoiceKey = {
  [Key in keyof Settings]: Settings[Key] extends string ? Key : never
}[keyof Settings]

/** Settings that are of this type, or null. */
type KeysOf<Value> = {
  [Key in keyof Settings]: [Settings[Key]] extends [Value | null]
    ? [Value] extends [Settings[Key]]
      ? Key
      : never
    : never
}[keyof Settings]

type GivenNumber<Key extends KeysOf<number>> = Pick<NumberSetting, 'section' | 'label' | 'hint' | 'problem'> & {
  readonly key: Key
  readonly placeholder?: KeyIn<'settings'>
  /** How it is written in its field. */
  readonly number: SettingNumber<Settings[Key]>
}

/** A setting that is a number. */
export const numberSetting = <Key extends KeysOf<number>>({ number, ...given }: GivenNumber<Key>): NumberSetting => ({
  ...given,
  kind: 'number',
  range: number.range,
  textOf: (settings) => number.text(settings[given.key]),
  parse: (text) => {
    const parsed = number.parse(text)
    return parsed && { [given.key]: parsed.value }
  },
})
